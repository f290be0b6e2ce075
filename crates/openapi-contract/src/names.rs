//! Rust identifiers for names of the document.

/// A `snake_case` identifier; the caller checks for collisions.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && previous_lower {
                out.push('_');
            }
            previous_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
            out.push(c.to_ascii_lowercase());
        } else {
            previous_lower = false;
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
        }
    }
    identifier(out.trim_end_matches('_'))
}

/// A `PascalCase` identifier; the caller checks for collisions.
pub(crate) fn pascal(name: &str) -> String {
    let mut out = String::new();
    let mut start = true;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(if start { c.to_ascii_uppercase() } else { c });
            start = false;
        } else {
            start = true;
        }
    }
    identifier(&out)
}

/// A `SCREAMING_SNAKE_CASE` identifier.
#[cfg(any(feature = "server", test))]
pub(crate) fn screaming(name: &str) -> String {
    snake(name)
        .trim_start_matches("r#")
        .trim_end_matches('_')
        .to_uppercase()
}

/// Whether generated code means something else by a type's name.
pub(crate) fn is_reserved(ident: &str) -> bool {
    const RESERVED: [&str; 12] = [
        "Err",
        "MetaDiscriminatorObject",
        "MetaSchema",
        "MetaSchemaRef",
        "None",
        "Ok",
        "Option",
        "Registry",
        "Result",
        "Some",
        "String",
        "Vec",
    ];
    RESERVED.contains(&ident)
}

fn identifier(name: &str) -> String {
    let name = match name.chars().next() {
        None => return "_empty".into(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name.to_owned(),
    };
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        return name;
    }
    // Not every keyword can be raw: `self`, `Self`, `super` and `crate` cannot.
    match name.as_str() {
        "self" | "Self" | "super" | "crate" => format!("{name}_"),
        _ => format!("r#{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        for (name, snake_case, pascal_case) in [
            ("listConnections", "list_connections", "ListConnections"),
            ("@odata.nextLink", "odata_next_link", "OdataNextLink"),
            ("$top", "top", "Top"),
            ("connection-id", "connection_id", "ConnectionId"),
            ("type", "r#type", "Type"),
            ("self", "self_", "Self_"),
            ("3d", "_3d", "_3d"),
            ("$", "_empty", "_empty"),
            ("ODataError", "odata_error", "ODataError"),
        ] {
            assert_eq!(
                (snake(name).as_str(), pascal(name).as_str()),
                (snake_case, pascal_case),
                "{name}"
            );
        }
        assert_eq!(screaming("listConnections"), "LIST_CONNECTIONS");
    }
}
