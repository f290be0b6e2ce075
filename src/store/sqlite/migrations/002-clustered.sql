-- Connections in the order of their identifiers, so that a page of them is a few pages of the file, and one of them is one;
-- tenants and apps by number, since every index repeats them.

DROP TRIGGER connection_counted;
DROP TRIGGER connection_discounted;
DROP TRIGGER connection_app_counted;
DROP TRIGGER connection_app_discounted;
DROP TABLE tenant_total;
DROP TABLE app_total;
DROP INDEX connection_by_name;
DROP INDEX connection_app_by_name;
ALTER TABLE connection RENAME TO connection_1;
ALTER TABLE connection_app RENAME TO connection_app_1;

-- Who sees connections: a tenant those that are in it, an app those of a tenant that it manages. There is one as long as it sees any.
CREATE TABLE scope (
    no     INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    app    TEXT NOT NULL, -- '' for the whole tenant: no app is called so
    UNIQUE (tenant, app)
) STRICT;

-- An identifier is unique and sorted without regard to case (NOCASE folds ASCII, which is all that it consists of).
-- Comparing it exactly takes COLLATE BINARY.
CREATE TABLE connection (
    tenant          INTEGER NOT NULL, -- the number of its scope
    id              TEXT NOT NULL COLLATE NOCASE,
    name            TEXT NOT NULL,
    description     TEXT,
    state           TEXT NOT NULL,
    owner           TEXT NOT NULL,
    authorized_apps TEXT NOT NULL, -- JSON array of strings, as sent
    settings        TEXT NOT NULL, -- JSON object: members that no query looks into
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

-- One row for each app that manages a connection, so that its pages cost no more than those of the tenant.
-- `id` and `name` repeat those of the connection: both orders need them here.
CREATE TABLE connection_app (
    app  INTEGER NOT NULL, -- the number of its scope
    id   TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    PRIMARY KEY (app, id)
) STRICT, WITHOUT ROWID;

-- Connections in each scope, kept by the triggers below, so that a count costs one look-up.
CREATE TABLE total (
    scope       INTEGER PRIMARY KEY,
    connections INTEGER NOT NULL
) STRICT;

-- Makes the table of statistics.
ANALYZE scope;

INSERT INTO scope (tenant, app)
    SELECT tenant, '' FROM connection_1 UNION SELECT tenant, app FROM connection_app_1 ORDER BY 1, 2;

INSERT INTO connection
    SELECT s.no, c.id, c.name, c.description, c.state, c.owner, c.authorized_apps, c.settings
    FROM connection_1 AS c JOIN scope AS s ON s.tenant = c.tenant AND s.app = ''
    ORDER BY s.no, c.id;

INSERT INTO connection_app
    SELECT s.no, a.id, a.name
    FROM connection_app_1 AS a JOIN scope AS s ON s.tenant = a.tenant AND s.app = a.app
    ORDER BY s.no, a.id;

INSERT INTO total
    SELECT tenant, count(*) FROM connection GROUP BY tenant
    UNION ALL
    SELECT app, count(*) FROM connection_app GROUP BY app;

DROP TABLE connection_1;
DROP TABLE connection_app_1;

CREATE UNIQUE INDEX connection_by_name ON connection (tenant, name, id);
CREATE UNIQUE INDEX connection_app_by_name ON connection_app (app, name, id);

CREATE TRIGGER connection_counted AFTER INSERT ON connection BEGIN
    INSERT INTO total VALUES (new.tenant, 1)
        ON CONFLICT DO UPDATE SET connections = connections + 1;
END;

CREATE TRIGGER connection_discounted AFTER DELETE ON connection BEGIN
    UPDATE total SET connections = connections - 1 WHERE scope = old.tenant;
END;

CREATE TRIGGER connection_app_counted AFTER INSERT ON connection_app BEGIN
    INSERT INTO total VALUES (new.app, 1)
        ON CONFLICT DO UPDATE SET connections = connections + 1;
END;

CREATE TRIGGER connection_app_discounted AFTER DELETE ON connection_app BEGIN
    UPDATE total SET connections = connections - 1 WHERE scope = old.app;
END;

CREATE TRIGGER scope_emptied AFTER UPDATE ON total WHEN new.connections = 0 BEGIN
    DELETE FROM total WHERE scope = new.scope;
    DELETE FROM scope WHERE no = new.scope;
END;

-- Statistics of a large tenant, the same for all: without any, the planner believes that a tenant has ten connections, which are
-- sorted as fast as they are found in order. Columns: rows, then rows for each value of the first column, of the first two, ….
-- Source: SQLite, file format, section 2.6.3.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('connection', 'connection', '1000000 100000 1'),
    ('connection', 'connection_by_name', '1000000 100000 10 1'),
    ('connection_app', 'connection_app', '1000000 100000 1'),
    ('connection_app', 'connection_app_by_name', '1000000 100000 10 1');
ANALYZE sqlite_schema;
