//! Schemas and the operations on them.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller},
    document::{content, operations, servers},
    harness::{Answer, Server},
};

pub const SCHEMA: &str = "/v1.0/external/connections/contosohr/schema";

impl Caller<'_> {
    /// A connection `contosohr`.
    pub async fn create_hr(&self) {
        self.create_all([("contosohr", "Contoso HR")]).await;
    }

    pub async fn put_schema(&self, properties: Value) -> Answer {
        let body = json!({ "baseType": "microsoft.graph.externalItem", "properties": properties });
        self.send(self.request(Method::PATCH, SCHEMA).json(&body))
            .await
    }

    /// The state of the connection and the status of an operation, by its address.
    async fn states(&self, location: &str) -> (Value, Value) {
        let operation = self.read(self.path(location)).await;
        let connection = self.connection("contosohr").await;
        (connection["state"].clone(), operation["status"].clone())
    }
}

fn title() -> Value {
    json!({ "name": "title", "type": "string", "isSearchable": true, "isRetrievable": true, "labels": ["title"] })
}

/// As Graph refuses it, and with what to call instead.
#[tokio::test]
async fn what_graph_refuses_is_refused_with_what_to_call_instead() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(json!([title()])).await;
    for (method, path, status, instead) in [
        (Method::DELETE, "/schema", 404, "DELETE the connection"),
        (Method::POST, "/items", 404, "PUT /external/connections/"),
        (Method::DELETE, "/items/a/activities/1", 405, "POST another"),
        (Method::PUT, "/schema", 405, "PATCH registers a schema"),
        (
            Method::POST,
            "/operations",
            405,
            "PATCH /external/connections/",
        ),
        (Method::PATCH, "/operations/1", 405, "GET it until it has"),
        (Method::DELETE, "/operations/1", 405, "GET it until it has"),
        (Method::PATCH, "/quota", 405, "DELETE items"),
        (Method::DELETE, "/quota", 405, "DELETE items"),
        (Method::POST, "/items/a", 405, "PUT creates or replaces"),
        (Method::PATCH, "/groups/g/members/m", 405, "POST another"),
    ] {
        let path = format!("{CONNECTIONS}/contosohr{path}");
        let request = demo.request(method.clone(), &path).json(&json!({}));
        let answer = demo.send(request).await;
        let code = if status == 404 {
            "UnknownError"
        } else {
            "Request_BadRequest"
        };
        let error = answer.error(status, code).to_string();
        assert!(error.contains(instead), "{method} {path}: {error}");
    }
}

#[tokio::test]
async fn schema_is_registered_by_an_operation_and_makes_the_connection_ready() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let missing = demo.get(SCHEMA).await;
    assert_eq!(
        missing.error(404, "ItemNotFound")["innerError"]["source"],
        "Schema"
    );
    let answer = demo.put_schema(json!([title()])).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "");
    let location = answer.header("location").to_owned();
    let address = format!("{}{CONNECTIONS}/contosohr/operations/", server.origin);
    assert!(location.starts_with(&address), "{location}");
    let (state, status) = demo.states(&location).await;
    assert_eq!((state, status), (json!("ready"), json!("completed")));
    let operations = demo
        .read(&format!("{CONNECTIONS}/contosohr/operations"))
        .await;
    assert_eq!(operations["value"].as_array().map(Vec::len), Some(1));
    let elsewhere = location.replace("contosohr", "contosoit");
    demo.get(demo.path(&elsewhere))
        .await
        .error(404, "ItemNotFound");
}

/// So the examples of the document can name an operation, which the server names.
#[tokio::test]
async fn identifiers_of_operations_repeat_with_their_connection() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let operation = |id| operations().into_iter().find(|it| it.id() == id);
    let operation = |id| operation(id).expect("an operation");
    let documented = operation("getOperation").example_path();
    let (_, documented) = documented.rsplit_once('/').expect("an identifier");
    for (id, shown) in [("getOperation", "/id"), ("listOperations", "/value/0/id")] {
        let operation = operation(id);
        let (_, media) = content(operation.response(200).expect("200")).expect("JSON");
        assert_eq!(media["example"].pointer(shown), Some(&json!(documented)));
    }
    // The identifier in the `Location` of an example's answer, of a connection spelt like that.
    let example = async |id, connection| {
        let operation = operation(id);
        let path = operation.example_path().replace("contosohr", connection);
        let mut body = operation.body().expect("a body")["example"].clone();
        if body.get("id").is_some() {
            body["id"] = json!(connection);
        }
        let path = format!("{}{path}", servers()[0]);
        let answer = demo.send(demo.request(operation.method, &path).json(&body));
        let answer = answer.await;
        assert!(answer.status.is_success(), "{}", answer.text());
        let (_, id) = answer.header("location").rsplit_once('/').expect("one");
        id.to_owned()
    };
    for (first, connection) in [
        ("updateSchema", "contosohr"),
        ("createSchema", "contosohr"),
        ("updateSchema", "ContosoHR"),
    ] {
        let address = format!("{CONNECTIONS}/{connection}");
        example("createConnection", connection).await;
        let request = demo.request(Method::PATCH, &format!("{address}/schema"));
        let refused = demo.send(request.json(&json!({ "properties": [] }))).await;
        refused.error(400, "InvalidRequest");
        assert_eq!(example(first, connection).await, documented);
        assert_ne!(example("updateSchema", connection).await, documented);
        let deleted = demo.send(demo.request(Method::DELETE, &address)).await;
        assert_eq!(deleted.status, 202, "{}", deleted.text());
    }
    example("createConnection", "contosoit").await;
    assert_ne!(example("updateSchema", "contosoit").await, documented);
}

