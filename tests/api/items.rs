//! Items: what is taken, what is refused, what is answered.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller},
    harness::{Answer, Server},
};

const ITEMS: &str = "/v1.0/external/connections/contosohr/items";

impl Caller<'_> {
    /// A connection `contosohr` that takes items with these properties.
    pub async fn create_ready(&self, properties: Value) {
        self.create_hr().await;
        let answer = self.put_schema(properties).await;
        assert_eq!(answer.status, 202, "{}", answer.text());
    }

    pub async fn put_item(&self, id: &str, body: &Value) -> Answer {
        let path = format!("{ITEMS}/{id}");
        self.send(self.request(Method::PUT, &path).json(body)).await
    }

    pub async fn item(&self, id: &str) -> Value {
        self.read(&format!("{ITEMS}/{id}")).await
    }
}

fn everyone() -> Value {
    json!([{ "type": "everyone", "value": "everyone", "accessType": "grant" }])
}

fn with(properties: &Value) -> Value {
    json!({ "acl": everyone(), "properties": properties })
}

/// One property of each type, by its name.
fn every_type() -> Value {
    let types = [
        "string",
        "int64",
        "double",
        "dateTime",
        "boolean",
        "stringCollection",
        "int64Collection",
        "doubleCollection",
        "dateTimeCollection",
        "principal",
        "principalCollection",
    ];
    json!(types.map(|name| json!({ "name": name, "type": name })))
}

#[tokio::test]
async fn item_is_put_read_updated_and_deleted() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(every_type()).await;
    let body = json!({
        "@odata.type": "microsoft.graph.externalItem",
        "id": "whatever",
        "acl": [
            { "type": "User", "value": "U1", "accessType": "Grant" },
            { "type": "group", "value": "g1", "accessType": "deny", "identitySource": "external" },
        ],
        "properties": { "string": "x", "stringCollection@odata.type": "Collection(String)", "stringCollection": ["a", "b"] },
        "content": { "value": "Hello", "type": "Text" },
        "informationProtectionLabel": { "sensitivityLabelId": "1f0c997e-99f7-43f1-8cca-086f8d42be8d" },
        "activities": [],
    });
    let put = demo.put_item("a_1-2.3", &body).await;
    assert_eq!(put.status, 200, "{}", put.text());
    let expected = json!({
        "@odata.context": format!("{}/v1.0/$metadata#external/connections('contosohr')/items/$entity", server.origin),
        "id": "a_1-2.3",
        "acl": [
            { "type": "user", "value": "U1", "accessType": "grant" },
            { "type": "externalGroup", "value": "g1", "accessType": "deny" },
        ],
        "properties": { "string": "x", "stringCollection@odata.type": "Collection(String)", "stringCollection": ["a", "b"] },
        "content": { "value": "Hello", "type": "text" },
        "informationProtectionLabel": { "sensitivityLabelId": "1f0c997e-99f7-43f1-8cca-086f8d42be8d" },
    });
    let mut answered = put.json();
    assert_eq!(
        answered
            .as_object_mut()
            .expect("an object")
            .remove("activities"),
        Some(json!([]))
    );
    assert_eq!(answered, expected);
    assert_eq!(demo.item("a_1-2.3").await, expected);
    // What an update does not name stays; what it names is replaced as a whole.
    let request = demo.request(Method::PATCH, &format!("{ITEMS}/a_1-2.3"));
    let patched = demo
        .send(request.json(&json!({ "properties": { "int64": 1 }, "content": null })))
        .await;
    assert_eq!(patched.status, 200, "{}", patched.text());
    let item = demo.item("a_1-2.3").await;
    assert_eq!(item["properties"], json!({ "int64": 1 }));
    assert_eq!(item["content"], Value::Null);
    assert_eq!(item["acl"], expected["acl"]);
    // Put replaces everything.
    assert_eq!(
        demo.put_item("a_1-2.3", &with(&json!({ "string": "y" })))
            .await
            .status,
        200
    );
    let item = demo.item("a_1-2.3").await;
    assert_eq!(item["informationProtectionLabel"], Value::Null);
    assert_eq!(
        demo.read(&format!("{ITEMS}/a_1-2.3?$select=id,properties"))
            .await["acl"],
        Value::Null
    );
    assert_eq!(demo.connection("contosohr").await["ingestedItemsCount"], 1);
    let delete = || demo.request(Method::DELETE, &format!("{ITEMS}/a_1-2.3"));
    assert_eq!(demo.send(delete()).await.status, 204);
    let gone = demo.send(delete()).await;
    assert_eq!(
        gone.error(404, "ItemNotFound")["innerError"]["source"],
        "Item"
    );
    assert_eq!(demo.connection("contosohr").await["ingestedItemsCount"], 0);
}

