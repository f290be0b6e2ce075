//! `$select`: the properties to answer with.
//!
//! Source: OData 4.01 URL conventions, "System Query Option $select"; paths and nested options are not supported.

use super::{
    OptionError, is_name,
    lexer::{Token, Tokens},
    unknown_property,
};

/// Chooses among the properties of the type called `type_name`. The result has the order of `properties`, each once: the
/// order of answers does not depend on the request.
///
/// # Errors
/// A value that is malformed or unsupported. Source of the first words of the message: answers of Graph.
pub(crate) fn parse(
    text: &str,
    type_name: &str,
    properties: &[&'static str],
) -> Result<Vec<&'static str>, OptionError> {
    let chosen = chosen(text, type_name, properties).map_err(|error| OptionError {
        message: format!("Parsing OData Select and Expand failed: {}", error.message),
        ..error
    })?;
    Ok(properties
        .iter()
        .copied()
        .filter(|property| chosen.contains(property) || chosen.contains(&ALL))
        .collect())
}

/// Stands for every property.
const ALL: &str = "*";

/// The names in the value, at least one: `*` or properties in any case.
fn chosen(
    text: &str,
    type_name: &str,
    properties: &[&'static str],
) -> Result<Vec<&'static str>, OptionError> {
    let mut tokens = Tokens::read("$select", text)?;
    let mut chosen = Vec::new();
    loop {
        let Some(name) = tokens.word() else {
            return Err(tokens.expected("a property or '*'"));
        };
        let known = [ALL].into_iter().chain(properties.iter().copied());
        let Some(property) = known.into_iter().find(|known| is_name(name, known)) else {
            return Err(tokens.error(tokens.at(), unknown_property(name, type_name)));
        };
        chosen.push(property);
        tokens.advance();
        match tokens.peek() {
            Token::Comma => tokens.advance(),
            Token::End => return Ok(chosen),
            _ => return Err(tokens.expected("',' or the end")),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn select(text: &str) -> Result<Vec<&'static str>, (usize, String)> {
        parse(text, "test.type", &["id", "name", "größe", "state"]).map_err(|error| {
            assert_eq!(error.option, "$select");
            (error.position, error.message)
        })
    }

    #[test]
    fn chooses_in_the_order_of_the_type_and_once() {
        let all = ["id", "name", "größe", "state"];
        let cases: [(&str, &[&str]); 9] = [
            ("id", &["id"]),
            ("Name,ID,id", &["id", "name"]),
            ("name,id", &["id", "name"]),
            (" name ,\tid ", &["id", "name"]),
            ("id,id,id", &["id"]),
            ("größe", &["größe"]),
            ("*", &all),
            ("id,*", &all),
            ("state,größe,name,id", &all),
        ];
        for (text, expected) in cases {
            assert_eq!(select(text).as_deref(), Ok(expected), "{text:?}");
        }
        assert_eq!(
            select(&vec!["id"; 682].join(",")).as_deref(),
            Ok(&["id"][..])
        );
    }

    #[test]
    fn refuses_with_position() {
        let cases = [
            ("", 1, "Expected a property or '*'; found the end."),
            ("id,", 4, "Expected a property or '*'; found the end."),
            (",id", 1, "Expected a property or '*'; found ','."),
            (
                "'id'",
                1,
                "Expected a property or '*'; found a string literal.",
            ),
            ("id name", 4, "Expected ',' or the end; found 'name'."),
            ("id($select=x)", 3, "Expected ',' or the end; found '('."),
            (
                "größe,x",
                7,
                "Could not find a property named 'x' on type 'test.type'.",
            ),
            (
                "id,GRÖSSE",
                4,
                "Could not find a property named 'GRÖSSE' on type 'test.type'.",
            ),
            (
                "id/*",
                1,
                "Could not find a property named 'id/*' on type 'test.type'.",
            ),
            ("id\u{7}", 3, "Unexpected character U+0007."),
        ];
        for (text, position, message) in cases {
            let message = format!("Parsing OData Select and Expand failed: {message}");
            assert_eq!(select(text), Err((position, message)), "{text:?}");
        }
    }

    #[test]
    fn bounds_the_length() {
        let (position, message) = select(&"id,".repeat(10_000)).expect_err("30,000 bytes");
        assert_eq!(position, 2049);
        assert!(message.ends_with("The value is limited to 2048 bytes."));
    }
}
