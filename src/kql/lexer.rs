//! The smallest parts of a query: words, quoted texts, operators, heads of restrictions.
//!
//! Reads on demand, because what a run of characters is depends on what stands before it: `a:b` is a restriction, but
//! in `title:a:b` the value of one. Does not know how the parts make a tree.

use super::{MAX_CHARS, SyntaxError, Text, ast::Operator, error};

const PREFIX_ONLY: &str = "only a prefix can be searched: '*' must be the last character of a word or of quoted text, or stand alone";

/// A word that is an operator in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    And,
    Or,
    Not,
}

impl Keyword {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
        }
    }
}

/// The start of a restriction: `title:`, `price>=`.
pub(super) struct Head {
    pub(super) property: String,
    pub(super) operator: Operator,
    /// The position after the operator.
    pub(super) end: usize,
}

/// A query and a position in it.
pub(super) struct Lexer {
    chars: Vec<char>,
    at: usize,
}

impl Lexer {
    /// # Errors
    /// The text is too long or has a control character that is no white space.
    pub(super) fn new(text: &str) -> Result<Self, SyntaxError> {
        let chars: Vec<char> = text.chars().take(MAX_CHARS + 1).collect();
        if chars.len() > MAX_CHARS {
            let rule = format!("a query is limited to {MAX_CHARS} characters");
            return Err(error(MAX_CHARS, rule));
        }
        let is_refused = |c: &char| c.is_control() && !c.is_whitespace();
        if let Some(at) = chars.iter().position(is_refused) {
            let code = u32::from(chars[at]);
            return Err(error(
                at,
                format!("the control character U+{code:04X} is not allowed"),
            ));
        }
        Ok(Self { chars, at: 0 })
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a position that this lexer has given out.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn second(&self) -> Option<char> {
        self.chars.get(self.at + 1).copied()
    }

    /// Whether the next character begins a quoted text.
    pub(super) fn is_at_quote(&self) -> bool {
        self.peek().is_some_and(is_quote)
    }

    /// Takes the next character.
    pub(super) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.chars.len());
    }

    /// Returns whether there was white space.
    pub(super) fn skip_space(&mut self) -> bool {
        let start = self.at;
        self.at = self.after_space(start);
        self.at > start
    }

    fn after_space(&self, start: usize) -> usize {
        let space = self.chars[start..].iter().take_while(|c| c.is_whitespace());
        start + space.count()
    }

    /// The next characters up to white space, a quote or a parenthesis.
    pub(super) fn run(&self) -> &[char] {
        &self.chars[self.at..self.run_end()]
    }

    fn run_end(&self) -> usize {
        let rest = &self.chars[self.at..];
        let run = rest.iter().take_while(|c| !ends_run(**c));
        self.at + run.count()
    }

    pub(super) fn run_is(&self, word: &str) -> bool {
        self.run().iter().copied().eq(word.chars())
    }

    pub(super) fn keyword(&self) -> Option<Keyword> {
        let mut keywords = [Keyword::And, Keyword::Or, Keyword::Not].into_iter();
        keywords.find(|keyword| self.run_is(keyword.name()))
    }

    /// Takes the next word, after white space, if it is `keyword`. Returns its position.
    pub(super) fn take(&mut self, keyword: Keyword) -> Option<usize> {
        self.skip_space();
        if self.keyword() != Some(keyword) {
            return None;
        }
        let at = self.at;
        self.at = self.run_end();
        Some(at)
    }

    /// Whether a '(' follows the next run, after white space or not.
    pub(super) fn is_call(&self) -> bool {
        let after = self.after_space(self.run_end());
        self.chars.get(after) == Some(&'(')
    }

    /// The head of a restriction, if the next run begins with one. Takes nothing.
    ///
    /// # Errors
    /// The operator follows something that is not a name.
    pub(super) fn head(&self) -> Result<Option<Head>, SyntaxError> {
        let run = self.run();
        let Some(length) = run.iter().position(|c| is_operator(*c)) else {
            return Ok(None);
        };
        let name = &run[..length];
        let (operator, symbol_length) = match (run[length], run.get(length + 1)) {
            (':', _) => (Operator::Contains, 1),
            ('=', _) => (Operator::Equals, 1),
            ('<', Some('>')) => (Operator::NotEquals, 2),
            ('<', Some('=')) => (Operator::LessOrEqual, 2),
            ('<', _) => (Operator::Less, 1),
            (_, Some('=')) => (Operator::GreaterOrEqual, 2),
            (_, _) => (Operator::Greater, 1),
        };
        if operator == Operator::Contains && is_before_colon_of_word(name, &run[length + 1..]) {
            return Ok(None);
        }
        let symbol = operator.symbol();
        let advice = format!("put the text in quotes if '{symbol}' is part of it");
        if name.is_empty() {
            let rule = format!("a property name is missing before '{symbol}'; {advice}");
            return Err(error(self.at, rule));
        }
        let is_name = name.iter().all(|c| c.is_alphanumeric() || *c == '_')
            && !name.iter().all(char::is_ascii_digit);
        if !is_name {
            let rule = format!(
                "'{}' is not a property name (letters, digits and '_'); {advice}",
                shorten(name)
            );
            return Err(error(self.at, rule));
        }
        Ok(Some(Head {
            property: name.iter().collect(),
            operator,
            end: self.at + length + symbol_length,
        }))
    }

    /// The position of the first two dots without a third in the next run: the operator of a range.
    pub(super) fn range_dots(&self) -> Option<usize> {
        let mut at = self.at;
        for part in self.run().chunk_by(|a, b| (*a == '.') == (*b == '.')) {
            if part == ['.', '.'] {
                return Some(at);
            }
            at += part.len();
        }
        None
    }

    /// # Errors
    /// A quote follows directly what was taken.
    pub(super) fn end_word(&self) -> Result<(), SyntaxError> {
        if self.is_at_quote() {
            return Err(error(self.at, "a space is missing before the quote"));
        }
        Ok(())
    }

    /// Takes the next run, which is not empty, as a word.
    ///
    /// # Errors
    /// It has a `*` in the wrong place, or a quote follows it directly.
    pub(super) fn word(&mut self) -> Result<Text, SyntaxError> {
        let text = self.word_until(self.run_end())?;
        self.end_word()?;
        Ok(text)
    }

    /// Takes what stands before `end`, which is not empty, as a word.
    ///
    /// # Errors
    /// It has a `*` in the wrong place.
    pub(super) fn word_until(&mut self, end: usize) -> Result<Text, SyntaxError> {
        let position = self.at;
        let mut chars = &self.chars[position..end];
        let is_prefix = chars.last() == Some(&'*');
        if is_prefix {
            chars = &chars[..chars.len() - 1];
        }
        if let Some(star) = chars.iter().position(|c| *c == '*') {
            return Err(error(position + star, PREFIX_ONLY));
        }
        if chars.is_empty() {
            return Err(error(position, PREFIX_ONLY));
        }
        self.at = end;
        Ok(Text {
            text: chars.iter().collect(),
            is_quoted: false,
            is_prefix,
            position,
        })
    }

    /// Takes the next quoted text. A quote of the same kind in it is doubled; typographic quotes are one kind.
    ///
    /// # Errors
    /// It is not terminated, has no content, or a `*` in the wrong place.
    pub(super) fn quoted(&mut self) -> Result<Text, SyntaxError> {
        let position = self.at;
        let is_straight = self.peek() == Some('"');
        let closes = |c: char| is_quote(c) && (c == '"') == is_straight;
        let mut text = String::new();
        let mut star = None;
        self.advance();
        loop {
            let Some(c) = self.peek() else {
                let rule =
                    format!("a closing quote is missing for the quote at position {position}");
                return Err(error(self.at, rule));
            };
            if closes(c) {
                self.advance();
                if !self.peek().is_some_and(closes) {
                    break;
                }
            }
            if let Some(star) = star {
                return Err(error(star, PREFIX_ONLY));
            }
            if c == '*' {
                star = Some(self.at);
            } else {
                text.push(c);
            }
            self.advance();
        }
        if self.peek() == Some('*') {
            if let Some(star) = star {
                return Err(error(star, PREFIX_ONLY));
            }
            star = Some(self.at);
            self.advance();
        }
        if let Some(star) = star
            && !text.ends_with(|last: char| !last.is_whitespace())
        {
            return Err(error(star, PREFIX_ONLY));
        }
        if text.trim().is_empty() {
            let rule = "the quotes are empty; property:* finds items that have a value";
            return Err(error(position, rule));
        }
        Ok(Text {
            text,
            is_quoted: true,
            is_prefix: star.is_some(),
            position,
        })
    }

    /// # Errors
    /// Something follows a quoted text directly.
    pub(super) fn end_quoted(&self) -> Result<(), SyntaxError> {
        match self.peek() {
            Some(c) if !ends_run(c) || is_quote(c) => {
                Err(error(self.at, "a space is missing after the quote"))
            }
            _ => Ok(()),
        }
    }
}

/// Text from the query for a message.
pub(super) fn shorten(text: &[char]) -> String {
    const MOST: usize = 32;
    let start: String = text.iter().take(MOST).collect();
    if text.len() > MOST {
        start + "…"
    } else {
        start
    }
}

pub(super) fn is_operator(c: char) -> bool {
    matches!(c, ':' | '=' | '<' | '>')
}

/// Straight, and the typographic ones that word processors make of it.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}')
}

fn ends_run(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')')
}

/// Whether a colon between these is part of a word: `https://a.b`, `12:30`.
fn is_before_colon_of_word(before: &[char], after: &[char]) -> bool {
    let is = |scheme: &str| {
        before.len() == scheme.len()
            && before
                .iter()
                .zip(scheme.chars())
                .all(|(a, b)| a.eq_ignore_ascii_case(&b))
    };
    let is_time = || {
        !before.is_empty()
            && before.iter().all(char::is_ascii_digit)
            && after.first().is_some_and(char::is_ascii_digit)
    };
    is("http") || is("https") || (!before.is_empty() && after.starts_with(&['/', '/'])) || is_time()
}
