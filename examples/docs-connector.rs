//! A connector: indexes this crate's own documentation, one item for each section of README.md and of the pages of `docs/`. Then two
//! users search it, get different answers, and are told why.
//!
//! With a server of `cargo run` in another terminal:
//!
//! ```console
//! cargo run --example docs-connector
//! ```
//!
//! It may run as often as you like: items are created or replaced, and those of sections that are gone are deleted. `BASE_URL`,
//! `TOKEN_URL`, `CLIENT_ID` and `CLIENT_SECRET` name another service and another app, such as those of Microsoft Graph and Entra ID;
//! `DEVELOPER_TOKEN` and `READER_TOKEN` are then tokens of two users, which only the development issuer makes for anyone who asks.

use std::{
    collections::HashMap,
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use graph_connections::client::{
    self, Client, ClientCredentials, StreamExt, TryStreamExt, stream,
    types::{
        AccessType, Acl, AclType, ExternalItemContent, ExternalItemContentType, ExternalItemPut,
        IdentityType, Label, Properties, Property, PropertyType, SchemaUpdate, SearchEntityType,
        SearchQuery, SearchRequest,
    },
};
use serde_json::json;

const CONNECTION: &str = "documentation";
/// Those who may read how the server is built, besides what it does.
const DEVELOPERS: &str = "developers";
const DEVELOPER: &str = "84d7fb4c-f203-8397-863a-40a55c4f261c";
/// Two users by name, and the variables of their tokens. The first is the one above.
const USERS: [(&str, &str); 2] = [
    ("demo@contoso.example", "DEVELOPER_TOKEN"),
    ("reader@contoso.example", "READER_TOKEN"),
];
/// What the users search for. README.md and a page for developers have it.
const QUERY: &str = "\"cargo test\"";
/// A section that only developers see.
const ITEM: &str = "development.development";
const PAGES_FOR_DEVELOPERS: [&str; 2] = ["architecture", "development"];

type Failure = Box<dyn Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let client = connect()?;
    prepare(&client).await?;

    let mut items = HashMap::new();
    for page in pages()? {
        items.extend(items_of(&page)?);
    }
    let found = items.len();
    let stale = stale_items(&client, &items).await?;
    let mut indexed = 0;
    let mut results = client.put_items(CONNECTION, stream::iter(items)).send();
    while let Some((id, result)) = results.next().await {
        match result {
            Ok(()) => indexed += 1,
            Err(error) => eprintln!("{id}: {error}"),
        }
    }
    for id in &stale {
        let delete = client.delete_item().connection_id(CONNECTION).item_id(id);
        delete.send().await?;
    }

    let listed: Vec<_> = client.items(CONNECTION).try_collect().await?;
    let for_developers = listed.iter().filter(|item| {
        let mut acl = item.acl.iter().flatten();
        acl.all(|entry| entry.type_ == AclType::ExternalGroup)
    });
    println!(
        "{found} sections found, {indexed} indexed, {} deleted; {} listed, {} of them for developers alone",
        stale.len(),
        listed.len(),
        for_developers.count(),
    );
    if indexed < found {
        return Err("not every section was indexed".into());
    }
    for (user, token) in USERS {
        let client = connect_as(user, token)?;
        search(user, &client).await?;
        explain(user, &client).await;
    }
    Ok(())
}

/// What the environment says, or else what holds for a server of `cargo run`.
fn variable(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}

fn base_url() -> String {
    variable("BASE_URL", "http://127.0.0.1:8080/v1.0")
}

/// The credential of an app. The development issuer takes any secret.
fn app() -> Result<ClientCredentials, client::Error> {
    let base_url = base_url();
    let origin = base_url.trim_end_matches("/v1.0");
    let token_url = variable("TOKEN_URL", &format!("{origin}/common/oauth2/v2.0/token"));
    let app = variable("CLIENT_ID", "docs-connector");
    ClientCredentials::new(token_url, app, variable("CLIENT_SECRET", "any"))
}

/// A client of the app itself.
fn connect() -> Result<Client, client::Error> {
    Client::builder(base_url()).credential(app()?).build()
}

/// A client of the app that acts for a user.
fn connect_as(user: &str, token: &str) -> Result<Client, client::Error> {
    let client = Client::builder(base_url());
    match env::var(token) {
        Ok(token) => client.bearer(token).build(),
        // An extension of the development issuer.
        Err(_) => client.credential(app()?.parameter("user", user)).build(),
    }
}

/// Prints what a user finds.
async fn search(user: &str, client: &Client) -> Result<(), client::Error> {
    let search = SearchRequest::builder()
        .entity_types([SearchEntityType::ExternalItem])
        .content_sources(vec![format!("/external/connections/{CONNECTION}")])
        .query(SearchQuery::builder().query_string(QUERY));
    println!("{user} searches {QUERY}");
    let mut hits = client.search_hits(search);
    while let Some(hit) = hits.try_next().await? {
        let value = |name| hit.resource.properties.get(name).and_then(|it| it.as_str());
        let (page, title) = (value("page"), value("title"));
        println!(
            "  {}: {} in {}",
            hit.rank,
            title.unwrap_or_default(),
            page.unwrap_or_default()
        );
    }
    Ok(())
}

