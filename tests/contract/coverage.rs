//! Rules that every operation keeps.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::Value;

use super::{
    document::{Operation, aliases, content, operations, operations_of, paths, servers},
    harness::{Request, Server},
    provoke::plain,
    walk::Tokens,
};

#[tokio::test]
async fn every_operation_refuses_a_missing_token() {
    let server = Server::start();
    for operation in operations() {
        let answer = plain(&operation).send(&server).await;
        let error = answer.error(401, "InvalidAuthenticationToken");
        assert!(
            answer.header("www-authenticate").starts_with("Bearer "),
            "{error}"
        );
    }
}

/// Who may not call is told so before anything else: without a token, 401 says that an operation was found.
#[tokio::test]
async fn every_operation_is_reached_by_every_spelling_of_its_path() {
    let server = Server::start();
    for operation in operations() {
        let path = operation.example_path();
        for path in [aliases(&path), vec![path]].concat() {
            for path in BTreeSet::from([path.replace('$', "%24"), path]) {
                for root in servers() {
                    let path = format!("{root}{path}");
                    let answer = Request::new(operation.method.clone(), &path)
                        .send(&server)
                        .await;
                    assert_eq!(
                        answer.status,
                        401,
                        "{} at {path}: {}",
                        operation.id(),
                        answer.text()
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn every_path_answers_405_to_other_methods_and_lists_its_own() {
    const METHODS: [&str; 9] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO",
    ];
    let server = Server::start();
    let token = server.token(&[]);
    for path in paths() {
        let operations = operations_of(path);
        let mut declared: BTreeSet<&str> = operations
            .iter()
            .map(|operation| operation.method.as_str())
            .collect();
        if declared.contains("GET") {
            declared.insert("HEAD");
        }
        let address = format!("{}{}", servers()[0], operations[0].example_path());
        for method in METHODS
            .into_iter()
            .filter(|method| !declared.contains(method))
        {
            let method: Method = method.parse().expect("a method");
            let request = Request::new(method.clone(), &address).bearer(&token);
            let answer = request.send(&server).await;
            if answer.status == 404 {
                // As Graph does, which is known of two.
                answer.error(404, "UnknownError");
                continue;
            }
            assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text());
            let allowed: BTreeSet<&str> = answer.header("allow").split(", ").collect();
            assert_eq!(allowed, declared, "{method} {path}");
            if method != Method::HEAD {
                answer.error(405, "Request_BadRequest");
            }
        }
    }
}

#[tokio::test]
async fn every_operation_refuses_unknown_query_options() {
    let server = Server::start();
    let tokens = Tokens::new(&server);
    for operation in operations() {
        let address = format!("{}{}", servers()[0], operation.example_path());
        for option in ["$unknown", "unknown", "$expand", "%24search"] {
            let path = format!("{address}?{option}=1");
            let request =
                Request::new(operation.method.clone(), &path).bearer(tokens.of(&operation));
            let answer = request.send(&server).await;
            answer.error(400, "BadRequest");
            assert_eq!(
                answer.targets(),
                [option.replace("%24", "$")],
                "{}",
                operation.id()
            );
        }
    }
}

#[test]
fn every_permission_can_be_had() {
    let server = Server::start();
    let mut all = BTreeSet::new();
    for operation in operations() {
        let scopes = operation.scopes();
        assert!(!scopes.is_empty(), "{}", operation.id());
        all.extend(scopes);
    }
    let all: Vec<_> = all.into_iter().collect();
    server.token(&["--permissions", &all.join(",")]);
}

#[test]
fn every_operation_is_described() {
    for operation in operations() {
        let id = operation.id();
        let text = |name: &str| operation.node[name].as_str().unwrap_or_default();
        assert!(!text("operationId").is_empty(), "{}", operation.path);
        assert!(!text("summary").is_empty(), "{id}");
        for scope in operation.scopes() {
            assert!(
                text("description").contains(&format!("`{scope}`")),
                "{id}: {scope}"
            );
        }
        let docs = operation.node["externalDocs"]["url"].as_str();
        assert!(docs.is_some_and(|url| url.starts_with("https://")), "{id}");
        let tags = operation.node["tags"].as_array();
        assert_eq!(tags.map(Vec::len), Some(1), "{id}");
        if let Some(media) = operation.body() {
            assert!(media.get("example").is_some(), "{id}");
        }
        for parameter in operation.parameters_in("path") {
            assert!(
                parameter.get("example").is_some(),
                "{id}: {}",
                parameter["name"]
            );
        }
        for (status, response) in operation.responses() {
            let shown = content(response).is_none_or(|(_, node)| node.get("example").is_some());
            assert!(shown, "{id} {status}");
        }
    }
}

/// Generators make methods, modules and files of the names, some without regard to case.
#[test]
fn operation_ids_are_unique_in_every_case() {
    let mut ids: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    for operation in operations() {
        let id = operation.id().replace(['_', '-'], "").to_lowercase();
        ids.entry(id).or_default().push(operation);
    }
    for (id, operations) in ids {
        let paths: Vec<Value> = operations
            .iter()
            .map(|operation| operation.path.into())
            .collect();
        assert_eq!(operations.len(), 1, "{id}: {paths:?}");
    }
}
