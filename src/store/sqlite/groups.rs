//! External groups and their members: their rows, and the units of work that change them.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    Conflict, Error, Violation,
    decision::Decision,
    external_connection::ConnectionId,
    external_group::{self, ExternalGroup, GroupProperty, Member, MemberKind},
    limits::{GROUP_MEMBERS, GROUPS},
    principal::UserId,
    store::{GroupStore, ListQuery, Page, Scope, StoreFuture},
};

use super::{
    SqliteStore, UNIT_BYTES,
    connections::undecodable,
    lists::{number, page},
    place::Place,
};

/// How a kind of member is stored.
pub(super) fn code(kind: MemberKind) -> u8 {
    match kind {
        MemberKind::User => 0,
        MemberKind::Group => 1,
        MemberKind::ExternalGroup => 2,
    }
}

/// A member from a row of `id, kind`.
pub(super) fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let kind = match row.get::<_, u8>(1)? {
        0 => MemberKind::User,
        1 => MemberKind::Group,
        2 => MemberKind::ExternalGroup,
        other => return Err(undecodable(1, format!("unknown kind {other}"))),
    };
    Ok(Member {
        kind,
        id: row.get(0)?,
    })
}

/// A group from a row of `id, display_name, description`.
fn group(row: &Row<'_>) -> rusqlite::Result<ExternalGroup> {
    Ok(ExternalGroup {
        id: row.get(0)?,
        display_name: row.get(1)?,
        description: row.get(2)?,
    })
}

fn group_no(db: &Connection, content: Option<i64>, id: &str) -> Result<Option<i64>, Error> {
    Ok(db
        .prepare_cached("SELECT no FROM external_group WHERE content = ? AND id = ?")?
        .query_row(params![content, id], |row| row.get(0))
        .optional()?)
}

/// The connection of a group, and the group's number.
fn find(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    group: &str,
) -> Result<(Place, i64), Error> {
    let place = Place::find(db, scope, connection)?;
    let no = group_no(db, place.content, group)?;
    Ok((place, external_group::RESOURCE.found(no)?))
}

