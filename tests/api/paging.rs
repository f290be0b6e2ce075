//! Pages: how long they are, and the links from one to the next.
//!
//! Source, where none is given: OData 4.01 part 1, sections 11.2.6.3, 11.2.6.4 and 11.2.6.7.

use serde_json::json;

use crate::{
    caller::{CONNECTIONS, Caller, MIXED, assert_ids, encoded, ids},
    harness::Server,
};

#[tokio::test]
async fn page_holds_100_connections_unless_told_otherwise() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let names: Vec<String> = (0..101).map(|number| format!("c{number:03}")).collect();
    demo.create_all(names.iter().map(|id| (id.as_str(), "Any")))
        .await;
    let sizes = |pages: Vec<Vec<String>>| pages.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(sizes(demo.pages(CONNECTIONS).await), [100, 1]);
    assert_eq!(
        sizes(demo.pages(&format!("{CONNECTIONS}?$top=999")).await),
        [101]
    );
    assert_eq!(
        sizes(demo.pages(&format!("{CONNECTIONS}?$top=50")).await),
        [50, 50, 1]
    );
    assert_eq!(
        sizes(demo.pages(&format!("{CONNECTIONS}?$skip=1")).await),
        [100]
    );
    let last = demo.read(&format!("{CONNECTIONS}?$skip=100")).await;
    assert_eq!(ids(&last), ["c100"]);
    assert_eq!(last.get("@odata.nextLink"), None);
    for beyond in ["101", "100000"] {
        let page = demo.read(&format!("{CONNECTIONS}?$skip={beyond}")).await;
        assert_eq!(page["value"], json!([]));
        assert_eq!(page.get("@odata.nextLink"), None);
    }
}

#[tokio::test]
async fn top_is_1_to_999_and_skip_0_to_100000() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for option in ["$top=1", "$top=999", "$skip=0", "$skip=100000"] {
        demo.read(&format!("{CONNECTIONS}?{option}")).await;
    }
    for (name, values) in [
        ("$top", &["0", "1000", "-1", "1.5", "x", ""][..]),
        ("$skip", &["-1", "100001", "99999999999", ""]),
    ] {
        for value in values {
            let answer = demo.get(&format!("{CONNECTIONS}?{name}={value}")).await;
            answer.error(400, "BadRequest");
            assert_eq!(answer.targets(), [name], "{value}");
        }
    }
}

#[tokio::test]
async fn skip_passes_over_connections_of_the_first_page_alone() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all(MIXED).await;
    for (options, expected) in [
        ("$skip=0&$top=3", "aaa AAb aac bbb CCC ddd eee"),
        ("$skip=2&$top=2", "aac bbb CCC ddd eee"),
        (
            "$skip=1&$top=2&$orderby=name%20desc",
            "eee aaa bbb ddd CCC AAb",
        ),
        ("$skip=1&$filter=name%20eq%20'beta'", "bbb ddd"),
        ("$skip=6", "eee"),
    ] {
        assert_ids(
            &demo.pages(&format!("{CONNECTIONS}?{options}")).await,
            expected,
        );
    }
}

/// Connections whose settings are large enough for a few of them to fill a page.
#[tokio::test]
async fn page_of_large_connections_ends_early_and_goes_on() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let layout = json!({ "text": "x".repeat(250_000) });
    let settings =
        json!({ "searchResultTemplates": [{ "id": "t", "priority": 0, "layout": layout }] });
    let ids: Vec<_> = (10..30).map(|number| format!("id{number}")).collect();
    for id in &ids {
        let body = json!({ "id": id, "name": "Large", "searchSettings": settings });
        assert_eq!(demo.post(&body).await.status, 201);
    }
    for options in [
        "",
        "?$orderby=name%20desc,id",
        "?$select=id",
        "?$filter=name%20eq%20'Large'",
    ] {
        let pages = demo.pages(&format!("{CONNECTIONS}{options}")).await;
        assert_ids(&pages, &ids.join(" "));
        assert_eq!(pages.len(), 2, "{options}");
    }
}

async fn first_link(caller: &Caller<'_>, options: &str) -> String {
    let page = caller.read(&format!("{CONNECTIONS}?{options}")).await;
    page["@odata.nextLink"]
        .as_str()
        .expect("a next page")
        .to_owned()
}

#[tokio::test]
async fn next_link_is_absolute_safe_in_a_url_and_keeps_the_options() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let name = "it''s a+b & c=d #?/%25 \"€\"";
    for id in ["aaa", "bbb", "ccc"] {
        assert_eq!(
            demo.post(&json!({ "id": id, "name": name.replace("''", "'") }))
                .await
                .status,
            201
        );
    }
    let filter = format!("name eq '{name}'");
    let options = format!(
        "%24select=id,name&$filter={}&$orderby=name%20desc,id&$top=1&$count=true&$skip=1",
        encoded(&filter)
    );
    let link = first_link(&demo, &options).await;
    let (address, query) = link.split_once('?').expect("a query");
    assert_eq!(address, format!("{}{CONNECTIONS}", server.origin));
    assert!(
        query
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%$=&".contains(&byte)),
        "{query}"
    );
    let given: Vec<_> = query
        .split('&')
        .map(|pair| pair.split_once('=').expect("a pair"))
        .collect();
    let value = |name: &str| {
        given
            .iter()
            .find(|(option, _)| *option == name)
            .map(|(_, value)| *value)
    };
    assert_eq!(value("$select"), Some("id%2Cname"));
    assert_eq!(value("$top"), Some("1"));
    assert_eq!(value("$count"), Some("true"));
    assert_eq!(value("$skip"), None, "it has done its work");
    assert!(value("$filter").is_some() && value("$orderby").is_some());
    assert!(value("$skiptoken").is_some_and(|token| token.len() > 40));
    let page = demo.read(demo.path(&link)).await;
    assert_eq!(
        page["value"],
        json!([{ "id": "ccc", "name": name.replace("''", "'") }])
    );
    assert_eq!(page["@odata.count"], 3);
    assert_eq!(page.get("@odata.nextLink"), None);
}

/// The longest request that is answered must not get a link that is refused for its length.
#[tokio::test]
async fn next_link_of_the_longest_options_can_be_followed() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let name = "\u{10ffff}".repeat(128);
    demo.create_all([
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", name.as_str()),
        ("bbb", &name),
    ])
    .await;
    let filter = format!("name+ne+'{}'", "(".repeat(2048 - 10));
    let spaces = "+".repeat(490);
    let select = format!("id,{spaces}name,{spaces}id,id,id,state,description");
    let orderby = format!("name{}desc", "+".repeat(200));
    let path = format!(
        "{CONNECTIONS}?$select={select}&$orderby={orderby}&$filter={filter}&$top=1&$count=true"
    );
    assert_ids(
        &demo.pages(&path).await,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbb",
    );
}
