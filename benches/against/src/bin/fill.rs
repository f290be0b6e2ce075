//! Puts rows into a store that nobody uses: `fill DIR ROWS TENANTS`, `contoso0000000` and so on in each tenant, and as many items
//! in the connection `contosoitems`, if there is one.
//!
//! In no order, as stores fill: put in by order, the rows of a single tenant would lie closer together than any that are used do.

use std::path::Path;

use against::{FILE, Item, content, create, open, put};

/// Prime, so that its multiples meet each of fewer rows once.
const STRIDE: u64 = 15_485_863;

fn main() -> rusqlite::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().expect("a directory");
    let mut number = || {
        arguments
            .next()
            .and_then(|text| text.parse::<u64>().ok())
            .expect("a number")
    };
    let (rows, tenants) = (number(), number());
    let db = open(&Path::new(&dir).join(FILE))?;
    db.execute_batch("BEGIN IMMEDIATE")?;
    for turn in 0..rows {
        let row = turn * STRIDE % rows;
        create(
            &db,
            &format!("tenant{}", row % tenants),
            &format!("contoso{:07}", row / tenants),
        )?;
    }
    if let Some(content) = content(&db)? {
        let item = Item::example(0);
        for turn in 0..rows {
            put(
                &db,
                content,
                &format!("i{:07}", turn * STRIDE % rows),
                &item,
            )?;
        }
    }
    db.execute_batch("COMMIT")
}
