//! `/mcp`: what agents find, and who is refused.

use boon::{Compiler, Schemas};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::Caller,
    harness::{Answer, Request, Server},
};

const MCP: &str = "/mcp";
const METADATA: &str = "/.well-known/oauth-protected-resource/mcp";
/// The object ids of two users.
const AMY: &str = "a0000000-0000-4000-8000-000000000001";
const BOB: &str = "b0000000-0000-4000-8000-000000000002";
/// What clients of the protocol must accept, whatever they get.
const ACCEPT: &str = "application/json, text/event-stream";

impl Caller<'_> {
    fn message(&self, message: &Value) -> Request {
        let request = self.request(Method::POST, MCP);
        request.header("accept", ACCEPT).json(message)
    }

    async fn send_message(&self, message: &Value) -> Answer {
        self.send(self.message(message)).await
    }

    /// The result of a request of the protocol.
    async fn result(&self, method: &str, params: Value) -> Value {
        let answer = self.send_message(&request(method, params)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), "application/json");
        let mut message = answer.json();
        assert_eq!(message["jsonrpc"], "2.0");
        assert_eq!(message["id"], 1, "{message}");
        let result = message["result"].take();
        assert!(result.is_object(), "{message}");
        result
    }

    async fn tool(&self, name: &str, arguments: Value) -> Value {
        let params = json!({ "name": name, "arguments": arguments });
        self.result("tools/call", params).await
    }

    /// What a tool has answered, which is twice in its result.
    async fn answered(&self, name: &str, arguments: Value) -> Value {
        let mut result = self.tool(name, arguments).await;
        assert_eq!(result["isError"], false, "{result}");
        let answer = result["structuredContent"].take();
        let text = result["content"][0]["text"].as_str().expect("text");
        let text: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(text, answer);
        answer
    }

    /// The words in which a tool has refused.
    async fn told(&self, name: &str, arguments: Value) -> String {
        let result = self.tool(name, arguments).await;
        assert_eq!(result["isError"], true, "{result}");
        assert_eq!(result.get("structuredContent"), None, "{result}");
        let text = result["content"][0]["text"].as_str().expect("text");
        text.to_owned()
    }

    /// The identifiers of what a search finds.
    async fn finds(&self, query: &str) -> Vec<String> {
        let answer = self.answered("search", json!({ "query": query })).await;
        let results = answer["results"].as_array().expect("a list");
        let ids = results.iter().map(|it| it["id"].as_str().expect("an id"));
        ids.map(str::to_owned).collect()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "callers write it in place")]
