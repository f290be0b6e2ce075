//! The typed client against the server that the same document describes. Its behaviour against answers that a
//! well-behaved server does not give is tested in `tests/client`.

mod connector;
mod search;

use graph_connections::client::{
    Client, ClientCredentials, Patch, StatusCode, TryStreamExt, types,
};
use serde_json::{Value, json};

use crate::harness::Server;

async fn create(client: &Client, id: &str, name: &str) {
    client
        .create_connection()
        .body_map(|body| body.id(id.to_owned()).name(name))
        .send()
        .await
        .unwrap_or_else(|error| panic!("{id}: {error}"));
}

#[tokio::test]
async fn client_follows_a_connection_from_create_to_delete() {
    let server = Server::start();
    let client = server.client();
    let created = client
        .create_connection()
        .body_map(|body| {
            body.id("contosohr".to_owned())
                .name("Contoso HR")
                .description("Contoso HR system".to_owned())
                .configuration(types::ConnectionConfiguration {
                    authorized_app_ids: Some(vec!["other".to_owned()]),
                    ..Default::default()
                })
        })
        .send()
        .await
        .expect("created");
    assert_eq!(created.status(), StatusCode::CREATED);
    let location = created.headers()["location"].to_str().expect("text");
    assert_eq!(
        location,
        format!("{}/v1.0/external/connections/contosohr", server.origin)
    );
    assert_eq!(created.state, Some(types::ConnectionState::Draft));
    let apps = created
        .configuration
        .clone()
        .and_then(|configuration| configuration.authorized_apps);
    assert_eq!(apps.as_deref(), Some(&["other".to_owned()][..]));

    let read = client
        .get_connection()
        .connection_id("contosohr")
        .send()
        .await
        .expect("read");
    assert_eq!(json!(*read), json!(*created));
    let listed = client
        .list_connections()
        .count(true)
        .send()
        .await
        .expect("listed");
    assert_eq!(listed.odata_count, Some(1));
    assert_eq!(listed.odata_next_link, None);
    let mut entity = json!(*read);
    entity
        .as_object_mut()
        .expect("an object")
        .remove("@odata.context");
    assert_eq!(json!(listed.value), json!([entity]));
    assert_eq!(
        *client.count_connections().send().await.expect("counted"),
        1
    );

    let updated = client
        .update_connection()
        .connection_id("contosohr")
        .body_map(|body| body.name("Renamed".to_owned()).description(Patch::Null))
        .send()
        .await
        .expect("updated");
    assert_eq!(updated.status(), StatusCode::NO_CONTENT);
    let selected = client
        .get_connection()
        .connection_id("contosohr")
        .select("name,description");
    let selected = selected.send().await.expect("read");
    assert_eq!(
        (selected.name.as_deref(), selected.description.as_deref()),
        (Some("Renamed"), None)
    );
    assert_eq!((selected.id.as_ref(), selected.state), (None, None));

    let deleted = client
        .delete_connection()
        .connection_id("contosohr")
        .send()
        .await
        .expect("deleted");
    assert_eq!(deleted.status(), StatusCode::ACCEPTED);
    assert_eq!(
        *client.count_connections().send().await.expect("counted"),
        0
    );
}

