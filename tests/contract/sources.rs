//! The paths that the sources in `src/` name, by module.
//!
//! Reads tokens rather than text, so that comments and strings say nothing, and paths in macros count too.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A source file as a module.
pub struct Source {
    pub file: PathBuf,
    /// `["api", "connections", "convert"]` for `src/api/connections/convert.rs`; empty for the root.
    pub module: Vec<String>,
    tokens: TokenStream,
}

impl Source {
    /// Whether it is in this top-level module.
    pub fn is_of(&self, module: &str) -> bool {
        self.module.first().is_some_and(|first| first == module)
    }

    /// Paths in this package, from its root: `["domain", "clock", "Clock"]`.
    pub fn own_paths(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        walk(&self.tokens, &self.module, true, &mut paths);
        paths
    }

    /// The same without those in modules called `tests`; none for a file of tests.
    pub fn own_paths_of_production(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        let name = self.module.last().map_or("", String::as_str);
        if !name.ends_with("tests") && name != "testing" && !self.is_of("fuzzing") {
            walk(&self.tokens, &self.module, false, &mut paths);
        }
        paths
    }

    /// Whether a path begins with this crate.
    pub fn names(&self, name: &str) -> bool {
        fn in_tokens(tokens: &TokenStream, name: &str) -> bool {
            let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
            (0..tokens.len()).any(|at| match &tokens[at] {
                TokenTree::Group(group) => in_tokens(&group.stream(), name),
                TokenTree::Ident(ident) => {
                    ident == name && separator(&tokens, at + 1) && !follows_separator(&tokens, at)
                }
                _ => false,
            })
        }
        in_tokens(&self.tokens, name)
    }
}

/// Every file below `src/`.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).expect("a source file");
            let inside = file.strip_prefix(&root).expect("a file below it");
            Source {
                module: module(inside),
                tokens: text.parse().expect("Rust"),
                file: inside.to_owned(),
            }
        })
        .collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn module(file: &Path) -> Vec<String> {
    let parts = file.with_extension("");
    parts
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .filter(|part| !["mod", "lib", "main"].contains(&part.as_str()))
        .collect()
}

fn walk(tokens: &TokenStream, module: &[String], with_tests: bool, paths: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            // A `use` tree is read with its path.
            TokenTree::Group(_) if follows_separator(&tokens, at) => {}
            TokenTree::Group(group) => {
                let name = inline_module(&tokens, at);
                if !with_tests && name.as_deref() == Some("tests") {
                    continue;
                }
                let inner = name.map(|name| [module, &[name]].concat());
                let module = inner.as_deref().unwrap_or(module);
                walk(&group.stream(), module, with_tests, paths);
            }
            TokenTree::Ident(ident) if !follows_separator(&tokens, at) => {
                let start = match ident.to_string().as_str() {
                    "crate" | "graph_connections" => Vec::new(),
                    "super" => parent(module),
                    _ => continue,
                };
                tree(&tokens[at + 1..], start, paths);
            }
            _ => {}
        }
    }
}

/// The paths of what follows a path's beginning: `::a::b`, `::{a, b::c}`.
fn tree(rest: &[TokenTree], mut path: Vec<String>, paths: &mut Vec<Vec<String>>) {
    if !separator(rest, 0) {
        paths.push(path);
        return;
    }
    match rest.get(2) {
        Some(TokenTree::Ident(ident)) => {
            match ident.to_string().as_str() {
                "super" => path = parent(&path),
                name => path.push(name.to_owned()),
            }
            tree(&rest[3..], path, paths);
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            for branch in inner.split(|token| is_punct(Some(token), ',')) {
                let Some(TokenTree::Ident(ident)) = branch.first() else {
                    continue;
                };
                let start = match ident.to_string().as_str() {
                    "super" => parent(&path),
                    "self" => path.clone(),
                    name => [&path[..], &[name.to_owned()]].concat(),
                };
                tree(&branch[1..], start, paths);
            }
        }
        _ => paths.push(path),
    }
}

fn parent(module: &[String]) -> Vec<String> {
    module
        .split_last()
        .map_or_else(Vec::new, |(_, parent)| parent.to_vec())
}

/// The name in `mod name { … }`, for the braces.
fn inline_module(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at.checked_sub(2)?..at)? {
        [TokenTree::Ident(keyword), TokenTree::Ident(name)] if keyword == "mod" => {
            Some(name.to_string())
        }
        _ => None,
    }
}

fn separator(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}

fn follows_separator(tokens: &[TokenTree], at: usize) -> bool {
    at >= 2 && separator(tokens, at - 2)
}

fn is_punct(token: Option<&TokenTree>, expected: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == expected)
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let text = r#"
        // crate::comment
        use crate::{a::{self, B}, c};
        use super::{super::x::Y, Z};
        use self::inside; use std::crate_like;
        pub(crate) fn f() { let _ = "crate::text {"; g!(crate::m::N { n: super::p }); }
        mod tests { use super::*; use super::super::q::R; }
    "#;
    let source = Source {
        file: PathBuf::new(),
        module: vec!["top".into(), "mid".into()],
        tokens: text.parse().expect("Rust"),
    };
    let paths: Vec<String> = source
        .own_paths()
        .iter()
        .map(|path| path.join("::"))
        .collect();
    let expected = [
        "a",
        "a::B",
        "c",
        "x::Y",
        "top::Z",
        "",
        "m::N",
        "top::p",
        "top::mid",
        "top::q::R",
    ];
    assert_eq!(paths, expected);
    let of_production = source.own_paths_of_production();
    assert_eq!(of_production.len(), expected.len() - 2);
    assert!(source.names("std") && !source.names("crate_like") && !source.names("text"));
}
