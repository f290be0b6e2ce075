//! Calls from request to answer: what is asked first, how parameters are read, what an answer carries.

use std::sync::Arc;

use poem::{
    Body, Endpoint, IntoEndpoint, Request, RequestBuilder, Response,
    http::{HeaderValue, StatusCode},
};

use super::{Echo, Failed, everything};
use openapi_contract_runtime::{BodyLimits, Kind, MemoryBudget, Rejection, Target};

/// A call by someone who may.
fn call(method: &str, uri: &str) -> RequestBuilder {
    let method = method.parse().expect("a method");
    let request = Request::builder().method(method).uri_str(uri);
    request.header("authorization", "any")
}

async fn answer(request: Request) -> Result<Response, Failed> {
    let service = everything::service(&Arc::new(Echo)).into_endpoint();
    let failed = |error: poem::Error| error.downcast().expect("no other failure");
    let mut request = request;
    let limits = BodyLimits {
        bytes: 4_000_000,
        ..BodyLimits::default()
    };
    request.set_data(MemoryBudget::new(0, limits));
    service.call(request).await.map_err(failed)
}

async fn text(response: &mut Response) -> String {
    response.take_body().into_string().await.expect("a text")
}

/// The broken rules of a call: where, kind and rule.
async fn broken(request: Request) -> Vec<(String, Kind, String)> {
    let Err(Failed::Refused(Rejection::Invalid(broken))) = answer(request).await else {
        panic!("no rule is broken");
    };
    let told = broken.into_iter().map(|broken| {
        let target = match broken.target {
            Target::Body(pointer) => pointer,
            Target::Parameter(name) => name,
        };
        (target, broken.kind, broken.rule)
    });
    told.collect()
}

/// A list of things, with the parameters that it requires.
fn list(query: &str) -> RequestBuilder {
    call("GET", &format!("/things?since=0{query}")).header("x-depth", "1")
}

/// How the handler saw the parameters.
async fn seen(request: RequestBuilder) -> String {
    let response = answer(request.body(Body::empty())).await.expect("a list");
    let seen = response.headers().get("x-next");
    let seen = seen.expect("the test asks for it").to_str();
    seen.expect("the test sends ASCII").to_owned()
}

#[tokio::test]
async fn the_caller_is_asked_for_first() {
    for method in ["GET", "POST"] {
        let method = method.parse().expect("a method");
        let request = Request::builder()
            .method(method)
            .uri_str("/things?unknown=1");
        let outcome = answer(request.body("not JSON")).await;
        assert_eq!(outcome.err(), Some(Failed::Forbidden));
    }
}

#[tokio::test]
async fn unknown_options_and_parameters_are_told_before_the_body() {
    let told = broken(call("GET", "/things?$Top=1&since=x&%24skip").body(Body::empty())).await;
    let rule = "is not supported; this operation has $top, $filter, exact, ratio, since";
    let unknown = |name: &str, position: usize| {
        let rule = format!("{rule} (at position {position} of the query)");
        (name.to_owned(), Kind::Unknown, rule)
    };
    assert_eq!(told[..2], [unknown("$Top", 1), unknown("$skip", 16)]);
    let targets: Vec<_> = told.iter().map(|(target, ..)| target.as_str()).collect();
    assert_eq!(targets[2..], ["since", "x-depth"]);
    let told = broken(call("PATCH", "/things/other/123456789/parts/x").body("not JSON")).await;
    let targets: Vec<_> = told.iter().map(|(target, ..)| target.as_str()).collect();
    assert_eq!(targets, ["thing-id", "part"]);
}

#[tokio::test]
async fn every_broken_parameter_is_told_at_once() {
    let uri = "/things?$top=0&$filter=UPPER&exact=yes&ratio=2&ratio=2";
    let request = call("GET", uri).header("X-Trace", "äbcde");
    let told = broken(request.body(Body::empty())).await;
    let told: Vec<_> = told
        .iter()
        .map(|(target, kind, rule)| (target.as_str(), kind.clone(), rule.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "$top",
                Kind::Value,
                "must be an integer from 1 to 999; it is 0 (at position 1 of the query)"
            ),
            (
                "$filter",
                Kind::Value,
                "must match the regular expression ^[a-z ]*$ (at position 8 of the query)"
            ),
            (
                "exact",
                Kind::Value,
                "must be true or false (at position 22 of the query)"
            ),
            (
                "ratio",
                Kind::Duplicate,
                "must be given once (at position 40 of the query)"
            ),
            ("since", Kind::Missing, "is required"),
            (
                "X-Trace",
                Kind::Value,
                "must be at most 4 characters long; it has 5"
            ),
            ("x-depth", Kind::Missing, "is required"),
        ]
    );
}

