-- A random number of each change: one that an index followed is told from one of the same number in a store that was put back.
ALTER TABLE change ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;

DROP TABLE follower;
