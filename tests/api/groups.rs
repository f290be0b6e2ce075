//! External groups and their members.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::Caller,
    harness::{Answer, Server},
};

const GROUPS: &str = "/v1.0/external/connections/contosohr/groups";
const USER: &str = "1431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c11";

impl Caller<'_> {
    async fn create_group(&self, body: &Value) -> Answer {
        self.send(self.request(Method::POST, GROUPS).json(body))
            .await
    }

    async fn add_member(&self, group: &str, body: &Value) -> Answer {
        let path = format!("{GROUPS}/{group}/members");
        self.send(self.request(Method::POST, &path).json(body))
            .await
    }

    async fn call(&self, method: Method, path: &str) -> Answer {
        self.send(self.request(method, &format!("{GROUPS}{path}")))
            .await
    }
}

#[tokio::test]
async fn group_is_created_read_updated_and_deleted() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    let body = json!({ "id": "31bea3d537902000", "displayName": "Contoso Marketing", "description": "The team" });
    let created = demo.create_group(&body).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let read = demo.read(demo.path(created.header("location"))).await;
    assert_eq!(read, created.json());
    assert_eq!(read["displayName"], "Contoso Marketing");
    demo.create_group(&body)
        .await
        .error(409, "NameAlreadyExists");
    let request = demo.request(Method::PATCH, &format!("{GROUPS}/31bea3d537902000"));
    let patched = demo
        .send(request.json(&json!({ "displayName": "Marketing", "description": null })))
        .await;
    assert_eq!(patched.status, 204, "{}", patched.text());
    let read = demo.read(&format!("{GROUPS}/31bea3d537902000")).await;
    assert_eq!(
        (&read["displayName"], &read["description"]),
        (&json!("Marketing"), &Value::Null)
    );
    for id in ["b-2", "a_1"] {
        assert_eq!(demo.create_group(&json!({ "id": id })).await.status, 201);
    }
    let pages = demo.pages(&format!("{GROUPS}?$top=2")).await;
    assert_eq!(pages, [vec!["31bea3d537902000", "a_1"], vec!["b-2"]]);
    assert_eq!(demo.get(&format!("{GROUPS}/$count")).await.text(), "3");
    assert_eq!(demo.call(Method::DELETE, "/a_1").await.status, 204);
    demo.call(Method::DELETE, "/a_1")
        .await
        .error(404, "ItemNotFound");
    demo.call(Method::GET, "/a_1")
        .await
        .error(404, "ItemNotFound");
    for (body, target) in [
        (json!({ "displayName": "x" }), "/id"),
        (json!({ "id": "" }), "/id"),
        (json!({ "id": "a.b" }), "/id"),
        (json!({ "id": "a".repeat(129) }), "/id"),
        (json!({ "id": "x", "displayName": "a\nb" }), "/displayName"),
    ] {
        let answer = demo.create_group(&body).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), [target], "{body}");
    }
}

#[tokio::test]
async fn members_are_users_groups_and_other_external_groups() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    for id in ["a", "b"] {
        assert_eq!(demo.create_group(&json!({ "id": id })).await.status, 201);
    }
    for (body, id, kind) in [
        (json!({ "id": USER, "type": "user" }), USER, "user"),
        (
            json!({ "id": "2431B9C3-8EE6-47F6-A7C5-2F1B7E2A9C11", "type": "Group", "identitySource": "azureActiveDirectory" }),
            "2431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c11",
            "group",
        ),
        (
            json!({ "@odata.type": "#microsoft.graph.externalGroupMember", "id": "b", "type": "group", "identitySource": "external" }),
            "b",
            "externalGroup",
        ),
        // Groups may contain themselves and each other.
        (
            json!({ "id": "a", "type": "externalGroup" }),
            "a",
            "externalGroup",
        ),
    ] {
        let added = demo.add_member("a", &body).await;
        assert_eq!(added.status, 201, "{body}: {}", added.text());
        let member = added.json();
        assert_eq!((&member["id"], &member["type"]), (&json!(id), &json!(kind)));
        assert_eq!(demo.read(demo.path(added.header("location"))).await, member);
        demo.add_member("a", &body)
            .await
            .error(409, "NameAlreadyExists");
    }
    let pages = demo.pages(&format!("{GROUPS}/a/members?$top=3")).await;
    assert_eq!(
        pages,
        [
            vec![USER, "2431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c11", "a"],
            vec!["b"]
        ]
    );
    assert_eq!(
        demo.get(&format!("{GROUPS}/a/members/$count")).await.text(),
        "4"
    );
    for (body, target) in [
        (json!({ "id": "a@contoso.example", "type": "user" }), "/id"),
        (json!({ "id": "nobody", "type": "externalGroup" }), "/id"),
        (json!({ "id": USER }), "/type"),
        (json!({ "type": "user" }), "/id"),
    ] {
        let answer = demo.add_member("b", &body).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), [target], "{body}: {}", answer.text());
    }
    let upn = demo
        .add_member("b", &json!({ "id": "a@contoso.example", "type": "user" }))
        .await;
    assert!(
        upn.text().contains("InvalidGuidForAadMemberType"),
        "{}",
        upn.text()
    );
    demo.add_member("nothing", &json!({ "id": USER, "type": "user" }))
        .await
        .error(404, "ItemNotFound");
    let member = format!("/a/members/{USER}");
    assert_eq!(demo.call(Method::DELETE, &member).await.status, 204);
    demo.call(Method::DELETE, &member)
        .await
        .error(404, "ItemNotFound");
    // With a group its memberships go.
    assert_eq!(demo.call(Method::DELETE, "/b").await.status, 204);
    assert_eq!(
        demo.get(&format!("{GROUPS}/a/members/$count")).await.text(),
        "2"
    );
}

/// Identifiers of external groups have a case, those of the directory have none.
#[tokio::test]
async fn members_are_told_apart_by_case_unless_they_are_of_the_directory() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    for id in ["a", "ABC", "abc"] {
        assert_eq!(demo.create_group(&json!({ "id": id })).await.status, 201);
    }
    for body in [
        json!({ "id": "abc", "type": "externalGroup" }),
        json!({ "id": USER, "type": "user" }),
    ] {
        assert_eq!(demo.add_member("a", &body).await.status, 201);
    }
    let member = |id: &str| format!("{GROUPS}/a/members/{id}");
    let delete = |id: &str| demo.send(demo.request(Method::DELETE, &member(id)));
    assert_eq!(delete("ABC").await.status, 404);
    let other = json!({ "id": "ABC", "type": "externalGroup" });
    assert_eq!(demo.add_member("a", &other).await.status, 201);
    assert_eq!(demo.read(&member("ABC")).await["id"], "ABC");
    assert_eq!(delete("ABC").await.status, 204);
    assert_eq!(demo.read(&member("abc")).await["id"], "abc");
    assert_eq!(delete(&USER.to_uppercase()).await.status, 204);
}

/// A page has about 4 MiB at most, however long descriptions are.
#[tokio::test]
async fn large_groups_are_listed_by_pages_of_their_size() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_hr().await;
    // The longest there is: four bytes each.
    let description = "\u{1d11e}".repeat(10_000);
    for number in 0..120 {
        let body = json!({ "id": format!("g{number:03}"), "description": description });
        assert_eq!(demo.create_group(&body).await.status, 201);
    }
    let first = demo.get(&format!("{GROUPS}?$top=999")).await;
    assert!(first.body.len() < 4_500_000, "{}", first.body.len());
    let pages = demo.pages(&format!("{GROUPS}?$top=999")).await;
    assert_eq!(pages.len(), 2);
    assert_eq!(pages.concat().len(), 120);
}
