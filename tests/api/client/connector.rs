//! What a connector does: it registers a schema, puts items and groups, and reads them back.

use std::time::Duration;

use graph_connections::client::{
    Client, Error, StreamExt, TryStreamExt, stream,
    types::{
        AccessType, Acl, AclType, ExternalItemPut, IdentityType, Label, Properties, Property,
        PropertyType, SchemaUpdate, builder,
    },
};
use serde_json::{Value, json};

use super::create;
use crate::harness::Server;

const MINUTE: Duration = Duration::from_mins(1);

fn schema() -> builder::SchemaUpdate {
    let title = Property::builder()
        .name("title")
        .type_(PropertyType::String)
        .is_searchable(true)
        .is_retrievable(true)
        .labels(vec![Label::Title]);
    let count = Property::builder().name("count").type_(PropertyType::Int64);
    let properties = [title, count].map(|property| property.try_into().expect("whole"));
    SchemaUpdate::builder().properties(properties.to_vec())
}

pub(super) fn item(properties: Value) -> ExternalItemPut {
    let everyone = Acl {
        access_type: AccessType::Grant,
        identity_source: None,
        type_: AclType::Everyone,
        value: "everyone".to_owned(),
    };
    let Value::Object(properties) = properties else {
        panic!("{properties}")
    };
    let item = ExternalItemPut::builder()
        .acl(vec![everyone])
        .properties(Properties(properties));
    item.try_into().expect("whole")
}

/// A connection `contosohr` that takes items.
pub(super) async fn ready(client: &Client) {
    create(client, "contosohr", "Contoso HR").await;
    let registration = client.register_schema("contosohr", schema()).await;
    let registered = registration.expect("accepted").wait(MINUTE).await;
    registered.expect("registered");
}

#[tokio::test]
async fn schema_is_registered_when_the_wait_is_over() {
    for operations in ["immediate", "after-polls=2"] {
        let server = Server::start_with(&["--schema-operations", operations]);
        let client = server.client();
        create(&client, "contosohr", "Contoso HR").await;
        let registration = client.register_schema("contosohr", schema()).await;
        let registration = registration.expect("accepted");
        let begins = format!("{}/v1.0/external/connections/contosohr/", server.origin);
        assert!(registration.location().starts_with(&begins));
        registration.wait(MINUTE).await.expect("registered");
        let read = client.get_connection().connection_id("contosohr");
        let state = read.send().await.expect("read").state;
        assert_eq!(
            state.map(|state| state.to_string()).as_deref(),
            Some("ready")
        );
        registration.wait(MINUTE).await.expect("it stays so");
    }
}

#[tokio::test]
async fn schema_that_is_not_registered_is_an_error() {
    let server = Server::start_with(&["--schema-operations", "fail=QuotaLimitReached"]);
    let client = server.client();
    create(&client, "contosohr", "Contoso HR").await;
    let registration = client.register_schema("contosohr", schema()).await;
    let failed = registration.expect("accepted").wait(MINUTE).await;
    let error = failed.expect_err("it fails");
    assert!(matches!(error, Error::OperationFailed { .. }), "{error:?}");
    assert_eq!(error.code(), Some("QuotaLimitReached"));

    let server = Server::start_with(&["--schema-operations", "after=1h"]);
    let client = server.client();
    create(&client, "contosohr", "Contoso HR").await;
    let registration = client.register_schema("contosohr", schema()).await;
    let registration = registration.expect("accepted");
    let late = registration.wait(Duration::from_millis(1)).await;
    let error = late.expect_err("it takes an hour");
    assert!(matches!(error, Error::OperationTimeout { .. }), "{error:?}");
    let busy = client.register_schema("contosohr", schema()).await;
    assert_eq!(busy.expect_err("busy").code(), Some("NameAlreadyExists"));
    let empty = SchemaUpdate::builder().properties(Vec::new());
    let refused = client.register_schema("contosohr", empty).await;
    let error = refused.expect_err("no properties");
    let service = error.service().expect("an answer");
    assert_eq!(service.target.as_deref(), Some("/properties"));
    let incomplete = SchemaUpdate::builder();
    let refused = client.register_schema("contosohr", incomplete).await;
    assert!(matches!(refused, Err(Error::InvalidRequest(_))));
}

