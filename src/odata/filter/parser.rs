//! The grammar of `$filter`, by recursive descent: one method per level of precedence, no backtracking, every
//! recursion through [`Parser::nested`].
//!
//! ```text
//! or       = and *( "or" and )
//! and      = equality *( "and" equality )
//! equality = unary [ ( "eq" / "ne" ) unary ]
//! unary    = "not" unary / primary
//! primary  = "(" or ")" / function "(" property "," string ")" / property / string / "null" / "true" / "false"
//! ```
//!
//! Source: OData 4.01 URL conventions, "Common Expression Syntax": names of operators and functions in any case;
//! `not` binds tighter than `eq`, so `not name eq 'x'` is an error of types.

use super::ast::{Filter, MAX_DEPTH, MAX_NODES};
use crate::odata::{
    OptionError,
    lexer::{Token, Tokens, unescape},
    unknown_property,
};

/// Reads a filter over the type called `type_name`, whose filterable properties `resolve` knows by name.
///
/// # Errors
/// Whatever is malformed, unsupported or beyond the limits, at the first place where it shows.
pub(crate) fn parse<P>(
    text: &str,
    type_name: &str,
    resolve: impl Fn(&str) -> Option<P>,
) -> Result<Filter<P>, OptionError> {
    let mut parser = Parser {
        tokens: Tokens::read("$filter", text)?,
        type_name,
        resolve,
        depth: 0,
        nodes: 0,
    };
    let term = parser.or()?;
    let filter = parser.condition(term)?;
    match parser.tokens.peek() {
        Token::End => Ok(filter),
        _ => Err(parser.tokens.expected("'and', 'or' or the end")),
    }
}

const CONSTANTS: [&str; 3] = ["null", "true", "false"];
const OPERATORS: [&str; 5] = ["eq", "ne", "and", "or", "not"];
const UNSUPPORTED: [&str; 12] = [
    "gt", "ge", "lt", "le", "has", "in", "add", "sub", "mul", "div", "divby", "mod",
];

/// What a part of an expression stands for.
enum Term<P> {
    Condition(Filter<P>),
    Property(P),
    /// A string, or `null`.
    Literal(Option<String>),
    Boolean(bool),
}

type Parsed<P> = Result<Term<P>, OptionError>;
type Join<T> = fn(Box<T>, Box<T>) -> T;

struct Parser<'t, R> {
    tokens: Tokens<'t>,
    type_name: &'t str,
    resolve: R,
    depth: usize,
    nodes: usize,
}

