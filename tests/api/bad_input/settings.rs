//! `activitySettings`, `searchSettings` and `complianceSettings` that break a rule.

use std::time::Instant;

use serde_json::{Value, json};

use super::{
    Bench,
    members::{WRONG_TYPE, WRONG_VALUE, refused},
    writes_of,
};

const RESOLVER_TYPE: &str = "#microsoft.graph.externalConnectors.itemIdResolver";

fn changed(mut object: Value, member: &str, value: Value) -> Value {
    object[member] = value;
    object
}

fn without(mut object: Value, member: &str) -> Value {
    object.as_object_mut().expect("an object").remove(member);
    object
}

fn resolver() -> Value {
    json!({
        "@odata.type": RESOLVER_TYPE,
        "priority": 1,
        "itemId": "{id}",
        "urlMatchInfo": { "baseUrls": ["https://contoso.example"], "urlPattern": "/(?<id>[0-9]+)" },
    })
}

fn activity(resolvers: &Value) -> Value {
    json!({ "activitySettings": { "urlToItemResolvers": resolvers } })
}

fn url_pattern(pattern: &str) -> Value {
    activity(&json!([changed(
        resolver(),
        "urlMatchInfo",
        json!({ "urlPattern": pattern })
    )]))
}

#[tokio::test]
async fn resolvers_are_checked() {
    const ALL: &str = "/activitySettings/urlToItemResolvers";
    let one = |member: &str, value: Value| activity(&json!([changed(resolver(), member, value)]));
    let bare = |member: &str| activity(&json!([without(resolver(), member)]));
    let info = |member: &str, value: Value| one("urlMatchInfo", json!({ member: value }));
    let cases = [
        (
            json!({ "activitySettings": 1 }),
            WRONG_TYPE,
            "/activitySettings",
            "",
        ),
        (activity(&json!({})), WRONG_TYPE, ALL, ""),
        (activity(&json!([null])), WRONG_TYPE, ALL, "/0"),
        (activity(&json!(["x"])), WRONG_TYPE, ALL, "/0"),
        (
            activity(&json!(vec![resolver(); 101])),
            WRONG_VALUE,
            ALL,
            "",
        ),
        (bare("@odata.type"), WRONG_VALUE, ALL, "/0/@odata.type"),
        (
            one("@odata.type", json!(null)),
            WRONG_TYPE,
            ALL,
            "/0/@odata.type",
        ),
        (
            one("@odata.type", json!(1)),
            WRONG_TYPE,
            ALL,
            "/0/@odata.type",
        ),
        (
            one("@odata.type", json!("#microsoft.graph.other")),
            WRONG_VALUE,
            ALL,
            "/0/@odata.type",
        ),
        (
            activity(&json!([resolver(), {}])),
            WRONG_VALUE,
            ALL,
            "/1/@odata.type",
        ),
        (bare("itemId"), WRONG_VALUE, ALL, "/0/itemId"),
        (one("itemId", json!(null)), WRONG_TYPE, ALL, "/0/itemId"),
        (one("itemId", json!("")), WRONG_VALUE, ALL, "/0/itemId"),
        (
            one("itemId", json!("x".repeat(1_025))),
            WRONG_VALUE,
            ALL,
            "/0/itemId",
        ),
        (
            one("itemId", json!("a\u{0}b")),
            WRONG_VALUE,
            ALL,
            "/0/itemId",
        ),
        (one("priority", json!(-1)), WRONG_VALUE, ALL, "/0/priority"),
        (one("priority", json!(1.5)), WRONG_VALUE, ALL, "/0/priority"),
        (
            one("priority", json!(3_000_000_000_u32)),
            WRONG_VALUE,
            ALL,
            "/0/priority",
        ),
        (one("priority", json!("1")), WRONG_TYPE, ALL, "/0/priority"),
        (
            one("urlMatchInfo", json!([])),
            WRONG_TYPE,
            ALL,
            "/0/urlMatchInfo",
        ),
        (
            info("baseUrls", json!("x")),
            WRONG_TYPE,
            ALL,
            "/0/urlMatchInfo/baseUrls",
        ),
        (
            info("baseUrls", json!([1])),
            WRONG_TYPE,
            ALL,
            "/0/urlMatchInfo/baseUrls/0",
        ),
        (
            info("baseUrls", json!([""])),
            WRONG_VALUE,
            ALL,
            "/0/urlMatchInfo/baseUrls/0",
        ),
        (
            info("baseUrls", json!(vec!["x"; 101])),
            WRONG_VALUE,
            ALL,
            "/0/urlMatchInfo/baseUrls",
        ),
        (
            info("urlPattern", json!(1)),
            WRONG_TYPE,
            ALL,
            "/0/urlMatchInfo/urlPattern",
        ),
    ];
    let targets: Vec<_> = cases
        .iter()
        .map(|(.., all, rest)| format!("{all}{rest}"))
        .collect();
    let cases: Vec<_> = cases
        .iter()
        .zip(&targets)
        .map(|((body, code, ..), target)| (body.clone(), *code, target.as_str()))
        .collect();
    refused(&writes_of("activitySettings"), &cases).await;
}