#[tokio::test]
async fn values_are_read_by_the_types_of_the_schema() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(every_type()).await;
    for (name, given, kept) in [
        ("string", json!("\u{0}é日本"), json!("\u{0}é日本")),
        ("STRING", json!("x"), json!("x")),
        (
            "int64",
            json!(9_223_372_036_854_775_807_i64),
            json!(9_223_372_036_854_775_807_i64),
        ),
        ("int64", json!("-5"), json!(-5)),
        ("int64", json!(5.0), json!(5)),
        ("double", json!(1), json!(1.0)),
        ("double", json!("0.44"), json!(0.44)),
        ("boolean", json!("True"), json!(true)),
        (
            "dateTime",
            json!("2024-04-18T21:27:00.1230000+02:00"),
            json!("2024-04-18T19:27:00.123Z"),
        ),
        (
            "dateTime",
            json!("2024-04-18T21:27:00"),
            json!("2024-04-18T21:27:00Z"),
        ),
        (
            "dateTime",
            json!("2024-04-18 21:27"),
            json!("2024-04-18T21:27:00Z"),
        ),
        (
            "dateTime",
            json!("2024-04-18"),
            json!("2024-04-18T00:00:00Z"),
        ),
        ("stringCollection", json!([]), json!([])),
        ("int64Collection", json!([1, "2"]), json!([1, 2])),
        ("doubleCollection", json!([1, 2.5]), json!([1.0, 2.5])),
        (
            "dateTimeCollection",
            json!(["1996-07-04T00:00:00"]),
            json!(["1996-07-04T00:00:00Z"]),
        ),
        (
            "principal",
            json!({ "upn": "a@contoso.example" }),
            json!({ "upn": "a@contoso.example" }),
        ),
        (
            "principalCollection",
            json!([{ "email": "a@contoso.example" }]),
            json!([{ "email": "a@contoso.example" }]),
        ),
    ] {
        let put = demo.put_item("a", &with(&json!({ name: given }))).await;
        assert_eq!(put.status, 200, "{name} {given}: {}", put.text());
        let properties = &demo.item("a").await["properties"];
        let spelled = every_type();
        let spelled = spelled
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|it| it["name"].as_str());
        let spelled = spelled
            .into_iter()
            .find(|it| it.eq_ignore_ascii_case(name))
            .expect("a property");
        assert_eq!(*properties, json!({ spelled: kept }), "{name} {given}");
    }
    // Nothing of a property is nothing of an item.
    assert_eq!(
        demo.put_item("a", &with(&json!({ "string": null, "int64": 1 })))
            .await
            .status,
        200
    );
    assert_eq!(demo.item("a").await["properties"], json!({ "int64": 1 }));
    for (name, given) in [
        ("string", json!(1)),
        ("string", json!(["x"])),
        ("int64", json!(0.44)),
        ("int64", json!("x")),
        ("int64", json!(9_223_372_036_854_775_808_u64)),
        ("double", json!("NaN")),
        ("boolean", json!(1)),
        ("dateTime", json!("")),
        ("dateTime", json!("yesterday")),
        ("dateTime", json!("2024-02-30")),
        ("dateTime", json!(1_700_000_000)),
        ("stringCollection", json!("x")),
        ("stringCollection", json!([null])),
        ("int64Collection", json!([1, "x"])),
        ("principal", json!("a@contoso.example")),
        ("principal", json!({ "name": "a" })),
        ("nothing", json!(1)),
    ] {
        let answer = demo.put_item("a", &with(&json!({ name: given }))).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(
            answer.targets(),
            [format!("/properties/{name}")],
            "{given}: {}",
            answer.text()
        );
        assert!(
            answer.text().contains(&format!("'{name}'")),
            "{}",
            answer.text()
        );
    }
    assert_eq!(
        demo.item("a").await["properties"],
        json!({ "int64": 1 }),
        "nothing has changed"
    );
}

