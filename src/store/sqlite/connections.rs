//! Connections one by one: their rows, and the units of work that create, get, update and delete them.

use rusqlite::{
    OptionalExtension, Row, params,
    types::{Type, ValueRef},
};

use crate::domain::{
    Conflict, Error,
    decision::Decision,
    external_connection::{
        ConnectionId, ConnectionState, ExternalConnection, Settings, managing_apps,
    },
    principal::{AppId, TenantId},
    settings::JsonText,
    store::{Found, Scope},
};

use super::changes;

/// A macro, so that it can be part of a constant text.
macro_rules! columns {
    () => {
        "c.id, c.name, c.description, c.state, c.owner, c.authorized_apps, c.settings, \
         (SELECT k.items FROM content AS k WHERE k.no = c.content AND k.schema IS NOT NULL)"
    };
}

/// The number of the scope whose tenant and app are bound here; null if it sees nothing.
macro_rules! scope_no {
    () => {
        "(SELECT no FROM scope WHERE tenant = ? AND app = ?)"
    };
}

pub(super) use scope_no;

/// The app of the scope of a whole tenant.
pub(super) const WHOLE_TENANT: &str = "";

/// The size of a connection's texts, bytes, without reading them. Source: SQLite, `octet_length`.
macro_rules! stored_bytes {
    () => {
        "octet_length(c.name) + ifnull(octet_length(c.description), 0) + ifnull(octet_length(c.authorized_apps), 0) + octet_length(c.settings)"
    };
}

/// Selects of the connection with identifier ?2 in tenant ?1 that app ?3 manages, or any if that is null. The key finds
/// it in any case of letters; it is looked up as it is written. Nothing else is read before it is known that the scope
/// reaches it.
macro_rules! select_one {
    ($columns:expr, $condition:expr) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM connection AS c
             WHERE c.tenant = (SELECT no FROM scope WHERE tenant = ?1 AND app = '') AND c.id = ?2
             AND c.id = ?2 COLLATE BINARY
             AND (?3 IS NULL OR EXISTS (
                 SELECT * FROM connection_app AS a
                 WHERE a.app = (SELECT no FROM scope WHERE tenant = ?1 AND app = ?3) AND a.id = c.id))",
            $condition
        )
    };
}

pub(super) use select_one;

/// The columns that [`connection`] reads, in its order, of the table `c`.
pub(super) const COLUMNS: &str = columns!();

/// The row of a connection, for [`find`]: [`COLUMNS`].
pub(super) const SELECT_ONE: &str = select_one!(columns!(), "");

/// A connection from a row of [`COLUMNS`].
pub(super) fn connection(row: &Row<'_>) -> rusqlite::Result<ExternalConnection> {
    let state = row.get_ref(3)?.as_str()?;
    let (owner, authorized_apps) = apps(row, 4)?;
    Ok(ExternalConnection {
        id: ConnectionId::existing(row.get::<_, String>(0)?),
        name: row.get(1)?,
        description: row.get(2)?,
        state: ConnectionState::from_name(state)
            .ok_or_else(|| undecodable(3, format!("unknown state {state}")))?,
        owner,
        authorized_apps,
        settings: match row.get_ref(6)?.as_str()? {
            // As most have.
            "{}" => Settings::default(),
            _ => of_any_version(document(row, 6)?),
        },
        ingested_items: row.get(7)?,
    })
}

/// Rows of earlier versions have resolvers without their type, of which there is one, and experiences as they were
/// sent.
fn of_any_version(mut settings: Settings) -> Settings {
    settings.activity_settings = settings.activity_settings.map(|kept| {
        // Cannot be part of a string, in which a quotation mark is escaped.
        let (untyped, typed) = (
            r#"{"priority":"#,
            r##"{"@odata.type":"#microsoft.graph.externalConnectors.itemIdResolver","priority":"##,
        );
        JsonText::new(kept.as_str().replace(untyped, typed).into())
    });
    settings.enabled_content_experiences = settings
        .enabled_content_experiences
        .map(|kept| kept.replace(", ", ",").replace(',', ", "));
    settings
}

/// The owner and the authorized apps of a row that has them from this column on.
fn apps(row: &Row<'_>, column: usize) -> rusqlite::Result<(AppId, Vec<String>)> {
    let owner = AppId::new(row.get_ref(column)?.as_str()?);
    let authorized_apps = match row.get_ref(column + 1)? {
        ValueRef::Null => vec![owner.as_str().to_owned()],
        _ => document(row, column + 1)?,
    };
    Ok((owner, authorized_apps))
}

