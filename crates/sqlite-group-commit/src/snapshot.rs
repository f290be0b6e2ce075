//! Read transactions that outlive a read. As long as nothing is written, a read may see what the one before it on the
//! same connection saw: its transaction stays open, which spares the locks that each begin and end of one take.

use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;

/// Counts the begins and ends of the writer's work, which includes all that adds to the log or resets it.
#[derive(Default)]
pub(crate) struct WriterActivity(AtomicU64);

impl WriterActivity {
    /// The number of the time during which the writer is idle; `None` while it is at work: what is read now may change
    /// at any time.
    pub(crate) fn idle_period(&self) -> Option<u64> {
        let count = self.0.load(Ordering::SeqCst);
        count.is_multiple_of(2).then_some(count)
    }

    /// Comes before anything of the work can be seen.
    pub(crate) fn begin(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// Comes after all of it can be seen.
    pub(crate) fn end(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A connection for reading, and its read transaction.
pub(crate) struct Reader {
    pub(crate) db: Connection,
    /// When the transaction was begun; `None`: the writer was at work, so it ends with the read.
    begun: Option<u64>,
}

impl Reader {
    pub(crate) fn new(db: Connection) -> Self {
        Self { db, begun: None }
    }

    /// The connection, in a transaction that sees what has been committed so far.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn begin(&mut self, writer: &WriterActivity) -> rusqlite::Result<&Connection> {
        let now = writer.idle_period();
        if self.begun.is_none() || self.begun != now {
            self.end()?;
            execute(&self.db, "BEGIN")?;
            self.begun = now;
        }
        Ok(&self.db)
    }

    /// Ends the transaction unless it is still that of a newcomer: it would keep the log from being reset.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn end_if_outdated(&mut self, writer: &WriterActivity) -> rusqlite::Result<()> {
        if self.begun.is_some() && self.begun == writer.idle_period() {
            return Ok(());
        }
        self.end()
    }

    /// Ends the transaction.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn end(&mut self) -> rusqlite::Result<()> {
        self.begun = None;
        if !self.db.is_autocommit() {
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
    use crate::{connect, open::tests::opened};

    /// Whether a transaction is open.
    fn is_held(reader: &Reader) -> bool {
        !reader.db.is_autocommit()
    }

    fn rows(db: &Connection) -> i64 {
        db.query_row("SELECT count(*) FROM t", [], |row| row.get(0))
            .expect("it reads")
    }

    #[test]
    fn snapshot_lasts_until_the_writer_begins() {
        let (_dir, opened) = opened();
        let add = || {
            opened
                .db
                .execute("INSERT INTO t VALUES (1)", [])
                .expect("it writes")
        };
        let mut reader = Reader::new(connect::for_reading(&opened.path).expect("it opens"));
        let writer = WriterActivity::default();
        let mut seen = || {
            let seen = rows(reader.begin(&writer).expect("it begins"));
            reader.end_if_outdated(&writer).expect("it ends");
            (seen, is_held(&reader))
        };
        assert_eq!(seen(), (0, true));
        // Nobody writes but the writer: this would not go unnoticed otherwise.
        add();
        assert_eq!(seen(), (0, true));

        writer.begin();
        assert_eq!(seen(), (1, false), "while the writer is at work");
        add();
        assert_eq!(seen(), (2, false), "before it is done");
        writer.end();
        assert_eq!(seen(), (2, true));
    }

    #[test]
    fn snapshot_ends_with_a_read_during_which_the_writer_has_begun() {
        let (_dir, opened) = opened();
        let mut reader = Reader::new(connect::for_reading(&opened.path).expect("it opens"));
        let writer = WriterActivity::default();
        for is_over in [false, true] {
            rows(reader.begin(&writer).expect("it begins"));
            writer.begin();
            if is_over {
                writer.end();
            }
            reader.end_if_outdated(&writer).expect("it ends");
            assert!(!is_held(&reader), "{is_over}");
            if !is_over {
                writer.end();
            }
        }
    }
}