#[tokio::test]
async fn annotations_of_types_are_kept_and_checked() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(every_type()).await;
    for kind in [
        "Collection(String)",
        "#Collection(String)",
        "Collection(Edm.String)",
        "#Collection(Edm.String)",
    ] {
        for properties in [
            json!({ "stringCollection@odata.type": kind, "stringCollection": ["a"] }),
            json!({ "stringCollection": ["a"], "StringCollection@odata.type": kind }),
        ] {
            let put = demo.put_item("a", &with(&properties)).await;
            assert_eq!(put.status, 200, "{kind}: {}", put.text());
            let expected =
                json!({ "stringCollection@odata.type": kind, "stringCollection": ["a"] });
            assert_eq!(put.json()["properties"].to_string(), expected.to_string());
        }
    }
    // Of what is not there.
    let absent = json!({ "other@odata.type": "Collection(String)", "int64": 1 });
    let put = demo.put_item("a", &with(&absent)).await;
    assert_eq!(put.json()["properties"], json!({ "int64": 1 }));
    for kind in ["Collection(Int64)", "String", "Collection(Thing)", ""] {
        let wrong = json!({ "stringCollection@odata.type": kind, "stringCollection": ["a"] });
        let answer = demo.put_item("a", &with(&wrong)).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(
            answer.targets(),
            ["/properties/stringCollection@odata.type"]
        );
    }
}

/// Source: OData JSON format 4.01, section 3.1.3.
#[tokio::test]
async fn annotations_are_left_out_for_who_wants_none() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(every_type()).await;
    let properties =
        json!({ "stringCollection@odata.type": "Collection(String)", "stringCollection": ["a"] });
    demo.put_item("a", &with(&properties)).await;
    for path in [format!("{ITEMS}/a"), ITEMS.to_owned()] {
        let request = demo
            .request(Method::GET, &path)
            .header("accept", "application/json;odata.metadata=none");
        let answer = demo.send(request).await;
        assert!(!answer.text().contains('@'), "{}", answer.text());
        assert!(answer.text().contains("stringCollection"));
    }
}

#[tokio::test]
async fn items_have_rules_besides_the_schema() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let item = with(&json!({ "int64": 1 }));
    let draft = demo.put_item("a", &item).await;
    assert_eq!(
        draft.error(404, "ItemNotFound")["innerError"]["source"],
        "Schema"
    );
    assert_eq!(demo.put_schema(every_type()).await.status, 202);
    for id in ["a%20b", "%C3%A4", "..%2f", &"a".repeat(129)] {
        let answer = demo.put_item(id, &item).await;
        assert_eq!(answer.status, 400, "{id}: {}", answer.text());
        assert_eq!(answer.targets(), ["item-id"]);
    }
    for (body, code, target) in [
        (
            json!({ "properties": { "int64": 1 } }),
            "InvalidRequest",
            "/acl",
        ),
        (
            json!({ "acl": [], "properties": { "int64": 1 } }),
            "InvalidRequest",
            "/acl",
        ),
        (
            json!({ "acl": everyone() }),
            "InvalidRequest",
            "/properties",
        ),
        (
            json!({ "acl": everyone(), "properties": [] }),
            "BadRequest",
            "/properties",
        ),
        (
            json!({ "acl": everyone(), "properties": {}, "content": "x" }),
            "BadRequest",
            "/content",
        ),
        (
            json!({ "acl": everyone(), "properties": {}, "content": { "value": "x" } }),
            "InvalidRequest",
            "/content/type",
        ),
        (
            json!({ "acl": [{ "type": "nobody", "value": "x", "accessType": "grant" }], "properties": {} }),
            "InvalidRequest",
            "/acl/0/type",
        ),
        (
            json!({ "acl": [{ "type": "user", "value": "", "accessType": "grant" }], "properties": {} }),
            "InvalidRequest",
            "/acl/0/value",
        ),
        (
            json!({ "acl": [{ "type": "user", "value": "x", "accessType": "unknownFutureValue" }], "properties": {} }),
            "InvalidRequest",
            "/acl/0/accessType",
        ),
    ] {
        let answer = demo.put_item("a", &body).await;
        answer.error(400, code);
        assert_eq!(answer.targets(), [target], "{}", answer.text());
    }
    assert_eq!(demo.read(ITEMS).await["value"], json!([]));
}

