//! The commands `import` and `export` against a server.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Output, Stdio},
};

use serde_json::{Value, json};

use crate::harness::{Server, program};

impl Server {
    /// Runs a command that is a client of this server, with its development token.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut process = program()
            .args(arguments)
            .arg("--url")
            .arg(format!("{}/v1.0", self.origin))
            .arg("--data")
            .arg(self.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = process.stdin.take().expect("a pipe");
        // A command that fails early reads nothing.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        process.wait_with_output().expect("an end")
    }
}

fn reported(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    let line = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{text}"));
    text.lines().map(line).collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn item(id: &str, properties: &Value) -> Value {
    json!({
        "id": id,
        "acl": [{ "type": "everyone", "value": "everyone", "accessType": "grant" }],
        "properties": properties,
        "content": { "value": "Hello", "type": "text" },
    })
}

/// The properties of the schema.
fn schema() -> Value {
    json!([
        { "name": "title", "type": "string" },
        { "name": "count", "type": "int64" },
        { "name": "tags", "type": "stringCollection" },
    ])
}

fn lines(items: &[Value]) -> String {
    let items: Vec<_> = items.iter().map(Value::to_string).collect();
    items.join("\n")
}

fn written(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).expect("a file");
    let item = |line| serde_json::from_str(line).expect("JSON");
    text.lines().map(item).collect()
}

/// More than the batches of one attempt each would bring: they share a rate, and wait for each other.
#[tokio::test]
async fn import_waits_for_what_is_throttled() {
    let server = Server::start_with(&["--limits", "graph-2023"]);
    let demo = server.caller(&[]);
    demo.create_ready(schema()).await;
    let title = json!({ "title": "A" });
    let items: Vec<Value> = (0..150)
        .map(|number| item(&format!("i{number}"), &title))
        .collect();
    let imported = server.run(&["import", "contosohr", "-"], &lines(&items));
    assert!(imported.status.success(), "{}", errors(&imported));
    assert_eq!(
        reported(&imported),
        [json!({ "imported": 150, "failed": 0 })]
    );
}

#[tokio::test]
async fn what_is_exported_can_be_imported() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(schema()).await;
    let folder = tempfile::tempdir().expect("a directory");
    let path = |name: &str| folder.path().join(name);
    let items: Vec<Value> = (0..250)
        .map(|number| {
            let tags = json!({ "title": format!("Ü {number}"), "count": number, "tags@odata.type": "Collection(String)", "tags": ["a"] });
            item(&format!("i{number:03}"), &tags)
        })
        .collect();
    fs::write(path("items"), lines(&items)).expect("written");
    let file = path("items");
    let imported = server.run(&["import", "contosohr", file.to_str().expect("UTF-8")], "");
    assert!(imported.status.success(), "{imported:?}");
    assert_eq!(
        reported(&imported),
        [json!({ "imported": 250, "failed": 0 })]
    );

    let exports = path("exported");
    let file = exports.to_str().expect("UTF-8");
    let exported = server.run(&["export", "contosohr", file], "");
    assert!(exported.status.success(), "{exported:?}");
    assert_eq!(errors(&exported), "250 items exported\n");
    assert!(exported.stdout.is_empty());
    assert_eq!(written(&exports), items);
    // Once more, through pipes and into an empty connection.
    assert_eq!(demo.delete("contosohr").await.status, 202);
    demo.create_ready(schema()).await;
    let text = fs::read_to_string(&exports).expect("a file");
    let imported = server.run(&["import", "contosohr", "-", "--concurrency", "1"], &text);
    assert!(imported.status.success(), "{imported:?}");
    let again = server.run(&["export", "contosohr"], "");
    assert_eq!(again.stdout, text.as_bytes());
}