#[tokio::test]
async fn schema_is_read_in_many_forms_and_answered_in_one() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let given = json!([
        { "name": "title", "type": "String", "isSearchable": "true", "isRetrievable": "True", "labels": "title", "aliases": "heading" },
        { "name": "icon", "type": "STRING", "isRetrievable": true, "labels": ["IconUrl"], "aliases": null, "description": null },
        { "name": "owner", "type": "principal", "isRetrievable": true, "labels": ["assignedTo"] },
        { "name": "count", "type": "Int64", "isRefinable": "true", "isQueryable": true, "unknown": 1 },
    ]);
    for media_type in [
        "application/json",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
    ] {
        let body = json!({ "@odata.type": "#microsoft.graph.externalConnectors.schema", "properties": given });
        let request = demo
            .request(Method::PATCH, SCHEMA)
            .header("content-type", media_type);
        let answer = demo.send(request.body(body.to_string())).await;
        assert_eq!(answer.status, 202, "{media_type}: {}", answer.text());
    }
    let known = |name: &str, kind: &str, labels: Value, aliases: Value, flags: [bool; 4]| {
        json!({
            "name": name, "type": kind, "isSearchable": flags[0], "isQueryable": flags[1], "isRetrievable": flags[2],
            "isRefinable": flags[3], "isExactMatchRequired": false, "labels": labels, "aliases": aliases,
        })
    };
    let request = demo
        .request(Method::GET, SCHEMA)
        .header("prefer", "include-unknown-enum-members");
    let all = demo.send(request).await.json();
    assert_eq!(all["baseType"], "microsoft.graph.externalItem");
    let expected = json!([
        known(
            "title",
            "string",
            json!(["title"]),
            json!(["heading"]),
            [true, false, true, false]
        ),
        known(
            "icon",
            "string",
            json!(["iconUrl"]),
            json!([]),
            [false, false, true, false]
        ),
        known(
            "owner",
            "principal",
            json!(["assignedToPeople"]),
            json!([]),
            [false, false, true, false]
        ),
        known(
            "count",
            "int64",
            json!([]),
            json!([]),
            [false, true, false, true]
        ),
    ]);
    assert_eq!(all["properties"], expected);
    // Without the preference, names that came later are not told.
    let few = demo.read(SCHEMA).await;
    assert_eq!(
        few["properties"][1]["labels"],
        json!(["unknownFutureValue"])
    );
    assert_eq!(few["properties"][2]["type"], "unknownFutureValue");
    // Nor can they be written back.
    let answer = demo.put_schema(few["properties"].clone()).await;
    answer.error(400, "InvalidRequest");
    assert_eq!(
        answer.targets(),
        [
            "/properties/1/labels/0",
            "/properties/2/type",
            "/properties/2/labels/0"
        ]
    );
    assert!(answer.text().contains("include-unknown-enum-members"));
}

