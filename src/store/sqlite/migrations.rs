//! The schema, version by version. A version that was released never changes: a new one is added behind it.

use rusqlite_migration::{M, Migrations};

const VERSIONS: &[M<'_>] = &[M::up(include_str!("migrations/001-connections.sql"))];

/// Number of the newest schema known here; a database keeps its own in `user_version`.
pub(super) const LATEST: usize = VERSIONS.len();

/// Brings a database to the newest schema, in one transaction.
pub(super) fn migrate(db: &mut rusqlite::Connection) -> Result<(), rusqlite_migration::Error> {
    Migrations::from_slice(VERSIONS).to_latest(db)
}

/// An empty database of the newest schema, for tests of SQL.
#[cfg(any(test, fuzzing))]
pub(super) fn empty_database() -> rusqlite::Connection {
    let mut db = rusqlite::Connection::open_in_memory().expect("memory suffices");
    migrate(&mut db).expect("an empty database takes every migration");
    db
}

#[cfg(test)]
mod tests {
    #[test]
    fn migrations_are_valid() {
        super::empty_database();
    }
}
