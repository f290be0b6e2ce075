//! One caller of a server: a token, and requests with it as raw as the test wants them.

use graph_connections::client::Client;
use reqwest::Method;
use serde_json::Value;

use crate::harness::{Answer, Request, Server};

/// The collection, in the version and spelling that most tests use.
pub const CONNECTIONS: &str = "/v1.0/external/connections";
/// The permission that reaches what the calling app owns.
pub const OWNED: &str = "ExternalConnection.ReadWrite.OwnedBy";

/// Tenant and app of a token that says nothing else.
pub const DEMO_TENANT: &str = "d3a7c0de-0000-4000-8000-000000000001";
pub const DEMO_APP: &str = "d3a7c0de-0000-4000-8000-000000000002";

/// Identifiers and names, so that no order is that of another or of creation.
pub const MIXED: [(&str, &str); 7] = [
    ("ddd", "beta"),
    ("AAb", "Gamma"),
    ("aaa", "beta"),
    ("CCC", "alpha"),
    ("aac", "\u{10ffff}"),
    ("bbb", "beta"),
    ("eee", "épsilon"),
];

/// Whoever holds a token.
pub struct Caller<'s> {
    server: &'s Server,
    pub token: String,
}

impl Server {
    /// Someone with a token of these arguments of `graph-connections token`.
    pub fn caller(&self, arguments: &[&str]) -> Caller<'_> {
        Caller {
            server: self,
            token: self.token(arguments),
        }
    }

    /// An app that reaches only what it owns.
    pub fn app(&self, tenant: &str, app: &str) -> Caller<'_> {
        self.caller(&["--tenant", tenant, "--app", app, "--permissions", OWNED])
    }
}

impl Caller<'_> {
    /// A client of v1.0.
    pub fn client(&self) -> Client {
        self.server.client_with(&self.token)
    }

    /// A request to a path with its query, to be completed.
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request::new(method, path).bearer(&self.token)
    }

    pub async fn send(&self, request: Request) -> Answer {
        request.send(self.server).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// The JSON of a path that must be there.
    #[track_caller]
    pub fn read(&self, path: &str) -> impl Future<Output = Value> {
        let place = std::panic::Location::caller();
        async move {
            let answer = self.get(path).await;
            assert_eq!(answer.status, 200, "{place}: {path}: {}", answer.text());
            answer.json()
        }
    }

    /// One connection.
    pub async fn connection(&self, id: &str) -> Value {
        self.read(&format!("{CONNECTIONS}/{id}")).await
    }

    pub async fn post(&self, body: &Value) -> Answer {
        self.send(self.request(Method::POST, CONNECTIONS).json(body))
            .await
    }

    pub async fn patch(&self, id: &str, body: &Value) -> Answer {
        let path = format!("{CONNECTIONS}/{id}");
        self.send(self.request(Method::PATCH, &path).json(body))
            .await
    }

    pub async fn delete(&self, id: &str) -> Answer {
        self.send(self.request(Method::DELETE, &format!("{CONNECTIONS}/{id}")))
            .await
    }

    /// Creates connections, each of an identifier and a name.
    pub async fn create_all<'a>(&self, connections: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let client = self.client();
        for (id, name) in connections {
            client
                .create_connection()
                .body_map(|body| body.id(id.to_owned()).name(name))
                .send()
                .await
                .unwrap_or_else(|error| panic!("{id}: {error}"));
        }
    }

    /// The path of a link of this server.
    pub fn path<'l>(&self, link: &'l str) -> &'l str {
        link.strip_prefix(&self.server.origin)
            .unwrap_or_else(|| panic!("{link} leads elsewhere"))
    }

    /// The identifiers of every page from this path on. No page but the only one may be empty.
    pub async fn pages(&self, path: &str) -> Vec<Vec<String>> {
        let mut pages = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let page = self.read(&path).await;
            let ids: Vec<String> = ids(&page);
            assert!(!ids.is_empty() || pages.is_empty(), "{path} is empty");
            pages.push(ids);
            next = page["@odata.nextLink"]
                .as_str()
                .map(|link| self.path(link).to_owned());
        }
        pages
    }
}

/// The identifiers of a page.
pub fn ids(page: &Value) -> Vec<String> {
    let value = page["value"].as_array().expect("an array");
    value
        .iter()
        .map(|connection| connection["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// Asserts the identifiers of all pages together, in their order.
#[track_caller]
pub fn assert_ids(pages: &[Vec<String>], expected: &str) {
    assert_eq!(pages.concat().join(" "), expected);
}

/// Percent-encodes whatever is not a letter or digit.
pub fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