/// About the bytes that an answer has beside a row's texts: names of members, punctuation, what is absent.
const ROW_BYTES: usize = 350;

/// About the bytes that a row of [`COLUMNS`] takes in an answer.
pub(super) fn answer_bytes(row: &Row<'_>) -> rusqlite::Result<usize> {
    // Name, description, apps, settings; apps have two names in answers.
    [1, 2, 5, 5, 6]
        .into_iter()
        .try_fold(ROW_BYTES, |bytes, column| {
            let text = row.get_ref(column)?.as_str_or_null()?;
            Ok(bytes + text.map_or(0, str::len))
        })
}

pub(super) fn document<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|error| {
        // Its own words may quote what is stored, and content is not for the log.
        let (kind, line, at) = (error.classify(), error.line(), error.column());
        undecodable(column, format!("{kind:?} error at line {line} column {at}"))
    })
}

pub(super) fn undecodable(
    column: usize,
    why: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, why.into())
}

/// The documents of a connection as its row keeps them.
pub(super) struct Documents {
    /// `None` for the owner alone, which most have.
    authorized_apps: Option<String>,
    settings: String,
}

impl Documents {
    pub(super) fn of(connection: &ExternalConnection) -> Result<Self, Error> {
        let apps = &connection.authorized_apps;
        let is_owner_alone = *apps == [connection.owner.as_str()];
        Ok(Self {
            authorized_apps: (!is_owner_alone).then(|| json(apps)).transpose()?,
            settings: json(&connection.settings)?,
        })
    }

    pub(super) fn bytes(&self) -> usize {
        self.authorized_apps.as_ref().map_or(0, String::len) + self.settings.len()
    }
}

pub(super) fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Internal(Box::new(error)))
}

pub(super) fn create(
    db: &rusqlite::Connection,
    tenant: &TenantId,
    connection: &ExternalConnection,
    documents: &Documents,
    most: Option<u64>,
) -> Result<(), Error> {
    let tenant_no = number_of_scope(db, tenant, WHOLE_TENANT)?;
    let created = db
        .prepare_cached(
            "INSERT INTO connection
             (tenant, id, name, description, state, owner, authorized_apps, settings)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            tenant_no,
            connection.id.as_str(),
            connection.name,
            connection.description,
            connection.state.name(),
            connection.owner.as_str(),
            documents.authorized_apps,
            documents.settings,
        ])?;
    if created == 0 {
        return Err(Error::Exists(Conflict::Connection));
    }
    if let Some(most) = most {
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let is_over: bool = db
            .prepare_cached("SELECT connections > ? FROM total WHERE scope = ?")?
            .query_row([limit, tenant_no], |row| row.get(0))?;
        if is_over {
            return Err(Error::QuotaReached {
                rule: format!("a tenant has at most {most} connections; DELETE one first"),
            });
        }
    }
    for app in connection.managing_apps() {
        add_app(db, tenant, &app, &connection.id)?;
    }
    Ok(())
}

/// The connection, unless it is larger than `most_bytes`.
pub(super) fn get(
    db: &rusqlite::Connection,
    scope: &Scope,
    id: &ConnectionId,
    most_bytes: usize,
) -> Result<Option<Found<ExternalConnection>>, Error> {
    let most_bytes = i64::try_from(most_bytes).unwrap_or(i64::MAX);
    let found = db
        .prepare_cached(select_one!(
            columns!(),
            concat!(" AND ", stored_bytes!(), " <= ?4")
        ))?
        .query_row(
            params![scope.tenant.as_str(), id.as_str(), app(scope), most_bytes],
            connection,
        )
        .optional()?;
    match found {
        Some(connection) => Ok(Some(Found::Whole(connection))),
        None => Ok(stored_bytes(db, scope, id)?.map(Found::Larger)),
    }
}

/// The size of a connection's texts, bytes.
pub(super) fn stored_bytes(
    db: &rusqlite::Connection,
    scope: &Scope,
    id: &ConnectionId,
) -> Result<Option<usize>, Error> {
    let bytes = find(
        db,
        scope,
        id.as_str(),
        select_one!(stored_bytes!(), ""),
        |row| row.get::<_, i64>(0),
    );
    Ok(bytes?.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX)))
}