#[tokio::test]
async fn rules_of_schemas_are_told_with_their_property() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let property = |changes: Value| {
        let mut property = json!({ "name": "a", "type": "string" });
        let members = changes.as_object().expect("an object").clone();
        property.as_object_mut().expect("an object").extend(members);
        property
    };
    let cases = [
        (json!([]), "/properties"),
        (json!(vec![property(json!({})); 129]), "/properties"),
        (
            json!([property(json!({ "name": "a_b" }))]),
            "/properties/0/name",
        ),
        (
            json!([property(json!({ "name": "a".repeat(33) }))]),
            "/properties/0/name",
        ),
        (
            json!([property(json!({ "type": "Collection(String)" }))]),
            "/properties/0/type",
        ),
        (
            json!([property(json!({ "description": "x".repeat(201) }))]),
            "/properties/0/description",
        ),
        (
            json!([property(json!({})), property(json!({ "name": "A" }))]),
            "/properties/1/name",
        ),
        (
            json!([
                property(json!({})),
                property(json!({ "name": "b", "aliases": ["A"] }))
            ]),
            "/properties/1/aliases/0",
        ),
        (
            json!([property(json!({ "type": "int64", "isSearchable": true }))]),
            "/properties/0/isSearchable",
        ),
        (
            json!([property(json!({ "type": "boolean", "isRefinable": true }))]),
            "/properties/0/isRefinable",
        ),
        (
            json!([property(
                json!({ "isSearchable": true, "isRefinable": true })
            )]),
            "/properties/0/isRefinable",
        ),
        (
            json!([property(
                json!({ "isSearchable": true, "isExactMatchRequired": true })
            )]),
            "/properties/0/isExactMatchRequired",
        ),
        (
            json!([property(json!({ "labels": ["title"] }))]),
            "/properties/0/labels/0",
        ),
        (
            json!([property(
                json!({ "type": "int64", "isRetrievable": true, "labels": ["title"] })
            )]),
            "/properties/0/labels/0",
        ),
        (
            json!([
                title(),
                property(json!({ "isRetrievable": true, "labels": ["title"] }))
            ]),
            "/properties/1/labels/0",
        ),
    ];
    for (properties, target) in cases {
        let answer = demo.put_schema(properties).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), [target], "{}", answer.text());
    }
    demo.get(SCHEMA).await.error(404, "ItemNotFound");
    assert_eq!(demo.connection("contosohr").await["state"], "draft");
}

#[tokio::test]
async fn schema_grows_and_changes_only_as_items_allow() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let count = json!({ "name": "count", "type": "int64", "isQueryable": true });
    let answer = demo.put_schema(json!([title(), count])).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    for (properties, target, word) in [
        (json!([title()]), "/properties", "'count'"),
        (
            json!([title(), { "name": "count", "type": "double" }]),
            "/properties/1/type",
            "'int64'",
        ),
        (
            json!([title(), { "name": "count", "type": "int64", "isRefinable": true }]),
            "/properties/1/isRefinable",
            "'count'",
        ),
    ] {
        let answer = demo.put_schema(properties).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), [target]);
        assert!(answer.text().contains(word), "{}", answer.text());
    }
    // In any order and case, with new attributes, and with more.
    let properties = json!([
        { "name": "tags", "type": "stringCollection", "isRefinable": true },
        { "name": "Count", "type": "Int64", "isRetrievable": true, "aliases": ["number"] },
        title(),
    ]);
    assert_eq!(demo.put_schema(properties).await.status, 202);
    let names = demo.read(SCHEMA).await;
    let names: Vec<_> = names["properties"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["name"].clone())
        .collect();
    // A name keeps the spelling that items have.
    assert_eq!(names, ["tags", "count", "title"]);
}

#[tokio::test]
async fn people_need_an_account() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let body = json!({ "id": "contosohr", "name": "People", "contentCategory": "people" });
    assert_eq!(demo.post(&body).await.status, 201);
    let answer = demo.put_schema(json!([title()])).await;
    answer.error(400, "InvalidRequest");
    assert!(answer.text().contains("personAccount"), "{}", answer.text());
    let account = json!({ "name": "account", "type": "string", "labels": ["personAccount"] });
    assert_eq!(demo.put_schema(json!([title(), account])).await.status, 202);
}

/// The first edition's request: done when it is answered, unless it prefers otherwise.
#[tokio::test]
async fn schema_may_be_posted() {
    let server = Server::start_with(&["--schema-operations", "after=1h"]);
    let demo = server.caller(&[]);
    demo.create_all([("contosohr", "HR"), ("contosoit", "IT")])
        .await;
    let body = json!({ "baseType": "microsoft.graph.externalItem", "properties": [title()] });
    let answer = demo
        .send(demo.request(Method::POST, SCHEMA).json(&body))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["properties"][0]["name"], "title");
    assert_eq!(demo.connection("contosohr").await["state"], "ready");
    let again = demo
        .send(demo.request(Method::POST, SCHEMA).json(&body))
        .await;
    assert_eq!(again.status, 201, "{}", again.text());
    let other = SCHEMA.replace("contosohr", "contosoit");
    let request = demo
        .request(Method::POST, &other)
        .header("prefer", "respond-async");
    let answer = demo.send(request.json(&body)).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let operation = demo.read(demo.path(answer.header("location"))).await;
    assert_eq!(operation["status"], "inprogress");
    let again = demo
        .send(demo.request(Method::POST, &other).json(&body))
        .await;
    again.error(409, "NameAlreadyExists");
}

