//! README.md, `docs/` and SECURITY.md say what is so: their tables are those of the program and of the document, the tests that they
//! name exist, and so do the files that they link to.
//! Their Rust is compiled with the documentation of the crate, their commands are run by `.ci/readme-commands`, and their other code
//! stands in `examples/`, which these commands run.
#![cfg(feature = "server")]

use std::{fs, path::Path, process::Command};

use openapi_contract::Contract;
use serde_json::Value;

const README: &str = include_str!("../README.md");
const CLIENTS: &str = include_str!("../docs/clients.md");
const CONFIGURATION: &str = include_str!("../docs/configuration.md");
const MCP: &str = include_str!("../docs/mcp.md");
const DIFFERENCES: &str = include_str!("../docs/differences.md");
const TOKENS: &str = include_str!("../docs/tokens.md");
const SECURITY: &str = include_str!("../SECURITY.md");

#[track_caller]
fn assert_has(page: &str, table: &str) {
    assert!(page.contains(table), "this table should be:\n\n{table}");
}

/// README.md and the pages of `docs/`, each with the folder that its links start from.
fn pages() -> Vec<(&'static Path, String)> {
    let docs = fs::read_dir("docs").expect("a folder");
    let docs = docs.map(|entry| entry.expect("an entry").path());
    let docs = docs.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let mut pages = vec![(Path::new("."), README.to_owned())];
    pages.extend(docs.map(|path| {
        let text = fs::read_to_string(path).expect("text");
        (Path::new("docs"), text)
    }));
    assert!(pages.len() > 5, "the pages of docs/");
    pages
}

#[test]
fn readme_is_one_page() {
    let words = README.split_whitespace().count();
    assert!(words <= 1_300, "{words} words");
}

#[test]
fn links_lead_somewhere() {
    for (folder, page) in pages() {
        for link in page.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let path = folder.join(target);
            assert!(path.exists(), "{} does not exist", path.display());
        }
    }
}

#[test]
fn configuration_is_what_serve_help_says() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_graph-connections"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GRAPH_CONNECTIONS_")) {
        program.env_remove(name);
    }
    let help = program.args(["serve", "--help"]).output().expect("help");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    // An option begins with its flag in the seventh column; what belongs to it stands further to the right.
    let options = help.split("\n      --").skip(1).map(row);
    let rows: Vec<String> = options.collect();
    assert!(rows.len() > 5, "{help}");
    let head = "| flag | environment variable | default | meaning |\n|---|---|---|---|\n";
    assert_has(CONFIGURATION, &format!("{head}{}\n", rows.join("\n")));
}

/// The row of one option, from what the help says behind its `--`.
fn row(option: &str) -> String {
    let lines: Vec<&str> = option.lines().map(str::trim).collect();
    let between = |begin: &str, end: &str| {
        let found = |line: &&str| Some(line.strip_prefix(begin)?.strip_suffix(end)?.to_owned());
        lines.iter().find_map(found)
    };
    let flag = lines[0].replace(['<', '>'], "");
    let variable = between("[env: ", "=]").unwrap_or_default();
    let default = between("[default: ", "]").map(|value| format!("`{value}`"));
    // A default that is not a value is part of the sentence.
    let (meaning, default) = match (lines[1].split_once(" [default: "), default) {
        (Some((meaning, default)), _) => (meaning, default.trim_end_matches(']').to_owned()),
        (None, default) => (lines[1], default.unwrap_or_default()),
    };
    let values = lines
        .iter()
        .filter_map(|line| line.strip_prefix("- ")?.split_once(':'));
    let values: Vec<String> = values.map(|(value, _)| format!("`{value}`")).collect();
    let values = match values.split_last() {
        Some((last, others)) => format!(" ({} or {last})", others.join(", ")),
        None => String::new(),
    };
    format!("| `--{flag}` | `{variable}` | {default} | {meaning}{values} |")
}

