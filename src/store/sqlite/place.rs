//! Where a connection is, and what it holds: where every unit of work on its content begins.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    Error,
    external_connection::{self, ConnectionId, ConnectionState},
    item::Capacity,
    store::{Container, Scope},
};

use super::{
    changes,
    connections::{find, select_one, undecodable},
    lists::number,
};

/// Where a connection's row is, and what it holds.
pub(super) struct Place {
    /// The number of the tenant's scope.
    pub(super) tenant_no: i64,
    pub(super) id: String,
    /// The number of its content, if it has any.
    pub(super) content: Option<i64>,
    pub(super) state: ConnectionState,
    pub(super) content_category: Option<String>,
}

/// How many items a content holds; none, if there is no content.
pub(super) fn count_of(db: &Connection, content: Option<i64>) -> Result<u64, Error> {
    let count = db
        .prepare_cached("SELECT items FROM content WHERE no = ?")?
        .query_row([content], number)
        .optional()?;
    Ok(count.unwrap_or_default())
}

impl Place {
    /// # Errors
    /// The scope has no such connection.
    pub(super) fn find(db: &Connection, scope: &Scope, id: &ConnectionId) -> Result<Self, Error> {
        const SELECT: &str = select_one!(
            "c.tenant, c.id, c.content, c.state, c.settings ->> '$.contentCategory'",
            ""
        );
        let found = find(db, scope, id.as_str(), SELECT, Self::read)?;
        external_connection::RESOURCE.found(found)
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let state = row.get_ref(3)?.as_str()?;
        Ok(Self {
            tenant_no: row.get(0)?,
            id: row.get(1)?,
            content: row.get(2)?,
            state: ConnectionState::from_name(state)
                .ok_or_else(|| undecodable(3, format!("unknown state {state}")))?,
            content_category: row.get(4)?,
        })
    }

    /// The number of the content, which begins if there is none.
    pub(super) fn begin_content(&self, db: &Connection) -> Result<i64, Error> {
        if let Some(no) = self.content {
            return Ok(no);
        }
        let no = db
            .prepare_cached("INSERT INTO content (tenant, id) VALUES (?, ?) RETURNING no")?
            .query_row(params![self.tenant_no, self.id], |row| row.get(0))?;
        db.prepare_cached("UPDATE connection SET content = ? WHERE tenant = ? AND id = ?")?
            .execute(params![no, self.tenant_no, self.id])?;
        Ok(no)
    }

    /// The number of the content, if it is still that of a container.
    pub(super) fn content_of(&self, container: &Container) -> Result<i64, Error> {
        let content = self.content.filter(|content| *content == container.content);
        external_connection::RESOURCE.found(content)
    }

    /// The number of an item's row.
    pub(super) fn item_no(&self, db: &Connection, id: &str) -> Result<Option<i64>, Error> {
        Ok(db
            .prepare_cached("SELECT no FROM item WHERE content = ? AND id = ?")?
            .query_row(params![self.content, id], |row| row.get(0))
            .optional()?)
    }

    /// How many items it holds, which is looked up only if there is a limit.
    pub(super) fn items(&self, db: &Connection, capacity: Capacity) -> Result<u64, Error> {
        match capacity.0 {
            Some(_) => count_of(db, self.content),
            None => Ok(0),
        }
    }

    /// Notes how many items it holds now: its state may be another one.
    pub(super) fn holds(
        &self,
        db: &Connection,
        capacity: Capacity,
        items: u64,
    ) -> Result<(), Error> {
        let state = capacity.state(self.state, items);
        if state != self.state {
            self.set_state(db, state)?;
        }
        Ok(())
    }

    pub(super) fn set_state(&self, db: &Connection, state: ConnectionState) -> Result<(), Error> {
        db.prepare_cached("UPDATE connection SET state = ? WHERE tenant = ? AND id = ?")?
            .execute(params![state.name(), self.tenant_no, self.id])?;
        Ok(())
    }

    /// Notes in the log that an item changed, or all of the content may.
    pub(super) fn log(
        &self,
        db: &Connection,
        content: i64,
        item: Option<&str>,
    ) -> Result<(), Error> {
        changes::log(db, self.tenant_no, content, item)
    }
}