/// Source of the text: Graph, observed (msgraph-search-connector-sample#5).
#[tokio::test]
async fn name_that_an_enumeration_does_not_have_is_told_as_graph_tells_it() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let properties = json!([{ "name": "tags", "type": "Collection(String)" }]);
    let error = demo.put_schema(properties).await;
    let error = error.error(400, "InvalidRequest");
    let inner = &error["innerError"];
    assert_eq!(inner["code"], "DeserializationError");
    let text = inner["message"].as_str().expect("a text");
    assert!(
        text.starts_with("Requested value 'Collection(String)' was not found."),
        "{text}"
    );
    assert!(text.contains("stringCollection"), "{text}");
    assert_eq!(error["target"], "/properties/0/type");
}

#[tokio::test]
async fn operations_go_as_fast_as_the_setting_says() {
    let mut server = Server::start_with(&["--schema-operations", "after-polls=2"]);
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let location = demo
        .put_schema(json!([title()]))
        .await
        .header("location")
        .to_owned();
    assert_eq!(demo.read(SCHEMA).await["properties"][0]["name"], "title");
    let busy = demo.put_schema(json!([title()])).await;
    busy.error(409, "NameAlreadyExists");
    for status in ["inprogress", "inprogress"] {
        assert_eq!(
            demo.states(&location).await,
            (json!("draft"), json!(status))
        );
    }
    // It survives a restart.
    let operation = demo.path(&location).to_owned();
    server.signal("KILL");
    server.wait();
    server.restart();
    let demo = server.caller(&[]);
    assert_eq!(demo.read(&operation).await["status"], "completed");
    assert_eq!(demo.connection("contosohr").await["state"], "ready");
}

#[tokio::test]
async fn operations_end_when_they_are_told() {
    let server = Server::start_with(&["--schema-operations", "manual"]);
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let end = async |location: &str, body: Value| {
        let path = format!("{}/end", demo.path(location));
        let answer = demo.send(demo.request(Method::POST, &path).json(&body));
        let answer = answer.await;
        assert_eq!(answer.status, 204, "{}", answer.text());
    };
    let first = demo.put_schema(json!([title()])).await;
    let first = first.header("location").to_owned();
    end(&first, json!({ "status": "failed", "code": "TooBad" })).await;
    let (state, status) = demo.states(&first).await;
    assert_eq!((state, status), (json!("draft"), json!("failed")));
    let operation = demo.read(demo.path(&first)).await;
    assert_eq!(operation["error"]["code"], "TooBad");
    // What failed is not in the way of another attempt.
    demo.get(SCHEMA).await.error(404, "ItemNotFound");
    let other = json!({ "name": "other", "type": "int64" });
    let second = demo.put_schema(json!([other])).await;
    let second = second.header("location").to_owned();
    for _ in 0..3 {
        let (state, status) = demo.states(&second).await;
        assert_eq!((state, status), (json!("draft"), json!("inprogress")));
    }
    end(&second, json!({ "status": "Completed" })).await;
    end(&second, json!({ "status": "failed" })).await;
    let (state, status) = demo.states(&second).await;
    assert_eq!((state, status), (json!("ready"), json!("completed")));
}

#[tokio::test]
async fn operations_take_time_and_fail_as_the_setting_says() {
    let server = Server::start_with(&["--schema-operations", "after=1s"]);
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let location = demo
        .put_schema(json!([title()]))
        .await
        .header("location")
        .to_owned();
    assert_eq!(
        demo.states(&location).await,
        (json!("draft"), json!("inprogress"))
    );
    let mut states = demo.states(&location).await;
    while states.1 == "inprogress" {
        tokio::time::sleep(Duration::from_millis(50)).await;
        // Whoever asks for the connection alone sees it too.
        states = (
            demo.connection("contosohr").await["state"].clone(),
            states.1,
        );
        if states.0 == "ready" {
            states = demo.states(&location).await;
        }
    }
    assert_eq!(states, (json!("ready"), json!("completed")));
    let server = Server::start_with(&["--schema-operations", "fail=QuotaLimitReached"]);
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let location = demo
        .put_schema(json!([title()]))
        .await
        .header("location")
        .to_owned();
    let operation = demo.read(demo.path(&location)).await;
    assert_eq!(operation["status"], "failed");
    assert_eq!(operation["error"]["code"], "QuotaLimitReached");
    assert_eq!(demo.connection("contosohr").await["state"], "draft");
    demo.get(SCHEMA).await.error(404, "ItemNotFound");
}
