//! Who may call what: every operation of the document against every kind of token. How far a permission reaches is in
//! [`crate::access`]; that what is out of reach looks absent, in `tests/contract/isolation.rs`.

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
    /// The only kind of token that it takes.
    kind: Option<String>,
}

async fn operations(server: &Server) -> Vec<Operation> {
    let document = Request::new(Method::GET, "/openapi.json");
    let document = document.send(server).await.json();
    let paths = document["paths"].as_object().expect("paths");
    let mut operations = Vec::new();
    for (path, item) in paths {
        let segments = path.split('/').map(|segment| {
            if segment.starts_with('{') {
                "contosohr"
            } else {
                segment
            }
        });
        let path = segments.collect::<Vec<_>>().join("/");
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
                kind: operation["x-token-kind"].as_str().map(str::to_owned),
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
            for (kind, changes) in [
                ("delegated", json!({ "scp": permission })),
                (
                    "delegated",
                    json!({ "scp": format!("openid {permission} email") }),
                ),
                ("application", json!({ "scp": null, "roles": [permission] })),
                (
                    "application",
                    json!({ "scp": null, "roles": ["Other", permission], "idtyp": "app" }),
                ),
            ] {
                let case = format!("{name} {changes}");
                let answer = ask(changes).await;
                if operation.kind.as_deref().is_some_and(|only| only != kind) {
                    let rule = denied(answer, &case);
                    assert!(rule.contains("application alone"), "{rule}");
                } else if operation
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
