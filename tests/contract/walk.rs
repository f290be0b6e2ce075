//! The operations of the document called one after the other, in the order of the page `/docs`, on a server of their own.

use reqwest::Method;
use serde_json::Value;

use super::{
    document::{Operation, operations, servers},
    harness::{Answer, Request, Server},
};

/// A call and its answer.
pub struct Step {
    pub operation: Operation,
    /// The query parameter that it was called with, if any.
    pub query: Option<&'static str>,
    pub answer: Answer,
}

/// Calls every operation below `root` with the examples of its path parameters and the body that is chosen for its media
/// type object; and once more with the example of each query parameter, if a call changes nothing.
pub async fn walk(
    server: &Server,
    root: &str,
    body: impl Fn(&Operation, &'static Value) -> Value,
) -> Vec<Step> {
    call(server, root, in_order(), body).await
}

/// Makes whatever the operations of the document make, with its examples.
pub async fn make_everything(server: &Server) {
    let mut operations = in_order();
    operations.retain(|operation| {
        let makes = operation.success() != 204;
        makes && ![Method::GET, Method::DELETE].contains(&operation.method)
    });
    let example = |_: &Operation, media: &'static Value| media["example"].clone();
    for step in call(server, servers()[0], operations, example).await {
        let what = format!("{}: {}", step.operation.id(), step.answer.text());
        assert!(step.answer.status.is_success(), "{what}");
    }
}

/// Tokens of both kinds, with every permission.
pub struct Tokens {
    delegated: String,
    application: String,
}

impl Tokens {
    pub fn new(server: &Server) -> Self {
        Self {
            delegated: server.token(&[]),
            application: server.token(&["--app-only"]),
        }
    }

    /// One that the operation takes.
    pub fn of(&self, operation: &Operation) -> &str {
        match operation.token_kind() {
            Some("application") => &self.application,
            _ => &self.delegated,
        }
    }
}

async fn call(
    server: &Server,
    root: &str,
    operations: Vec<Operation>,
    body: impl Fn(&Operation, &'static Value) -> Value,
) -> Vec<Step> {
    let tokens = Tokens::new(server);
    let mut steps = Vec::new();
    for operation in operations {
        for query in queries(&operation) {
            let mut path = format!("{root}{}", operation.example_path());
            if let Some((name, value)) = &query {
                let mut url = reqwest::Url::parse("http://query").expect("a URL");
                url.query_pairs_mut().append_pair(name, value);
                path = format!("{path}?{}", url.query().expect("a query"));
            }
            let mut request =
                Request::new(operation.method.clone(), &path).bearer(tokens.of(&operation));
            if let Some(media) = operation.body() {
                request = request.json(&body(&operation, media));
            }
            let answer = request.send(server).await;
            steps.push(Step {
                operation: operation.clone(),
                query: query.map(|(name, _)| name),
                answer,
            });
        }
    }
    steps
}

/// Every operation in the order of the page `/docs`: those that make something as the document has them, then those that delete,
/// backwards.
pub fn in_order() -> Vec<Operation> {
    let (mut deleting, mut others): (Vec<_>, Vec<_>) = operations()
        .into_iter()
        .partition(|operation| operation.method == Method::DELETE);
    deleting.reverse();
    others.append(&mut deleting);
    others
}

/// None, then the example of each query parameter.
fn queries(operation: &Operation) -> Vec<Option<(&'static str, String)>> {
    let mut queries = vec![None];
    if operation.method == Method::GET {
        queries.extend(operation.parameters_in("query").filter_map(|parameter| {
            let value = match parameter.get("example")? {
                Value::String(text) => text.clone(),
                value => value.to_string(),
            };
            Some(Some((parameter["name"].as_str()?, value)))
        }));
    }
    queries
}
