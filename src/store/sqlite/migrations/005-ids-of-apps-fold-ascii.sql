-- Ids of apps fold ASCII alone. Unicode's folding had made KELVIN SIGN a 'k', so that an app saw connections that list another.

DELETE FROM connection_app WHERE (app, id) IN (
    SELECT a.no, c.id
    FROM connection AS c JOIN scope AS t ON t.no = c.tenant JOIN scope AS a ON a.tenant = t.tenant
    WHERE c.authorized_apps GLOB '*[^ -~]*'
);

-- `lower` folds ASCII.
CREATE TEMPORARY TABLE manager AS
    SELECT t.tenant, lower(listed.value) AS app, c.id
    FROM connection AS c JOIN scope AS t ON t.no = c.tenant, json_each(c.authorized_apps) AS listed
    WHERE c.authorized_apps GLOB '*[^ -~]*'
    UNION
    SELECT t.tenant, c.owner, c.id
    FROM connection AS c JOIN scope AS t ON t.no = c.tenant
    WHERE c.authorized_apps GLOB '*[^ -~]*';

INSERT OR IGNORE INTO scope (tenant, app) SELECT tenant, app FROM manager;

INSERT INTO connection_app (app, id)
    SELECT s.no, m.id FROM manager AS m JOIN scope AS s ON s.tenant = m.tenant AND s.app = m.app;

DROP TABLE manager;
