//! Who may call what: every operation of the document against every kind of token. How far a permission reaches is in
//! [`crate::access`].

mod tokens;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::CONNECTIONS,
    harness::{Answer, Request, Server},
    minting::{Issuer, PERMISSIONS, PERSONAL_TENANT},
};

/// An operation of the document that the server serves.
struct Operation {
    method: Method,
    path: String,
    permissions: Vec<String>,
}

async fn operations(server: &Server) -> Vec<Operation> {
    let document = Request::new(Method::GET, "/openapi.json");
    let document = document.send(server).await.json();
    let paths = document["paths"].as_object().expect("paths");
    let mut operations = Vec::new();
    for (path, item) in paths {
        let path = path.replace("{connection-id}", "contosohr");
        assert!(
            !path.contains('{'),
            "{path}: give the parameter a value here"
        );
        for (method, operation) in item.as_object().expect("a path item") {
            // Beside operations, a path item has its parameters.
            let Some(permissions) = operation["x-required-scopes"].as_array() else {
                assert_eq!(method, "parameters");
                continue;
            };
            operations.push(Operation {
                method: method.to_uppercase().parse().expect("a method"),
                path: format!("/v1.0{path}"),
                permissions: permissions
                    .iter()
                    .map(|name| name.as_str().expect("a name").into())
                    .collect(),
            });
        }
    }
    assert!(operations.len() >= 7);
    operations
}

/// A request with neither a good body nor good options: whoever is not allowed is not told so.
fn careless(operation: &Operation) -> Request {
    Request::new(
        operation.method.clone(),
        &format!("{}?unknown=1", operation.path),
    )
    .body("{")
}

#[tokio::test]
async fn each_listed_permission_suffices_and_no_other_does() {
    let server = Server::start();
    let demo = server.caller(&["--tenant", "contoso", "--app", "app"]);
    demo.create_all([("contosohr", "Any")]).await;
    let before = demo.read(CONNECTIONS).await;
    let issuer = Issuer::of(&server).await;
    let personal = format!("{}/{PERSONAL_TENANT}/v2.0", issuer.name);
    let denied = |answer: Answer, case: &str| {
        let error = answer.error(403, "Authorization_RequestDenied");
        assert_eq!(
            error["message"],
            "Insufficient privileges to complete the operation."
        );
        assert_eq!(answer.targets(), ["Authorization"], "{case}");
        assert_eq!(answer.header("www-authenticate"), "", "{case}");
        error["details"][0]["message"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    for operation in operations(&server).await {
        let name = format!("{} {}", operation.method, operation.path);
        let ask = |changes: Value| {
            careless(&operation)
                .bearer(&issuer.token(changes))
                .send(&server)
        };
        for permission in PERMISSIONS {
            for changes in [
                json!({ "scp": permission }),
                json!({ "scp": format!("openid {permission} email") }),
                json!({ "scp": null, "roles": [permission] }),
                json!({ "scp": null, "roles": ["Other", permission], "idtyp": "app" }),
            ] {
                let case = format!("{name} {changes}");
                let answer = ask(changes).await;
                if operation
                    .permissions
                    .iter()
                    .any(|listed| listed == permission)
                {
                    answer.error(400, "BadRequest");
                    assert_eq!(answer.targets(), ["unknown"], "{case}");
                } else {
                    let rule = denied(answer, &case);
                    assert!(
                        operation
                            .permissions
                            .iter()
                            .all(|listed| rule.contains(listed)),
                        "{rule}"
                    );
                    assert!(rule.contains(permission), "{rule}");
                }
            }
        }
        let all = PERMISSIONS.join(" ");
        for changes in [
            json!({ "scp": "" }),
            json!({ "scp": "Directory.ReadWrite.All" }),
            json!({ "scp": all.to_lowercase() }),
            json!({ "scp": all.replace(' ', ",") }),
            json!({ "scp": all.replace(' ', "x ") + "x" }),
            json!({ "scp": null, "roles": [] }),
            json!({ "scp": null, "roles": [all] }),
            // A user's token has what the user's app was granted for itself in `roles`.
            json!({ "scp": "User.Read", "roles": PERMISSIONS, "idtyp": "user" }),
            json!({ "tid": PERSONAL_TENANT, "iss": personal }),
            json!({ "tid": PERSONAL_TENANT, "iss": personal, "scp": null, "roles": PERMISSIONS }),
        ] {
            let case = format!("{name} {changes}");
            denied(ask(changes).await, &case);
        }
    }
    assert_eq!(demo.read(CONNECTIONS).await, before);
}

/// Status, headers and body, without what differs between any two answers.
fn essence(answer: &Answer) -> (u16, Vec<String>, Value) {
    let headers = answer.headers.iter();
    let headers = headers
        .filter(|(name, _)| !["date", "request-id", "client-request-id"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    let mut body = answer.json();
    for member in ["date", "request-id", "client-request-id"] {
        body["error"]["innerError"]
            .as_object_mut()
            .expect("an object")
            .remove(member);
    }
    (answer.status.as_u16(), headers, body)
}

#[tokio::test]
async fn what_is_out_of_reach_is_answered_like_what_is_absent() {
    let server = Server::start();
    let owner = server.app("contoso", "owner");
    owner.create_all([("contosohr", "Any")]).await;
    let before = owner.read(CONNECTIONS).await;
    let callers = [
        server.app("contoso", "other"),
        server.app("fabrikam", "owner"),
        server.caller(&["--tenant", "fabrikam", "--app", "owner"]),
        server.caller(&["--tenant", "CONTOSO-2", "--app", "owner", "--app-only"]),
    ];
    let operations = operations(&server).await;
    let on_one = operations
        .iter()
        .filter(|operation| operation.path.contains("contosohr"));
    for operation in on_one {
        for caller in &callers {
            let ask = |path: String| async move {
                let request = caller.request(operation.method.clone(), &path);
                let request = match operation.method {
                    Method::PATCH => request.json(&json!({ "name": "Changed" })),
                    _ => request,
                };
                caller.send(request).await
            };
            let foreign = ask(operation.path.clone()).await;
            let absent = ask(operation.path.replace("contosohr", "contosoxx")).await;
            foreign.error(404, "ItemNotFound");
            assert_eq!(
                essence(&foreign),
                essence(&absent),
                "{} {}",
                operation.method,
                operation.path
            );
        }
    }
    assert_eq!(owner.read(CONNECTIONS).await, before);
}

#[tokio::test]
async fn tenants_do_not_meet() {
    let server = Server::start();
    let contoso = server.caller(&["--tenant", "contoso"]);
    let fabrikam = server.caller(&["--tenant", "fabrikam"]);
    for (caller, name) in [(&contoso, "Contoso"), (&fabrikam, "Fabrikam")] {
        // The same identifier in each.
        caller.create_all([("contosohr", name)]).await;
    }
    assert_eq!(contoso.delete("contosohr").await.status, 202);
    assert_eq!(contoso.read(CONNECTIONS).await["value"], json!([]));
    assert_eq!(fabrikam.connection("contosohr").await["name"], "Fabrikam");
}