#[tokio::test]
async fn everything_that_can_be_set_comes_back_typed() {
    let server = Server::start();
    let client = server.client();
    let layout = json!({ "type": "AdaptiveCard", "body": [1.0, null, { "ü": true }] });
    let template = json!({
        "id": "template1", "priority": 3, "layout": layout,
        "rules": [{ "property": "p", "operation": "lessThan", "values": ["1", "2"], "valuesJoinedBy": "and" }],
    });
    let sent = json!({
        "@odata.type": "#microsoft.graph.externalConnectors.externalConnection",
        "id": "everything",
        "name": "Everything",
        "description": "Each member",
        "configuration": { "authorizedApps": ["a"], "authorizedAppIds": ["a"] },
        "connectorId": "connector",
        "contentCategory": "meetingTranscripts",
        "activitySettings": { "urlToItemResolvers": [{
            "@odata.type": "#microsoft.graph.externalConnectors.itemIdResolver",
            "priority": 0, "itemId": "{id}",
            "urlMatchInfo": { "baseUrls": ["https://contoso.com"], "urlPattern": "/(?<id>\\d+)" },
        }] },
        "searchSettings": { "searchResultTemplates": [template] },
        "complianceSettings": { "eDiscoveryResultTemplates": [template, template] },
        "enabledContentExperiences": "compliance",
    });
    let body: types::ExternalConnectionCreate =
        serde_json::from_value(sent.clone()).expect("typed");
    let created = client
        .create_connection()
        .body(body)
        .send()
        .await
        .expect("created");
    let read = client
        .get_connection()
        .connection_id("everything")
        .send()
        .await
        .expect("read");
    for (answer, has_type) in [(json!(*created), true), (json!(*read), false)] {
        for (member, value) in sent.as_object().expect("an object") {
            if member != "@odata.type" || has_type {
                assert_eq!(answer[member], *value, "{member}");
            }
        }
    }
    // The same in an update.
    create(&client, "updated", "Any").await;
    let body: types::ExternalConnectionUpdate =
        serde_json::from_value(sent.clone()).expect("typed");
    let update = client
        .update_connection()
        .connection_id("updated")
        .body(body);
    assert_eq!(
        update.send().await.expect("updated").status(),
        StatusCode::NO_CONTENT
    );
    let read = json!(
        *client
            .get_connection()
            .connection_id("updated")
            .send()
            .await
            .expect("read")
    );
    for member in [
        "name",
        "description",
        "contentCategory",
        "activitySettings",
        "searchSettings",
        "complianceSettings",
    ] {
        assert_eq!(read[member], sent[member], "{member}");
    }
    assert_eq!(
        read.get("connectorId"),
        None,
        "it is null: an update cannot set it"
    );
}

#[tokio::test]
async fn add_connection_is_create_by_another_name() {
    let server = Server::start();
    let client = server.client();
    let added = client
        .add_connection()
        .body_map(|body| body.name("Added".to_owned()))
        .send()
        .await
        .expect("added");
    assert_eq!(added.status(), StatusCode::CREATED);
    let id = added.id.clone().expect("an id");
    let read = client
        .get_connection()
        .connection_id(&id)
        .send()
        .await
        .expect("read");
    assert_eq!(read.name.as_deref(), Some("Added"));
    let refused = client
        .add_connection()
        .body_map(|body| body.name("Added").id("Microsoft".to_owned()))
        .send()
        .await;
    let error = refused.expect_err("a reserved identifier");
    assert_eq!(
        error.service().and_then(|error| error.target.as_deref()),
        Some("/id")
    );
}

#[tokio::test]
async fn stream_reads_every_page_of_what_is_asked_for() {
    let server = Server::start();
    let client = server.client();
    let names: Vec<String> = (0..25).map(|number| format!("c{number:02}")).collect();
    for id in &names {
        create(
            &client,
            id,
            if id.ends_with('7') { "seven" } else { "other" },
        )
        .await;
    }
    let all: Vec<_> = client.connections().try_collect().await.expect("all");
    assert_eq!(all.len(), 25);
    for (top, orderby, backwards) in [
        (1, "id", false),
        (10, "id desc", true),
        (25, "name desc,id desc", true),
        (5, "id", false),
    ] {
        let stream = client.connections_with(|list| list.top(top).orderby(orderby).select("id"));
        let mut ids: Vec<String> = stream
            .map_ok(|connection| connection.id.expect("an id"))
            .try_collect()
            .await
            .expect("all");
        if orderby.starts_with("name") {
            assert_eq!(ids[..3], ["c17", "c07", "c24"]);
            continue;
        }
        if backwards {
            ids.reverse();
        }
        assert_eq!(ids, names, "{top} {orderby}");
    }
    let stream = client.connections_with(|list| list.top(1).filter("name eq 'seven'").skip(1));
    let sevens: Vec<_> = stream.try_collect().await.expect("one");
    assert_eq!(sevens.len(), 1);
    assert_eq!(sevens[0].id.as_deref(), Some("c17"));
    let nothing = client.connections_with(|list| list.filter("name eq 'nope'"));
    assert_eq!(
        nothing
            .try_collect::<Vec<_>>()
            .await
            .expect("nothing")
            .len(),
        0
    );
    let wrong = client.connections_with(|list| list.filter("nope eq 'x'"));
    let error = wrong
        .try_collect::<Vec<_>>()
        .await
        .expect_err("no such property");
    assert_eq!(
        error.service().and_then(|error| error.target.as_deref()),
        Some("$filter")
    );
}

