-- The log of changes outlives the connections of its tenant, so the tenant keeps its number: no other may get it.
DROP TRIGGER scope_emptied;

CREATE TRIGGER scope_emptied AFTER UPDATE ON total WHEN new.connections = 0 BEGIN
    DELETE FROM total WHERE scope = new.scope;
    DELETE FROM scope WHERE no = new.scope AND NOT EXISTS (SELECT 1 FROM change WHERE tenant = new.scope);
END;

-- Of tenants that have lost theirs.
DELETE FROM change WHERE tenant NOT IN (SELECT no FROM scope WHERE app = '');