#[tokio::test]
async fn url_patterns_are_ecmascript_regular_expressions() {
    const TARGET: &str = "/activitySettings/urlToItemResolvers/0/urlMatchInfo/urlPattern";
    let long = "x".repeat(1_025);
    let open = "(".repeat(1_000);
    let groups = "(?:".repeat(300);
    let nested = format!("{}a{}", "(".repeat(101), ")".repeat(101));
    let classes = "[".repeat(1_000);
    let cases: Vec<_> = [
        "(",
        ")",
        "[",
        "*",
        "a{2,1}",
        "(?<a>x)(?<a>y)",
        "(?P<a>x)",
        "(?<1>x)",
        "\\k<a>(?<b>x)",
        "a\u{0}b",
        "[z-a]",
        // A class that is compared without regard to case takes milliseconds, and a pattern has room for a hundred.
        "(?i:[\\0-\\uffff])",
        "(?-i:a)",
        &long,
        &open,
        &groups,
        &nested,
        &classes,
    ]
    .into_iter()
    .map(|pattern| (url_pattern(pattern), WRONG_VALUE, TARGET))
    .collect();
    refused(&writes_of("activitySettings"), &cases).await;
}

/// They are compiled, never run.
#[tokio::test]
async fn patterns_that_are_costly_to_run_are_accepted_at_once() {
    let bench = Bench::start().await;
    let nested = format!("{}a{}", "(".repeat(100), ")".repeat(100));
    let alternatives = "|".repeat(1_000);
    let classes = "[\\s\\S]".repeat(140);
    let many =
        vec![url_pattern("^(a+)+$")["activitySettings"]["urlToItemResolvers"][0].take(); 100];
    for body in [
        url_pattern("^(a+)+$"),
        url_pattern("(a|a)*b"),
        url_pattern("((((a{1000}){1000}){1000}){1000}){1000}"),
        url_pattern("(?:(?:a{0,65535}){0,65535}){0,65535}"),
        url_pattern("(.*)(.*)(.*)(.*)(.*)\\1\\2\\3\\4\\5"),
        url_pattern(&nested),
        url_pattern(&alternatives),
        url_pattern(&classes),
        activity(&json!(many)),
    ] {
        for (method, path) in &writes_of("activitySettings") {
            let body = changed(body.clone(), "name", json!("Changed"));
            let started = Instant::now();
            let answer = bench.write(method.clone(), path, body.to_string());
            let answer = answer.send(&bench.server).await;
            assert!(answer.status.is_success(), "{body}: {}", answer.text());
            assert!(started.elapsed().as_secs() < 5, "{body}");
        }
    }
}