#[tokio::test]
async fn base_url_may_be_any_mount() {
    let server = Server::start();
    let token = server.token(&[]);
    create(&server.client(), "contosohr", "Any").await;
    for base in ["v1.0", "v1.0/", "beta", "beta/"] {
        let client = Client::builder(format!("{}/{base}", server.origin))
            .bearer(&token)
            .build();
        let client = client.expect("a client");
        let page = client
            .list_connections()
            .top(1)
            .send()
            .await
            .expect("listed");
        let context = page.odata_context.clone().expect("a context");
        assert!(context.contains(base.trim_end_matches('/')), "{context}");
        assert_eq!(
            client
                .connections()
                .try_collect::<Vec<_>>()
                .await
                .expect("all")
                .len(),
            1
        );
    }
}

#[tokio::test]
async fn errors_say_what_the_server_says() {
    let server = Server::start();
    let client = server.client();
    create(&client, "contosohr", "Any").await;
    let reader =
        server.client_with(&server.token(&["--permissions", "ExternalConnection.Read.All"]));
    let anonymous = Client::builder(format!("{}/v1.0", server.origin))
        .build()
        .expect("a client");
    let create = async |client: &Client, id: &str| {
        let request = client.create_connection();
        let request = request.body_map(|body| body.id(id.to_owned()).name("Any"));
        request.send().await.expect_err("refused")
    };
    for (error, status, code, target) in [
        (
            create(&client, "CONTOSOHR").await,
            409,
            "NameAlreadyExists",
            Some("/id"),
        ),
        (
            create(&client, "a-b").await,
            400,
            "InvalidRequest",
            Some("/id"),
        ),
        (
            create(&reader, "other").await,
            403,
            "Authorization_RequestDenied",
            Some("Authorization"),
        ),
        (
            create(&anonymous, "other").await,
            401,
            "InvalidAuthenticationToken",
            Some("Authorization"),
        ),
    ] {
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(status),
            "{error}"
        );
        assert_eq!(error.code(), Some(code), "{error}");
        let service = error.service().expect("an answer");
        assert_eq!(service.target.as_deref(), target, "{error}");
        assert_eq!(service.details.len(), 1);
        let request_id = service.request_id.as_deref().expect("a request-id");
        assert!(error.to_string().contains(request_id), "{error}");
    }
    let missing = client
        .get_connection()
        .connection_id("nope/../x?y#z")
        .send()
        .await;
    assert_eq!(missing.expect_err("absent").code(), Some("ItemNotFound"));
}

#[tokio::test]
async fn identifier_of_any_characters_is_one_segment() {
    let server = Server::start();
    let client = server.client();
    create(&client, "contosohr", "Any").await;
    for id in [
        "contosohr/",
        "contosohr?x",
        "contosohr#x",
        "./contosohr",
        "%63ontosohr",
        "contosohr ",
        "ü",
        "a'b",
        "('contosohr')",
    ] {
        let read = client.get_connection().connection_id(id).send().await;
        let error = read.expect_err(id);
        assert_eq!(error.code(), Some("ItemNotFound"), "{id}: {error}");
    }
    let whole: Value = json!(
        *client
            .get_connection()
            .connection_id("contosohr")
            .send()
            .await
            .expect("read")
    );
    assert_eq!(whole["id"], "contosohr");
}

#[tokio::test]
async fn client_credentials_of_the_development_issuer_are_enough() {
    let server = Server::start();
    let token_url = format!("{}/contoso.example/oauth2/v2.0/token", server.origin);
    let credential = ClientCredentials::new(token_url, "app", "any secret").expect("an URL");
    let client = Client::builder(format!("{}/v1.0", server.origin))
        .credential(credential)
        .build()
        .expect("a client");
    create(&client, "contosohr", "Any").await;
    let created = client.get_connection().connection_id("contosohr").send();
    let apps = created.await.expect("read").configuration.clone();
    assert_eq!(
        apps.expect("a configuration")
            .authorized_app_ids
            .expect("apps")
            .len(),
        1
    );
}
