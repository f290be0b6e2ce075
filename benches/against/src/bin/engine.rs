//! Durable creates without HTTP, one in a commit and 64: what the store could do at best.
//! Wants the directory of a store that nobody uses, and seconds; prints one JSON object, creates per second.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use against::{create, open};
use rusqlite::Connection;
use serde_json::json;

fn main() -> rusqlite::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().expect("a directory");
    let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
    let span = Duration::from_secs_f64(seconds.expect("seconds"));
    let db = open(&Path::new(&dir).join("graph-connections.db"))?;
    // The run before may have left rows.
    let mut n = db
        .query_row("SELECT sum(connections) FROM total", [], |row| {
            row.get::<_, i64>(0)
        })?
        .cast_unsigned();
    let alone = creates(&db, 1, span, &mut n)?;
    let grouped = creates(&db, 64, span, &mut n)?;
    println!(
        "{}",
        json!({ "create, one in a commit": alone, "create, 64 in a commit": grouped })
    );
    Ok(())
}

fn creates(db: &Connection, group: u64, span: Duration, n: &mut u64) -> rusqlite::Result<f64> {
    let (begun, first) = (Instant::now(), *n);
    while begun.elapsed() < span {
        db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for _ in 0..group {
            *n += 1;
            // Spread over the index, as clients' ids are.
            let id = format!("e{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            create(db, "tenant0", &id)?;
        }
        db.prepare_cached("COMMIT")?.execute([])?;
    }
    Ok((*n - first) as f64 / begun.elapsed().as_secs_f64())
}
