//! What a connection for reading sees. As long as nothing is written, a read may see what the one before it on the same
//! connection saw: its transaction stays open, which spares the locks that each begin and end of one take.

use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;

/// Counts the begins and ends of the writer's work, which includes all that adds to the log or has it begin anew.
#[derive(Default)]
pub(super) struct Work(AtomicU64);

/// A moment at which the writer does nothing, and all the time until it begins again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest(u64);

impl Work {
    /// `None` while the writer is at work: what is seen now may change at any time.
    pub(super) fn rest(&self) -> Option<Rest> {
        let count = self.0.load(Ordering::SeqCst);
        count.is_multiple_of(2).then_some(Rest(count))
    }

    /// Comes before anything of the work can be seen.
    pub(super) fn begin(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// Comes after all of it can be seen.
    pub(super) fn end(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A connection for reading.
pub(super) struct Reader {
    db: Connection,
    is_in_transaction: bool,
    /// When the transaction was begun; `None`: the writer was at work, so it ends with the read.
    since: Option<Rest>,
}

impl Reader {
    pub(super) fn new(db: Connection) -> Self {
        Self {
            db,
            is_in_transaction: false,
            since: None,
        }
    }

    /// The connection, to read what has been committed so far, all of it as of one moment.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn look(&mut self, work: &Work) -> rusqlite::Result<&Connection> {
        let now = work.rest();
        if self.since.is_none() || self.since != now {
            self.let_go()?;
            execute(&self.db, "BEGIN")?;
            self.is_in_transaction = true;
            self.since = now;
        }
        Ok(&self.db)
    }

    /// Ends the transaction unless its end can wait: it keeps the log from being moved and begun anew.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn let_go_if_stale(&mut self, work: &Work) -> rusqlite::Result<()> {
        if self.since.is_some() && self.since == work.rest() {
            return Ok(());
        }
        self.let_go()
    }

    /// Ends the transaction.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn let_go(&mut self) -> rusqlite::Result<()> {
        self.since = None;
        if std::mem::take(&mut self.is_in_transaction) {
            execute(&self.db, "COMMIT")?;
        }
        Ok(())
    }
}

fn execute(db: &Connection, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute([]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::open;

    /// Whether a transaction is open.
    fn is_held(reader: &Reader) -> bool {
        !reader.db.is_autocommit()
    }

    fn connections(db: &Connection) -> i64 {
        db.query_row("SELECT count(*) FROM scope", [], |row| row.get(0))
            .expect("it reads")
    }

    #[test]
    fn snapshot_lasts_until_the_writer_begins() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open::open(dir.path()).expect("it opens");
        let add = |tenant| {
            let insert = "INSERT INTO scope (tenant, app) VALUES (?, 'a')";
            opened.db.execute(insert, [tenant]).expect("it writes");
        };
        let mut reader = Reader::new(open::for_reading(&opened.path).expect("it opens"));
        let work = Work::default();
        let mut seen = || {
            let seen = connections(reader.look(&work).expect("it looks"));
            reader.let_go_if_stale(&work).expect("it ends");
            (seen, is_held(&reader))
        };
        assert_eq!(seen(), (0, true));
        // Nobody writes but the writer: this would not go unnoticed otherwise.
        add("behind its back");
        assert_eq!(seen(), (0, true));

        work.begin();
        assert_eq!(seen(), (1, false), "while the writer is at work");
        add("by the writer");
        assert_eq!(seen(), (2, false), "before it is done");
        work.end();
        assert_eq!(seen(), (2, true));
    }

    #[test]
    fn snapshot_ends_with_a_read_during_which_the_writer_has_begun() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open::open(dir.path()).expect("it opens");
        let mut reader = Reader::new(open::for_reading(&opened.path).expect("it opens"));
        let work = Work::default();
        for is_over in [false, true] {
            connections(reader.look(&work).expect("it looks"));
            work.begin();
            if is_over {
                work.end();
            }
            reader.let_go_if_stale(&work).expect("it ends");
            assert!(!is_held(&reader), "{is_over}");
            if !is_over {
                work.end();
            }
        }
    }
}
