-- One index by name instead of one for the tenant and another for each app: a create changes fewer pages. Apps walk the tenant's.

DROP INDEX connection_app_by_name;

-- Without `name`, which only that index wanted.
ALTER TABLE connection_app DROP COLUMN name;