fn request(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

fn initialize(revision: &str) -> Value {
    json!({
        "protocolVersion": revision,
        "capabilities": {},
        "clientInfo": { "name": "a test", "version": "1" },
    })
}

/// Items for everyone, for amy, and for a group of which she is a member.
async fn seed(demo: &Caller<'_>) {
    let property = |name: &str, label: &str| json!({ "name": name, "type": "string", "isSearchable": true, "isRetrievable": true, "labels": [label] });
    let properties = json!([
        property("heading", "title"),
        property("link", "url"),
        { "name": "priority", "type": "int64", "isQueryable": true, "isRetrievable": true },
        { "name": "note", "type": "string", "isSearchable": true },
    ]);
    demo.create_ready(properties).await;
    let grant =
        |kind: &str, value: &str| json!([{ "type": kind, "value": value, "accessType": "grant" }]);
    for (id, acl, heading, content) in [
        (
            "open",
            grant("everyone", "everyone"),
            "The open gateway",
            "Everyone reads that the gateway answers with 502. Bread is baked.",
        ),
        (
            "amys",
            grant("user", AMY),
            "Amy's gateway",
            "Amy alone reads of the gateway.",
        ),
        (
            "hrs",
            grant("group", "hr"),
            "The gateway of HR",
            "HR reads of the gateway.",
        ),
    ] {
        let item = json!({
            "acl": acl,
            "properties": {
                "heading": heading,
                "link": format!("https://contoso.example/{id}"),
                "priority": 2,
                "note": "not to be retrieved",
            },
            "content": { "type": "html", "value": format!("<p>{content}</p>") },
        });
        let answer = demo.put_item(id, &item).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

#[tokio::test]
async fn protocol_is_spoken_in_each_of_its_revisions_without_sessions() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let slash = demo.request(Method::POST, "/mcp/").header("accept", ACCEPT);
    let slash = slash.json(&request("ping", json!({})));
    assert_eq!(demo.send(slash).await.json()["result"], json!({}));
    for revision in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let answer = demo
            .send_message(&request("initialize", initialize(revision)))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("mcp-session-id"), "");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("request-id").len(), 36);
        let result = &answer.json()["result"];
        assert_eq!(result["protocolVersion"], revision, "{result}");
        assert_eq!(result["serverInfo"]["name"], "graph-connections");
        assert!(result["capabilities"]["tools"].is_object(), "{result}");
    }
    let initialized = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    let answer = demo.send_message(&initialized).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (202, ""));
    assert_eq!(demo.result("ping", json!({})).await, json!({}));
    // Since 2026-07-28 nothing comes before a request: it says itself what it speaks.
    let meta = json!({ "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "a test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    } });
    let discover = demo.message(&request("server/discover", meta));
    let discover = discover
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "server/discover");
    let answer = demo.send(discover).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let supported = answer.json()["result"]["supportedVersions"].take();
    assert!(
        supported
            .as_array()
            .expect("a list")
            .contains(&json!("2026-07-28")),
        "{supported}"
    );
}

#[tokio::test]
async fn tools_only_read_and_are_described_as_the_document_describes_what_they_stand_for() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let tools = demo.result("tools/list", json!({})).await["tools"].take();
    let tools = tools.as_array().expect("a list");
    let names: Vec<_> = tools.iter().map(|tool| &tool["name"]).collect();
    assert_eq!(names, ["search", "fetch", "retrieve", "explain"]);
    for tool in tools {
        let annotations = &tool["annotations"];
        assert_eq!(annotations["readOnlyHint"], true, "{tool}");
        assert_eq!(annotations["destructiveHint"], false, "{tool}");
        for schema in ["inputSchema", "outputSchema"] {
            assert_eq!(tool[schema]["type"], "object");
            compiled(&tool[schema], |_, _| ());
            let text = tool[schema].to_string();
            assert!(
                !text.contains("\"x-") && !text.contains("$ref") && !text.contains("nullable"),
                "{text}"
            );
        }
    }
    let document = Request::new(Method::GET, "/openapi.json")
        .send(&server)
        .await
        .json();
    let schemas = &document["components"]["schemas"];
    let given = &schemas["SearchRequest"]["properties"]["size"];
    let size = &tools[0]["inputSchema"]["properties"]["size"];
    for member in ["maximum", "default", "description"] {
        assert_eq!(size[member], given[member]);
    }
    let given = &schemas["RetrievalRequest"]["properties"]["queryString"];
    assert_eq!(&tools[2]["inputSchema"]["properties"]["queryString"], given);
}

/// Compiles a schema, and does something with it.
fn compiled(schema: &Value, f: impl FnOnce(&Schemas, boon::SchemaIndex)) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler
        .add_resource("tool.json", schema.clone())
        .expect("JSON");
    let index = compiler.compile("tool.json", &mut schemas);
    f(
        &schemas,
        index.unwrap_or_else(|error| panic!("{error}: {schema}")),
    );
}

