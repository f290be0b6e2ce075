-- How often memberships of a content's external groups changed: what was read at the same number is as it was.
ALTER TABLE content ADD COLUMN memberships INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER member_added AFTER INSERT ON member BEGIN
    UPDATE content SET memberships = memberships + 1 WHERE no = new.content;
END;

CREATE TRIGGER member_removed AFTER DELETE ON member BEGIN
    UPDATE content SET memberships = memberships + 1 WHERE no = old.content;
END;
