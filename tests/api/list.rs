//! The collection: pages, orders, filters, counts and selections.
//!
//! Source, where none is given: OData 4.01 part 1, sections 11.2.5 and 11.2.6; part 2, section 5.1.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller, ids},
    harness::Server,
};

/// Identifiers and names, so that no order is that of another or of creation.
const MIXED: [(&str, &str); 7] = [
    ("ddd", "beta"),
    ("AAb", "Gamma"),
    ("aaa", "beta"),
    ("CCC", "alpha"),
    ("aac", "\u{10ffff}"),
    ("bbb", "beta"),
    ("eee", "épsilon"),
];

#[track_caller]
fn by_letters(pages: &[Vec<String>], expected: &str) {
    assert_eq!(pages.concat().join(" "), expected);
}

/// Names compare by code point, identifiers without regard to case.
#[tokio::test]
async fn list_orders_by_name_and_then_by_id_on_pages_of_any_size() {
    let server = Server::start();
    let everyone = server.caller(&[]);
    let app = server.app(
        "d3a7c0de-0000-4000-8000-000000000001",
        "d3a7c0de-0000-4000-8000-000000000002",
    );
    everyone.create_all(MIXED).await;
    for (orderby, expected) in [
        ("", "aaa AAb aac bbb CCC ddd eee"),
        ("id", "aaa AAb aac bbb CCC ddd eee"),
        ("id desc", "eee ddd CCC bbb aac AAb aaa"),
        ("name", "AAb CCC aaa bbb ddd eee aac"),
        ("name asc,id asc", "AAb CCC aaa bbb ddd eee aac"),
        ("name,id desc", "AAb CCC ddd bbb aaa eee aac"),
        ("name desc", "aac eee aaa bbb ddd CCC AAb"),
        ("name desc, id desc", "aac eee ddd bbb aaa CCC AAb"),
        // Nothing behind `id` matters, since it is unique.
        ("id desc,name", "eee ddd CCC bbb aac AAb aaa"),
    ] {
        for caller in [&everyone, &app] {
            for top in [1, 2, 3, 7] {
                let mut path = format!("{CONNECTIONS}?$top={top}");
                if !orderby.is_empty() {
                    path += &format!("&$orderby={}", orderby.replace(' ', "%20"));
                }
                let pages = caller.pages(&path).await;
                by_letters(&pages, expected);
                assert!(pages.iter().rev().skip(1).all(|page| page.len() == top));
                assert_eq!(pages.len(), 7_usize.div_ceil(top), "{orderby} {top}");
            }
        }
    }
}

#[tokio::test]
async fn order_is_by_id_and_name_alone() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for orderby in [
        "description",
        "state",
        "name,state",
        "id,description",
        "name,id,state desc",
    ] {
        let answer = demo
            .get(&format!(
                "{CONNECTIONS}?$orderby={}",
                orderby.replace(' ', "+")
            ))
            .await;
        answer.error(400, "BadRequest");
        assert_eq!(answer.targets(), ["$orderby"], "{orderby}");
    }
}

#[tokio::test]
async fn name_that_changes_moves_in_the_order_by_name() {
    let server = Server::start();
    let everyone = server.caller(&[]);
    let app = server.app(
        "d3a7c0de-0000-4000-8000-000000000001",
        "d3a7c0de-0000-4000-8000-000000000002",
    );
    everyone
        .create_all([("aaa", "1"), ("bbb", "2"), ("ccc", "3")])
        .await;
    for (id, name, expected) in [
        ("aaa", "4", "bbb ccc aaa"),
        ("ccc", "0", "ccc bbb aaa"),
        ("bbb", "4", "ccc aaa bbb"),
    ] {
        assert_eq!(
            everyone.patch(id, &json!({ "name": name })).await.status,
            204
        );
        for caller in [&everyone, &app] {
            by_letters(
                &caller
                    .pages(&format!("{CONNECTIONS}?$orderby=name&$top=2"))
                    .await,
                expected,
            );
        }
    }
}

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
        by_letters(
            &demo.pages(&format!("{CONNECTIONS}?{options}")).await,
            expected,
        );
    }
}

#[tokio::test]
async fn filter_selects_what_it_says() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (id, name, description) in [
        ("aaa", "Contoso HR", json!("human resources")),
        ("bbb", "Contoso IT", Value::Null),
        ("ccc", "O'Reilly & Söhne", json!("it's 100%_")),
        ("ddd", "contoso", json!("")),
    ] {
        let body = json!({ "id": id, "name": name, "description": description });
        assert_eq!(demo.post(&body).await.status, 201);
    }
    let client = server.client();
    for (filter, expected) in [
        ("name eq 'Contoso HR'", "aaa"),
        ("'Contoso HR' eq name", "aaa"),
        ("name eq 'contoso hr'", ""),
        ("name ne 'Contoso HR'", "bbb ccc ddd"),
        ("id eq 'bbb'", "bbb"),
        ("id eq 'BBB'", ""),
        ("id ne 'bbb'", "aaa ccc ddd"),
        ("name eq 'O''Reilly & Söhne'", "ccc"),
        ("startswith(name,'Contoso')", "aaa bbb"),
        ("contains(name,'o')", "aaa bbb ddd"),
        ("contains(description,'100%')", "ccc"),
        ("contains(description,'%')", "ccc"),
        ("contains(description,'_')", "ccc"),
        ("description eq null", "bbb"),
        ("description ne null", "aaa ccc ddd"),
        ("description eq ''", "ddd"),
        ("state eq 'draft'", "aaa bbb ccc ddd"),
        ("state ne 'draft'", ""),
        ("state eq 'ready'", ""),
        ("not startswith(name,'Contoso')", "ccc ddd"),
        ("not (id eq 'aaa' or id eq 'bbb')", "ccc ddd"),
        // `and` before `or`, `not` before both.
        ("id eq 'aaa' or id eq 'bbb' and name eq 'x'", "aaa"),
        (
            "(id eq 'aaa' or id eq 'bbb') and name eq 'Contoso IT'",
            "bbb",
        ),
        ("not startswith(id,'a') and contains(name,'Contoso')", "bbb"),
        // A function of null is null, and so is its negation.
        ("not contains(description,'x')", "aaa ccc ddd"),
        ("((((id eq 'ddd'))))", "ddd"),
    ] {
        let page = client
            .list_connections()
            .filter(filter)
            .count(true)
            .send()
            .await;
        let page = page
            .unwrap_or_else(|error| panic!("{filter}: {error}"))
            .into_inner();
        let found: Vec<_> = page
            .value
            .iter()
            .filter_map(|connection| connection.id.clone())
            .collect();
        assert_eq!(found.join(" "), expected, "{filter}");
        assert_eq!(
            page.odata_count,
            i64::try_from(found.len()).ok(),
            "{filter}"
        );
        let counted = client
            .count_connections()
            .filter(filter)
            .send()
            .await
            .expect("counted");
        assert_eq!(Some(*counted), page.odata_count, "{filter}");
        // And one by one.
        let path = format!("{CONNECTIONS}?$top=1&$filter={}", encoded(filter));
        by_letters(&demo.pages(&path).await, expected);
    }
}

