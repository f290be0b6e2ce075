//! Puts items into the connection `contosoitems` of a store that nobody uses, and external groups: `fill_search DIR ROWS`.
//!
//! The log of changes has one line for all of them: the index reads the items themselves, as it does wherever a log does not reach back.

use std::{error::Error, path::Path};

use against::{
    FILE, content,
    corpus::{CALLERS, EXTERNAL_GROUPS, Random, USERS, external_group, item, user},
    open,
};
use rusqlite::{Connection, params};

/// Prime, so that its multiples meet each of fewer rows once: items do not come in the order of their identifiers.
const STRIDE: u64 = 15_485_863;
/// Of the external groups of a caller, so many have him as a member; the others are such whose member is one of those.
const DIRECT_PART: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dir, rows] = arguments.as_slice() else {
        return Err("a directory and a number are required".into());
    };
    let rows: u32 = rows.parse()?;
    let db = open(&Path::new(dir).join(FILE))?;
    let content = content(&db)?.ok_or("there is no connection with items")?;
    db.execute_batch("BEGIN IMMEDIATE")?;
    put_items(&db, content, rows)?;
    put_groups(&db, content)?;
    db.execute(
        "INSERT INTO change (tenant, no, content, item)
         SELECT tenant, (SELECT ifnull(max(no), 0) + 1 FROM change AS c WHERE c.tenant = k.tenant), no, NULL
         FROM content AS k WHERE no = ?",
        [content],
    )?;
    db.execute_batch("COMMIT")?;
    Ok(())
}

fn put_items(db: &Connection, content: i64, rows: u32) -> rusqlite::Result<()> {
    let mut put =
        db.prepare("INSERT INTO item (content, id, acl, properties, html) VALUES (?, ?, ?, ?, 0)")?;
    let mut put_text = db.prepare("INSERT INTO item_text (no, text) VALUES (?, ?)")?;
    for turn in 0..u64::from(rows) {
        let no = u32::try_from(turn * STRIDE % u64::from(rows)).expect("less than `rows`");
        let item = item(no);
        let row = put.insert(params![
            content,
            format!("i{no:07}"),
            item.acl,
            item.properties
        ])?;
        put_text.execute(params![row, item.text])?;
    }
    Ok(())
}

/// All external groups, with the callers and some others in them.
fn put_groups(db: &Connection, content: i64) -> rusqlite::Result<()> {
    let mut put = db.prepare("INSERT INTO external_group (content, id) VALUES (?, ?)")?;
    let mut numbers = Vec::new();
    for group in 0..EXTERNAL_GROUPS {
        numbers.push(put.insert(params![content, external_group(group)])?);
    }
    let mut add = db.prepare(
        "INSERT INTO member (group_no, id, kind, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    let mut add = |group: u32, id: String, kind: u8| {
        add.execute(params![numbers[group as usize], id, kind, content])
    };
    for (user_no, caller) in (0..).zip(&CALLERS) {
        let groups: Vec<u32> = caller.external_groups().collect();
        for part in groups.chunks(DIRECT_PART) {
            add(part[0], user(user_no), 0)?;
            for group in &part[1..] {
                add(*group, external_group(part[0]), 2)?;
            }
        }
    }
    // Groups have members besides, whom nobody asks for.
    let mut random = Random::new(0);
    for group in 0..EXTERNAL_GROUPS {
        for _ in 0..3 {
            let others = u32::try_from(CALLERS.len()).expect("few");
            add(group, user(others + random.below(USERS - others)), 0)?;
        }
    }
    Ok(())
}