impl<P, R: Fn(&str) -> Option<P>> Parser<'_, R> {
    fn or(&mut self) -> Parsed<P> {
        self.chain("or", Self::and, Filter::Or)
    }

    fn and(&mut self) -> Parsed<P> {
        self.chain("and", Self::equality, Filter::And)
    }

    /// Operands joined from the left.
    fn chain(
        &mut self,
        operator: &str,
        operand: fn(&mut Self) -> Parsed<P>,
        join: Join<Filter<P>>,
    ) -> Parsed<P> {
        let mut left = operand(self)?;
        while self
            .tokens
            .word()
            .is_some_and(|word| is_in(word, &[operator]))
        {
            let first = self.condition(left)?;
            let at = self.tokens.advance();
            let right = operand(self)?;
            let second = self.condition(right)?;
            left = self.node(at, join(Box::new(first), Box::new(second)))?;
        }
        Ok(left)
    }

    fn equality(&mut self) -> Parsed<P> {
        let left = self.unary()?;
        let equal = match self.tokens.word() {
            Some(word) if is_in(word, &["eq"]) => true,
            Some(word) if is_in(word, &["ne"]) => false,
            Some(word) if is_in(word, &UNSUPPORTED) => {
                let supported = OPERATORS.join(", ");
                let message =
                    format!("The operator '{word}' is not supported; supported are {supported}.");
                return Err(self.tokens.error(self.tokens.at(), message));
            }
            _ => return Ok(left),
        };
        let at = self.tokens.advance();
        let right = self.unary()?;
        match (left, right) {
            (Term::Property(property), Term::Literal(value))
            | (Term::Literal(value), Term::Property(property)) => {
                let compare = if equal { Filter::Eq } else { Filter::Ne };
                self.node(at, compare(property, value))
            }
            (Term::Condition(filter), Term::Boolean(value))
            | (Term::Boolean(value), Term::Condition(filter)) => {
                let compare = if equal { Filter::Is } else { Filter::IsNot };
                self.node(at, compare(Box::new(filter), value))
            }
            _ => {
                let message = "'eq' and 'ne' compare a property with a string literal or null, or a condition \
                               with true or false.";
                Err(self.tokens.error(at, message))
            }
        }
    }

    fn unary(&mut self) -> Parsed<P> {
        if !self.tokens.word().is_some_and(|word| is_in(word, &["not"])) {
            return self.primary();
        }
        let at = self.tokens.advance();
        if let Term::Condition(filter) = self.nested(at, Self::unary)? {
            return self.node(at, Filter::Not(Box::new(filter)));
        }
        let message = "'not' applies to a condition; a comparison behind it needs parentheses: \
                       not (a eq 'b').";
        Err(self.tokens.error(at, message))
    }

    fn primary(&mut self) -> Parsed<P> {
        let expected = "a property, a literal (a string in single quotes, null, true, false), a function, 'not' or '('";
        match self.tokens.peek() {
            Token::Open => {
                let at = self.tokens.advance();
                let term = self.nested(at, Self::or)?;
                if self.tokens.peek() != Token::Close {
                    return Err(self.tokens.expected(match term {
                        Term::Condition(_) => "'and', 'or' or ')'",
                        _ => "'eq', 'ne' or ')'",
                    }));
                }
                self.tokens.advance();
                Ok(term)
            }
            Token::Text(inside) => {
                self.tokens.advance();
                Ok(Term::Literal(Some(unescape(inside))))
            }
            Token::Word(word) if is_in(word, &CONSTANTS) => {
                self.tokens.advance();
                Ok(match word.to_ascii_lowercase().as_str() {
                    "null" => Term::Literal(None),
                    word => Term::Boolean(word == "true"),
                })
            }
            Token::Word(word) if is_name(word) => {
                let at = self.tokens.advance();
                if self.tokens.peek() == Token::Open {
                    self.call(at, word)
                } else {
                    Ok(Term::Property(self.property(at, word)?))
                }
            }
            Token::Word(_) | Token::Close | Token::Comma | Token::End => {
                Err(self.tokens.expected(expected))
            }
        }
    }

    /// What stands behind the name of a function.
    fn call(&mut self, at: usize, name: &str) -> Parsed<P> {
        let condition: fn(P, String) -> Filter<P> = match name.to_ascii_lowercase().as_str() {
            "startswith" => Filter::StartsWith,
            "contains" => Filter::Contains,
            _ => return Err(self.unsupported_function(at, name)),
        };
        self.tokens.advance();
        let Some(word) = self.tokens.word().filter(|word| is_name(word)) else {
            return Err(self.tokens.expected("a property"));
        };
        let property_at = self.tokens.advance();
        if self.tokens.peek() == Token::Open {
            return Err(self.unsupported_function(property_at, word));
        }
        let property = self.property(property_at, word)?;
        self.tokens.expect(Token::Comma)?;
        let Token::Text(inside) = self.tokens.peek() else {
            return Err(self.tokens.expected("a string literal in single quotes"));
        };
        self.tokens.advance();
        self.tokens.expect(Token::Close)?;
        self.node(at, condition(property, unescape(inside)))
    }

    fn property(&self, at: usize, name: &str) -> Result<P, OptionError> {
        let unknown = || unknown_property(name, self.type_name);
        (self.resolve)(name).ok_or_else(|| self.tokens.error(at, unknown()))
    }

    fn condition(&self, term: Term<P>) -> Result<Filter<P>, OptionError> {
        match term {
            Term::Condition(filter) => Ok(filter),
            _ => Err(self.tokens.expected("'eq' or 'ne'")),
        }
    }

    /// One level further in, for the parenthesis or operator at `at`.
    fn nested(&mut self, at: usize, parse: fn(&mut Self) -> Parsed<P>) -> Parsed<P> {
        if self.depth == MAX_DEPTH {
            let message = format!("Parentheses and 'not' are limited to {MAX_DEPTH} levels.");
            return Err(self.tokens.error(at, message));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// A new node of the tree, for the operator or function at `at`.
    fn node(&mut self, at: usize, filter: Filter<P>) -> Parsed<P> {
        if self.nodes == MAX_NODES {
            let message = format!("A filter is limited to {MAX_NODES} operators and functions.");
            return Err(self.tokens.error(at, message));
        }
        self.nodes += 1;
        Ok(Term::Condition(filter))
    }

    fn unsupported_function(&self, at: usize, name: &str) -> OptionError {
        let message = format!(
            "The function '{name}' is not supported; supported are startswith and contains, each of a \
             property and a string literal."
        );
        self.tokens.error(at, message)
    }
}

/// Whether the word can name a property or a function, maybe behind a path: numbers, dates, GUIDs and parameter
/// aliases cannot.
fn is_name(word: &str) -> bool {
    ![&CONSTANTS[..], &OPERATORS, &UNSUPPORTED]
        .iter()
        .any(|reserved| is_in(word, reserved))
        && word.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/'))
}

/// Words of the language are written in any case.
fn is_in(word: &str, words: &[&str]) -> bool {
    words.iter().any(|other| word.eq_ignore_ascii_case(other))
}
