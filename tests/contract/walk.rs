//! The operations of the document called one after the other, in its order, on a server of their own.

use reqwest::Method;
use serde_json::Value;

use super::{
    document::{Operation, operations},
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
    body: impl Fn(&'static Value) -> Value,
) -> Vec<Step> {
    let token = server.token(&[]);
    let mut steps = Vec::new();
    for operation in operations() {
        for query in queries(&operation) {
            let mut path = format!("{root}{}", operation.example_path());
            if let Some((name, value)) = &query {
                let mut url = reqwest::Url::parse("http://query").expect("a URL");
                url.query_pairs_mut().append_pair(name, value);
                path = format!("{path}?{}", url.query().expect("a query"));
            }
            let mut request = Request::new(operation.method.clone(), &path).bearer(&token);
            if let Some(media) = operation.body() {
                request = request.json(&body(media));
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