#[tokio::test]
async fn tools_answer_what_their_schemas_say() {
    let server = Server::start();
    let demo = server.caller(&[]);
    seed(&demo).await;
    let amy = server.caller(&["--user", AMY]);
    let tools = amy.result("tools/list", json!({})).await["tools"].take();
    let mut answers = Vec::new();
    for (tool, arguments) in [
        (0, json!({ "query": "gateway" })),
        (
            0,
            json!({ "query": "gateway priority>=2", "connections": ["contosohr"], "size": 1, "from": 1 }),
        ),
        (
            0,
            json!({ "query": "unheard", "connections": [], "size": null }),
        ),
        (1, json!({ "id": "contosohr/amys" })),
        (
            2,
            json!({ "queryString": "What does the gateway answer?", "connections": ["contosohr"], "resourceMetadata": ["priority"] }),
        ),
        (
            2,
            json!({ "queryString": "gateway", "filterExpression": "priority>2", "maximumNumberOfResults": 1 }),
        ),
        (3, json!({ "id": "contosohr/hrs", "query": "gateway" })),
        (
            3,
            json!({ "id": "contosohr/open", "user": "bob", "groups": ["hr"], "isGuest": true }),
        ),
    ] {
        let name = tools[tool]["name"].as_str().expect("a name");
        let answer = amy.answered(name, arguments).await;
        compiled(&tools[tool]["outputSchema"], |schemas, index| {
            let valid = schemas.validate(&answer, index);
            assert!(valid.is_ok(), "{name}: {}", valid.unwrap_err());
        });
        answers.push(answer);
    }
    let hit = |answer: &Value, id: &str| {
        let results = answer["results"].as_array().expect("a list").clone();
        results
            .into_iter()
            .find(|it| it["id"] == id)
            .expect("found")
    };
    let found = hit(&answers[0], "contosohr/amys");
    assert_eq!(found["title"], "Amy's gateway");
    assert_eq!(found["url"], "https://contoso.example/amys");
    assert_eq!(found["connection"], "contosohr");
    assert_eq!(found["summary"], "Amy alone reads of the <c0>gateway</c0>.");
    assert_eq!(answers[0]["total"], 2);
    assert_eq!(answers[1]["results"].as_array().expect("a list").len(), 1);
    assert_eq!(answers[1]["results"][0]["rank"], 2);
    assert_eq!(answers[2]["results"], json!([]));
    assert!(
        answers[2]["hint"]
            .as_str()
            .expect("a hint")
            .contains("unheard")
    );
    assert_eq!(
        answers[3],
        json!({
            "id": "contosohr/amys",
            "title": "Amy's gateway",
            "text": "Amy alone reads of the gateway.",
            "url": "https://contoso.example/amys",
            "metadata": { "heading": "Amy's gateway", "link": "https://contoso.example/amys", "priority": 2 },
            "isTextCut": false,
        })
    );
    let retrieved = &answers[4]["retrievalHits"];
    assert_eq!(retrieved.as_array().expect("a list").len(), 2);
    let ids: Vec<_> = [0, 1]
        .map(|at| retrieved[at]["id"].as_str().expect("an id"))
        .into();
    assert!(
        ids.contains(&"contosohr/amys") && ids.contains(&"contosohr/open"),
        "{ids:?}"
    );
    assert_eq!(retrieved[0]["resourceMetadata"], json!({ "priority": "2" }));
    assert_eq!(answers[5]["retrievalHits"], json!([]));
    assert_eq!(answers[6]["isVisible"], false);
    assert_eq!(answers[6]["query"]["outcome"], "trimmed");
    assert_eq!(answers[7]["verdict"], "granted");
}

#[tokio::test]
async fn items_without_labels_have_a_title_and_an_address_all_the_same() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(json!([{ "name": "text", "type": "string", "isSearchable": true }]))
        .await;
    let everyone = json!([{ "type": "everyone", "value": "everyone", "accessType": "grant" }]);
    demo.put_item(
        "a-1",
        &json!({ "acl": everyone, "properties": { "text": "word" } }),
    )
    .await;
    let address = format!(
        "{}/v1.0/external/connections/contosohr/items/a-1",
        server.origin
    );
    let search = demo.answered("search", json!({ "query": "word" })).await;
    let fetch = demo
        .answered("fetch", json!({ "id": "contosohr/a-1" }))
        .await;
    for answered in [&search["results"][0], &fetch] {
        assert_eq!(answered["title"], "a-1");
        assert_eq!(answered["url"], address);
    }
    assert_eq!(fetch["text"], "");
    assert_eq!(fetch["metadata"], json!({}));
}