#[tokio::test]
async fn items_are_put_in_their_order_and_a_refused_one_names_the_rule() {
    let server = Server::start();
    let client = server.client();
    ready(&client).await;
    let items = (0..45).map(|number| {
        let count = if number == 30 {
            json!("many")
        } else {
            json!(number)
        };
        let item = item(json!({ "title": format!("Item {number}"), "count": count }));
        (format!("i{number:02}"), item)
    });
    let puts = client.put_items("contosohr", stream::iter(items));
    let results: Vec<_> = puts.concurrency(2).send().collect().await;
    let ids: Vec<_> = results.iter().map(|(id, _)| id.clone()).collect();
    let expected: Vec<_> = (0..45).map(|number| format!("i{number:02}")).collect();
    assert_eq!(ids, expected);
    let (id, error) = results
        .into_iter()
        .find_map(|(id, result)| Some((id, result.err()?)))
        .expect("one is refused");
    assert_eq!((id.as_str(), error.code()), ("i30", Some("InvalidRequest")));
    let service = error.service().expect("an answer");
    assert_eq!(service.target.as_deref(), Some("/properties/count"));
    assert!(service.request_id.is_some());
    let count = client.count_items().connection_id("contosohr").send().await;
    assert_eq!(*count.expect("counted"), 44);
}

#[tokio::test]
async fn items_may_be_json_and_too_large_for_a_batch() {
    let server = Server::start();
    let client = server.client();
    ready(&client).await;
    let large = |bytes: usize| {
        let acl = json!([{ "type": "Everyone", "value": "everyone", "accessType": "Grant" }]);
        let content = json!({ "type": "Text", "value": "x".repeat(bytes) });
        json!({ "acl": acl, "properties": { "title": "Large" }, "content": content })
    };
    let sizes = [1, 3_900_000, 1_700_000, 1_700_000, 4_000_000, 1, 1];
    let items = sizes.iter().enumerate();
    let items = items.map(|(number, bytes)| (number.to_string(), large(*bytes)));
    let puts = client.put_items("contosohr", stream::iter(items));
    let results: Vec<_> = puts.send().collect().await;
    for (number, (_, result)) in results.iter().enumerate() {
        let status = result.as_ref().err().and_then(Error::status);
        let status = status.map(|status| status.as_u16());
        assert_eq!(status, (number == 4).then_some(413), "{number}: {result:?}");
    }
}

#[tokio::test]
async fn streams_read_every_collection_of_a_connection() {
    let server = Server::start();
    let client = server.client();
    ready(&client).await;
    let ids: Vec<_> = (0..7).map(|number| format!("i{number}")).collect();
    let items = ids.iter().map(|id| (id, item(json!({ "title": id }))));
    let puts = client.put_items("contosohr", stream::iter(items));
    let results: Vec<_> = puts.send().collect().await;
    assert!(results.iter().all(|(_, result)| result.is_ok()));
    let users: Vec<_> = (0..7)
        .map(|number| format!("1431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c1{number}"))
        .collect();
    for (id, user) in ids.iter().zip(&users) {
        let create = client.create_group().connection_id("contosohr");
        let create = create.body_map(|body| body.id(id.clone()));
        create.send().await.expect("created");
        let add = client.create_member();
        let add = add.connection_id("contosohr").group_id("i0");
        let add = add.body_map(|body| body.id(user).type_(IdentityType::User));
        add.send().await.expect("added");
    }
    let items = client.items_with("contosohr", |list| list.top(3).select("id"));
    let items: Vec<_> = items.try_collect().await.expect("items");
    let read: Vec<_> = items.into_iter().filter_map(|item| item.id).collect();
    assert_eq!(read, ids);
    let groups = client.groups_with("contosohr", |list| list.top(2));
    let groups: Vec<_> = groups.try_collect().await.expect("groups");
    let read: Vec<_> = groups.into_iter().filter_map(|group| group.id).collect();
    assert_eq!(read, ids);
    let members = client.members_with("contosohr", "i0", |list| list.top(1));
    let members: Vec<_> = members.try_collect().await.expect("members");
    let read: Vec<_> = members.into_iter().filter_map(|member| member.id).collect();
    assert_eq!(read, users);
    let operations: Vec<_> = client
        .operations("contosohr")
        .try_collect()
        .await
        .expect("operations");
    assert_eq!(operations.len(), 1);
    let whole: Vec<_> = client
        .items("contosohr")
        .try_collect()
        .await
        .expect("items");
    let properties = whole[0].properties.clone().expect("properties");
    assert_eq!(json!(properties), json!({ "title": "i0" }));
    let nothing = client.members("contosohr", "nobody").try_next().await;
    assert_eq!(nothing.expect_err("absent").code(), Some("ItemNotFound"));
}
