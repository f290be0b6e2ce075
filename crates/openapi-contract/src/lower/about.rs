//! What the document says of itself: `info`, `servers`, `tags`, `externalDocs`, and other spellings of its paths.

use crate::{
    document::Cursor,
    ir::{Contact, Docs, Info, License, Server, Tag},
    names,
};

pub(super) fn info(root: &Cursor) -> Option<Info> {
    let node = root.require("info")?;
    node.only(
        "`info`",
        &[
            "title",
            "version",
            "description",
            "termsOfService",
            "contact",
            "license",
        ],
    );
    let (title, version) = (required(&node, "title"), required(&node, "version"));
    let contact = node.get("contact").map(|contact| {
        contact.only("`contact`", &["name", "url", "email"]);
        Contact {
            name: optional(&contact, "name"),
            url: optional(&contact, "url"),
            email: optional(&contact, "email"),
        }
    });
    let license = node.get("license").and_then(|license| {
        license.only("`license`", &["name", "url"]);
        Some(License {
            name: required(&license, "name")?,
            url: optional(&license, "url"),
        })
    });
    Some(Info {
        title: title?,
        version: version?,
        description: optional(&node, "description"),
        terms_of_service: optional(&node, "termsOfService"),
        contact,
        license,
    })
}

pub(super) fn optional(node: &Cursor, key: &str) -> Option<String> {
    node.text(key).map(str::to_owned)
}

fn required(node: &Cursor, key: &str) -> Option<String> {
    node.require(key)?.str().map(str::to_owned)
}

pub(super) fn servers(root: &Cursor) -> Vec<Server> {
    let Some(servers) = root.require("servers") else {
        return Vec::new();
    };
    let nodes = servers.items();
    if nodes.is_empty() {
        servers.problem("must have an item: without one, nothing would be served");
    }
    nodes.iter().filter_map(server).collect()
}

fn server(node: &Cursor) -> Option<Server> {
    node.only("a server", &["url", "description"]);
    let url = node.require("url")?;
    let path = url.str()?;
    if !is_prefix(path) {
        return url.refuse("must be a path such as `/v1.0`: the server answers at any host");
    }
    Some(Server {
        path: path.to_owned(),
        description: optional(node, "description"),
    })
}

/// A path of literal segments.
fn is_prefix(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|segments| {
        segments.split('/').all(|segment| {
            !segment.is_empty()
                && !segment.contains(|c: char| c.is_whitespace() || "{}:*<>?#".contains(c))
        })
    })
}

/// `x-path-aliases`: (other spelling, path prefix of the document).
pub(super) fn path_aliases(root: &Cursor) -> Vec<(String, String)> {
    let aliases = root.get("x-path-aliases");
    let aliases = aliases.map(|aliases| aliases.entries()).unwrap_or_default();
    let paths = root
        .get("paths")
        .map(|paths| paths.entries())
        .unwrap_or_default();
    let begins = |prefix: &str| {
        paths.iter().any(|(path, _)| {
            path.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let mut pairs = Vec::new();
    for (alias, prefix) in aliases {
        if !is_prefix(alias) {
            prefix.problem("an alias must be a path prefix such as `/items`");
        }
        if begins(alias) {
            prefix.problem(format!("a path begins with `{alias}` already"));
        }
        let Some(target) = prefix.str() else { continue };
        if !begins(target) {
            prefix.problem("no path begins with this");
        }
        pairs.push((alias.to_owned(), target.to_owned()));
    }
    pairs
}

pub(super) fn tags(root: &Cursor) -> Vec<Tag> {
    let nodes = root
        .get("tags")
        .map(|tags| tags.items())
        .unwrap_or_default();
    let mut tags: Vec<Tag> = Vec::new();
    for node in nodes {
        let Some(tag) = tag(&node) else { continue };
        let ident = names::pascal(&tag.name);
        if tags.iter().any(|other| names::pascal(&other.name) == ident) {
            node.problem(format!("two tags would be called `{ident}` in Rust"));
        }
        tags.push(tag);
    }
    tags
}

fn tag(node: &Cursor) -> Option<Tag> {
    node.only("a tag", &["name", "description", "externalDocs"]);
    Some(Tag {
        name: required(node, "name")?,
        description: optional(node, "description"),
        docs: docs(node),
    })
}

/// `externalDocs`.
pub(super) fn docs(node: &Cursor) -> Option<Docs> {
    let docs = node.get("externalDocs")?;
    docs.only("`externalDocs`", &["url", "description"]);
    Some(Docs {
        url: required(&docs, "url")?,
        description: optional(&docs, "description"),
    })
}
