//! A bare server of the same requests on the same engine: the statements of the store, and JSON. No token, no rules, no document,
//! no errors. Wants the directory of a store that nobody uses.

use std::{borrow::Cow, io, path::PathBuf};

use against::{Entry, FILE, Item, content, create, put, update};
use poem::{
    Request, Response, Server,
    endpoint::make,
    http::{Method, StatusCode, header},
    listener::{Acceptor, Listener, TcpListener},
};
use rusqlite::{Connection as Db, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlite_group_commit::{Database, Schema};

const CONTEXT: &str = "https://graph.microsoft.com/v1.0/$metadata#connections";
/// As of `load.lua`.
const TOP: i64 = 100;

#[derive(Deserialize)]
struct NewConnection {
    id: Option<String>,
    name: String,
    description: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Configuration<'a> {
    authorized_app_ids: [&'a str; 1],
    authorized_apps: [&'a str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Connection<'a> {
    #[serde(rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    context: Option<&'a str>,
    id: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    state: &'a str,
    configuration: Configuration<'a>,
    connector_id: Option<&'a str>,
    content_category: &'a str,
    activity_settings: Option<&'a str>,
    search_settings: Option<&'a str>,
    compliance_settings: Option<&'a str>,
    enabled_content_experiences: Option<&'a str>,
    ingested_items_count: Option<i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireEntry<'a> {
    r#type: &'a str,
    value: &'a str,
    access_type: &'a str,
}

#[derive(Serialize, Deserialize)]
struct Content<'a> {
    value: Cow<'a, str>,
    r#type: &'a str,
}

#[derive(Serialize, Deserialize)]
struct WireItem<'a> {
    #[serde(default)]
    id: &'a str,
    #[serde(borrow)]
    acl: Vec<WireEntry<'a>>,
    properties: &'a RawValue,
    content: Content<'a>,
}

const CONNECTION: &str = "c.id, c.name, c.description, c.state, c.owner,
    (SELECT k.items FROM content AS k WHERE k.no = c.content AND k.schema IS NOT NULL),
    ifnull(c.settings ->> '$.contentCategory', 'uncategorized')";

fn write_connection(
    row: &Row<'_>,
    context: Option<&str>,
    out: &mut Vec<u8>,
) -> rusqlite::Result<()> {
    let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
    let owner = text(4)?;
    let connection = Connection {
        context,
        id: text(0)?,
        name: text(1)?,
        description: row.get_ref(2)?.as_str_or_null()?,
        state: text(3)?,
        configuration: Configuration {
            authorized_app_ids: [owner],
            authorized_apps: [owner],
        },
        connector_id: None,
        content_category: text(6)?,
        activity_settings: None,
        search_settings: None,
        compliance_settings: None,
        enabled_content_experiences: None,
        ingested_items_count: row.get(5)?,
    };
    serde_json::to_writer(out, &connection).expect("memory");
    Ok(())
}

const ITEM: &str = "i.id, i.acl, i.properties, i.html, t.text FROM item AS i LEFT JOIN item_text AS t ON t.no = i.no";

fn write_item(row: &Row<'_>, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
    let entries: Vec<Entry<'_>> = serde_json::from_str(text(1)?).expect("JSON");
    let item = WireItem {
        id: text(0)?,
        acl: entries
            .iter()
            .map(|entry| WireEntry {
                r#type: entry.r#type,
                value: entry.value,
                access_type: if entry.deny { "deny" } else { "grant" },
            })
            .collect(),
        properties: serde_json::from_str(text(2)?).expect("JSON"),
        content: Content {
            value: text(4)?.into(),
            r#type: if row.get(3)? { "html" } else { "text" },
        },
    };
    serde_json::to_writer(out, &item).expect("memory");
    Ok(())
}

/// A page of rows between `head` and `]}`.
fn page(
    db: &Db,
    sql: &str,
    of: i64,
    head: &str,
    write: impl Fn(&Row<'_>, &mut Vec<u8>) -> rusqlite::Result<()>,
) -> Outcome<Vec<u8>> {
    let mut out = head.as_bytes().to_vec();
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![of, TOP])?;
    let mut is_first = true;
    while let Some(row) = rows.next()? {
        if !is_first {
            out.push(b',');
        }
        is_first = false;
        write(row, &mut out)?;
    }
    out.extend_from_slice(b"]}");
    Ok(out)
}

/// Anything that went wrong: it is not looked at.
#[derive(Debug)]
struct Failed(#[expect(dead_code, reason = "shown when the server ends")] String);
type Outcome<T> = Result<T, Failed>;

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<sqlite_group_commit::Error> for Failed {
    fn from(error: sqlite_group_commit::Error) -> Self {
        Self(error.to_string())
    }
}

struct Bare {
    database: Database,
    /// The number of the tenant's scope, and of what `contosoitems` holds.
    tenant: i64,
    content: i64,
}

impl Bare {
    async fn answer(&self, request: Request) -> Outcome<Response> {
        let path = request.uri().path().to_owned();
        let mut segments = path.split('/').skip(4);
        let connection = segments.next().map(str::to_owned);
        let item = segments.nth(1).map(str::to_owned);
        let is_items = path.contains("/items");
        let method = request.method().clone();
        let body = request.into_body().into_bytes().await.expect("a body");
        let (tenant, content) = (self.tenant, self.content);
        match (method, connection, item) {
            (Method::GET, None, _) => {
                let sql = format!(
                    "SELECT {CONNECTION} FROM connection AS c WHERE c.tenant = ? ORDER BY c.id LIMIT ?"
                );
                let head = format!(
                    r#"{{"@odata.context":"{CONTEXT}","@odata.nextLink":"{CONTEXT}?$skiptoken=next","value":["#
                );
                let write = |row: &Row<'_>, out: &mut Vec<u8>| write_connection(row, None, out);
                json(
                    200,
                    self.database
                        .read(|db| page(db, &sql, tenant, &head, write))?,
                )
            }
            (Method::GET, Some(_), None) if is_items => {
                let sql = format!("SELECT {ITEM} WHERE i.content = ? ORDER BY i.id LIMIT ?");
                let read = move |db: &Db| page(db, &sql, content, r#"{"value":["#, write_item);
                json(200, self.database.read_large(read).await?)
            }
            (Method::GET, Some(id), None) => {
                let sql = format!(
                    "SELECT {CONNECTION} FROM connection AS c WHERE c.tenant = ? AND c.id = ?"
                );
                let context = format!("{CONTEXT}/$entity");
                let read = |db: &Db| -> Outcome<_> {
                    let mut out = Vec::new();
                    db.prepare_cached(&sql)?
                        .query_row(params![tenant, id], |row| {
                            write_connection(row, Some(&context), &mut out)
                        })?;
                    Ok(out)
                };
                json(200, self.database.read(read)?)
            }
            (Method::GET, Some(_), Some(id)) => {
                let sql = format!("SELECT {ITEM} WHERE i.content = ? AND i.id = ?");
                let read = |db: &Db| -> Outcome<_> {
                    let mut out = Vec::new();
                    let mut statement = db.prepare_cached(&sql)?;
                    statement.query_row(params![content, id], |row| write_item(row, &mut out))?;
                    Ok(out)
                };
                json(200, self.database.read(read)?)
            }
            (Method::PUT, Some(_), Some(id)) => {
                let mut sent: WireItem<'_> = serde_json::from_slice(&body).expect("JSON");
                let entries = sent.acl.iter().map(|entry| Entry {
                    r#type: entry.r#type,
                    value: entry.value,
                    deny: entry.access_type == "deny",
                });
                let item = Item {
                    acl: serde_json::to_string(&entries.collect::<Vec<_>>()).expect("memory"),
                    properties: sent.properties.get().to_owned(),
                    text: sent.content.value.to_string(),
                };
                let key = id.clone();
                let write = move |db: &Db| -> Outcome<()> { Ok(put(db, content, &key, &item)?) };
                self.database.write("", body.len(), write).await?;
                sent.id = &id;
                json(200, serde_json::to_vec(&sent).expect("memory"))
            }
            (Method::POST, ..) => {
                let sent: NewConnection = serde_json::from_slice(&body).expect("JSON");
                let id = sent.id.expect("an identifier");
                let write = move |db: &Db| -> Outcome<Vec<u8>> {
                    create(db, "tenant0", &id)?;
                    Ok(id.into_bytes())
                };
                json(201, self.database.write("", body.len(), write).await?)
            }
            (_, id, _) => {
                let sent: NewConnection = serde_json::from_slice(&body).expect("JSON");
                let write = move |db: &Db| -> Outcome<()> {
                    Ok(update(
                        db,
                        tenant,
                        &id.unwrap_or_default(),
                        &sent.name,
                        &sent.description,
                    )?)
                };
                self.database.write("", body.len(), write).await?;
                Ok(Response::builder().status(StatusCode::NO_CONTENT).finish())
            }
        }
    }
}

fn json(status: u16, body: Vec<u8>) -> Outcome<Response> {
    let status = StatusCode::from_u16(status).expect("a status");
    let response = Response::builder().status(status);
    Ok(response
        .header(header::CONTENT_TYPE, "application/json")
        .body(body))
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let dir: PathBuf = std::env::args().nth(1).expect("a directory").into();
    let db = Db::open(dir.join(FILE)).expect("a store");
    let fact = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
    let fact = |sql| fact(sql).expect("a store that has been filled");
    let schema = Schema {
        file_name: FILE,
        application_id: i32::try_from(fact("PRAGMA application_id")).expect("a number"),
        newest: usize::try_from(fact("PRAGMA user_version")).expect("a number"),
        migrate: |_| Ok(()),
        tidy: |_| Ok(false),
    };
    let tenant = fact("SELECT no FROM scope WHERE tenant = 'tenant0' AND app = ''");
    let content = content(&db)
        .expect("it reads")
        .expect("the connection with items");
    drop(db);
    let bare = Bare {
        database: Database::open(&dir, &schema).expect("it opens"),
        tenant,
        content,
    };
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await?;
    for address in acceptor.local_addr() {
        let address = address.as_socket_addr().expect("a socket");
        println!("API http://{address}");
    }
    let bare = std::sync::Arc::new(bare);
    let app = make(move |request| {
        let bare = bare.clone();
        async move { Ok::<_, poem::Error>(bare.answer(request).await.expect("an answer")) }
    });
    Server::new_with_acceptor(acceptor).run(app).await
}
