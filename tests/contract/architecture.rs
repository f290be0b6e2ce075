//! Who may use whom, kept by reading the sources.
//!
//! The modules of the package form layers: languages and rules inside, HTTP and storage around them, one place that puts
//! them together. The compiler would not object to a shortcut; this test does.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{Source, sources};

/// Each top-level module, and what of the others it may use: a module with all that is in it, or a path in one.
/// Whatever is not listed is refused, a new module too.
const MAY_USE: &[(&str, &[&str])] = &[
    // The languages of query options: nothing of ours.
    ("odata", &[]),
    // That of searches.
    ("kql", &[]),
    // What external connections are.
    ("domain", &["kql", "odata"]),
    // The port's engines.
    ("store", &["domain", "odata"]),
    ("private_file", &[]),
    // Tokens to principals.
    (
        "auth",
        &["domain::clock", "domain::principal", "logging::Causes"],
    ),
    // The built-in issuer, which verification knows as one among others.
    (
        "development",
        &["domain::clock", "domain::principal", "private_file"],
    ),
    // The index, which follows the store through its port; its tests open one.
    ("search", &["domain", "store::open"]),
    // HTTP, without knowing an engine.
    ("api", &["auth", "domain", "logging::Causes", "odata"]),
    ("logging", &[]),
    // Of tokens, what an operator may say of an issuer.
    (
        "config",
        &[
            "auth::ExternalIssuer",
            "auth::IssuerUrl",
            "domain::limits::Limits",
            "domain::operation::Pace",
            "logging",
        ],
    ),
    // The one place that names an engine, an authenticator and a listener together.
    (
        "server",
        &[
            "api",
            "auth",
            "config",
            "development",
            "domain",
            "odata",
            "private_file",
            "search",
            "store",
        ],
    ),
    // The commands that are clients of a service, this one or another.
    (
        "cli",
        &[
            "auth",
            "client",
            "config",
            "development",
            "domain::clock",
            "logging::Causes",
            "server",
        ],
    ),
    // Promises about what each of them does with any input; built for tests and fuzzers alone.
    (
        "fuzzing",
        &[
            "api::generated::types",
            "auth",
            "domain",
            "kql",
            "odata",
            "store::sqlite::in_memory",
        ],
    ),
    // The other half of the crate: nothing of the server.
    ("client", &[]),
];

/// Crates that would bring a layer's business into another.
const NEVER: &[(&str, &[&str])] = &[
    (
        "odata",
        &["poem", "poem_openapi", "hyper", "tokio", "rusqlite"],
    ),
    (
        "kql",
        &["poem", "poem_openapi", "hyper", "tokio", "rusqlite"],
    ),
    (
        "domain",
        &["poem", "poem_openapi", "hyper", "tokio", "rusqlite"],
    ),
    ("store", &["poem", "poem_openapi", "hyper"]),
    ("search", &["poem", "poem_openapi", "hyper", "rusqlite"]),
    ("auth", &["poem_openapi", "rusqlite"]),
    ("api", &["hyper", "rusqlite", "tantivy"]),
    ("client", &["poem", "poem_openapi", "hyper", "rusqlite"]),
];

#[test]
fn modules_use_only_what_is_inside_of_them() {
    let mut broken = BTreeSet::new();
    for source in sources() {
        let Some(module) = source.module.first() else {
            continue;
        };
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| name == module) else {
            broken.insert(format!(
                "src/{}: {module} is not in the table",
                source.file.display()
            ));
            continue;
        };
        for path in source.own_paths() {
            if path.first().is_some_and(|first| first != module)
                && !allowed.iter().any(|allowed| is_in(&path, allowed))
            {
                broken.insert(format!(
                    "src/{}: {}",
                    source.file.display(),
                    path.join("::")
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn modules_name_no_crate_of_another_layer() {
    let sources = sources();
    for (module, crates) in NEVER {
        for source in sources.iter().filter(|source| source.is_of(module)) {
            for name in *crates {
                assert!(!source.names(name), "src/{}: {name}", source.file.display());
            }
        }
    }
}

/// Files in a circle can only be read together; what they share wants a file of its own.
#[test]
fn files_do_not_use_each_other_in_a_circle() {
    let sources = sources();
    let files: BTreeSet<&[String]> = sources.iter().map(|source| &source.module[..]).collect();
    let file_of = |path: &[String]| {
        let mut prefixes = (1..=path.len()).rev().map(|len| &path[..len]);
        prefixes.find_map(|prefix| files.get(prefix).copied())
    };
    let mut left: BTreeMap<&[String], BTreeSet<&[String]>> = sources
        .iter()
        .map(|source| {
            let paths = source.own_paths_of_production();
            let mut used: BTreeSet<_> = paths.iter().filter_map(|path| file_of(path)).collect();
            used.remove(&source.module[..]);
            (&source.module[..], used)
        })
        .collect();
    // Whatever uses nothing that is left is in no circle.
    loop {
        let before = left.len();
        let now = left.clone();
        left.retain(|_, used| used.iter().any(|file| now.contains_key(file)));
        if left.len() == before {
            break;
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}

/// A table that allows what nothing does would hide the next shortcut.
#[test]
fn every_line_of_the_table_is_needed() {
    let sources = sources();
    for (module, allowed) in MAY_USE {
        let paths: Vec<_> = sources
            .iter()
            .filter(|source| source.is_of(module))
            .flat_map(Source::own_paths)
            .collect();
        for allowed in *allowed {
            assert!(
                paths.iter().any(|path| is_in(path, allowed)),
                "{module} does not use {allowed}"
            );
        }
    }
}

fn is_in(path: &[String], prefix: &str) -> bool {
    let prefix: Vec<&str> = prefix.split("::").collect();
    path.len() >= prefix.len() && path.iter().zip(&prefix).all(|(one, other)| one == other)
}
