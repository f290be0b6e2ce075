//! Query options that are unknown, repeated, malformed or out of range, on every operation.

use reqwest::Method;
use serde_json::Value;

use super::{Bench, COLLECTION, COUNT, ONE, all};

/// With a body that would be good, where the operation wants one.
fn request(bench: &Bench, method: &Method, target: &str) -> crate::harness::Request {
    match *method {
        Method::POST | Method::PATCH => {
            bench.write(method.clone(), target, "{\"name\": \"Changed\"}")
        }
        _ => bench.request(method.clone(), target),
    }
}

/// What the one detail says.
fn rule(error: &Value) -> &str {
    error["details"][0]["message"].as_str().expect("a rule")
}

/// Options that are wrong wherever they are given: unknown to some operations, and with a wrong value to others.
#[tokio::test]
async fn options_are_refused_with_name_and_position() {
    let bench = Bench::start().await;
    let long = |option: &str, length: usize| format!("{option}={}", "x".repeat(length));
    let deep = |open: &str| format!("$filter={}id eq 'a'", open.repeat(600));
    let queries = [
        ("$unknown=1".to_owned(), "$unknown"),
        ("$expand=items".into(), "$expand"),
        ("$search=x".into(), "$search"),
        ("$format=json".into(), "$format"),
        ("$apply=x".into(), "$apply"),
        ("$TOP=0".into(), "$top"),
        ("top=1".into(), "top"),
        ("select=id".into(), "select"),
        ("api-version=1".into(), "api-version"),
        ("=".into(), ""),
        ("%ff=1".into(), "%ff"),
        ("%zz".into(), "%zz"),
        ("%24unknown=1".into(), "$unknown"),
        ("%0d%0ax=1".into(), "\r\nx"),
        ("+=1".into(), " "),
        ("$top=0".into(), "$top"),
        ("$top=1000".into(), "$top"),
        ("$top=-1".into(), "$top"),
        ("$top=".into(), "$top"),
        ("$top".into(), "$top"),
        ("$top=x".into(), "$top"),
        ("$top=1.0".into(), "$top"),
        ("$top=+1".into(), "$top"),
        ("$top=99999999999999999999".into(), "$top"),
        ("$top=%ff".into(), "$top"),
        ("$top=%zz".into(), "$top"),
        ("$top=1%".into(), "$top"),
        ("%24top=0".into(), "$top"),
        ("$skip=-1".into(), "$skip"),
        ("$skip=100001".into(), "$skip"),
        ("$skip=x".into(), "$skip"),
        ("$count=1".into(), "$count"),
        ("$count=yes".into(), "$count"),
        ("$count=".into(), "$count"),
        ("$select=".into(), "$select"),
        ("$select=id,".into(), "$select"),
        ("$select=unknown".into(), "$select"),
        ("$select=id name".into(), "$select"),
        ("$select=configuration/authorizedApps".into(), "$select"),
        (long("$select", 1_025), "$select"),
        ("$orderby=".into(), "$orderby"),
        ("$orderby=unknown".into(), "$orderby"),
        ("$orderby=state".into(), "$orderby"),
        ("$orderby=id up".into(), "$orderby"),
        ("$orderby=id,,name".into(), "$orderby"),
        (long("$orderby", 257), "$orderby"),
        ("$filter=".into(), "$filter"),
        ("$filter=id".into(), "$filter"),
        ("$filter=id eq".into(), "$filter"),
        ("$filter=id eq 'a".into(), "$filter"),
        ("$filter=id eq 'a' and".into(), "$filter"),
        ("$filter=id eq 'it's'".into(), "$filter"),
        ("$filter=id gt 'a'".into(), "$filter"),
        ("$filter=id eq 1".into(), "$filter"),
        ("$filter=unknown eq 'a'".into(), "$filter"),
        ("$filter=endswith(id,'a')".into(), "$filter"),
        ("$filter=id eq '%00'".into(), "$filter"),
        ("$filter=id eq '%ff'".into(), "$filter"),
        ("$filter=id eq '%zz'".into(), "$filter"),
        ("$filter=id eq ''; drop table connections".into(), "$filter"),
        ("$filter=id+eq+%27a".into(), "$filter"),
        (deep("("), "$filter"),
        (deep("not "), "$filter"),
        (deep("not("), "$filter"),
        (long("$filter", 2_049), "$filter"),
        ("$skiptoken=".into(), "$skiptoken"),
        ("$skiptoken=x".into(), "$skiptoken"),
        (long("$skiptoken", 4_097), "$skiptoken"),
    ];
    for (method, path) in &all() {
        for (query, target) in &queries {
            let query = query.replace(' ', "%20");
            let case = format!("{method} {path}?{query}");
            let request = request(&bench, method, &format!("{path}?{query}"));
            let error = bench
                .refuses(&case, request, (400, "BadRequest", target))
                .await;
            let rule = rule(&error);
            // A skip token is good or not as a whole.
            let places = [
                "(at position 1 of the query)",
                &format!("of {target})"),
                "with the same token.",
            ];
            assert!(places.iter().any(|place| rule.ends_with(place)), "{rule}");
            assert!(
                error.to_string().len() < 2_000,
                "it does not repeat the input"
            );
        }
    }
}