#[tokio::test]
async fn items_are_listed_by_pages_and_counted() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(every_type()).await;
    for id in ["c", "a", "B", "d", "e"] {
        assert_eq!(
            demo.put_item(id, &with(&json!({ "string": id })))
                .await
                .status,
            200
        );
    }
    let pages = demo.pages(&format!("{ITEMS}?$top=2&$select=id")).await;
    assert_eq!(pages, [vec!["B", "a"], vec!["c", "d"], vec!["e"]]);
    let counted = demo.read(&format!("{ITEMS}?$top=1&$count=true")).await;
    assert_eq!(counted["@odata.count"], 5);
    assert_eq!(demo.get(&format!("{ITEMS}/$count")).await.text(), "5");
    // Large items make short pages.
    let large = json!({ "acl": everyone(), "properties": {}, "content": { "type": "text", "value": "x".repeat(3_000_000) } });
    for id in ["x", "y"] {
        assert_eq!(demo.put_item(id, &large).await.status, 200);
    }
    let pages = demo.pages(ITEMS).await;
    assert_eq!(pages.concat(), ["B", "a", "c", "d", "e", "x", "y"]);
    assert!(pages.len() > 1);
}

#[tokio::test]
async fn deleted_connection_leaves_no_items_to_its_successor() {
    let mut server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(every_type()).await;
    for id in 0..20 {
        assert_eq!(
            demo.put_item(&format!("i{id}"), &with(&json!({})))
                .await
                .status,
            200
        );
    }
    assert_eq!(demo.delete("contosohr").await.status, 202);
    demo.get(&format!("{ITEMS}/i1"))
        .await
        .error(404, "ItemNotFound");
    demo.create_ready(every_type()).await;
    assert_eq!(demo.read(ITEMS).await["value"], json!([]));
    assert_eq!(demo.connection("contosohr").await["ingestedItemsCount"], 0);
    server.signal("KILL");
    server.wait();
    server.restart();
    let demo = server.caller(&[]);
    assert_eq!(demo.read(ITEMS).await["value"], json!([]));
}

#[tokio::test]
async fn activities_are_added_one_by_one() {
    let server = Server::start();
    let demo = server.caller(&["--app-only"]);
    demo.create_ready(every_type()).await;
    let activity = json!({
        "@odata.type": "#microsoft.graph.externalConnectors.externalActivity",
        "type": "Viewed",
        "startDateTime": "2021-04-06T18:04:31.033Z",
        "performedBy": { "type": "user", "id": "1f0c997e-99f7-43f1-8cca-086f8d42be8d" },
    });
    let mut wrong = activity.clone();
    wrong["performedBy"]["id"] = json!("a@contoso.example");
    for name in [
        "addActivities",
        "microsoft.graph.externalConnectors.addActivities",
        "addactivities",
    ] {
        let path = format!("{ITEMS}/a/{name}");
        let add = async |activities: Value| {
            let body = json!({ "activities": activities });
            demo.send(demo.request(Method::POST, &path).json(&body))
                .await
        };
        assert_eq!(demo.put_item("a", &with(&json!({}))).await.status, 200);
        let added = add(json!([activity])).await;
        assert_eq!(added.status, 200, "{}", added.text());
        assert_eq!(
            added.json()["value"],
            json!([{ "type": "viewed", "startDateTime": activity["startDateTime"], "error": null }])
        );
        let partly = add(json!([activity, wrong])).await;
        assert_eq!(partly.status, 207, "{}", partly.text());
        assert_eq!(
            partly.json()["value"][1]["error"]["target"],
            "/performedBy/id"
        );
        add(json!(vec![activity.clone(); 21]))
            .await
            .error(400, "InvalidRequest");
        let delete = demo.request(Method::DELETE, &format!("{ITEMS}/a"));
        assert_eq!(demo.send(delete).await.status, 204);
        add(json!([activity])).await.error(404, "ItemNotFound");
    }
    let mut item = with(&json!({}));
    item["activities"] = json!([activity]);
    let put = demo.put_item("a", &item).await;
    assert_eq!(put.json()["activities"], json!([]));
    item["activities"] = json!([activity, wrong]);
    let answer = demo.put_item("a", &item).await;
    answer.error(400, "InvalidRequest");
    assert_eq!(answer.targets(), ["/activities/1/performedBy/id"]);
}

