//! Durable writes without HTTP, one in a commit and 64: what the store could do at best.
//! Wants the directory of a store that nobody uses, and seconds; prints one JSON object, writes per second.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use against::{FILE, Item, content, create, open, put};
use rusqlite::Connection;
use serde_json::json;

fn main() -> rusqlite::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().expect("a directory");
    let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
    let span = Duration::from_secs_f64(seconds.expect("seconds"));
    let path = Path::new(&dir).join(FILE);
    let db = open(&path)?;
    // The run before may have left rows.
    let mut n = db
        .query_row("SELECT sum(connections) FROM total", [], |row| {
            row.get::<_, i64>(0)
        })?
        .cast_unsigned();
    // Spread over the index, as clients' ids are.
    let mut creating = || {
        n += 1;
        let id = format!("e{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        create(&db, "tenant0", &id)
    };
    // From when on the log is written over: to make a file longer costs more.
    let log = path.with_extension("db-wal");
    while std::fs::metadata(&log).map_or(0, |log| log.len()) < 64 * 1024 * 1024 {
        rate(&db, 64, Duration::from_millis(100), &mut creating)?;
    }
    let create_alone = rate(&db, 1, span, &mut creating)?;
    let create_grouped = rate(&db, 64, span, &mut creating)?;
    let content = content(&db)?.expect("the connection with items");
    let items: u64 = db
        .query_row("SELECT items FROM content WHERE no = ?", [content], |row| {
            row.get::<_, i64>(0)
        })?
        .cast_unsigned();
    let items_put: Vec<_> = (0..100).map(Item::example).collect();
    let mut m = 0_u64;
    let mut putting = || {
        m += 1;
        let id = m.wrapping_mul(0x9e37_79b9_7f4a_7c15) % items;
        put(
            &db,
            content,
            &format!("i{id:07}"),
            &items_put[m as usize % items_put.len()],
        )
    };
    let put_alone = rate(&db, 1, span, &mut putting)?;
    let put_grouped = rate(&db, 64, span, &mut putting)?;
    println!(
        "{}",
        json!({
            "create, one in a commit": create_alone,
            "create, 64 in a commit": create_grouped,
            "put, one in a commit": put_alone,
            "put, 64 in a commit": put_grouped,
        })
    );
    Ok(())
}

/// How often it is done in a second, so often in each commit.
fn rate(
    db: &Connection,
    group: u64,
    span: Duration,
    once: &mut impl FnMut() -> rusqlite::Result<()>,
) -> rusqlite::Result<f64> {
    let (begun, mut count) = (Instant::now(), 0_u64);
    while begun.elapsed() < span {
        db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for _ in 0..group {
            once()?;
        }
        db.prepare_cached("COMMIT")?.execute([])?;
        count += group;
    }
    Ok(count as f64 / begun.elapsed().as_secs_f64())
}
