-- What a connection holds, under a number of its own: when the connection is deleted, it is no longer anybody's, and a connection of the
-- same identifier begins with nothing.
CREATE TABLE content (
    no     INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL,             -- the number of its scope
    id     TEXT NOT NULL COLLATE NOCASE, -- of the connection
    schema TEXT,                         -- JSON; null until one is registered
    items   INTEGER NOT NULL DEFAULT 0,  -- how many, kept by triggers
    groups  INTEGER NOT NULL DEFAULT 0,  -- how many external groups, likewise
    removed INTEGER NOT NULL DEFAULT 0   -- 1: the connection was deleted; what it held is removed bit by bit
) STRICT;

-- External groups are counted over all connections of a tenant.
CREATE INDEX content_with_groups ON content (tenant, groups) WHERE groups > 0;

ALTER TABLE connection ADD COLUMN content INTEGER; -- null until it holds something

CREATE TABLE operation (
    content INTEGER NOT NULL,
    no      INTEGER NOT NULL, -- counts them
    id      TEXT NOT NULL,
    status  TEXT NOT NULL,    -- inprogress, completed, failed
    due     INTEGER,          -- in progress until then, milliseconds since 1970
    polls   INTEGER,          -- in progress for so many further questions
    error   TEXT,             -- the code, if it failed
    PRIMARY KEY (content, no)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_due ON operation (due) WHERE due IS NOT NULL;

-- Items are found by identifier and read in its order; a row of some kilobytes has a place of its own in the table, beside which the
-- tree of identifiers stays small. Long texts are apart, so that a list does not read over them.
CREATE TABLE item (
    no         INTEGER PRIMARY KEY,
    content    INTEGER NOT NULL,
    id         TEXT NOT NULL,
    acl        TEXT NOT NULL, -- JSON array
    properties TEXT NOT NULL, -- JSON object
    html       INTEGER,       -- how `text` is written: 1 HTML, 0 plain; null if the item has no content
    label      TEXT
) STRICT;
CREATE UNIQUE INDEX item_by_id ON item (content, id);

CREATE TABLE item_text (
    no   INTEGER PRIMARY KEY, -- of the item
    text TEXT NOT NULL
) STRICT;

CREATE TABLE external_group (
    no           INTEGER PRIMARY KEY,
    content      INTEGER NOT NULL,
    id           TEXT NOT NULL,
    display_name TEXT,
    description  TEXT,
    members      INTEGER NOT NULL DEFAULT 0 -- how many, kept by triggers
) STRICT;
CREATE UNIQUE INDEX group_by_id ON external_group (content, id);

CREATE TABLE member (
    group_no INTEGER NOT NULL,
    id       TEXT NOT NULL,
    kind     INTEGER NOT NULL, -- 0 user, 1 group of the directory, 2 external group
    content  INTEGER NOT NULL, -- of the group
    PRIMARY KEY (group_no, id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX groups_of_member ON member (content, id, kind);

CREATE TRIGGER group_counted AFTER INSERT ON external_group BEGIN
    UPDATE content SET groups = groups + 1 WHERE no = new.content;
END;

CREATE TRIGGER group_discounted AFTER DELETE ON external_group BEGIN
    UPDATE content SET groups = groups - 1 WHERE no = old.content;
END;

CREATE TRIGGER member_counted AFTER INSERT ON member BEGIN
    UPDATE external_group SET members = members + 1 WHERE no = new.group_no;
END;

CREATE TRIGGER member_discounted AFTER DELETE ON member BEGIN
    UPDATE external_group SET members = members - 1 WHERE no = old.group_no;
END;

CREATE TABLE activity (
    item_no INTEGER NOT NULL,
    no      INTEGER NOT NULL, -- counts those of the item
    type    TEXT NOT NULL,
    started TEXT NOT NULL,    -- ISO 8601, UTC
    kind    INTEGER NOT NULL, -- of who did it, as in `member`
    id      TEXT NOT NULL,
    PRIMARY KEY (item_no, no)
) STRICT, WITHOUT ROWID;

-- What changed, in the order in which it did, under a counter of the tenant: an index of items follows it.
CREATE TABLE change (
    tenant  INTEGER NOT NULL, -- the number of its scope
    no      INTEGER NOT NULL,
    content INTEGER NOT NULL,
    item    TEXT,             -- null: all of the content
    PRIMARY KEY (tenant, no)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER item_counted AFTER INSERT ON item BEGIN
    UPDATE content SET items = items + 1 WHERE no = new.content;
END;

CREATE TRIGGER item_discounted AFTER DELETE ON item BEGIN
    UPDATE content SET items = items - 1 WHERE no = old.content;
    DELETE FROM item_text WHERE no = old.no;
    DELETE FROM activity WHERE item_no = old.no;
END;

CREATE TRIGGER connection_emptied AFTER DELETE ON connection WHEN old.content IS NOT NULL BEGIN
    UPDATE content SET removed = 1 WHERE no = old.content;
END;

CREATE INDEX content_removed ON content (no) WHERE removed;
