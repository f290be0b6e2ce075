//! The collection: orders, filters, counts and selections.
//!
//! Source, where none is given: OData 4.01 part 1, sections 11.2.5 and 11.2.6; part 2, section 5.1.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, DEMO_APP, DEMO_TENANT, MIXED, assert_ids, encoded},
    harness::Server,
};

/// Names compare by code point, identifiers without regard to case.
#[tokio::test]
async fn list_orders_by_name_and_then_by_id_on_pages_of_any_size() {
    let server = Server::start();
    let everyone = server.caller(&[]);
    let app = server.app(DEMO_TENANT, DEMO_APP);
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
                    path = path + "&$orderby=" + &encoded(orderby);
                }
                let pages = caller.pages(&path).await;
                assert_ids(&pages, expected);
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
    let app = server.app(DEMO_TENANT, DEMO_APP);
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
            assert_ids(
                &caller
                    .pages(&format!("{CONNECTIONS}?$orderby=name&$top=2"))
                    .await,
                expected,
            );
        }
    }
}

/// Microsoft's `GetGraphConnectorIds.ps1` selects `Name` and `Id`; its JavaScript client has `.skipToken()`.
#[tokio::test]
async fn names_in_the_query_are_taken_in_any_case() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "Two"), ("bbb", "One"), ("ccc", "Three")])
        .await;
    let page = demo.read(&format!("{CONNECTIONS}?$select=Name,Id")).await;
    assert_eq!(page["value"][0], json!({ "id": "aaa", "name": "Two" }));
    let context = page["@odata.context"].as_str().expect("a context");
    assert!(
        context.ends_with("$metadata#connections(id,name)"),
        "{context}"
    );
    for (query, expected) in [
        ("$orderby=Name", "bbb ccc aaa"),
        ("$orderBy=NAME desc", "aaa ccc bbb"),
        ("$filter=Name eq 'One'", "bbb"),
        ("$FILTER=startswith(Name,'T') and not (ID eq 'aaa')", "ccc"),
        ("$Top=2&$Skip=1", "bbb ccc"),
        // As Python prints it.
        ("$count=True", "aaa bbb ccc"),
        ("%24TOP=1&%24Select=ID", "aaa bbb ccc"),
    ] {
        let path = format!("{CONNECTIONS}?{}", query.replace(' ', "%20"));
        assert_ids(&demo.pages(&path).await, expected);
    }
    let first = demo.read(&format!("{CONNECTIONS}?$top=1")).await;
    let link = first["@odata.nextLink"].as_str().expect("a link");
    let path = demo.path(link).replace("$skiptoken", "$skipToken");
    assert_ids(&demo.pages(&path).await, "bbb ccc");
}

/// Source: Graph, "Use query parameters": on beta, the `$` is optional.
#[tokio::test]
async fn dollar_of_query_options_is_optional_on_beta() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "Two"), ("bbb", "One"), ("ccc", "Three")])
        .await;
    let beta = CONNECTIONS.replace("v1.0", "beta");
    let page = demo
        .read(&format!("{beta}?top=2&select=id&count=true&orderBy=name"))
        .await;
    assert_eq!(page["@odata.count"], 3);
    assert_eq!(page["value"], json!([{ "id": "bbb" }, { "id": "ccc" }]));
    let link = page["@odata.nextLink"].as_str().expect("a link");
    assert_ids(&demo.pages(demo.path(link)).await, "aaa");
    let count = demo
        .get(&format!("{beta}/$count?filter=id%20ne%20'aaa'"))
        .await;
    assert_eq!(count.text(), "2");
    let answer = demo.get(&format!("{CONNECTIONS}?top=2")).await;
    answer.error(400, "BadRequest");
    assert_eq!(answer.targets(), ["top"]);
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
        assert_ids(&demo.pages(&path).await, expected);
    }
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