#[tokio::test]
async fn quota_is_what_is_left() {
    let server = Server::start();
    let demo = server.caller(&["--app-only"]);
    demo.create_ready(every_type()).await;
    let quota = format!("{CONNECTIONS}/contosohr/quota");
    let before = demo.read(&quota).await["itemsRemaining"]
        .as_i64()
        .expect("a number");
    assert_eq!(demo.put_item("a", &with(&json!({}))).await.status, 200);
    assert_eq!(demo.read(&quota).await["itemsRemaining"], before - 1);
}

#[tokio::test]
async fn activities_are_listed_counted_and_read() {
    const ACTIVITIES: &str = "/v1.0/external/connections/contosohr/items/a/activities";
    let server = Server::start();
    let demo = server.caller(&["--app-only"]);
    demo.create_ready(every_type()).await;
    demo.get(ACTIVITIES).await.error(404, "ItemNotFound");
    demo.put_item("a", &with(&json!({}))).await;
    let user = "1f0c997e-99f7-43f1-8cca-086f8d42be8d";
    for hour in ["08", "09", "10"] {
        let body = json!({
            "type": "Viewed",
            "startDateTime": format!("2021-04-06T{hour}:00:00+01:00"),
            "performedBy": { "type": "user", "id": user },
        });
        let request = demo.request(Method::POST, ACTIVITIES).json(&body);
        let answer = demo.send(request).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let location = answer.header("location").to_owned();
        let mut read = demo.read(demo.path(&location)).await;
        assert_eq!(read, answer.json());
        assert_eq!(
            read["performedBy"].take(),
            json!({ "id": user, "type": "user" })
        );
        let by = demo
            .read(&format!("{}/performedBy", demo.path(&location)))
            .await;
        assert_eq!(by["id"], user);
    }
    let page = demo.read(&format!("{ACTIVITIES}?$top=2&$count=true")).await;
    assert_eq!(page["@odata.count"], 3);
    assert_eq!(page["value"][0]["startDateTime"], "2021-04-06T07:00:00Z");
    let next = page["@odata.nextLink"].as_str().expect("a next link");
    let last = demo.read(demo.path(next)).await;
    assert_eq!(last["value"][0]["id"], "3");
    assert_eq!(last.get("@odata.nextLink"), None);
    assert_eq!(demo.get(&format!("{ACTIVITIES}/$count")).await.text(), "3");
    for absent in ["4", "x", "-1"] {
        let path = format!("{ACTIVITIES}/{absent}");
        demo.get(&path).await.error(404, "ItemNotFound");
    }
}

/// What is wrong is told in a few words, however long it is.
#[tokio::test]
async fn long_names_and_types_are_cut_in_errors() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(json!([{ "name": "title", "type": "string" }]))
        .await;
    let long = "/~".repeat(500_000);
    for properties in [
        json!({ long.as_str(): 0 }),
        json!({ "title@odata.type": long, "title": "A" }),
    ] {
        let body = json!({
            "acl": [{ "type": "everyone", "value": "everyone", "accessType": "grant" }],
            "properties": properties,
        });
        let answer = demo.put_item("a", &body).await;
        answer.error(400, "InvalidRequest");
        assert!(answer.body.len() < 5_000, "{}", answer.body.len());
    }
}
