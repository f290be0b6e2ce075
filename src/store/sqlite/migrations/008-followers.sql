-- Which follower of the log of changes was the last to begin: one row. It does not follow on where it finds another's mark.
CREATE TABLE follower (
    no   INTEGER PRIMARY KEY CHECK (no = 1),
    mark TEXT NOT NULL
) STRICT;
