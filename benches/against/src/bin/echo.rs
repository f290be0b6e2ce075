//! A bare poem-openapi server of the same requests and bodies: no token, no rules, no store, no errors.
//! What it costs to speak HTTP and JSON with this framework at all.

use poem::{
    Result, Route, Server,
    listener::{Acceptor, Listener, TcpListener},
};
use poem_openapi::{
    Object, OpenApi, OpenApiService,
    param::{Path, Query},
    payload::Json,
};

#[derive(Object, Clone)]
struct Configuration {
    #[oai(rename = "authorizedAppIds")]
    authorized_app_ids: Vec<String>,
    #[oai(rename = "authorizedApps")]
    authorized_apps: Vec<String>,
}

#[derive(Object, Clone)]
struct Connection {
    #[oai(rename = "@odata.context")]
    context: Option<String>,
    id: Option<String>,
    name: Option<String>,
    description: Option<String>,
    state: Option<String>,
    configuration: Option<Configuration>,
    #[oai(rename = "connectorId")]
    connector_id: Option<String>,
    #[oai(rename = "contentCategory")]
    content_category: Option<String>,
    #[oai(rename = "activitySettings")]
    activity_settings: Option<String>,
    #[oai(rename = "searchSettings")]
    search_settings: Option<String>,
    #[oai(rename = "complianceSettings")]
    compliance_settings: Option<String>,
    #[oai(rename = "enabledContentExperiences")]
    enabled_content_experiences: Option<String>,
    #[oai(rename = "ingestedItemsCount")]
    ingested_items_count: Option<i64>,
}

#[derive(Object)]
struct Page {
    #[oai(rename = "@odata.context")]
    context: String,
    #[oai(rename = "@odata.nextLink")]
    next_link: String,
    value: Vec<Connection>,
}

#[derive(poem_openapi::ApiResponse)]
enum Created {
    #[oai(status = 201)]
    Created(Json<Connection>),
}

#[derive(poem_openapi::ApiResponse)]
enum Updated {
    #[oai(status = 204)]
    Updated,
}

#[derive(Object, Clone)]
struct Entry {
    r#type: String,
    value: String,
    #[oai(rename = "accessType")]
    access_type: String,
}

#[derive(Object, Clone)]
struct Properties {
    title: String,
    url: String,
    priority: i64,
}

#[derive(Object, Clone)]
struct Content {
    value: String,
    r#type: String,
}

#[derive(Object, Clone)]
struct Item {
    id: Option<String>,
    acl: Vec<Entry>,
    properties: Properties,
    content: Content,
}

#[derive(Object)]
struct Items {
    value: Vec<Item>,
}

fn item(id: String) -> Item {
    let entry = Entry {
        r#type: "group".to_owned(),
        value: "1f0c997e-99f7-43f1-8cca-086f8d42be01".to_owned(),
        access_type: "grant".to_owned(),
    };
    Item {
        id: Some(id),
        acl: vec![entry; 5],
        properties: Properties {
            title: "Error in the payment gateway".to_owned(),
            url: "https://contoso.example/tickets/1".to_owned(),
            priority: 1,
        },
        content: Content {
            value: "The gateway answers with 502. ".repeat(115),
            r#type: "text".to_owned(),
        },
    }
}

const CONTEXT: &str = "https://graph.microsoft.com/v1.0/$metadata#connections";

fn connection(id: String) -> Connection {
    let app = vec!["11111111-1111-4111-8111-111111111111".to_owned()];
    Connection {
        context: None,
        id: Some(id),
        name: Some("Contoso HR".to_owned()),
        description: Some("Connection to index Contoso HR system".to_owned()),
        state: Some("draft".to_owned()),
        configuration: Some(Configuration {
            authorized_app_ids: app.clone(),
            authorized_apps: app,
        }),
        connector_id: None,
        content_category: Some("uncategorized".to_owned()),
        activity_settings: None,
        search_settings: None,
        compliance_settings: None,
        enabled_content_experiences: None,
        ingested_items_count: None,
    }
}

struct Echo;

#[OpenApi]
impl Echo {
    #[oai(path = "/v1.0/external/connections", method = "post")]
    async fn create(&self, body: Json<Connection>) -> Created {
        Created::Created(body)
    }

    #[oai(path = "/v1.0/external/connections", method = "get")]
    async fn list(&self, #[oai(name = "$top")] top: Query<Option<usize>>) -> Json<Page> {
        let value = (0..top.0.unwrap_or(100)).map(|n| connection(format!("contoso{n:08}")));
        Json(Page {
            context: CONTEXT.to_owned(),
            next_link: format!("{CONTEXT}?$skiptoken=next"),
            value: value.collect(),
        })
    }

    #[oai(path = "/v1.0/external/connections/:id", method = "get")]
    async fn get(&self, id: Path<String>) -> Json<Connection> {
        let context = Some(format!("{CONTEXT}/$entity"));
        Json(Connection {
            context,
            ..connection(id.0)
        })
    }

    #[oai(
        path = "/v1.0/external/connections/:connection/items/:id",
        method = "put"
    )]
    async fn put(
        &self,
        connection: Path<String>,
        id: Path<String>,
        body: Json<Item>,
    ) -> Json<Item> {
        drop(connection);
        Json(Item {
            id: Some(id.0),
            ..body.0
        })
    }

    #[oai(
        path = "/v1.0/external/connections/:connection/items/:id",
        method = "get"
    )]
    async fn item(&self, connection: Path<String>, id: Path<String>) -> Json<Item> {
        drop(connection);
        Json(item(id.0))
    }

    #[oai(path = "/v1.0/external/connections/:connection/items", method = "get")]
    async fn items(
        &self,
        connection: Path<String>,
        #[oai(name = "$top")] top: Query<Option<usize>>,
    ) -> Json<Items> {
        drop(connection);
        let value = (0..top.0.unwrap_or(100)).map(|n| item(format!("i{n:07}")));
        Json(Items {
            value: value.collect(),
        })
    }

    #[oai(path = "/v1.0/external/connections/:id", method = "patch")]
    async fn update(&self, id: Path<String>, body: Json<Connection>) -> Result<Updated> {
        drop((id, body));
        Ok(Updated::Updated)
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await?;
    for address in acceptor.local_addr() {
        let address = address.as_socket_addr().expect("a socket");
        println!("API http://{address}");
    }
    let service = OpenApiService::new(Echo, "echo", "1");
    let app = Route::new().nest("/", service);
    Server::new_with_acceptor(acceptor).run(app).await
}
