//! Who reaches a connection: the app that created it, the apps it lists, whoever may see the whole tenant, and nobody
//! else.
//!
//! Source: Microsoft Graph permissions reference, `ExternalConnection.ReadWrite.OwnedBy`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller},
    harness::Server,
};

/// What `get`, `list`, `$count` and a filter say of the connection `contosohr`, which must be one voice.
async fn sees(caller: &Caller<'_>) -> bool {
    let get = caller.get(&format!("{CONNECTIONS}/contosohr")).await.status == 200;
    let list = caller.pages(CONNECTIONS).await == [["contosohr"]];
    let by_name = caller
        .pages(&format!("{CONNECTIONS}?$orderby=name"))
        .await
        .concat();
    let filtered = caller
        .pages(&format!("{CONNECTIONS}?$filter=id%20eq%20'contosohr'"))
        .await
        .concat();
    let count = caller.get(&format!("{CONNECTIONS}/$count")).await.text();
    let counted = caller.read(&format!("{CONNECTIONS}?$count=true")).await["@odata.count"].take();
    let voices = [
        list,
        !by_name.is_empty(),
        !filtered.is_empty(),
        count == "1",
        counted == 1,
    ];
    assert_eq!(voices, [get; 5], "{count} {counted}");
    get
}

async fn create(caller: &Caller<'_>, configuration: Value) {
    let body = json!({ "id": "contosohr", "name": "Any", "configuration": configuration });
    let created = caller.post(&body).await;
    assert_eq!(created.status, 201, "{}", created.text());
}

#[tokio::test]
async fn owner_and_listed_apps_reach_a_connection_and_strangers_do_not() {
    let server = Server::start();
    let owner = server.app("contoso", "owner");
    let listed = server.app("contoso", "listed");
    let stranger = server.app("contoso", "stranger");
    let elsewhere = server.app("fabrikam", "owner");
    let admin = server.caller(&["--tenant", "contoso", "--app", "admin"]);
    let reader = server.caller(&[
        "--tenant",
        "contoso",
        "--app",
        "reader",
        "--permissions",
        "ExternalConnection.Read.All",
    ]);

    for configuration in [
        // The creating app is not in the list.
        json!({ "authorizedAppIds": ["listed"] }),
        json!({ "authorizedApps": ["x", "LISTED", "listed"] }),
        json!({ "authorizedApps": ["owner"], "authorizedAppIds": ["Listed"] }),
    ] {
        create(&owner, configuration.clone()).await;
        for (caller, reaches) in [
            (&owner, true),
            (&listed, true),
            (&admin, true),
            (&reader, true),
            (&stranger, false),
            (&elsewhere, false),
        ] {
            assert_eq!(sees(caller).await, reaches, "{configuration}");
        }
        let change = json!({ "description": "changed" });
        for caller in [&stranger, &elsewhere] {
            caller
                .patch("contosohr", &change)
                .await
                .error(404, "ItemNotFound");
            caller.delete("contosohr").await.error(404, "ItemNotFound");
        }
        // Its permission reads and no more.
        reader
            .patch("contosohr", &change)
            .await
            .error(403, "Authorization_RequestDenied");
        for caller in [&owner, &listed, &admin] {
            assert_eq!(caller.patch("contosohr", &change).await.status, 204);
        }
        assert_eq!(listed.delete("contosohr").await.status, 202);
        assert!(!sees(&owner).await);
    }
}

