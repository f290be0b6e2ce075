//! README.md says what is so: its tables are those of the program and of the document, and the tests it names exist.
//! Its Rust is compiled with the documentation of the crate, its commands are run by `.ci/readme-commands`.
#![cfg(feature = "server")]

use std::{fs, path::Path, process::Command};

use codegen::Contract;
use serde_json::Value;

const README: &str = include_str!("../README.md");

#[track_caller]
fn assert_has(table: &str) {
    assert!(README.contains(table), "README.md should have:\n\n{table}");
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
    assert_has(&format!("{head}{}\n", rows.join("\n")));
}

/// The row of one option, from what the help says behind its `--`.
fn row(option: &str) -> String {
    let mut lines = option.lines().map(str::trim);
    let flag = lines.next().unwrap_or_default().replace(['<', '>'], "");
    let mut meaning = lines.next().unwrap_or_default().to_owned();
    let (mut variable, mut default, mut values) = (String::new(), String::new(), Vec::new());
    if let Some((text, said)) = meaning.clone().split_once(" [default: ") {
        (meaning, default) = (text.to_owned(), said.trim_end_matches(']').to_owned());
    }
    for line in lines {
        if let Some(name) = line.strip_prefix("[env: ") {
            variable = name.trim_end_matches("=]").to_owned();
        } else if let Some(value) = line.strip_prefix("[default: ") {
            default = format!("`{}`", value.trim_end_matches(']'));
        } else if let Some((value, _)) = line.strip_prefix("- ").and_then(|l| l.split_once(':')) {
            values.push(format!("`{value}`"));
        }
    }
    if let Some((last, others)) = values.split_last() {
        meaning = format!("{meaning} ({} or {last})", others.join(", "));
    }
    format!("| `--{flag}` | `{variable}` | {default} | {meaning} |")
}

#[test]
fn permissions_are_what_the_document_says() {
    const PERMISSIONS: [&str; 3] = ["Read.All", "ReadWrite.OwnedBy", "ReadWrite.All"];
    let yaml = fs::read_to_string("openapi.yaml").expect("the document");
    let contract = Contract::read("openapi.yaml", &yaml).unwrap_or_else(|_| panic!("understood"));
    let document: Value = serde_json::from_str(&contract.json()).expect("JSON");
    let mut table =
        "| operation | `Read.All` | `ReadWrite.OwnedBy` | `ReadWrite.All` |\n|---|:-:|:-:|:-:|\n"
            .to_owned();
    let paths = document["paths"].as_object().expect("paths");
    let items = paths.values().filter_map(Value::as_object);
    for operation in items.flat_map(serde_json::Map::values) {
        let (Some(summary), Some(scopes)) = (
            operation["summary"].as_str(),
            operation["x-required-scopes"].as_array(),
        ) else {
            continue;
        };
        let known = |scope: &Value| {
            let name = scope
                .as_str()
                .and_then(|scope| scope.strip_prefix("ExternalConnection."));
            name.is_some_and(|name| PERMISSIONS.contains(&name))
        };
        assert!(scopes.iter().all(known), "{scopes:?}");
        let marks = PERMISSIONS.map(|permission| {
            let named = format!("ExternalConnection.{permission}");
            if scopes.contains(&Value::from(named)) {
                "✓"
            } else {
                ""
            }
        });
        let cells = marks.map(|mark| {
            if mark.is_empty() {
                " ".into()
            } else {
                format!(" {mark} ")
            }
        });
        table.push_str(&format!("| {summary} |{}|\n", cells.join("|")));
    }
    assert_has(&table);
}

#[test]
fn differences_are_numbered_and_shown_by_tests_that_exist() {
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        read_rust(Path::new(folder), &mut sources);
    }
    let rows: Vec<Vec<&str>> = README
        .lines()
        .filter(|line| line.starts_with("| D-"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(!rows.is_empty());
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(row[0], format!("D-{}", index + 1));
        let tests: Vec<&str> = row[3].split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "{row:?}");
        for test in tests {
            assert!(
                sources.contains(&format!("fn {test}(")),
                "{}: there is no test {test}",
                row[0]
            );
        }
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