/// 10,000 parentheses are more than an address can hold.
#[tokio::test]
async fn filters_that_fill_the_address_are_refused() {
    let bench = Bench::start().await;
    for (method, path) in &all() {
        let query = format!("{path}?$filter={}", "(".repeat(10_000));
        let answer = request(&bench, method, &query).send(&bench.server).await;
        answer.error(414, "RequestUriTooLong");
        let query = format!("{path}?$filter={}", "(".repeat(7_000));
        let request = request(&bench, method, &query);
        bench
            .refuses("7,000", request, (400, "BadRequest", "$filter"))
            .await;
    }
}

#[tokio::test]
async fn the_position_is_where_the_option_begins() {
    let bench = Bench::start().await;
    for (target, option, rule_says) in [
        (
            format!("{COLLECTION}?$top=5&$skip=x"),
            "$skip",
            "must be an integer from 0 to 100000 (at position 8 of the query)",
        ),
        (
            format!("{COLLECTION}?%24top=5&$top=5"),
            "$top",
            "must be given once (at position 10 of the query)",
        ),
        (
            format!("{COLLECTION}?$top=5&$select=id&&$top=6"),
            "$top",
            "must be given once (at position 20 of the query)",
        ),
        (
            format!("{COLLECTION}?$filter=&$filter="),
            "$filter",
            "must be given once (at position 10 of the query)",
        ),
        (
            format!("{COLLECTION}?$count=true&$count=true"),
            "$count",
            "must be given once (at position 13 of the query)",
        ),
        (
            format!("{COUNT}?$filter=id%20eq%20%27a%27&$top=5"),
            "$top",
            "is not supported; this operation has $filter (at position 27 of the query)",
        ),
        (
            format!("{ONE}?$select=id&$filter=x"),
            "$filter",
            "is not supported; this operation has $select (at position 12 of the query)",
        ),
    ] {
        let error = bench
            .refuses(
                &target,
                bench.request(Method::GET, &target),
                (400, "BadRequest", option),
            )
            .await;
        assert_eq!(rule(&error), rule_says);
        assert_eq!(
            error["message"],
            format!("Invalid parameter '{option}': {rule_says}.")
        );
    }
    let delete = bench.request(Method::DELETE, &format!("{ONE}?&a=b"));
    let error = bench
        .refuses("delete", delete, (400, "BadRequest", "a"))
        .await;
    assert_eq!(
        rule(&error),
        "is not supported: this operation has no query options (at position 2 of the query)"
    );

    // All are told, but not without end.
    let many = format!("{COLLECTION}?$top=0&$skip=x&$count=y");
    let answer = bench.request(Method::GET, &many).send(&bench.server).await;
    answer.error(400, "BadRequest");
    assert_eq!(answer.targets(), ["$top", "$skip", "$count"]);
    let many = format!("{COLLECTION}?{}", "a&".repeat(1_000));
    let answer = bench.request(Method::GET, &many).send(&bench.server).await;
    answer.error(400, "BadRequest");
    assert_eq!(answer.targets(), ["a"; 5]);
}

#[tokio::test]
async fn plus_and_percent_are_decoded() {
    let bench = Bench::start().await;
    for (query, count) in [
        ("$filter=id+eq+'contosohr'", "1"),
        ("%24filter=id%20eq%20%27contosohr%27", "1"),
        ("$filter=startswith(id,'contoso')", "2"),
        ("$filter=name+eq+'Contoso'+and+id+ne+'contosohr'", "1"),
        // An encoded plus is a plus.
        ("$filter=id+eq+'a%2Bb'", "0"),
        ("$filter=name+eq+'%C3%A4'", "0"),
        ("", "2"),
        ("&&", "2"),
    ] {
        let answer = bench.request(Method::GET, &format!("{COUNT}?{query}"));
        let answer = answer.send(&bench.server).await;
        assert_eq!(
            (answer.status.as_u16(), answer.text().as_str()),
            (200, count),
            "{query}"
        );
    }
}
