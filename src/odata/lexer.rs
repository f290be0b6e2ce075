//! Words, string literals and punctuation of the query options that are small languages: `$filter`, `$orderby`,
//! `$select`.
//!
//! Splits text into tokens with positions; does not know what they mean.

use super::OptionError;

/// Length of the value of one option, bytes. All tokens of a value are read at once.
pub(super) const MAX_BYTES: usize = 2048;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A run of characters without space, quote, parenthesis or comma: a name, an operator, a number, `*`.
    Word(&'t str),
    /// The text between the quotes of a string literal; quotes inside it are still doubled.
    Text(&'t str),
    Open,
    Close,
    Comma,
    End,
}

/// The tokens of one value, taken from left to right with one token of lookahead.
pub(super) struct Tokens<'t> {
    option: &'static str,
    text: &'t str,
    /// Tokens with their byte offsets. The last is always `End`.
    list: Vec<(usize, Token<'t>)>,
    next: usize,
}

impl<'t> Tokens<'t> {
    /// # Errors
    /// A value that is too long, a string literal that is not terminated or not followed by a separator, an invalid character.
    pub(super) fn read(option: &'static str, text: &'t str) -> Result<Self, OptionError> {
        let mut tokens = Self {
            option,
            text,
            list: Vec::new(),
            next: 0,
        };
        if text.len() > MAX_BYTES {
            let message = format!("The value is limited to {MAX_BYTES} bytes.");
            return Err(tokens.error(text.floor_char_boundary(MAX_BYTES), message));
        }
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let (token, bytes) = match first {
                ' ' | '\t' => {
                    at += 1;
                    continue;
                }
                '(' => (Token::Open, 1),
                ')' => (Token::Close, 1),
                ',' => (Token::Comma, 1),
                '\'' => tokens.literal_at(at)?,
                _ => tokens.word_at(at, first)?,
            };
            tokens.list.push((at, token));
            at += bytes;
        }
        tokens.list.push((at, Token::End));
        Ok(tokens)
    }

    /// The next token; `End` after the last.
    pub(super) fn peek(&self) -> Token<'t> {
        self.list[self.next].1
    }

    /// The next token, if it is a word.
    pub(super) fn word(&self) -> Option<&'t str> {
        match self.peek() {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The byte offset of the next token.
    pub(super) fn at(&self) -> usize {
        self.list[self.next].0
    }

    /// Takes the next token; `End` stays. Returns its byte offset.
    pub(super) fn advance(&mut self) -> usize {
        let at = self.at();
        self.next = (self.next + 1).min(self.list.len() - 1);
        at
    }

    /// Takes the next token if it is `token`.
    ///
    /// # Errors
    /// It is another one.
    pub(super) fn expect(&mut self, token: Token<'_>) -> Result<(), OptionError> {
        if self.peek() != token {
            return Err(self.expected(&describe(token)));
        }
        self.advance();
        Ok(())
    }

    /// The error for a next token that is not one of those described.
    pub(super) fn expected(&self, what: &str) -> OptionError {
        let found = describe(self.peek());
        self.error(self.at(), format!("Expected {what}; found {found}."))
    }

    pub(super) fn error(&self, at: usize, message: impl Into<String>) -> OptionError {
        OptionError {
            option: self.option,
            position: self.text[..at].chars().count() + 1,
            message: message.into(),
        }
    }

    /// Source: OData 4.01 ABNF, rules `string` and `SQUOTE-in-string`.
    fn literal_at(&self, at: usize) -> Result<(Token<'t>, usize), OptionError> {
        let rest = &self.text[at..];
        let Some(bytes) = literal_bytes(rest) else {
            let message =
                "There is an unterminated string literal: expected a closing single quote.";
            return Err(self.error(at, message));
        };
        let inside = &rest[1..bytes - 1];
        // Engines with C strings would compare only the text before it.
        if let Some(nul) = inside.find('\0') {
            return Err(self.error(at + 1 + nul, unexpected('\0')));
        }
        // Usually the rest of a text with a quote that was not doubled: 'it's'.
        if rest[bytes..].starts_with(|next| !ends_word(next)) {
            let message =
                "Expected a space after the string literal; a single quote inside it is doubled.";
            return Err(self.error(at + bytes, message));
        }
        Ok((Token::Text(inside), bytes))
    }

    fn word_at(&self, at: usize, first: char) -> Result<(Token<'t>, usize), OptionError> {
        let rest = &self.text[at..];
        let bytes = rest.find(ends_word).unwrap_or(rest.len());
        let word = &rest[..bytes];
        if word.is_empty() {
            return Err(self.error(at, unexpected(first)));
        }
        // Also the way to write literals of other types, such as duration'P1D', and members of enumerations.
        if rest[bytes..].starts_with('\'') {
            let message = format!(
                "Expected a space between '{word}' and the string literal; type prefixes are not supported."
            );
            return Err(self.error(at, message));
        }
        Ok((Token::Word(word), bytes))
    }
}

