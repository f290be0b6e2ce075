//! Puts rows into a store that nobody uses: `fill DIR ROWS TENANTS`, `contoso0000000` and so on in each tenant.

use std::path::Path;

use against::{create, open};

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
    let db = open(&Path::new(&dir).join("graph-connections.db"))?;
    db.execute_batch("BEGIN IMMEDIATE")?;
    for row in 0..rows {
        create(
            &db,
            &format!("tenant{}", row % tenants),
            &format!("contoso{:07}", row / tenants),
        )?;
    }
    db.execute_batch("COMMIT")
}