#[tokio::test]
async fn agents_find_and_read_what_their_user_may_see_and_learn_of_nothing_else() {
    let server = Server::start();
    let demo = server.caller(&[]);
    seed(&demo).await;
    let amy = server.caller(&["--user", AMY, "--groups", "hr"]);
    let bob = server.caller(&["--user", BOB]);
    let reader = server.caller(&["--user", BOB, "--permissions", "ExternalItem.Read.All"]);
    let stranger = server.caller(&["--user", AMY, "--groups", "hr", "--tenant", "fabrikam"]);
    let mut all = amy.finds("gateway").await;
    all.sort();
    assert_eq!(all, ["contosohr/amys", "contosohr/hrs", "contosohr/open"]);
    assert_eq!(bob.finds("gateway").await, ["contosohr/open"]);
    assert!(stranger.finds("gateway").await.is_empty());
    for id in ["contosohr/amys", "contosohr/hrs"] {
        assert_eq!(amy.answered("fetch", json!({ "id": id })).await["id"], id);
        // Not a word about whether it is there.
        let told = bob.told("fetch", json!({ "id": id })).await;
        for absent in ["contosohr/absent", "absent/amys"] {
            assert_eq!(bob.told("fetch", json!({ "id": absent })).await, told);
        }
        assert_eq!(stranger.told("fetch", json!({ "id": id })).await, told);
        assert!(
            told.starts_with("The requested resource does not exist."),
            "{told}"
        );
        // Nor is it told by asking why, whoever is asked for, unless by one who may change it.
        for user in [Value::Null, AMY.into()] {
            let why = json!({ "id": id, "query": "gateway", "user": user });
            let told = reader.told("explain", why.clone()).await;
            assert!(
                told.starts_with("The requested resource does not exist."),
                "{told}"
            );
            demo.answered("explain", why).await;
        }
    }
    let why = json!({ "id": "contosohr/open", "query": "gateway" });
    assert_eq!(
        reader.answered("explain", why).await["query"]["isFound"],
        true
    );
    // Whoever manages items need not be one who sees them.
    let told = demo.told("fetch", json!({ "id": "contosohr/amys" })).await;
    assert!(
        told.starts_with("The requested resource does not exist."),
        "{told}"
    );
    let question = json!({ "queryString": "gateway" });
    let retrieved = bob.answered("retrieve", question).await["retrievalHits"].take();
    let retrieved = retrieved.as_array().expect("a list");
    assert_eq!(retrieved.len(), 1);
    assert_eq!(retrieved[0]["id"], "contosohr/open");
    // What becomes invisible is gone at once.
    let item = json!({ "acl": [{ "type": "user", "value": BOB, "accessType": "deny" }] });
    let path = "/v1.0/external/connections/contosohr/items/open";
    let answer = demo
        .send(demo.request(Method::PATCH, path).json(&item))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(bob.finds("gateway").await.is_empty());
    bob.told("fetch", json!({ "id": "contosohr/open" })).await;
}

#[tokio::test]
async fn tools_need_the_permission_of_the_operation_that_they_stand_for() {
    let server = Server::start();
    seed(&server.caller(&[])).await;
    let id = json!({ "id": "contosohr/open" });
    let calls = [
        ("search", json!({ "query": "*" })),
        ("fetch", id.clone()),
        ("retrieve", json!({ "queryString": "gateway" })),
    ];
    for arguments in [
        &["--app-only"][..],
        &["--permissions", "ExternalItem.ReadWrite.All"],
    ] {
        let caller = server.caller(arguments);
        // Whoever has a token may look at the tools.
        caller.result("tools/list", json!({})).await;
        for (tool, arguments) in &calls {
            let told = caller.told(tool, arguments.clone()).await;
            assert!(
                told.starts_with("Insufficient privileges to complete the operation."),
                "{told}"
            );
            assert!(told.contains("\nAuthorization: "), "{told}");
        }
    }
    let explained = json!({ "id": "contosohr/open", "user": "amy" });
    let manager = server.caller(&["--app-only", "--permissions", "ExternalItem.ReadWrite.All"]);
    assert_eq!(
        manager.answered("explain", explained.clone()).await["isVisible"],
        true
    );
    let other = server.caller(&["--permissions", "ExternalConnection.ReadWrite.All"]);
    let told = other.told("explain", explained).await;
    assert!(told.starts_with("Insufficient privileges"), "{told}");
}