#[tokio::test]
async fn parameters_are_read_by_their_rules() {
    for (query, place, rule) in [
        ("&$top=1.0", "$top", "must be an integer from 1 to 999"),
        ("&$top=", "$top", "must be an integer from 1 to 999"),
        ("&$top", "$top", "must be an integer from 1 to 999"),
        ("&$top=%2B1%20", "$top", "must be an integer from 1 to 999"),
        (
            "&$filter=",
            "$filter",
            "must be 1 to 8 characters long; it has 0",
        ),
        ("&$filter=%FF", "$filter", "must be percent-encoded UTF-8"),
        ("&exact=1", "exact", "must be true or false"),
        ("&exact", "exact", "must be true or false"),
        ("&ratio=NaN", "ratio", "must be a number"),
        ("&ratio=inf", "ratio", "must be a number"),
        ("&ratio=1e400", "ratio", "must be a number"),
        (
            "&ratio=-0.51",
            "ratio",
            "must be a number from -0.5 to 1; it is -0.51",
        ),
    ] {
        let told = broken(list(query).body(Body::empty())).await;
        // Behind `since=0&`.
        let rule = format!("{rule} (at position 9 of the query)");
        let expected = (place.to_owned(), Kind::Value, rule);
        assert_eq!(told, [expected], "{query}");
    }
    let mut request = list("").body(Body::empty());
    let bytes = HeaderValue::from_bytes(b"\xff").expect("a header may hold it");
    request.headers_mut().insert("x-trace", bytes);
    let told = broken(request).await;
    assert_eq!(
        told,
        [("X-Trace".into(), Kind::Value, "must be UTF-8".into())]
    );
    let told = broken(
        list("")
            .header("X-TRACE", "a")
            .header("x-trace", "b")
            .body(Body::empty()),
    )
    .await;
    assert_eq!(
        told,
        [(
            "X-Trace".into(),
            Kind::Duplicate,
            "must be given once".into()
        )]
    );
}

#[tokio::test]
async fn absent_parameters_have_their_default_or_none() {
    let seen_by_handler = seen(list("&$top=999")).await;
    assert_eq!(
        seen_by_handler,
        r#"ListThingsParams { top: 999, filter: "a b", exact: false, ratio: None, since: 0, x_trace: None, x_depth: 1 }"#
    );
    let response = answer(list("").body(Body::empty())).await.expect("a list");
    assert_eq!(response.headers()["x-total"], "100", "the default of $top");
    assert!(
        !response.headers().contains_key("x-next"),
        "an optional header"
    );
}

#[tokio::test]
async fn parameters_are_decoded_once() {
    let uri = "&%24top=999&$filter=x+y%20z&exact=True&ratio=.5";
    let seen_by_handler = seen(list(uri).header("x-trace", "%20+")).await;
    assert_eq!(
        seen_by_handler,
        r#"ListThingsParams { top: 999, filter: "x y z", exact: true, ratio: Some(0.5), since: 0, x_trace: Some("%20+"), x_depth: 1 }"#
    );
}

#[tokio::test]
async fn lists_and_enumerations_are_parameters_and_whole_bodies_may_be_lists() {
    let post = |query: &str, body: &'static str| {
        let request = call("POST", &format!("/odd/lists?{query}"));
        request
            .header("content-type", "application/json")
            .body(body)
    };
    let sent = post(
        "kinds=big,3d&sizes=1,%202&words=&kind=null&order=DOWN",
        "[{}]",
    );
    let mut answered = answer(sent).await.expect("lists");
    let lists = text(&mut answered).await;
    assert!(lists.starts_with(r#"{"value":[{"size":25,"#), "{lists}");
    let told = broken(post("kinds=big,big&sizes=1,0&kind=Big&order=left", "[{}]")).await;
    let told: Vec<_> = told
        .iter()
        .map(|(target, _, rule)| (target.as_str(), rule.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "kinds",
                "must not have an item twice (at position 1 of the query)"
            ),
            (
                "sizes",
                "must be an integer from 1 to 2147483647; it is 0 (at position 15 of the query)"
            ),
            (
                "kind",
                "must be one of: big, null, 3d, with space, type (at position 25 of the query)"
            ),
            (
                "order",
                "must be one of: up, down (at position 34 of the query)"
            ),
        ]
    );
    let told = broken(post("sizes=", "[]")).await;
    let rule = "must have at least 1 items; it has 0".to_owned();
    assert_eq!(told, [(String::new(), Kind::Value, rule)]);
}

