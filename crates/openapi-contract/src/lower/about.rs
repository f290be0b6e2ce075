//! What the document says of itself: `info`, `servers`, `tags`, `externalDocs`, and other spellings of its paths.

use crate::{
    document::Cursor,
    ir::{Contact, Docs, Info, License, Server, Spec, Tag},
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
    let servers = root.get("servers").map(|servers| servers.items());
    servers.iter().flatten().filter_map(server).collect()
}

fn server(node: &Cursor) -> Option<Server> {
    node.only("a server", &["url", "description"]);
    let url = node.require("url")?;
    let text = url.str()?;
    let path = match text.split_once("://") {
        Some((_, authority)) => authority.find('/').map_or("", |slash| &authority[slash..]),
        None => text,
    };
    let path = path.strip_suffix('/').unwrap_or(path);
    if text.is_empty() || !(path.is_empty() || is_prefix(path)) || text.contains(['{', '}']) {
        return url.refuse("must be a path such as `/v1.0`, or `https://host/v1.0`; the server answers at any host");
    }
    Some(Server {
        url: text.to_owned(),
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

pub(super) fn tags(root: &Cursor, spec: &mut Spec) {
    let nodes = root.get("tags").map(|tags| tags.items());
    for node in nodes.iter().flatten() {
        node.only("a tag", &["name", "description", "externalDocs"]);
        if let Some(name) = required(node, "name")
            && let Some(tag) = add_tag(spec, node, &name)
        {
            tag.listed = true;
            tag.description = optional(node, "description");
            tag.docs = docs(node);
        }
    }
}

/// A tag of that name beside the others.
pub(super) fn add_tag<'a>(spec: &'a mut Spec, node: &Cursor, name: &str) -> Option<&'a mut Tag> {
    let ident = names::pascal(name);
    if let Some(other) = spec
        .tags
        .iter()
        .find(|tag| names::pascal(&tag.name) == ident)
    {
        let problem = format!(
            "the tags `{}` and `{name}` would both be called `{ident}` in Rust: rename one",
            other.name
        );
        return node.refuse(problem);
    }
    spec.tags.push(Tag {
        name: name.to_owned(),
        listed: false,
        description: None,
        docs: None,
    });
    spec.tags.last_mut()
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