/// The value of a string literal, from the text between its quotes.
pub(super) fn unescape(inside: &str) -> String {
    inside.replace("''", "'")
}

/// The length of the string literal that `rest` begins with, both quotes included.
fn literal_bytes(rest: &str) -> Option<usize> {
    let mut end = 1;
    loop {
        end += rest[end..].find('\'')? + 1;
        if !rest[end..].starts_with('\'') {
            return Some(end);
        }
        end += 1;
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\'' | '(' | ')' | ',')
}

fn unexpected(c: char) -> String {
    format!("Unexpected character U+{:04X}.", u32::from(c))
}

fn describe(token: Token<'_>) -> String {
    match token {
        Token::Word(word) => format!("'{word}'"),
        Token::Text(_) => "a string literal".into(),
        Token::Open => "'('".into(),
        Token::Close => "')'".into(),
        Token::Comma => "','".into(),
        Token::End => "the end".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, Token, Tokens, unescape};

    fn tokens(text: &str) -> Result<Vec<Token<'_>>, (usize, String)> {
        let read =
            Tokens::read("$filter", text).map_err(|error| (error.position, error.message))?;
        Ok(read.list.into_iter().map(|(_, token)| token).collect())
    }

    #[test]
    fn reads_words_literals_and_punctuation() {
        use Token::{Close, Comma, End, Open, Text, Word};
        let cases: [(&str, &[Token]); 9] = [
            ("", &[End]),
            (" \t ", &[End]),
            ("id", &[Word("id"), End]),
            ("id,*", &[Word("id"), Comma, Word("*"), End]),
            ("not(a)", &[Word("not"), Open, Word("a"), Close, End]),
            ("''", &[Text(""), End]),
            ("''''", &[Text("''"), End]),
            ("'ä(,) €'\tünï", &[Text("ä(,) €"), Word("ünï"), End]),
            ("'line\nbreak'", &[Text("line\nbreak"), End]),
        ];
        for (text, expected) in cases {
            assert_eq!(tokens(text).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn refuses_what_is_outside_the_grammar_with_its_position() {
        let cases = [
            ("a\0", 2, "Unexpected character U+0000."),
            ("ä\n", 2, "Unexpected character U+000A."),
            ("name\u{a0}eq", 5, "Unexpected character U+00A0."),
            ("'ä\0'", 3, "Unexpected character U+0000."),
            (
                "€ '",
                3,
                "There is an unterminated string literal: expected a closing single quote.",
            ),
            (
                "'a''",
                1,
                "There is an unterminated string literal: expected a closing single quote.",
            ),
            (
                "name eq 'it's'",
                13,
                "Expected a space after the string literal; a single quote inside it is doubled.",
            ),
            (
                "a eq duration'P1D'",
                6,
                "Expected a space between 'duration' and the string literal; type prefixes are not supported.",
            ),
        ];
        for (text, position, message) in cases {
            assert_eq!(
                tokens(text),
                Err((position, message.to_owned())),
                "{text:?}"
            );
        }
    }

    #[test]
    fn bounds_the_length_in_bytes() {
        assert!(tokens(&"a".repeat(MAX_BYTES)).is_ok());
        let message = "The value is limited to 2048 bytes.".to_owned();
        assert_eq!(
            tokens(&"a".repeat(MAX_BYTES + 1)),
            Err((MAX_BYTES + 1, message.clone()))
        );
        // The 683rd character ends at byte 2049.
        assert_eq!(tokens(&"€".repeat(683)), Err((683, message)));
    }

    #[test]
    fn unescapes_doubled_quotes() {
        for (inside, text) in [("", ""), ("a", "a"), ("it''s", "it's"), ("''''", "''")] {
            assert_eq!(unescape(inside), text);
        }
    }

    #[test]
    fn stays_at_the_end() {
        let mut read = Tokens::read("$filter", "a").expect("a word");
        for at in [0, 1, 1] {
            assert_eq!(read.advance(), at);
            assert_eq!(read.peek(), Token::End);
        }
    }
}