#[tokio::test]
async fn items_that_fail_are_told_by_line_and_member() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(schema()).await;
    let good = item("good", &json!({ "title": "x" }));
    let wrong = item("wrong", &json!({ "count": "many", "nothing": 1 }));
    let text = format!(
        "{good}\n\n{wrong}\n{{\"id\":7}}\n{good}x\n{}\n",
        item("last", &json!({}))
    );
    let output = server.run(&["import", "contosohr", "-"], &text);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(errors(&output), "error: 3 items were not imported\n");
    let mut reported = reported(&output);
    assert_eq!(reported.pop(), Some(json!({ "imported": 2, "failed": 3 })));
    reported.sort_by_key(|line| line["line"].as_u64());
    let targets = |line: &Value| {
        let details = line["details"].as_array().expect("details").clone();
        details
            .into_iter()
            .map(|detail| detail["target"].clone())
            .collect::<Vec<_>>()
    };
    let [of_the_service, of_the_member, of_the_line] = &reported[..] else {
        panic!("{reported:?}")
    };
    assert_eq!(
        json!([
            of_the_service["line"],
            of_the_service["id"],
            of_the_service["status"],
            of_the_service["code"]
        ]),
        json!([3, "wrong", 400, "InvalidRequest"])
    );
    assert_eq!(
        targets(of_the_service),
        ["/properties/count", "/properties/nothing"]
    );
    assert_eq!(
        (&of_the_member["line"], targets(of_the_member)),
        (&json!(4), vec![json!("/id")])
    );
    assert_eq!(
        (&of_the_line["line"], targets(of_the_line)),
        (&json!(5), vec![json!("")])
    );
    assert_eq!(demo.item("last").await["id"], "last");
}

/// A line that the service cannot read is no misfortune for those that were sent with it.
#[tokio::test]
async fn item_that_cannot_be_read_fails_alone() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(schema()).await;
    let good = item("good", &json!({}));
    let deep = format!("{}{}", "[".repeat(120), "]".repeat(120));
    let text = [
        good.to_string(),
        r#"{"id":"twice","acl":[],"acl":[],"properties":{}}"#.to_owned(),
        format!(r#"{{"id":"deep","acl":[],"properties":{{"title":{deep}}}}}"#),
        item("last", &json!({})).to_string(),
    ];
    let output = server.run(&["import", "contosohr", "-"], &text.join("\n"));
    let reported = reported(&output);
    let lines: Vec<_> = reported.iter().map(|line| line["line"].clone()).collect();
    assert_eq!(lines, [json!(2), json!(3), Value::Null], "{reported:?}");
    assert_eq!(reported[2], json!({ "imported": 2, "failed": 2 }));
}

#[tokio::test]
async fn import_that_cannot_go_on_says_where_to_go_on() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let items: Vec<_> = (0..30)
        .map(|number| item(&format!("i{number:02}"), &json!({})))
        .collect();
    let text = lines(&items);
    let absent = server.run(&["import", "contosohr", "-", "--from-line", "11"], &text);
    assert_eq!(absent.status.code(), Some(1), "{absent:?}");
    assert_eq!(
        reported(&absent),
        [json!({ "imported": 0, "failed": 0, "fromLine": 11 })]
    );
    assert!(errors(&absent).contains("404 ItemNotFound"), "{absent:?}");
    demo.create_ready(schema()).await;
    let rest = server.run(&["import", "contosohr", "-", "--from-line", "11"], &text);
    assert_eq!(reported(&rest), [json!({ "imported": 20, "failed": 0 })]);
    let token = server.token(&["--permissions", "ExternalItem.Read.All"]);
    let reader = server.run(&["import", "contosohr", "-", "--token", &token], &text);
    assert!(errors(&reader).contains("403"), "{reader:?}");
    let exported = server.run(&["export", "contosohr", "-", "--token", &token], "");
    assert_eq!(reported(&exported), items[10..]);
}

#[tokio::test]
async fn commands_take_the_credential_of_an_app() {
    let server = Server::start();
    let token_url = format!("{}/contoso.example/oauth2/v2.0/token", server.origin);
    let app = [
        "--client-id",
        "app",
        "--client-secret",
        "any",
        "--token-url",
        &token_url,
    ];
    let absent = server.run(&[&["export", "contosohr"], &app[..]].concat(), "");
    assert!(errors(&absent).contains("404 ItemNotFound"), "{absent:?}");
}

#[tokio::test]
async fn export_that_fails_leaves_the_file_as_it_was() {
    let server = Server::start();
    let folder = tempfile::tempdir().expect("a directory");
    let file = folder.path().join("items");
    fs::write(&file, "before").expect("written");
    let failed = server.run(&["export", "nobody", file.to_str().expect("UTF-8")], "");
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert_eq!(fs::read_to_string(&file).expect("a file"), "before");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let missing = server.run(&["import", "nobody", "/nonexistent/items"], "");
    assert_eq!(missing.status.code(), Some(1), "{missing:?}");
    assert!(missing.stdout.is_empty());
}
