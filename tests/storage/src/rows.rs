//! The rows of the database, looked at from outside: whether those of several tables agree, and what each connection holds.

use std::collections::HashMap;

use rusqlite::{Connection, Result};
use serde_json::{Map, Value, json};

/// What must not be there: each query gives the numbers of the rows that are wrong.
const WRONG: [(&str, &str); 19] = [
    (
        "text without an item that has content",
        "SELECT no FROM item_text WHERE no NOT IN (SELECT no FROM item WHERE html IS NOT NULL)",
    ),
    (
        "activity without an item",
        "SELECT item_no FROM activity WHERE item_no NOT IN (SELECT no FROM item)",
    ),
    (
        "member without a group of its content",
        "SELECT m.group_no FROM member AS m
         LEFT JOIN external_group AS g ON g.no = m.group_no AND g.content = m.content WHERE g.no IS NULL",
    ),
    (
        "member that is a group that is not there",
        "SELECT m.group_no FROM member AS m JOIN content AS k ON k.no = m.content AND NOT k.removed
         WHERE m.kind = 2 AND NOT EXISTS
             (SELECT 1 FROM external_group AS g WHERE g.content = m.content AND g.id = m.id)",
    ),
    (
        "item without a content",
        "SELECT no FROM item WHERE content NOT IN (SELECT no FROM content)",
    ),
    (
        "group without a content",
        "SELECT no FROM external_group WHERE content NOT IN (SELECT no FROM content)",
    ),
    (
        "operation without a content",
        "SELECT content FROM operation WHERE content NOT IN (SELECT no FROM content)",
    ),
    (
        "connection without its content",
        "SELECT content FROM connection
         WHERE content IS NOT NULL AND content NOT IN (SELECT no FROM content WHERE NOT removed)",
    ),
    (
        "content that two connections have",
        "SELECT content FROM connection WHERE content IS NOT NULL GROUP BY content HAVING count(*) > 1",
    ),
    (
        "content without a connection that is not removed",
        "SELECT no FROM content AS k WHERE NOT removed AND NOT EXISTS
             (SELECT 1 FROM connection AS c WHERE c.tenant = k.tenant AND c.id = k.id AND c.content = k.no)",
    ),
    (
        "count of items",
        "SELECT no FROM content AS k WHERE items <> (SELECT count(*) FROM item WHERE content = k.no)",
    ),
    (
        "count of groups",
        "SELECT no FROM content AS k
         WHERE groups <> (SELECT count(*) FROM external_group WHERE content = k.no)",
    ),
    (
        "count of members",
        "SELECT no FROM external_group AS g
         WHERE members <> (SELECT count(*) FROM member WHERE group_no = g.no)",
    ),
    (
        "state that is not that of the operations",
        "SELECT c.content FROM connection AS c WHERE (c.state = 'draft') = EXISTS
             (SELECT 1 FROM operation AS o WHERE o.content = c.content AND o.status = 'completed')",
    ),
    (
        "operation without a schema",
        "SELECT k.no FROM content AS k WHERE NOT removed AND (k.schema IS NOT NULL) <> EXISTS
             (SELECT 1 FROM operation AS o WHERE o.content = k.no)",
    ),
    (
        "gap in the log of changes of a tenant",
        "SELECT tenant FROM change GROUP BY tenant HAVING max(no) - min(no) + 1 <> count(*)",
    ),
    (
        "log of changes that is too short",
        "SELECT tenant FROM change GROUP BY tenant HAVING min(no) > 1 AND count(*) < 100000",
    ),
    (
        "log of changes that is too long",
        "SELECT tenant FROM change GROUP BY tenant HAVING count(*) > 101000",
    ),
    (
        "content that is gone, and the log of changes does not end with that",
        "SELECT content FROM change
         WHERE content NOT IN (SELECT content FROM connection WHERE content IS NOT NULL)
         GROUP BY content HAVING max(no) <> ifnull(max(no) FILTER (WHERE item IS NULL), 0)",
    ),
];

/// What is there at one moment: what is `wrong`, how many contents wait to be `removed`, whether the log of changes has
/// lost its beginning, and what each connection holds.
///
/// # Errors
/// The database cannot be read.
pub fn read(db: &Connection) -> Result<Value> {
    db.execute_batch("BEGIN")?;
    let mut wrong = Vec::new();
    for (what, query) in WRONG {
        let numbers: Vec<i64> = all(db, query, 0, |row| row.get(0))?;
        if !numbers.is_empty() {
            wrong.push(format!("{what}: {numbers:?}"));
        }
    }
    let mut changes: HashMap<i64, Vec<String>> = HashMap::new();
    let query = "SELECT content, item FROM change WHERE item IS NOT NULL ORDER BY tenant, no";
    for (content, item) in all(db, query, 0, |row| Ok((row.get(0)?, row.get(1)?)))? {
        changes.entry(content).or_default().push(item);
    }
    let query = "SELECT id, content FROM connection WHERE content IS NOT NULL";
    let mut connections = Map::new();
    for (id, content) in all(db, query, 0, |row| Ok((row.get(0)?, row.get(1)?)))? {
        let held = held(db, content, changes.remove(&content))?;
        connections.insert(id, held);
    }
    let number = |query| db.query_row(query, [], |row| row.get::<_, i64>(0));
    Ok(json!({
        "wrong": wrong,
        "removed": number("SELECT count(*) FROM content WHERE removed")?,
        "isShortened": number("SELECT EXISTS (SELECT 1 FROM change GROUP BY tenant HAVING min(no) > 1)")? == 1,
        "connections": connections,
    }))
}

/// What a connection holds.
fn held(db: &Connection, content: i64, changes: Option<Vec<String>>) -> Result<Value> {
    let items = all(
        db,
        "SELECT id, ifnull((SELECT length(text) FROM item_text WHERE no = i.no), 0),
             (SELECT count(*) FROM activity WHERE item_no = i.no)
         FROM item AS i WHERE content = ?",
        content,
        |row| {
            let sizes =
                json!({ "text": row.get::<_, i64>(1)?, "activities": row.get::<_, i64>(2)? });
            Ok((row.get::<_, String>(0)?, sizes))
        },
    )?;
    let groups = all(
        db,
        "SELECT id, (SELECT json_group_array(id ORDER BY id) FROM member WHERE group_no = g.no)
         FROM external_group AS g WHERE content = ?",
        content,
        |row| {
            let members: String = row.get(1)?;
            let members: Value = serde_json::from_str(&members).expect("an array");
            Ok((row.get::<_, String>(0)?, members))
        },
    )?;
    let operations: i64 = db.query_row(
        "SELECT count(*) FROM operation WHERE content = ?",
        [content],
        |row| row.get(0),
    )?;
    Ok(json!({
        "items": items.into_iter().collect::<Map<_, _>>(),
        "groups": groups.into_iter().collect::<Map<_, _>>(),
        "operations": operations,
        "changes": changes.unwrap_or_default(),
    }))
}

/// All rows of a query about the number, if it has a place for one.
fn all<T>(
    db: &Connection,
    query: &str,
    number: i64,
    read: fn(&rusqlite::Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = db.prepare_cached(query)?;
    let numbers = &[number][..statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(numbers), read)?;
    rows.collect()
}