/// Prints why the user of the token sees a section, or why not. Microsoft Graph does not say.
async fn explain(user: &str, client: &Client) {
    let explain = client
        .explain_item()
        .connection_id(CONNECTION)
        .item_id(ITEM);
    let explain = explain.body_map(|body| body.query(QUERY.to_owned()));
    match explain.send().await {
        Ok(explanation) => {
            println!("{user} and {ITEM}: {}", explanation.verdict);
            for entry in &explanation.entries {
                println!(
                    "  {} {}: {}",
                    entry.acl.type_, entry.acl.value, entry.reason
                );
            }
            if let Some(query) = &explanation.query {
                println!("  {QUERY}: {}", query.reason);
            }
        }
        Err(error) => eprintln!("{user} and {ITEM}: not explained: {error}"),
    }
}

/// The connection with its schema and its group. What is there already stays.
async fn prepare(client: &Client) -> Result<(), Failure> {
    let create = client.create_connection().body_map(|body| {
        body.id(CONNECTION.to_owned())
            .name("Documentation")
            .description("README.md and docs/ of graph-connections".to_owned())
    });
    unless_there(create.send().await)?;

    let schema = SchemaUpdate::builder().properties(vec![
        property("title").labels(vec![Label::Title]).try_into()?,
        property("url").labels(vec![Label::Url]).try_into()?,
        property("page").is_queryable(true).try_into()?,
    ]);
    let registration = client.register_schema(CONNECTION, schema).await?;
    registration.wait(Duration::from_mins(20)).await?;

    let group = client.create_group().connection_id(CONNECTION);
    let group = group.body_map(|body| body.id(DEVELOPERS));
    unless_there(group.send().await)?;
    let member = client.create_member();
    let member = member.connection_id(CONNECTION).group_id(DEVELOPERS);
    let member = member.body_map(|body| body.id(DEVELOPER).type_(IdentityType::User));
    unless_there(member.send().await)
}

fn property(name: &str) -> client::types::builder::Property {
    Property::builder()
        .name(name)
        .type_(PropertyType::String)
        .is_searchable(name == "title")
        .is_retrievable(true)
}

/// Passes over the error that something exists.
fn unless_there<T>(created: Result<T, client::Error>) -> Result<(), Failure> {
    match created {
        Err(error) if error.code() == Some("NameAlreadyExists") => Ok(()),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}

/// The identifiers of items whose section is gone.
async fn stale_items(
    client: &Client,
    items: &HashMap<String, ExternalItemPut>,
) -> Result<Vec<String>, client::Error> {
    let listed = client.items_with(CONNECTION, |list| list.select("id"));
    let ids = listed.try_filter_map(async |item| Ok(item.id));
    let stale = ids.try_filter(|id| std::future::ready(!items.contains_key(id)));
    stale.try_collect().await
}

/// README.md and the pages of `docs/`.
fn pages() -> io::Result<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md")];
    for entry in fs::read_dir(root.join("docs"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    Ok(pages)
}

/// The sections of a page as items, by their identifiers.
fn items_of(path: &Path) -> Result<Vec<(String, ExternalItemPut)>, Failure> {
    let page = path.file_stem().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path)?;
    let sections = text.split("\n## ").map(|section| {
        let (title, content) = section.split_once('\n').unwrap_or((section, ""));
        let title = title.trim_start_matches("# ");
        let anchor = anchor(title);
        let item = ExternalItemPut::builder()
            .acl(vec![reader(&page)])
            .properties(Properties(serde_json::Map::from_iter([
                ("title".to_owned(), json!(title)),
                (
                    "url".to_owned(),
                    json!(format!("https://contoso.example/{page}#{anchor}")),
                ),
                ("page".to_owned(), json!(page)),
            ])))
            .content(ExternalItemContent {
                odata_type: None,
                type_: ExternalItemContentType::Text,
                value: Some(content.trim().to_owned()),
            });
        Ok((format!("{page}.{anchor}"), item.try_into()?))
    });
    sections.collect()
}

/// Who may see the sections of a page.
fn reader(page: &str) -> Acl {
    let (type_, value) = if PAGES_FOR_DEVELOPERS.contains(&page) {
        (AclType::ExternalGroup, DEVELOPERS)
    } else {
        (AclType::Everyone, "everyone")
    };
    Acl {
        access_type: AccessType::Grant,
        identity_source: None,
        type_,
        value: value.to_owned(),
    }
}

/// The anchor of a heading: small letters and digits, and hyphens between words. It may be part of an item's identifier.
fn anchor(heading: &str) -> String {
    let lower = heading.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}
