//! Looks into a database from outside, as `sqlite3` would: `check FILE` checks it and prints what is
//! there, `checkpoint FILE` moves its log
//! into it, `read FILE` keeps a read under way from the word `reading` to the end of its input, as a slow backup would.
//! A process of its own, because a test that serves a file system must not map files of that file system.

use rusqlite::Connection;
use storage_tests::rows;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [verb, file] = arguments.as_slice() else {
        return Err("usage: sqlite-probe check|checkpoint|read FILE".into());
    };
    let db = Connection::open(file)?;
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    match verb.as_str() {
        "check" => {
            let verdict: String =
                db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            if verdict != "ok" {
                return Err(verdict.into());
            }
            println!("{}", rows::read(&db)?);
        }
        // It may find the database busy, which is as good: a part of the log has been moved.
        "checkpoint" => db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?,
        "read" => {
            db.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")?;
            println!("reading");
            std::io::stdin().read_line(&mut String::new())?;
        }
        _ => return Err(format!("unknown verb {verb}").into()),
    }
    Ok(())
}