#[test]
fn permissions_are_what_the_document_says() {
    let yaml = fs::read_to_string("openapi.yaml").expect("the document");
    let contract = Contract::read("openapi.yaml", &yaml).unwrap_or_else(|_| panic!("understood"));
    let document: Value = serde_json::from_str(&contract.json()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let items = paths.values().filter_map(Value::as_object);
    let operations = items.flat_map(serde_json::Map::values);
    let operations: Vec<_> = operations.collect();
    let head =
        "| operation | `Read.All` | `ReadWrite.OwnedBy` | `ReadWrite.All` |\n|---|:-:|:-:|:-:|\n";
    let mut told = 0;
    for family in ["ExternalConnection", "ExternalItem"] {
        let row = |operation: &&Value| permissions(operation, family);
        let rows: Vec<String> = operations.iter().filter_map(row).collect();
        assert_has(TOKENS, &format!("{head}{}\n", rows.join("\n")));
        told += rows.len();
    }
    let all: Vec<_> = operations
        .iter()
        .filter(|it| it.get("operationId").is_some())
        .collect();
    let of_both = all.iter().filter(|operation| {
        let wanted = operation["x-required-scopes"].as_array().map(Vec::len);
        wanted == Some(6)
    });
    assert_eq!(told + of_both.count(), all.len());
}

/// The row of one operation; `None` if it wants permissions of another family, and for what is beside the operations of a path.
fn permissions(operation: &Value, family: &str) -> Option<String> {
    let summary = operation["summary"].as_str()?;
    let wanted = operation["x-required-scopes"].as_array()?;
    let permissions = ["Read.All", "ReadWrite.OwnedBy", "ReadWrite.All"]
        .map(|permission| format!("{family}.{permission}"));
    let kind = match operation["x-token-kind"].as_str() {
        Some(kind) => format!(" ({kind} alone)"),
        None => String::new(),
    };
    let known = |scope: &Value| permissions.iter().any(|permission| scope == permission);
    let cells = permissions.each_ref().map(|permission| {
        let is_wanted = wanted.iter().any(|scope| scope == permission);
        if is_wanted { " ✓ " } else { " " }
    });
    wanted
        .iter()
        .all(known)
        .then(|| format!("| {summary}{kind} |{}|", cells.join("|")))
}

#[test]
fn differences_are_numbered_and_show_their_tests() {
    let rows = DIFFERENCES.lines().filter(|line| line.starts_with("| D-"));
    let rows: Vec<Vec<&str>> = rows
        .map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(!rows.is_empty());
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(row[0], format!("D-{}", index + 1));
        assert_are_tests(row[3]);
    }
}

#[test]
fn promises_show_their_tests() {
    let mut promises = 0;
    for (_, page) in pages() {
        for promise in page.split("\nShown by ").skip(1) {
            assert_are_tests(promise.split("\n\n").next().unwrap_or_default());
            promises += 1;
        }
    }
    assert!(promises >= 3, "{promises} promises");
}

/// Every promise, and every risk of OWASP's list.
#[test]
fn security_shows_its_tests() {
    for (name, least) in [("S-", 1), ("API", 10)] {
        let mark = format!("| {name}");
        let rows: Vec<&str> = SECURITY
            .lines()
            .filter(|line| line.starts_with(&mark))
            .collect();
        assert!(rows.len() >= least, "{name}");
        for (index, row) in rows.into_iter().enumerate() {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells[0], format!("{name}{}", index + 1));
            assert_are_tests(cells.last().expect("cells"));
        }
    }
}

/// The programs that `docs/clients.md` and `docs/mcp.md` have excerpts of, by the mark of the block.
const EXAMPLES: [(&str, &str); 7] = [
    ("ts", "typescript/main.ts"),
    ("python", "python/main.py"),
    ("java", "java/Main.java"),
    ("go", "go/main.go"),
    ("python", "graph-sdk-python/main.py"),
    ("js", "graph-sdk-javascript/main.js"),
    ("python", "mcp/main.py"),
];
/// Marks of blocks that others hold to be true: `.ci/readme-commands`, the documentation of the crate, the eye.
const OTHERS: [&str; 5] = ["console", "sh", "rust", "json", "text"];

#[test]
fn code_is_that_of_the_examples() {
    let blocks = |page: &'static str| page.split("\n```").skip(1).step_by(2);
    let blocks = blocks(CLIENTS)
        .chain(blocks(MCP))
        .map(|block| block.split_once('\n').expect("a block has lines"));
    let code: Vec<(&str, &str)> = blocks.filter(|(mark, _)| !OTHERS.contains(mark)).collect();
    assert_eq!(
        code.len(),
        EXAMPLES.len(),
        "an excerpt of each, and no other code"
    );
    for ((mark, code), (language, file)) in code.into_iter().zip(EXAMPLES) {
        assert_eq!(mark, language);
        let program = fs::read_to_string(Path::new("examples").join(file)).expect("an example");
        let is_excerpt = ["", "    ", "        ", "\t"]
            .iter()
            .any(|indent| program.contains(&indented(code, indent)));
        assert!(is_excerpt, "not in {file}:\n{code}");
    }
}

fn indented(code: &str, indent: &str) -> String {
    let line = |line: &str| {
        let indent = if line.is_empty() { "" } else { indent };
        format!("{indent}{line}\n")
    };
    code.lines().map(line).collect()
}

/// Every name in backquotes, of which there is at least one, is the name of a test.
#[track_caller]
fn assert_are_tests(text: &str) {
    let mut sources = String::new();
    for folder in ["src", "tests", "crates"] {
        read_rust(Path::new(folder), &mut sources);
    }
    let names: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    assert!(!names.is_empty(), "{text}");
    for name in names {
        let exists = sources.contains(&format!("fn {name}("));
        assert!(exists, "there is no test {name}");
    }
}

fn read_rust(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_rust(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push_str(&fs::read_to_string(&path).expect("text"));
        }
    }
}
