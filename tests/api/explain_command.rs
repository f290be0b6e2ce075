//! The command `explain` against a server: what it prints, and its exit status.

use std::process::Output;

use serde_json::{Value, json};

use crate::harness::Server;

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[tokio::test]
async fn explain_answers_by_its_exit_status_and_says_why() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let schema = json!([
        { "name": "title", "type": "string", "isSearchable": true },
        { "name": "days", "type": "int64", "isQueryable": true },
    ]);
    demo.create_ready(schema).await;
    let acl = json!([
        { "type": "externalGroup", "value": "staff", "accessType": "grant" },
        { "type": "group", "value": "interns", "accessType": "deny" },
    ]);
    let item = json!({ "acl": acl, "properties": { "title": "Holiday", "days": 30 } });
    assert_eq!(demo.put_item("leave", &item).await.status, 200);
    let client = server.client();
    // amy is in hr, and hr is in staff.
    for group in ["staff", "hr"] {
        let create = client.create_group().connection_id("contosohr");
        let created = create.body_map(|body| body.id(group)).send().await;
        created.expect("a group");
    }
    let amy = server.caller(&["--user", "amy"]).token;
    let amy = object_id(&amy);
    let kind = graph_connections::client::types::IdentityType::User;
    let member = client.create_member().connection_id("contosohr");
    let member = member.group_id("hr");
    let added = member.body_map(|body| body.id(&amy).type_(kind));
    added.send().await.expect("a member");
    let kind = graph_connections::client::types::IdentityType::ExternalGroup;
    let member = client.create_member().connection_id("contosohr");
    let member = member.group_id("staff");
    let added = member.body_map(|body| body.id("hr").type_(kind));
    added.send().await.expect("a member");

    let explain = |arguments: &[&str]| {
        let item = &["explain", "--item", "contosohr/leave"][..];
        server.run(&[item, arguments].concat(), "")
    };

    let found = explain(&[
        "--user",
        "amy",
        "--groups",
        "",
        "--query",
        "holiday days>=20",
    ]);
    assert_eq!(found.status.code(), Some(0), "{found:?}");
    let text = printed(&found);
    assert!(text.starts_with("amy sees leave: "), "{text}");
    for line in [
        "  + grant externalGroup staff: ",
        "      by hr > staff\n",
        "  - deny group interns: ",
        "the query holiday days>=20 finds it: found, ",
        "  + holiday\n",
        "  + days>=20\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // By the object id of the token, too.
    let same = explain(&["--user", &amy, "--groups", ""]);
    assert_eq!(same.status.code(), Some(0), "{same:?}");

    for (arguments, line) in [
        (
            &["--user", "amy", "--groups", "", "--query", "absence"][..],
            "the query absence does not find it: not matched, ",
        ),
        (
            &["--user", "amy", "--groups", "sales,interns"],
            "amy does not see leave: an entry denies",
        ),
        // Whether amy is among the interns is not known.
        (
            &["--user", "amy"],
            "amy does not see leave: an entry denies",
        ),
        (
            &["--user", "bob", "--groups", "sales", "--guest"],
            "bob does not see leave: no entry names the user",
        ),
    ] {
        let answer = explain(arguments);
        assert_eq!(answer.status.code(), Some(3), "{answer:?}");
        assert!(answer.stderr.is_empty(), "{answer:?}");
        let text = printed(&answer);
        assert!(text.contains(line), "{arguments:?}: {text}");
    }

    let for_scripts = explain(&["--user", "bob", "--query", "holiday", "--json"]);
    assert_eq!(for_scripts.status.code(), Some(3), "{for_scripts:?}");
    let text = printed(&for_scripts);
    let line = text.strip_suffix('\n').expect("a line");
    let explanation: Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(explanation["isVisible"], false, "{explanation}");
    assert_eq!(explanation["query"]["outcome"], "trimmed", "{explanation}");

    for (item, query, error) in [
        ("contosohr/none", "a", "404 ItemNotFound"),
        ("nobody/leave", "a", "404 ItemNotFound"),
        ("contosohr/leave", "(", "/query "),
    ] {
        let arguments = ["explain", "--item", item, "--user", "amy", "--query", query];
        let failed = server.run(&arguments, "");
        assert_eq!(failed.status.code(), Some(1), "{failed:?}");
        assert!(failed.stdout.is_empty(), "{failed:?}");
        let text = String::from_utf8(failed.stderr).expect("UTF-8");
        assert!(text.contains(error), "{error}: {text}");
    }
}

/// The object id of the user of a token.
fn object_id(token: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    let claims = token.split('.').nth(1).expect("claims");
    let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    claims["oid"].as_str().expect("a user").to_owned()
}