#[tokio::test]
async fn update_of_the_list_moves_access_at_once() {
    let server = Server::start();
    let owner = server.app("contoso", "owner");
    let (one, two) = (server.app("contoso", "one"), server.app("contoso", "two"));
    create(&owner, json!({ "authorizedAppIds": ["one"] })).await;
    for (configuration, expected) in [
        (json!({ "authorizedAppIds": ["two"] }), [true, false, true]),
        (
            // Of both names, the current one decides.
            json!({ "authorizedApps": ["one"], "authorizedAppIds": ["TWO"] }),
            [true, false, true],
        ),
        (
            json!({ "authorizedAppIds": ["one", "ONE"] }),
            [true, true, false],
        ),
        (json!({ "authorizedAppIds": [] }), [true, false, false]),
    ] {
        let answer = owner
            .patch("contosohr", &json!({ "configuration": configuration }))
            .await;
        assert_eq!(answer.status, 204, "{}", answer.text());
        assert_eq!(
            [sees(&owner).await, sees(&one).await, sees(&two).await],
            expected,
            "{configuration}"
        );
    }
    // A listed app may even leave: an empty list is its own name, and the creating app stays.
    owner
        .patch(
            "contosohr",
            &json!({ "configuration": { "authorizedAppIds": ["one"] } }),
        )
        .await;
    one.patch(
        "contosohr",
        &json!({ "configuration": { "authorizedAppIds": ["two"] } }),
    )
    .await;
    assert_eq!(
        [sees(&owner).await, sees(&one).await, sees(&two).await],
        [true, false, true]
    );
}

#[tokio::test]
async fn apps_of_a_deleted_connection_do_not_reach_its_successor() {
    let server = Server::start();
    let (owner, listed) = (
        server.app("contoso", "owner"),
        server.app("contoso", "listed"),
    );
    create(&owner, json!({ "authorizedAppIds": ["listed"] })).await;
    assert_eq!(owner.delete("contosohr").await.status, 202);
    let other = server.app("contoso", "other");
    create(&other, Value::Null).await;
    assert!(sees(&other).await);
    assert!(!sees(&owner).await && !sees(&listed).await);
    // Whether the identifier is taken is the one thing that every app of the tenant learns.
    let answer = owner
        .post(&json!({ "id": "contosohr", "name": "Any" }))
        .await;
    answer.error(409, "NameAlreadyExists");
}

#[tokio::test]
async fn permissions_reach_as_far_as_the_widest_that_the_operation_takes() {
    let server = Server::start();
    server
        .app("contoso", "owner")
        .create_all([("contosohr", "Any")])
        .await;
    let caller = |permissions| {
        server.caller(&[
            "--tenant",
            "contoso",
            "--app",
            "other",
            "--permissions",
            permissions,
        ])
    };
    // It reads all, and writes what it owns: nothing.
    let mixed = caller("ExternalConnection.ReadWrite.OwnedBy,ExternalConnection.Read.All");
    assert!(sees(&mixed).await);
    mixed
        .patch("contosohr", &json!({}))
        .await
        .error(404, "ItemNotFound");
    mixed.delete("contosohr").await.error(404, "ItemNotFound");
    let both = caller("ExternalConnection.ReadWrite.OwnedBy,ExternalConnection.ReadWrite.All");
    assert_eq!(both.patch("contosohr", &json!({})).await.status, 204);
    let reader = caller("ExternalConnection.Read.All");
    reader
        .post(&json!({ "name": "Any" }))
        .await
        .error(403, "Authorization_RequestDenied");
    let items = caller("ExternalItem.ReadWrite.All");
    for method in [Method::GET, Method::DELETE] {
        let request = items.request(method, &format!("{CONNECTIONS}/contosohr"));
        items
            .send(request)
            .await
            .error(403, "Authorization_RequestDenied");
    }
}

/// KELVIN SIGN is no `k`, though Unicode's lower case of it is one.
#[tokio::test]
async fn ids_of_apps_fold_ascii_alone() {
    let server = Server::start();
    let owner = server.app("contoso", "owner");
    create(
        &owner,
        json!({ "authorizedAppIds": ["\u{212a}elvin", "Celsius"] }),
    )
    .await;
    for (app, reaches) in [("kelvin", false), ("celsius", true), ("CELSIUS", true)] {
        assert_eq!(sees(&server.app("contoso", app)).await, reaches, "{app}");
    }
}
