//! The document's examples are true: requests do what they are shown to do, and answers look as they are shown.

use std::{cell::Cell, collections::BTreeSet};

use serde_json::{Value, json};

use super::{
    bodies::{self, Fill},
    declared,
    document::{Operation, content, operations, servers},
    harness::Server,
    provoke::provoke,
    schema,
    walk::walk,
};

#[tokio::test]
async fn examples_succeed_in_their_order_and_answer_as_shown() {
    for root in servers() {
        let server = Server::start();
        for step in walk(&server, root, |_, media| media["example"].clone()).await {
            let what = format!("{root} {} {:?}", step.operation.id(), step.query);
            let success = step.operation.success();
            assert_eq!(
                step.answer.status.as_u16(),
                success,
                "{what}: {}",
                step.answer.text()
            );
            declared::check(&step.operation, &step.answer);
            if let Some(example) = example(&step.operation, success)
                && step.query.is_none()
            {
                let sent = declared::body(&step.answer);
                assert_eq!(shape(example), shape(&sent), "{what}: {example} or {sent}");
            }
        }
    }
}

/// Operations whose body has to fit more than its schema: the members each other, the schema of the connection, what is there or
/// what is served.
const FITTING: [&str; 12] = [
    "createSchema",
    "updateSchema",
    "putItem",
    "updateItem",
    "addActivities",
    "addActivitiesByTypeName",
    "createActivity",
    "createMember",
    "runBatch",
    "search",
    "retrieve",
    "explainItem",
];

/// Bodies with every member, and with every `null`, are as good as the example.
#[tokio::test]
async fn full_bodies_succeed() {
    for fill in [Fill::Everything, Fill::Nulls] {
        let server = Server::start();
        let ids = Cell::new(0);
        let body = |operation: &Operation, media: &'static Value| {
            if FITTING.contains(&operation.id()) {
                return media["example"].clone();
            }
            let mut body = bodies::body(&media["schema"], fill);
            // Two operations create what has the identifier of the example.
            if body.get("name").is_some()
                && let Some(id) = body["id"].as_str()
                && ids.replace(ids.get() + 1) > 0
            {
                body["id"] = json!(format!("{id}{}", ids.get()));
            }
            body
        };
        for step in walk(&server, servers()[0], body).await {
            let what = format!("{} {:?} {fill:?}", step.operation.id(), step.query);
            let success = step.operation.success();
            assert_eq!(
                step.answer.status.as_u16(),
                success,
                "{what}: {}",
                step.answer.text()
            );
            declared::check(&step.operation, &step.answer);
        }
    }
}

/// The least that the schemas ask for may break rules that they cannot say, but not the contract.
#[tokio::test]
async fn least_bodies_are_answered_as_declared() {
    let server = Server::start();
    let body =
        |_: &Operation, media: &'static Value| bodies::body(&media["schema"], Fill::Required);
    for step in walk(&server, servers()[0], body).await {
        declared::check(&step.operation, &step.answer);
    }
}

/// Of the errors that can be provoked; the others are only held against their schema.
#[tokio::test]
async fn error_examples_look_like_errors_that_are_sent() {
    let answers: Vec<_> = provoke()
        .await
        .into_iter()
        .filter(|(_, answer)| answer.status.as_u16() >= 400)
        .map(|(operation, answer)| (operation.id(), answer.status.as_u16(), answer.json()))
        .collect();
    // Shared by the operations, so one of them says it in these words.
    let sayings: BTreeSet<_> = answers
        .iter()
        .map(|(_, status, sent)| (*status, says(sent)))
        .collect();
    for operation in operations() {
        for (status, _) in operation.responses() {
            let sent: BTreeSet<String> = answers
                .iter()
                .filter(|(id, of, _)| *id == operation.id() && *of == status)
                .map(|(_, _, sent)| shape(sent).to_string())
                .collect();
            let Some(example) = example(&operation, status).filter(|_| !sent.is_empty()) else {
                continue;
            };
            let shown = shape(example).to_string();
            let what = format!("{} {status}", operation.id());
            assert!(
                sent.contains(&shown),
                "{what}: {shown} is none of {sent:#?}"
            );
            assert!(
                sayings.contains(&(status, says(example))),
                "{what}: {example}"
            );
        }
    }
}

/// Code and text of an error.
fn says(body: &Value) -> String {
    format!("{} {}", body["error"]["code"], body["error"]["message"])
}

#[test]
fn response_examples_follow_their_schemas() {
    for operation in operations() {
        for (status, response) in operation.responses() {
            let Some((_, node)) = content(response) else {
                continue;
            };
            let example = &node["example"];
            let violations = schema::violations(&node["schema"], example);
            assert_eq!(violations, "", "{} {status}", operation.id());
        }
    }
}

fn example(operation: &Operation, status: u16) -> Option<&'static Value> {
    let (_, node) = content(operation.response(status)?)?;
    node.get("example")
}

/// The members of a value and their types, without their values. Members in an order of their own; of the elements of an
/// array, each shape once.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("boolean"),
        Value::Number(_) => json!("number"),
        Value::String(_) => json!("string"),
        Value::Array(elements) => {
            let mut shapes: Vec<Value> = elements.iter().map(shape).collect();
            shapes.sort_by_key(Value::to_string);
            shapes.dedup();
            Value::Array(shapes)
        }
        Value::Object(members) => {
            let mut shapes: Vec<_> = members
                .iter()
                .map(|(name, value)| (name.clone(), shape(value)))
                .collect();
            shapes.sort_by(|(one, _), (other, _)| one.cmp(other));
            shapes.into_iter().collect()
        }
    }
}