#[tokio::test]
async fn clients_without_a_good_token_are_told_where_to_get_one() {
    let server = Server::start();
    let message = request("tools/list", json!({}));
    let send = |request: Request| {
        let request = request.header("accept", ACCEPT).json(&message);
        let server = &server;
        async move { request.send(server).await }
    };
    let url = format!("{}{METADATA}", server.origin);
    let tail = format!(", resource_metadata=\"{url}\", scope=\"ExternalItem.Read.All\"");
    let post = || Request::new(Method::POST, MCP);
    for (request, challenge) in [
        (post(), "Bearer realm=\"graph-connections\""),
        (
            post().bearer("abc"),
            "Bearer realm=\"graph-connections\", error=\"invalid_token\"",
        ),
    ] {
        let answer = send(request).await;
        answer.error(401, "InvalidAuthenticationToken");
        assert_eq!(
            answer.header("www-authenticate"),
            format!("{challenge}{tail}")
        );
    }
    let answer = Request::new(Method::GET, METADATA).send(&server).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    let document = answer.json();
    assert_eq!(document["resource"], format!("{}{MCP}", server.origin));
    assert_eq!(
        document["scopes_supported"],
        json!(["ExternalItem.Read.All"])
    );
    assert_eq!(document["bearer_methods_supported"], json!(["header"]));
    let issuers = document["authorization_servers"]
        .as_array()
        .expect("a list");
    let issuer = issuers[0].as_str().expect("a URL");
    assert!(
        issuers.len() == 1 && issuer.ends_with("/v2.0"),
        "{issuers:?}"
    );
    // Behind a proxy, by the address that clients know.
    let proxied = |request: Request| {
        let request = request.header("x-forwarded-proto", "https");
        request.header("x-forwarded-host", "graph.contoso.com")
    };
    let document = proxied(Request::new(Method::GET, METADATA)).send(&server);
    let document = document.await.json();
    assert_eq!(document["resource"], "https://graph.contoso.com/mcp");
    let answer = send(proxied(post())).await;
    let challenge = answer.header("www-authenticate");
    assert!(
        challenge.contains(&format!("=\"https://graph.contoso.com{METADATA}\"")),
        "{challenge}"
    );
}