fn create(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    group: &ExternalGroup,
) -> Result<(), Error> {
    let place = Place::find(db, scope, connection)?;
    let content = place.begin_content(db)?;
    let groups = db
        .prepare_cached(
            "SELECT ifnull(sum(groups), 0) FROM content WHERE tenant = ? AND groups > 0 AND removed = 0",
        )?
        .query_row([place.tenant_no], number)?;
    if groups >= GROUPS {
        let rule = format!("the tenant has {GROUPS} external groups, and can have no more");
        return Err(Error::Invalid(vec![Violation::new("", rule)]));
    }
    let created = db
        .prepare_cached(
            "INSERT INTO external_group (content, id, display_name, description) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![content, group.id, group.display_name, group.description])?;
    if created == 0 {
        return Err(Error::Exists(Conflict::Group));
    }
    Ok(())
}

fn get(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
) -> Result<Option<ExternalGroup>, Error> {
    let content = Place::find(db, scope, connection)?.content;
    Ok(db
        .prepare_cached(
            "SELECT id, display_name, description FROM external_group WHERE content = ? AND id = ?",
        )?
        .query_row(params![content, id], group)
        .optional()?)
}

fn update(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
    decision: Decision<ExternalGroup>,
) -> Result<Option<()>, Error> {
    let Some(before) = get(db, scope, connection, id)? else {
        return Ok(None);
    };
    let (_, no) = find(db, scope, connection, id)?;
    let after = (decision.decide)(before)?;
    db.prepare_cached("UPDATE external_group SET display_name = ?, description = ? WHERE no = ?")?
        .execute(params![after.display_name, after.description, no])?;
    Ok(Some(()))
}

fn delete(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
) -> Result<Option<()>, Error> {
    let content = Place::find(db, scope, connection)?.content;
    let Some(no) = group_no(db, content, id)? else {
        return Ok(None);
    };
    // First, so that nobody counts its members down.
    db.prepare_cached("DELETE FROM external_group WHERE no = ?")?
        .execute([no])?;
    db.prepare_cached("DELETE FROM member WHERE group_no = ?")?
        .execute([no])?;
    db.prepare_cached("DELETE FROM member WHERE content = ? AND id = ? AND kind = ?")?
        .execute(params![content, id, code(MemberKind::ExternalGroup)])?;
    Ok(Some(()))
}

fn create_member(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    group: &str,
    member: &Member,
) -> Result<(), Error> {
    let (place, no) = find(db, scope, connection, group)?;
    if member.kind == MemberKind::ExternalGroup
        && group_no(db, place.content, &member.id)?.is_none()
    {
        return Err(member.absent());
    }
    if members(db, no)? >= GROUP_MEMBERS {
        let rule = format!("the group has {GROUP_MEMBERS} members, and can have no more");
        return Err(Error::Invalid(vec![Violation::new("", rule)]));
    }
    let created = db
        .prepare_cached(
            "INSERT INTO member (group_no, id, kind, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute(params![no, member.id, code(member.kind), place.content])?;
    if created == 0 {
        return Err(Error::Exists(Conflict::Member));
    }
    Ok(())
}

fn members(db: &Connection, group_no: i64) -> Result<u64, Error> {
    Ok(db
        .prepare_cached("SELECT members FROM external_group WHERE no = ?")?
        .query_row([group_no], number)?)
}

/// The condition of one member: GUIDs are kept in lower case and found in any, identifiers of external groups are found as they are.
macro_rules! is_member {
    () => {
        "group_no = ?1 AND (id = ?2 OR (id = lower(?2) AND kind < 2))"
    };
}

fn get_member(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    group: &str,
    id: &str,
) -> Result<Option<Member>, Error> {
    let (_, no) = find(db, scope, connection, group)?;
    Ok(db
        .prepare_cached(concat!(
            "SELECT id, kind FROM member WHERE ",
            is_member!(),
            " ORDER BY kind LIMIT 1"
        ))?
        .query_row(params![no, id], member)
        .optional()?)
}

fn delete_member(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    group: &str,
    id: &str,
) -> Result<Option<()>, Error> {
    let (_, no) = find(db, scope, connection, group)?;
    let deleted = db
        .prepare_cached(concat!("DELETE FROM member WHERE ", is_member!()))?
        .execute(params![no, id])?;
    Ok((deleted > 0).then_some(()))
}

fn list(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    query: &ListQuery<GroupProperty>,
) -> Result<Page<ExternalGroup>, Error> {
    let content = Place::find(db, scope, connection)?.content;
    let select = "SELECT id, display_name, description FROM external_group WHERE content = ?1";
    let count = query.count.then(|| count_of(db, content)).transpose()?;
    let page = page(db, select, &content, query, group, |group| &group.id)?;
    Ok(Page { count, ..page })
}

fn count_of(db: &Connection, content: Option<i64>) -> Result<u64, Error> {
    let count = db
        .prepare_cached("SELECT groups FROM content WHERE no = ?")?
        .query_row([content], number)
        .optional()?;
    Ok(count.unwrap_or_default())
}

fn list_members(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    group: &str,
    query: &ListQuery<GroupProperty>,
) -> Result<Page<Member>, Error> {
    let (_, no) = find(db, scope, connection, group)?;
    let select = "SELECT id, kind FROM member WHERE group_no = ?1";
    let count = query.count.then(|| members(db, no)).transpose()?;
    let page = page(db, select, &no, query, member, |member| &member.id)?;
    Ok(Page { count, ..page })
}

/// The groups of a content that a user is in, who is in some groups of the directory (a JSON array). Found from the user on: each group
/// once, so that groups in each other come to an end.
pub(super) fn of_user(
    db: &Connection,
    content: i64,
    user: Option<&UserId>,
    groups: &str,
) -> Result<Vec<String>, Error> {
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE mine (no) AS (
             SELECT group_no FROM member WHERE content = ?1 AND id = ?2 AND kind = 0
             UNION
             SELECT m.group_no FROM json_each(?3) AS g CROSS JOIN member AS m
                 WHERE m.content = ?1 AND m.id = g.value AND m.kind = 1
             UNION
             SELECT m.group_no FROM mine CROSS JOIN external_group AS g ON g.no = mine.no CROSS JOIN member AS m
                 WHERE m.content = ?1 AND m.id = g.id AND m.kind = 2
         )
         SELECT g.id FROM mine CROSS JOIN external_group AS g ON g.no = mine.no",
    )?;
    let user = user.map(UserId::as_str);
    let ids = statement.query_map(params![content, user, groups], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn count(db: &Connection, scope: &Scope, connection: &ConnectionId) -> Result<u64, Error> {
    count_of(db, Place::find(db, scope, connection)?.content)
}

fn count_members(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    group: &str,
) -> Result<u64, Error> {
    let (_, no) = find(db, scope, connection, group)?;
    members(db, no)
}

impl GroupStore for SqliteStore {
    fn create_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: ExternalGroup,
    ) -> StoreFuture<'a, ()> {
        let (key, scope, connection) = (&scope.tenant, scope.clone(), connection.clone());
        let bytes = UNIT_BYTES + group.description.as_ref().map_or(0, String::len);
        let work = move |db: &_| create(db, &scope, &connection, &group);
        Box::pin(self.database.write(key.as_str(), bytes, work))
    }

    fn get_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
    ) -> StoreFuture<'a, Option<ExternalGroup>> {
        Box::pin(async move { self.read(|db| get(db, scope, connection, id)) })
    }

    fn update_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        decision: Decision<ExternalGroup>,
    ) -> StoreFuture<'a, Option<()>> {
        let (key, scope, connection) = (&scope.tenant, scope.clone(), connection.clone());
        let id = id.to_owned();
        let bytes = UNIT_BYTES + decision.bytes;
        let work = move |db: &_| update(db, &scope, &connection, &id, decision);
        Box::pin(self.database.write(key.as_str(), bytes, work))
    }

    fn delete_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
    ) -> StoreFuture<'a, Option<()>> {
        let (key, scope, connection) = (&scope.tenant, scope.clone(), connection.clone());
        let id = id.to_owned();
        let bytes = UNIT_BYTES;
        let work = move |db: &_| delete(db, &scope, &connection, &id);
        Box::pin(self.database.write(key.as_str(), bytes, work))
    }

    fn list_groups<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        query: ListQuery<GroupProperty>,
    ) -> StoreFuture<'a, Page<ExternalGroup>> {
        Box::pin(async move {
            let (bytes, scope, connection) = (query.bytes, scope.clone(), connection.clone());
            let list = move |db: &_| list(db, &scope, &connection, &query);
            self.read_sized(bytes, list).await
        })
    }

    fn count_groups<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, u64> {
        Box::pin(async move { self.read(|db| count(db, scope, connection)) })
    }

    fn create_member<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        member: Member,
    ) -> StoreFuture<'a, ()> {
        let (key, scope, connection) = (&scope.tenant, scope.clone(), connection.clone());
        let group = group.to_owned();
        let bytes = UNIT_BYTES;
        let work = move |db: &_| create_member(db, &scope, &connection, &group, &member);
        Box::pin(self.database.write(key.as_str(), bytes, work))
    }

    fn get_member<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        id: &'a str,
    ) -> StoreFuture<'a, Option<Member>> {
        Box::pin(async move { self.read(|db| get_member(db, scope, connection, group, id)) })
    }

    fn delete_member<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        id: &'a str,
    ) -> StoreFuture<'a, Option<()>> {
        let (key, scope, connection) = (&scope.tenant, scope.clone(), connection.clone());
        let group = group.to_owned();
        let id = id.to_owned();
        let bytes = UNIT_BYTES;
        let work = move |db: &_| delete_member(db, &scope, &connection, &group, &id);
        Box::pin(self.database.write(key.as_str(), bytes, work))
    }

    fn list_members<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        query: ListQuery<GroupProperty>,
    ) -> StoreFuture<'a, Page<Member>> {
        Box::pin(async move {
            let (bytes, scope, connection) = (query.bytes, scope.clone(), connection.clone());
            let group = group.to_owned();
            let list = move |db: &_| list_members(db, &scope, &connection, &group, &query);
            self.read_sized(bytes, list).await
        })
    }

    fn count_members<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
    ) -> StoreFuture<'a, u64> {
        Box::pin(async move { self.read(|db| count_members(db, scope, connection, group)) })
    }
}
