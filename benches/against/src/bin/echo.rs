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
