//! Where a next page begins: a place in an order, good for the request it was given for and no other.

use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller, ids},
    harness::Server,
};

/// The place that the first page of these options gives out.
async fn token(caller: &Caller<'_>, options: &str) -> String {
    let page = caller.read(&format!("{CONNECTIONS}?{options}")).await;
    let link = page["@odata.nextLink"].as_str().expect("a next page");
    let (_, token) = link.split_once("$skiptoken=").expect("a token");
    token.to_owned()
}

async fn refused(caller: &Caller<'_>, options: &str) {
    let answer = caller.get(&format!("{CONNECTIONS}?{options}")).await;
    answer.error(400, "BadRequest");
    assert_eq!(answer.targets(), ["$skiptoken"], "{options}");
}

#[tokio::test]
async fn skip_token_is_good_for_its_tenant_view_filter_and_order_alone() {
    let server = Server::start();
    let all = [("aaa", "A"), ("bbb", "B"), ("ccc", "C")];
    let demo = server.caller(&["--tenant", "contoso", "--app", "demo"]);
    let app = server.app("contoso", "app");
    demo.create_all(all).await;
    let elsewhere = server.caller(&["--tenant", "fabrikam", "--app", "demo"]);
    elsewhere.create_all(all).await;

    let here = token(&demo, "$top=1").await;
    // The same view of the same collection: by another app that sees the tenant, on other pages, of other members.
    let colleague = server.caller(&["--tenant", "contoso", "--app", "other"]);
    for (caller, options) in [
        (&demo, ""),
        (&colleague, "&$top=2"),
        (&demo, "&$select=id&$count=true&$top=999"),
    ] {
        let page = caller
            .read(&format!("{CONNECTIONS}?$skiptoken={here}{options}"))
            .await;
        assert_eq!(ids(&page), ["bbb", "ccc"]);
    }
    let beta = demo
        .read(&format!("/beta/connections?$skiptoken={here}"))
        .await;
    assert_eq!(ids(&beta), ["bbb", "ccc"]);

    refused(&elsewhere, &format!("$skiptoken={here}")).await;
    refused(&app, &format!("$skiptoken={here}")).await;
    for options in [
        "$filter=name%20ne%20'x'",
        "$orderby=name",
        "$orderby=id%20desc",
        "$orderby=name%20desc",
        "$skip=0",
        "$skip=1",
    ] {
        refused(&demo, &format!("$skiptoken={here}&{options}")).await;
    }
    let by_name = token(&demo, "$orderby=name&$top=1").await;
    refused(&demo, &format!("$skiptoken={by_name}")).await;
    refused(&demo, &format!("$skiptoken={by_name}&$orderby=name%20desc")).await;
    let filtered = token(&demo, "$filter=name%20ne%20'x'&$top=1").await;
    refused(
        &demo,
        &format!("$skiptoken={filtered}&$filter=name%20ne%20'y'"),
    )
    .await;
    refused(&demo, &format!("$skiptoken={filtered}")).await;

    // What one app sees is not what another sees.
    let (one, two) = (server.app("contoso", "one"), server.app("contoso", "two"));
    for (caller, ids) in [(&one, ["one1", "one2"]), (&two, ["two1", "two2"])] {
        caller.create_all(ids.map(|id| (id, "Any"))).await;
    }
    let owned = token(&one, "$top=1").await;
    refused(&two, &format!("$skiptoken={owned}")).await;
    refused(&demo, &format!("$skiptoken={owned}")).await;
}

#[tokio::test]
async fn tampered_skip_token_is_refused() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
    let good = token(&demo, "$top=1").await;
    for at in (0..good.len()).step_by(7) {
        let other = if good.as_bytes()[at] == b'A' {
            "B"
        } else {
            "A"
        };
        let mut changed = good.clone();
        changed.replace_range(at..=at, other);
        refused(&demo, &format!("$skiptoken={changed}")).await;
    }
    for changed in [
        "",
        "x",
        "aaa",
        &good[1..],
        &good[..good.len() - 1],
        &format!("{good}="),
        &"A".repeat(4096),
    ] {
        refused(&demo, &format!("$skiptoken={changed}")).await;
    }
}

/// A page goes on behind a place, not behind a number of connections.
#[tokio::test]
async fn changes_between_pages_neither_repeat_nor_lose_the_others() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for orderby in ["id", "name", "name%20desc,id%20desc"] {
        let tenant = format!("tenant{}", orderby.len());
        let demo = server.caller(&["--tenant", &tenant]);
        let names = ["b", "d", "f", "h", "j"].map(|letter| (letter.repeat(3), letter.to_owned()));
        demo.create_all(names.iter().map(|(id, name)| (id.as_str(), name.as_str())))
            .await;
        let mut expected = ["bbb", "ddd", "fff", "hhh", "jjj"];
        let mut behind = ["iii", "ccc"];
        if orderby.contains("desc") {
            expected.reverse();
            behind.reverse();
        }
        let [first, second, third, fourth, last] = expected;

        let page = demo
            .read(&format!("{CONNECTIONS}?$orderby={orderby}&$top=2"))
            .await;
        assert_eq!(ids(&page), [first, second]);
        // The place itself goes, and so does one behind it; one comes before it, and one behind.
        for id in [second, third] {
            assert_eq!(demo.delete(id).await.status, 202);
        }
        demo.create_all(behind.map(|id| (id, &id[..1]))).await;

        let link = page["@odata.nextLink"].as_str().expect("a next page");
        let rest = demo.pages(demo.path(link)).await.concat();
        let [between, _] = behind;
        assert_eq!(rest, [fourth, between, last], "{orderby}");
    }
    // Nothing is left behind the place: an empty page, and the end.
    demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
    let place = token(&demo, "$top=1").await;
    assert_eq!(demo.delete("bbb").await.status, 202);
    let page = demo
        .read(&format!("{CONNECTIONS}?$skiptoken={place}"))
        .await;
    assert_eq!(
        (&page["value"], page.get("@odata.nextLink")),
        (&json!([]), None::<&Value>)
    );
}

#[tokio::test]
async fn next_link_leads_on_after_a_restart() {
    let mut server = Server::start();
    let place = {
        let demo = server.caller(&[]);
        demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
        token(&demo, "$top=1").await
    };
    server.crash_and_restart();
    let demo = server.caller(&[]);
    let page = demo
        .read(&format!("{CONNECTIONS}?$skiptoken={place}"))
        .await;
    assert_eq!(ids(&page), ["bbb"]);
}
