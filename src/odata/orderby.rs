//! `$orderby`: the properties to order by, and in which direction.
//!
//! Source: OData 4.01 URL conventions, "System Query Option $orderby".

use super::{
    OptionError,
    lexer::{Token, Tokens},
    unknown_property,
};

const MAX_PROPERTIES: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Ascending,
    Descending,
}

/// Reads an order over the type called `type_name`, whose properties `resolve` knows by name. Never empty.
///
/// # Errors
/// A value that is malformed, unsupported or beyond the limits, or that names a property twice.
pub(crate) fn parse<P: PartialEq + Copy>(
    text: &str,
    type_name: &str,
    resolve: impl Fn(&str) -> Option<P>,
    is_sortable: impl Fn(P) -> bool,
) -> Result<Vec<(P, Direction)>, OptionError> {
    let mut tokens = Tokens::read("$orderby", text)?;
    let mut order: Vec<(P, Direction)> = Vec::new();
    loop {
        let at = tokens.at();
        let Some(name) = tokens.word() else {
            return Err(tokens.expected("a property"));
        };
        let Some(property) = resolve(name) else {
            return Err(tokens.error(at, unknown_property(name, type_name)));
        };
        if !is_sortable(property) {
            let message = format!("The property '{name}' cannot be used in $orderby.");
            return Err(tokens.error(at, message));
        }
        if order.iter().any(|(earlier, _)| *earlier == property) {
            return Err(tokens.error(at, format!("The property '{name}' is named twice.")));
        }
        if order.len() == MAX_PROPERTIES {
            let message = format!("An order is limited to {MAX_PROPERTIES} properties.");
            return Err(tokens.error(at, message));
        }
        tokens.advance();
        let direction = tokens.word().and_then(direction);
        if direction.is_some() {
            tokens.advance();
        }
        order.push((property, direction.unwrap_or(Direction::Ascending)));
        match tokens.peek() {
            Token::Comma => tokens.advance(),
            Token::End => return Ok(order),
            _ if direction.is_some() => return Err(tokens.expected("',' or the end")),
            _ => return Err(tokens.expected("'asc', 'desc', ',' or the end")),
        };
    }
}

fn direction(word: &str) -> Option<Direction> {
    match word {
        word if word.eq_ignore_ascii_case("asc") => Some(Direction::Ascending),
        word if word.eq_ignore_ascii_case("desc") => Some(Direction::Descending),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Direction::{self, Ascending, Descending},
        parse,
    };

    /// Properties are the letters `a` to `f` and `ä`, and `z`, which does not sort.
    fn order(text: &str) -> Result<Vec<(char, Direction)>, (usize, String)> {
        let resolve = |name: &str| {
            let mut letters = name.chars();
            let letter = letters
                .next()
                .filter(|&letter| "abcdefäz".contains(letter))?;
            letters.next().is_none().then_some(letter)
        };
        parse(text, "test.type", resolve, |letter| letter != 'z').map_err(|error| {
            assert_eq!(error.option, "$orderby");
            (error.position, error.message)
        })
    }

    #[test]
    fn reads_properties_and_directions() {
        let cases: [(&str, &[(char, Direction)]); 7] = [
            ("a", &[('a', Ascending)]),
            ("a asc", &[('a', Ascending)]),
            ("a desc", &[('a', Descending)]),
            ("a DESC", &[('a', Descending)]),
            ("b desc,a", &[('b', Descending), ('a', Ascending)]),
            (" b\tdesc , a asc ", &[('b', Descending), ('a', Ascending)]),
            (
                "a,b,c,d,e",
                &[
                    ('a', Ascending),
                    ('b', Ascending),
                    ('c', Ascending),
                    ('d', Ascending),
                    ('e', Ascending),
                ],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(order(text).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn refuses_with_position() {
        let cases = [
            ("", 1, "Expected a property; found the end."),
            ("  ", 3, "Expected a property; found the end."),
            (",a", 1, "Expected a property; found ','."),
            ("a,", 3, "Expected a property; found the end."),
            ("a,,b", 3, "Expected a property; found ','."),
            ("'a'", 1, "Expected a property; found a string literal."),
            (
                "ä, x",
                4,
                "Could not find a property named 'x' on type 'test.type'.",
            ),
            ("ä, z", 4, "The property 'z' cannot be used in $orderby."),
            (
                "A",
                1,
                "Could not find a property named 'A' on type 'test.type'.",
            ),
            (
                "length(a)",
                1,
                "Could not find a property named 'length' on type 'test.type'.",
            ),
            (
                "a b",
                3,
                "Expected 'asc', 'desc', ',' or the end; found 'b'.",
            ),
            ("a asc desc", 7, "Expected ',' or the end; found 'desc'."),
            (
                "a)",
                2,
                "Expected 'asc', 'desc', ',' or the end; found ')'.",
            ),
            ("a,b desc,a desc", 10, "The property 'a' is named twice."),
            ("a,b,c,d,e,f", 11, "An order is limited to 5 properties."),
            ("a\n", 2, "Unexpected character U+000A."),
        ];
        for (text, position, message) in cases {
            assert_eq!(order(text), Err((position, message.to_owned())), "{text:?}");
        }
    }

    #[test]
    fn refuses_ten_thousand_properties() {
        assert!(order(&"a,".repeat(10_000)).is_err());
        assert!(order(&"a,".repeat(1_000)).is_err());
    }
}