#[tokio::test]
async fn what_is_no_message_is_refused() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let ping = request("ping", json!({}));
    let post = |body: &str| {
        let request = demo.request(Method::POST, MCP).header("accept", ACCEPT);
        request
            .header("content-type", "application/json")
            .body(body)
    };
    let nested = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{{\"a\":{}{}}}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    for body in [
        "",
        "{",
        "null",
        "\"ping\"",
        "[]",
        &format!("[{ping},{ping}]"),
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":1}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
        &nested,
    ] {
        let answer = demo.send(post(body)).await;
        let shown: String = body.chars().take(80).collect();
        assert!(
            [200, 400].contains(&answer.status.as_u16()),
            "{shown}: {} {}",
            answer.status,
            answer.text()
        );
        if answer.status == 200 {
            assert!(
                answer.json()["error"]["code"].is_i64(),
                "{shown}: {}",
                answer.text()
            );
        }
    }
    let answer = demo.send(post(&" ".repeat(4_000_001))).await;
    answer.error(413, "RequestEntityTooLarge");
    // An answer to what was never asked.
    let answer = demo
        .send_message(&json!({ "jsonrpc": "2.0", "id": 1, "result": {} }))
        .await;
    assert_eq!(answer.status, 400, "{}", answer.text());
    let unknown = demo
        .send_message(&request("resources/subscribe", json!({ "uri": "a:b" })))
        .await;
    assert_eq!(
        unknown.json()["error"]["code"],
        -32601,
        "{}",
        unknown.text()
    );
    for (method, params, named) in [
        ("tools/call", json!({}), "`name`"),
        ("tools/call", json!({ "name": 1 }), "a string"),
        (
            "tools/call",
            json!({ "name": "search", "arguments": [] }),
            "a map",
        ),
        (
            "initialize",
            json!({ "protocolVersion": "2025-11-25" }),
            "`capabilities`",
        ),
    ] {
        let refused = demo.send_message(&request(method, params.clone())).await;
        let refused = refused.json();
        assert_eq!(
            refused["error"]["code"], -32602,
            "{method} {params}: {refused}"
        );
        let message = refused["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(named), "{method} {params}: {refused}");
    }
    let plain = demo.request(Method::POST, MCP).header("accept", ACCEPT);
    let answer = demo
        .send(
            plain
                .header("content-type", "text/plain")
                .body(ping.to_string()),
        )
        .await;
    answer.error(400, "BadRequest");
    let answer = demo.send(demo.request(Method::POST, MCP).json(&ping)).await;
    answer.error(406, "BadRequest");
    let unheard = demo
        .message(&ping)
        .header("mcp-protocol-version", "1999-01-01");
    demo.send(unheard).await.error(400, "BadRequest");
    for method in [
        Method::GET,
        Method::DELETE,
        Method::PUT,
        Method::PATCH,
        Method::OPTIONS,
    ] {
        let request = demo
            .request(method, MCP)
            .header("accept", "text/event-stream");
        let answer = demo.send(request).await;
        answer.error(405, "Request_BadRequest");
        assert_eq!(answer.header("allow"), "POST");
    }
}

#[tokio::test]
async fn arguments_that_break_a_rule_are_named() {
    let server = Server::start();
    let demo = server.caller(&[]);
    seed(&demo).await;
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    for (tool, arguments, place) in [
        ("search", json!({}), "/query"),
        ("search", json!({ "query": " " }), "/query"),
        ("search", json!({ "query": 1 }), "/query"),
        (
            "search",
            json!({ "query": { "queryString": "a" } }),
            "/query",
        ),
        ("search", json!({ "query": "a (" }), "/query"),
        ("search", json!({ "query": deep }), "/query"),
        ("search", json!({ "query": "x".repeat(20_481) }), "/query"),
        ("search", json!({ "query": "note:a" }), "/query"),
        ("search", json!({ "query": "a", "size": 501 }), "/size"),
        ("search", json!({ "query": "a", "from": -1 }), "/from"),
        (
            "search",
            json!({ "query": "a", "connections": ["absent"] }),
            "/connections/0",
        ),
        (
            "search",
            json!({ "query": "a", "connections": { "a": 1 } }),
            "/connections",
        ),
        (
            "search",
            json!({ "query": "a", "fields": ["note"], "entityTypes": [] }),
            "/fields",
        ),
        ("fetch", json!({}), "/id"),
        ("fetch", json!({ "id": "open" }), "/id"),
        ("fetch", json!({ "id": ["contosohr/open"] }), "/id"),
        ("fetch", json!({ "id": "/" }), "/id"),
        ("fetch", json!({ "id": "contosohr/" }), "/id"),
        ("retrieve", json!({ "queryString": "" }), "/queryString"),
        (
            "retrieve",
            json!({ "queryString": "a", "connections": ["absent"] }),
            "/connections/0",
        ),
        (
            "retrieve",
            json!({ "queryString": "a", "connections": [1] }),
            "/connections/0",
        ),
        (
            "retrieve",
            json!({ "queryString": "a", "filterExpression": "a:" }),
            "/filterExpression",
        ),
        (
            "retrieve",
            json!({ "queryString": "a", "resourceMetadata": ["note"] }),
            "/resourceMetadata/0",
        ),
        (
            "retrieve",
            json!({ "queryString": "a", "dataSource": "sharePoint" }),
            "/dataSource",
        ),
        (
            "explain",
            json!({ "id": "contosohr/open", "isGuest": true }),
            "/user",
        ),
        (
            "explain",
            json!({ "id": "contosohr/open", "query": "a (" }),
            "/query",
        ),
    ] {
        let told = demo.told(tool, arguments.clone()).await;
        let shown: String = arguments.to_string().chars().take(80).collect();
        assert!(
            told.contains(&format!("\n{place}: ")),
            "{tool} {shown}: {told}"
        );
        assert!(told.len() < 2_000, "{tool} {shown}: {told}");
    }
    let params = json!({ "name": "delete", "arguments": {} });
    let unknown = demo
        .send_message(&request("tools/call", params))
        .await
        .json();
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    let odd = [
        "../contosohr/open",
        "contosohr/open/",
        "contosohr/%6fpen",
        "contosohr/\u{0}",
        "Connectors/open",
    ];
    for id in odd {
        let told = demo.told("fetch", json!({ "id": id })).await;
        assert!(
            told.starts_with("The requested resource does not exist."),
            "{id}: {told}"
        );
    }
}

#[tokio::test]
async fn long_texts_are_cut_and_answers_are_bounded() {
    let server = Server::start();
    let demo = server.caller(&[]);
    seed(&demo).await;
    let everyone = json!([{ "type": "everyone", "value": "everyone", "accessType": "grant" }]);
    // Two bytes each: none is cut in two.
    let item = json!({ "acl": everyone, "properties": {}, "content": { "type": "text", "value": format!("a{}", "é".repeat(1_000_000)) } });
    assert_eq!(demo.put_item("long", &item).await.status, 200);
    let answer = demo
        .answered("fetch", json!({ "id": "contosohr/long" }))
        .await;
    assert_eq!(answer["isTextCut"], true);
    let text = answer["text"].as_str().expect("text");
    assert_eq!(text.len(), 256 * 1_024 - 1);
    let item = json!({ "acl": everyone, "properties": { "heading": "x".repeat(1_100_000) } });
    assert_eq!(demo.put_item("wide", &item).await.status, 200);
    let told = demo.told("fetch", json!({ "id": "contosohr/wide" })).await;
    assert!(told.starts_with("The answer is too large."), "{told}");
}

#[tokio::test]
async fn pages_send_no_message_unless_they_are_the_servers_own_or_let_in() {
    let page = "https://page.example";
    let server = Server::start_with(&["--cors-origins", page]);
    let demo = server.caller(&[]);
    let ping = request("ping", json!({}));
    let own = server.origin.clone();
    for (origin, host, status) in [
        (page, None, 200),
        (&*own, None, 200),
        ("https://evil.example", None, 403),
        ("null", None, 403),
        ("http://127.0.0.1:1", None, 403),
        // A name that leads to this machine (DNS rebinding).
        ("http://evil.example", Some("evil.example"), 403),
        ("http://tenant.localhost", Some("tenant.localhost"), 200),
    ] {
        let mut request = demo.message(&ping).header("origin", origin);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        let answer = demo.send(request).await;
        assert_eq!(answer.status, status, "{origin}: {}", answer.text());
        let allowed = answer.header("access-control-allow-origin");
        assert_eq!(allowed, if origin == page { page } else { "" });
    }
    let twice = demo
        .message(&ping)
        .header("origin", page)
        .header("origin", &own);
    assert_eq!(demo.send(twice).await.status, 403);
    let preflight = Request::new(Method::OPTIONS, MCP)
        .header("origin", page)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization, mcp-protocol-version",
        );
    let answer = preflight.send(&server).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-methods"), "POST");
    let metadata = Request::new(Method::GET, METADATA).header("origin", page);
    let answer = metadata.send(&server).await;
    assert_eq!(answer.header("access-control-allow-origin"), page);
}