#[tokio::test]
async fn templates_are_counted_and_checked() {
    let rule = json!({ "property": "title", "operation": "equals", "values": ["x"], "valuesJoinedBy": "or" });
    let template = json!({ "id": "template1", "layout": { "type": "AdaptiveCard" }, "priority": 1, "rules": [rule] });
    let one = |member: &str, value: Value| json!([changed(template.clone(), member, value)]);
    let bare = |member: &str| json!([without(template.clone(), member)]);
    let ruled =
        |member: &str, value: Value| one("rules", json!([changed(rule.clone(), member, value)]));
    let ruleless = |member: &str| one("rules", json!([without(rule.clone(), member)]));
    let rows = [
        (json!({}), WRONG_TYPE, ""),
        (json!(vec![template.clone(); 3]), WRONG_VALUE, ""),
        (json!([1]), WRONG_TYPE, "/0"),
        (json!([null]), WRONG_TYPE, "/0"),
        (bare("id"), WRONG_VALUE, "/0/id"),
        (one("id", json!(1)), WRONG_TYPE, "/0/id"),
        (one("id", json!("")), WRONG_VALUE, "/0/id"),
        (one("id", json!("a".repeat(17))), WRONG_VALUE, "/0/id"),
        (one("id", json!("template-1")), WRONG_VALUE, "/0/id"),
        (one("id", json!("template1\n")), WRONG_VALUE, "/0/id"),
        (bare("layout"), WRONG_VALUE, "/0/layout"),
        (one("layout", json!(null)), WRONG_TYPE, "/0/layout"),
        (one("layout", json!("{}")), WRONG_TYPE, "/0/layout"),
        (one("layout", json!([])), WRONG_TYPE, "/0/layout"),
        (one("priority", json!(-1)), WRONG_VALUE, "/0/priority"),
        (one("priority", json!(0.5)), WRONG_VALUE, "/0/priority"),
        (one("priority", json!("1")), WRONG_TYPE, "/0/priority"),
        (one("rules", json!({})), WRONG_TYPE, "/0/rules"),
        (
            one("rules", json!(vec![rule.clone(); 101])),
            WRONG_VALUE,
            "/0/rules",
        ),
        (ruleless("property"), WRONG_VALUE, "/0/rules/0/property"),
        (
            ruled("property", json!("")),
            WRONG_VALUE,
            "/0/rules/0/property",
        ),
        (
            ruled("operation", json!("like")),
            WRONG_VALUE,
            "/0/rules/0/operation",
        ),
        (
            ruled("operation", json!(1)),
            WRONG_TYPE,
            "/0/rules/0/operation",
        ),
        (ruled("values", json!("x")), WRONG_TYPE, "/0/rules/0/values"),
        (
            ruled("values", json!([null])),
            WRONG_TYPE,
            "/0/rules/0/values/0",
        ),
        (
            ruled("values", json!(vec!["x"; 101])),
            WRONG_VALUE,
            "/0/rules/0/values",
        ),
        (
            ruled("valuesJoinedBy", json!("xor")),
            WRONG_VALUE,
            "/0/rules/0/valuesJoinedBy",
        ),
    ];
    let mut cases = Vec::new();
    for (settings, list) in [
        ("searchSettings", "searchResultTemplates"),
        ("complianceSettings", "eDiscoveryResultTemplates"),
    ] {
        for (templates, code, target) in &rows {
            let body = json!({ settings: { list: templates } });
            cases.push((body, *code, format!("/{settings}/{list}{target}")));
        }
        for wrong in [json!(1), json!([])] {
            cases.push((
                json!({ settings: wrong }),
                WRONG_TYPE,
                format!("/{settings}"),
            ));
        }
    }
    let cases: Vec<_> = cases
        .iter()
        .map(|(body, code, target)| (body.clone(), *code, target.as_str()))
        .collect();
    refused(&writes_of("searchSettings"), &cases).await;
}