pub(super) fn update(
    db: &rusqlite::Connection,
    scope: &Scope,
    id: &ConnectionId,
    decision: Decision<ExternalConnection>,
) -> Result<Option<()>, Error> {
    const SELECT: &str = select_one!(concat!(columns!(), ", c.tenant"), "");
    let found = find(db, scope, id.as_str(), SELECT, |row| {
        Ok((row.get::<_, i64>(8)?, connection(row)?))
    });
    let Some((tenant_no, before)) = found? else {
        return Ok(None);
    };
    let apps_before = before.authorized_apps.clone();
    let managers_before = before.managing_apps();
    let after = (decision.decide)(before)?;
    let documents = Documents::of(&after)?;
    db.prepare_cached(
        "UPDATE connection
         SET name = ?, description = ?, state = ?, authorized_apps = ?, settings = ?
         WHERE tenant = ? AND id = ?",
    )?
    .execute(params![
        after.name,
        after.description,
        after.state.name(),
        documents.authorized_apps,
        documents.settings,
        tenant_no,
        id.as_str(),
    ])?;
    if after.authorized_apps != apps_before {
        for app in managers_before {
            remove_app(db, &scope.tenant, &app, id)?;
        }
        for app in after.managing_apps() {
            add_app(db, &scope.tenant, &app, id)?;
        }
    }
    Ok(Some(()))
}

pub(super) fn delete(
    db: &rusqlite::Connection,
    scope: &Scope,
    id: &ConnectionId,
) -> Result<Option<()>, Error> {
    const SELECT: &str = select_one!("c.tenant, c.owner, c.authorized_apps, c.content", "");
    let found = find(db, scope, id.as_str(), SELECT, |row| {
        let content: Option<i64> = row.get(3)?;
        Ok((row.get::<_, i64>(0)?, apps(row, 1)?, content))
    });
    let Some((tenant_no, (owner, authorized_apps), content)) = found? else {
        return Ok(None);
    };
    db.prepare_cached("DELETE FROM connection WHERE tenant = ? AND id = ?")?
        .execute(params![tenant_no, id.as_str()])?;
    if let Some(content) = content {
        changes::log(db, tenant_no, content, None)?;
    }
    for app in managing_apps(owner, &authorized_apps) {
        remove_app(db, &scope.tenant, &app, id)?;
    }
    Ok(Some(()))
}

/// What a statement by [`select_one`] finds.
pub(super) fn find<T>(
    db: &rusqlite::Connection,
    scope: &Scope,
    id: &str,
    select: &str,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, Error> {
    Ok(db
        .prepare_cached(select)?
        .query_row(params![scope.tenant.as_str(), id, app(scope)], read)
        .optional()?)
}

pub(super) fn app(scope: &Scope) -> Option<&str> {
    scope.app.as_ref().map(AppId::as_str)
}

fn add_app(
    db: &rusqlite::Connection,
    tenant: &TenantId,
    app: &AppId,
    id: &ConnectionId,
) -> Result<(), Error> {
    let app_no = number_of_scope(db, tenant, app.as_str())?;
    db.prepare_cached("INSERT INTO connection_app (app, id) VALUES (?, ?)")?
        .execute(params![app_no, id.as_str()])?;
    Ok(())
}

fn remove_app(
    db: &rusqlite::Connection,
    tenant: &TenantId,
    app: &AppId,
    id: &ConnectionId,
) -> Result<(), Error> {
    db.prepare_cached(concat!(
        "DELETE FROM connection_app WHERE app = ",
        scope_no!(),
        " AND id = ?"
    ))?
    .execute([tenant.as_str(), app.as_str(), id.as_str()])?;
    Ok(())
}

/// The number of a scope, which begins if there is none.
fn number_of_scope(db: &rusqlite::Connection, tenant: &TenantId, app: &str) -> Result<i64, Error> {
    let scope = [tenant.as_str(), app];
    let known = db
        .prepare_cached(concat!("SELECT ", scope_no!()))?
        .query_row(scope, |row| row.get::<_, Option<i64>>(0))?;
    if let Some(no) = known {
        return Ok(no);
    }
    let no = db
        .prepare_cached("INSERT INTO scope (tenant, app) VALUES (?, ?) RETURNING no")?
        .query_row(scope, |row| row.get(0))?;
    Ok(no)
}
