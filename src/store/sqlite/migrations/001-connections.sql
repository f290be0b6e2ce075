-- Connections, who manages them, and how many there are.

-- An identifier is unique and sorted without regard to case (NOCASE folds ASCII, which is all that it consists of), so
-- that one index serves both. Comparing it exactly takes COLLATE BINARY.
CREATE TABLE connection (
    no              INTEGER PRIMARY KEY,
    tenant          TEXT NOT NULL,
    id              TEXT NOT NULL COLLATE NOCASE,
    name            TEXT NOT NULL,
    description     TEXT,
    state           TEXT NOT NULL,
    owner           TEXT NOT NULL,
    authorized_apps TEXT NOT NULL, -- JSON array of strings, as sent
    settings        TEXT NOT NULL  -- JSON object: members that no query looks into
) STRICT;

CREATE UNIQUE INDEX connection_by_id ON connection (tenant, id);
CREATE UNIQUE INDEX connection_by_name ON connection (tenant, name, id);

-- One row for each app that manages a connection, so that its pages cost no more than those of the tenant.
-- `id` and `name` repeat those of the connection: both orders need them here.
CREATE TABLE connection_app (
    tenant TEXT NOT NULL,
    app    TEXT NOT NULL,
    id     TEXT NOT NULL COLLATE NOCASE,
    name   TEXT NOT NULL,
    no     INTEGER NOT NULL,
    PRIMARY KEY (tenant, app, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX connection_app_by_name ON connection_app (tenant, app, name, id, no);

-- Totals, kept by the triggers below, so that a count costs one look-up.
CREATE TABLE tenant_total (
    tenant      TEXT NOT NULL PRIMARY KEY,
    connections INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE app_total (
    tenant      TEXT NOT NULL,
    app         TEXT NOT NULL,
    connections INTEGER NOT NULL,
    PRIMARY KEY (tenant, app)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER connection_counted AFTER INSERT ON connection BEGIN
    INSERT INTO tenant_total VALUES (new.tenant, 1)
        ON CONFLICT DO UPDATE SET connections = connections + 1;
END;

CREATE TRIGGER connection_discounted AFTER DELETE ON connection BEGIN
    UPDATE tenant_total SET connections = connections - 1 WHERE tenant = old.tenant;
    DELETE FROM tenant_total WHERE tenant = old.tenant AND connections = 0;
END;

CREATE TRIGGER connection_app_counted AFTER INSERT ON connection_app BEGIN
    INSERT INTO app_total VALUES (new.tenant, new.app, 1)
        ON CONFLICT DO UPDATE SET connections = connections + 1;
END;

CREATE TRIGGER connection_app_discounted AFTER DELETE ON connection_app BEGIN
    UPDATE app_total SET connections = connections - 1 WHERE tenant = old.tenant AND app = old.app;
    DELETE FROM app_total WHERE tenant = old.tenant AND app = old.app AND connections = 0;
END;
