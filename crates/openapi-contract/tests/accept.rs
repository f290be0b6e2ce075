//! Small documents that are accepted: what is generated equals the golden file beside each.
//!
//! After a change that is meant, `UPDATE_GOLDEN=1 cargo test -p openapi-contract` writes them anew.

#![cfg(feature = "server")]

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use openapi_contract::{Contract, Settings};

#[test]
fn documents_become_the_golden_servers() {
    for document in documents() {
        let yaml = fs::read_to_string(&document).expect("the document is there");
        let contract = Contract::read("document.yaml", &yaml).unwrap_or_else(|problems| {
            let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
            panic!("{}:\n{}", document.display(), problems.join("\n"))
        });
        let server = contract.server(&Settings::default());
        syn::parse_file(&server).expect("the emitter prints Rust");
        let golden = document.with_extension("rs");
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &server).expect("the golden file can be written");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        let line = server
            .lines()
            .zip(expected.lines())
            .position(|(a, b)| a != b);
        assert!(
            server == expected,
            "{} differs from line {} on; see the header of this test",
            golden.display(),
            line.unwrap_or(server.lines().count().min(expected.lines().count())) + 1
        );
    }
}

fn everything() -> Contract {
    Contract::read("everything.yaml", include_str!("accept/everything.yaml"))
        .unwrap_or_else(|_| panic!("it is accepted"))
}

#[test]
fn property_is_held_as_text_where_the_settings_say_so() {
    let server = everything().server(&Settings::default().json_text("Thing", "object"));
    let held = "object: runtime::Member<runtime::JsonText<types::Rules>>";
    assert!(server.contains(held), "{server}");
    assert!(server.contains("computed: Option<types::Rules>"));
}

#[test]
#[should_panic(expected = "`Thing` has no property `objects` with a named schema")]
fn property_that_is_not_there_is_not_held_as_text() {
    everything().server(&Settings::default().json_text("Thing", "objects"));
}

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut documents: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "yaml"))
        .collect();
    documents.sort();
    assert!(!documents.is_empty());
    documents
}