/// Percent-encodes whatever is not a letter or digit.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[tokio::test]
async fn count_is_of_all_pages_and_a_number_in_plain_text_by_itself() {
    let server = Server::start();
    let demo = server.caller(&[]);
    assert_eq!(demo.get(&format!("{CONNECTIONS}/$count")).await.text(), "0");
    demo.create_all(MIXED).await;
    for (options, expected) in [
        ("$count=true", json!(7)),
        ("%24count=true&%24top=2", json!(7)),
        ("$count=true&$skip=5", json!(7)),
        ("$count=true&$filter=name%20eq%20'beta'&$top=1", json!(3)),
        ("$count=true&$filter=name%20eq%20'nope'", json!(0)),
        ("$count=false", Value::Null),
        ("", Value::Null),
    ] {
        let page = demo.read(&format!("{CONNECTIONS}?{options}")).await;
        assert_eq!(page["@odata.count"], expected, "{options}");
    }
    for (path, expected) in [
        ("$count", "7"),
        ("%24count", "7"),
        ("$count?$filter=name%20eq%20'beta'", "3"),
        ("%24count?%24filter=not+startswith(name,'beta')", "4"),
    ] {
        let answer = demo.get(&format!("{CONNECTIONS}/{path}")).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.text(), expected, "{path}");
        assert!(answer.header("content-type").starts_with("text/plain"));
        assert_eq!(answer.header("odata-version"), "4.0");
    }
}

#[tokio::test]
async fn select_leaves_the_named_members_and_says_so_in_the_context() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
    let page = demo
        .get(&format!("{CONNECTIONS}?$select=name,id&$top=1&$count=true"))
        .await;
    let next = page.json()["@odata.nextLink"].take();
    let expected = json!({
        "@odata.context": format!("{}/v1.0/$metadata#connections(id,name)", server.origin),
        "@odata.count": 2,
        "@odata.nextLink": next,
        "value": [{ "id": "aaa", "name": "A" }],
    });
    assert_eq!(page.text(), expected.to_string());
    let whole = demo.read(&format!("{CONNECTIONS}?$select=*")).await;
    assert_eq!(whole, demo.read(CONNECTIONS).await);
    assert_eq!(
        whole["@odata.context"],
        format!("{}/v1.0/$metadata#connections", server.origin)
    );
}

/// Source: OData JSON format 4.01, section 3.1.3.
#[tokio::test]
async fn metadata_none_leaves_next_link_and_count_alone() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
    for accept in [
        "application/json;odata.metadata=none",
        "application/json; metadata=none",
        "text/html, application/json;odata.metadata=none;q=0.9",
    ] {
        let get =
            |path: String| demo.send(demo.request(Method::GET, &path).header("accept", accept));
        let answer = get(format!("{CONNECTIONS}?$top=1&$count=true")).await;
        assert!(
            answer
                .header("content-type")
                .starts_with("application/json;odata.metadata=none")
        );
        let page = answer.json();
        assert_eq!(page.get("@odata.context"), None, "{accept}");
        assert_eq!(page["@odata.count"], 2);
        assert!(page["@odata.nextLink"].is_string());
        let one = get(format!("{CONNECTIONS}/aaa")).await.json();
        assert_eq!(one.get("@odata.context"), None, "{accept}");
        assert_eq!(one["id"], "aaa");
    }
    for accept in [
        "application/json",
        "*/*",
        "application/json;odata.metadata=full",
    ] {
        let request = demo
            .request(Method::GET, CONNECTIONS)
            .header("accept", accept);
        let answer = demo.send(request).await;
        assert!(
            answer
                .header("content-type")
                .starts_with("application/json;odata.metadata=minimal")
        );
        assert!(answer.json()["@odata.context"].is_string(), "{accept}");
    }
}

/// Connections whose settings are large enough for a few of them to fill a page.
#[tokio::test]
async fn page_of_large_connections_ends_early_and_goes_on() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let layout = json!({ "text": "x".repeat(1_500_000) });
    let settings =
        json!({ "searchResultTemplates": [{ "id": "t", "priority": 0, "layout": layout }] });
    for id in ["aaa", "bbb", "ccc", "ddd", "eee", "fff"] {
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
        by_letters(&pages, "aaa bbb ccc ddd eee fff");
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
    by_letters(
        &demo.pages(&path).await,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbb",
    );
}
