-- The log of changes outlives the connections of its tenant, so the tenant keeps its number: no other may get it.
DROP TRIGGER scope_emptied;

CREATE TRIGGER scope_emptied AFTER UPDATE ON total WHEN new.connections = 0 BEGIN
    DELETE FROM total WHERE scope = new.scope;
    DELETE FROM scope WHERE no = new.scope AND NOT EXISTS (SELECT 1 FROM change WHERE tenant = new.scope);
END;

-- Of tenants that have lost theirs.
DELETE FROM change WHERE tenant NOT IN (SELECT no FROM scope WHERE app = '');

-- External groups of deleted connections count no more.
DROP INDEX content_with_groups;
CREATE INDEX content_with_groups ON content (tenant, groups) WHERE groups > 0 AND removed = 0;

-- Operations end with their connection: nothing is due of what is gone.
DROP TRIGGER connection_emptied;

CREATE TRIGGER connection_emptied AFTER DELETE ON connection WHEN old.content IS NOT NULL BEGIN
    UPDATE content SET removed = 1 WHERE no = old.content;
    DELETE FROM operation WHERE content = old.content;
END;

DELETE FROM operation WHERE content IN (SELECT no FROM content WHERE removed);