#[tokio::test]
async fn bodies_are_checked_before_they_are_read() {
    let post =
        |content_type: &'static str| call("POST", "/things").header("content-type", content_type);
    let thing = r#"{"type": "t", "kind": "big", "maybe": null}"#;
    for (request, expected) in [
        (
            call("POST", "/things").body(thing),
            Rejection::ContentTypeMissing,
        ),
        (
            post("text/json").body(thing),
            Rejection::ContentTypeUnsupported {
                given: "text/json".into(),
            },
        ),
        (
            post("application/json")
                .header("content-encoding", "br")
                .body(thing),
            Rejection::ContentEncodingUnsupported,
        ),
        (
            post("application/json")
                .header("content-encoding", "gzip")
                .body(thing),
            Rejection::BodyUndecodable {
                rule: "must be in the gzip format (RFC 1952)".into(),
            },
        ),
        (
            post("application/json").body(Body::empty()),
            Rejection::EmptyBody,
        ),
        (
            post("text/plain").body(vec![b' '; 4_000_001]),
            Rejection::BodyTooLarge {
                limit_bytes: 4_000_000,
            },
        ),
        (
            post("application/json").body(r#"{"type": "t", "type": "t"}"#),
            Rejection::Malformed {
                target: Target::Body("/type".into()),
                reason: "the member appears more than once at line 1 column 20".into(),
                duplicate: true,
            },
        ),
    ] {
        assert_eq!(answer(request).await.err(), Some(Failed::Refused(expected)));
    }
    for media_type in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/json;odata.metadata=full",
    ] {
        let mut response = answer(post(media_type).body(thing)).await.expect("created");
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(response.headers()["location"], "/v1/things/t");
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(
            text(&mut response).await,
            r#"{"type":"t","kind":"big","maybe":null}"#
        );
    }
    let request = post("application/json").body(r#"{"type": "\n", "kind": "big", "maybe": null}"#);
    let what = "a value of the header location".into();
    assert_eq!(
        answer(request).await.err(),
        Some(Failed::Refused(Rejection::Undeclared { what }))
    );
}

#[tokio::test]
async fn answers_are_what_the_document_says() {
    let mut count = answer(call("GET", "/things/$count").body(Body::empty()))
        .await
        .expect("a count");
    assert_eq!(count.headers()["content-type"], "text/plain");
    assert_eq!(text(&mut count).await, "7");
    let head = answer(call("HEAD", "/things/$count").body(Body::empty()))
        .await
        .expect("headers");
    assert_eq!(head.headers()["x-total"], "7");
    let json = |method| {
        call(method, "/things/other/id/parts/1")
            .header("content-type", "application/json")
            .body(r#"{"@type": "circle", "radius": 1}"#)
    };
    let put = answer(json("PUT")).await.expect("put");
    assert_eq!(put.status(), StatusCode::MULTI_STATUS);
    let told = broken(json("PATCH")).await;
    assert!(
        told.iter().all(|(.., kind, _)| *kind == Kind::Unknown),
        "{told:?}"
    );
}

fn undeclared(status: &str, operation: &str) -> Failed {
    let status: StatusCode = status.parse().expect("a status");
    Failed::Refused(Rejection::Undeclared {
        what: format!("status {status} of {operation}"),
    })
}

#[tokio::test]
async fn failures_are_what_the_document_says() {
    let delete =
        |part: &str| call("DELETE", &format!("/things/other/id/parts/{part}")).body(Body::empty());
    assert_eq!(
        answer(delete("1")).await.map(|response| response.status()),
        Ok(StatusCode::NO_CONTENT)
    );
    assert_eq!(
        answer(delete("400")).await.err(),
        Some(Failed::Status(StatusCode::BAD_REQUEST))
    );
    for status in ["404", "500"] {
        let expected = undeclared(status, "deletePart");
        assert_eq!(answer(delete(status)).await.err(), Some(expected));
    }
}

#[test]
fn the_operations_are_known_as_data() {
    let operations = everything::operations::ALL;
    let names: Vec<_> = operations.iter().map(|operation| operation.id).collect();
    assert_eq!(
        names,
        [
            "listThings",
            "createThing",
            "updatePart",
            "putPart",
            "deletePart",
            "odd.count-things",
            "headCount",
            "countOptions",
            "sendOpen",
            "sendLists",
            "sendPlaces"
        ]
    );
    let list = operations[0];
    assert_eq!((list.method, list.path), ("GET", "/things"));
    assert_eq!(list.scopes, ["Things.Read", "Things.Write"]);
    assert_eq!(list.query, ["$top", "$filter", "exact", "ratio", "since"]);
    assert_eq!(list.statuses, [200, 400, 401, 403, 500]);
    assert_eq!(everything::PERMISSIONS, ["Things.Read", "Things.Write"]);
    assert_eq!(everything::SERVERS, ["/v1", "/api/v2"]);
    assert_eq!(everything::PATH_ALIASES, [("/others", "/things/other")]);
}
