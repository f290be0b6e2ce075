//! The grammar of KQL, by recursive descent: no backtracking beyond one word, every recursion through
//! [`Parser::parentheses`].
//!
//! ```text
//! sequence    = or *( or )
//! or          = and *( "OR" and )
//! and         = unary *( "AND" unary )
//! unary       = *"NOT" [ "+" / "-" ] primary
//! primary     = "(" sequence ")" / restriction / quoted / word / "*"
//! restriction = name operator ( value / "(" sequence ")" )
//! value       = text / "*" / text ".." text
//! text        = word / quoted
//! ```
//!
//! Inside the parentheses of a restriction, `primary` is `"(" sequence ")" / value`.

use std::mem;

use super::{
    Condition, MAX_NESTING, MAX_NODES, Node, Operator, Restriction, SyntaxError, Text, error,
    lexer::{Head, Keyword, Lexer, is_operator, shorten},
};

/// Reads a query.
///
/// # Errors
/// Whatever is malformed, unsupported or beyond the limits, at the first place where it shows.
pub(crate) fn parse(text: &str) -> Result<Node, SyntaxError> {
    let mut lexer = Lexer::new(text)?;
    lexer.skip_space();
    if lexer.peek().is_none() {
        return Err(error(0, "must not be empty"));
    }
    let mut parser = Parser {
        lexer,
        depth: 0,
        nodes: 0,
        group: None,
    };
    parser.sequence()
}

/// Operators of KQL that stand between two operands, and what to do instead.
const UNSUPPORTED_BETWEEN: [(&str, &str); 3] = [
    ("NEAR", "use AND, or quotes around a phrase"),
    ("ONEAR", "use quotes around a phrase"),
    (
        "XRANK",
        "leave it and its operand out, a query has no influence on the rank",
    ),
];
/// Operators of KQL that stand before parentheses, and what to do instead.
const UNSUPPORTED_BEFORE: [(&str, &str); 4] = [
    ("WORDS", "use OR between the words"),
    ("ANY", "use OR between the words"),
    ("ALL", "use AND between the words"),
    ("NONE", "use NOT before each word"),
];

type Parsed<T> = Result<T, SyntaxError>;

struct Operand {
    node: Node,
    /// For a restriction by `:` or `=`: its property in lower case. Neighbours with the same are alternatives.
    alternative: Option<String>,
}

impl From<Node> for Operand {
    fn from(node: Node) -> Self {
        Self {
            node,
            alternative: None,
        }
    }
}

/// What a restriction says before its value.
#[derive(Clone)]
struct Subject {
    property: String,
    operator: Operator,
    position: usize,
}

struct Parser {
    lexer: Lexer,
    depth: usize,
    nodes: usize,
    /// The restriction in whose parentheses the next character stands.
    group: Option<Subject>,
}

impl Parser {
    /// Neighbours without an operator, up to the end or the ')' of the parentheses around them, which is not taken.
    fn sequence(&mut self) -> Parsed<Node> {
        let mut parts: Vec<(Option<String>, Vec<Node>)> = Vec::new();
        loop {
            self.lexer.skip_space();
            let position = self.lexer.at();
            match self.lexer.peek() {
                None => break,
                Some(')') if self.depth > 0 => break,
                Some(')') => return Err(error(position, "there is no '(' for this ')'")),
                Some(_) => self.check_start(!parts.is_empty())?,
            }
            let operand = self.or()?;
            let same = |part: &&mut (Option<String>, Vec<Node>)| part.0 == operand.alternative;
            // With the second comes the node that joins them.
            let length = if let Some((Some(_), nodes)) = parts.iter_mut().find(same) {
                nodes.push(operand.node);
                nodes.len()
            } else {
                parts.push((operand.alternative, vec![operand.node]));
                parts.len()
            };
            if length == 2 {
                self.count(position)?;
            }
        }
        let parts = parts.into_iter();
        Ok(and(parts.map(|(_, nodes)| or(nodes)).collect()))
    }

    /// # Errors
    /// The next word cannot begin an operand; `follows_operand`: nor follow one.
    fn check_start(&self, follows_operand: bool) -> Parsed<()> {
        let at = self.lexer.at();
        if let Some(keyword @ (Keyword::And | Keyword::Or)) = self.lexer.keyword() {
            let name = keyword.name();
            let rule =
                format!("a search term is missing before '{name}'; in quotes '{name}' is a word");
            return Err(error(at, rule));
        }
        let is_call = self.lexer.is_call();
        let between = UNSUPPORTED_BETWEEN.iter();
        let between = between.filter(|_| follows_operand || is_call);
        let before = UNSUPPORTED_BEFORE.iter().filter(|_| is_call);
        for (name, advice) in between.chain(before) {
            if self.lexer.run_is(name) {
                let rule =
                    format!("'{name}' is not supported; {advice}; in quotes '{name}' is a word");
                return Err(error(at, rule));
            }
        }
        Ok(())
    }

    /// Levels of OR and AND in one method, which takes less stack than one each.
    fn or(&mut self) -> Parsed<Operand> {
        let mut operand = self.unary()?;
        let mut alternatives = Vec::new();
        let mut factors = Vec::new();
        loop {
            if let Some(at) = self.lexer.take(Keyword::And) {
                if factors.is_empty() {
                    self.count(at)?;
                }
                factors.push(operand.node);
                self.require_operand(at, "AND")?;
            } else if let Some(at) = self.lexer.take(Keyword::Or) {
                if alternatives.is_empty() {
                    self.count(at)?;
                }
                factors.push(operand.node);
                alternatives.push(and(mem::take(&mut factors)));
                self.require_operand(at, "OR")?;
            } else if factors.is_empty() && alternatives.is_empty() {
                return Ok(operand);
            } else {
                factors.push(operand.node);
                alternatives.push(and(factors));
                return Ok(or(alternatives).into());
            }
            operand = self.unary()?;
        }
    }

    /// # Errors
    /// No operand follows the operator at `at`.
    fn require_operand(&mut self, at: usize, operator: &str) -> Parsed<()> {
        self.lexer.skip_space();
        let is_missing = match self.lexer.peek() {
            None | Some(')') => true,
            Some(_) => matches!(self.lexer.keyword(), Some(Keyword::And | Keyword::Or)),
        };
        if is_missing {
            let rule = format!(
                "a search term is missing after '{operator}'; in quotes '{operator}' is a word"
            );
            return Err(error(at, rule));
        }
        self.check_start(false)
    }

    fn unary(&mut self) -> Parsed<Operand> {
        let mut negations = 0;
        while let Some(at) = self.lexer.take(Keyword::Not) {
            self.require_operand(at, "NOT")?;
            self.count(at)?;
            self.enter(at)?;
            negations += 1;
        }
        let is_excluded = self.sign()?;
        let mut operand = self.primary()?;
        self.depth -= negations;
        for _ in 0..negations + usize::from(is_excluded) {
            operand = Node::Not(Box::new(operand.node)).into();
        }
        Ok(operand)
    }

    /// Takes a sign. Returns whether it is '-'.
    fn sign(&mut self) -> Parsed<bool> {
        let Some(sign @ ('+' | '-')) = self.lexer.peek() else {
            return Ok(false);
        };
        let at = self.lexer.at();
        self.lexer.advance();
        let is_missing = match self.lexer.peek() {
            None | Some(')' | '+' | '-') => true,
            Some(c) => c.is_whitespace() || self.lexer.keyword().is_some(),
        };
        if is_missing {
            let rule = format!(
                "a search term is missing directly after '{sign}'; put the text in quotes if '{sign}' is part of it"
            );
            return Err(error(at, rule));
        }
        self.check_start(false)?;
        if sign == '-' {
            self.count(at)?;
        }
        Ok(sign == '-')
    }

    /// The next character is neither white space nor ')'.
    fn primary(&mut self) -> Parsed<Operand> {
        if self.lexer.peek() == Some('(') {
            Ok(self.parentheses()?.into())
        } else if let Some(subject) = self.group.clone() {
            Ok(self.member(subject)?.into())
        } else if let Some(head) = self.lexer.head()? {
            self.restriction(head)
        } else {
            Ok(self.term()?.into())
        }
    }

    /// What stands in the parentheses of a restriction.
    fn member(&mut self, subject: Subject) -> Parsed<Node> {
        let at = self.lexer.at();
        if matches!(self.lexer.head(), Ok(Some(_))) {
            let rule = format!(
                "a restriction is not allowed in the parentheses of '{}'",
                short(&subject.property)
            );
            return Err(error(at, rule));
        }
        self.count(at)?;
        let condition = self.condition(&subject)?;
        Ok(restriction(subject, condition))
    }

    fn term(&mut self) -> Parsed<Node> {
        let at = self.lexer.at();
        self.count(at)?;
        if self.lexer.is_at_quote() {
            let text = self.lexer.quoted()?;
            self.lexer.end_quoted()?;
            return Ok(Node::Term(text));
        }
        if self.lexer.run_is("*") {
            self.lexer.advance();
            self.lexer.end_word()?;
            return Ok(Node::All);
        }
        if self.lexer.range_dots() == Some(at) {
            let rule = "'..' joins the two ends of a range without spaces: price:1..5";
            return Err(error(at, rule));
        }
        Ok(Node::Term(self.lexer.word()?))
    }

    fn parentheses(&mut self) -> Parsed<Node> {
        let open = self.lexer.at();
        self.enter(open)?;
        self.lexer.advance();
        self.lexer.skip_space();
        if self.lexer.peek() == Some(')') {
            return Err(error(open, "the parentheses are empty"));
        }
        if self.lexer.peek().is_none() {
            return Err(missing_close(self.lexer.at(), open));
        }
        let node = self.sequence()?;
        // A sequence ends there or at the end.
        if self.lexer.peek() != Some(')') {
            return Err(missing_close(self.lexer.at(), open));
        }
        self.lexer.advance();
        self.depth -= 1;
        Ok(node)
    }

    fn restriction(&mut self, head: Head) -> Parsed<Operand> {
        let subject = Subject {
            property: head.property,
            operator: head.operator,
            position: self.lexer.at(),
        };
        self.lexer.go_to(head.end);
        let is_spaced = self.lexer.skip_space();
        if !self.is_at_value(is_spaced) {
            let rule = format!("the value of '{}' is missing", short(&subject.property));
            return Err(error(head.end, rule));
        }
        let is_match = subject.operator.is_match();
        let alternative = is_match.then(|| subject.property.to_lowercase());
        let node = if self.lexer.peek() == Some('(') {
            self.group(subject)?
        } else {
            self.count(subject.position)?;
            let mut condition = self.condition(&subject)?;
            if is_spaced
                && let Condition::Compare(Operator::Contains, text) = &mut condition
                && !text.is_quoted
            {
                self.further_words(text)?;
            }
            restriction(subject, condition)
        };
        Ok(Operand { node, alternative })
    }

    /// `title:(a OR b)` is `title:a OR title:b`.
    fn group(&mut self, subject: Subject) -> Parsed<Node> {
        if !subject.operator.is_match() {
            let name = short(&subject.property);
            let symbol = subject.operator.symbol();
            let rule = format!(
                "'{symbol}' takes a single value; parentheses are allowed only after ':' or '=', as in NOT {name}:(…)"
            );
            return Err(error(self.lexer.at(), rule));
        }
        self.group = Some(subject);
        let node = self.parentheses()?;
        self.group = None;
        Ok(node)
    }

    /// Whether a value may start here; `is_spaced`: after white space.
    fn is_at_value(&self, is_spaced: bool) -> bool {
        match self.lexer.peek() {
            None | Some(')') => false,
            Some(_) if !is_spaced => true,
            Some('+') => false,
            Some('-') => self.lexer.second().is_some_and(|c| c.is_ascii_digit()),
            Some(_) => self.lexer.keyword().is_none() && !matches!(self.lexer.head(), Ok(Some(_))),
        }
    }

    /// Adds to the value of `title: a` the words up to an operator, a parenthesis, a quote or a restriction.
    fn further_words(&mut self, text: &mut Text) -> Parsed<()> {
        loop {
            let end = self.lexer.at();
            self.lexer.skip_space();
            let is_word = match self.lexer.peek() {
                None | Some('(' | ')' | '+' | '-') => false,
                Some(_) => {
                    !self.lexer.is_at_quote()
                        && !self.lexer.run_is("*")
                        && self.lexer.keyword().is_none()
                        && !UNSUPPORTED_BETWEEN
                            .iter()
                            .any(|(name, _)| self.lexer.run_is(name))
                        && self.lexer.head()?.is_none()
                }
            };
            if !is_word {
                self.lexer.go_to(end);
                return Ok(());
            }
            self.check_start(true)?;
            if text.is_prefix {
                let rule = "only the last of several words can be a prefix; use parentheses: title:(cont* OR tit*)";
                return Err(error(end - 1, rule));
            }
            let word = self.lexer.word()?;
            text.text.push(' ');
            text.text.push_str(&word.text);
            text.is_prefix = word.is_prefix;
        }
    }

    /// The value of a restriction. The next character is none of white space, '(' and ')'.
    fn condition(&mut self, subject: &Subject) -> Parsed<Condition> {
        let at = self.lexer.at();
        let is_match = subject.operator.is_match();
        if let Some(c) = self.lexer.peek().filter(|c| is_operator(*c)) {
            let rule = format!(
                "a value takes one operator; found '{}' and '{c}'; put the text in quotes if '{c}' is part of it",
                subject.operator.symbol()
            );
            return Err(error(at, rule));
        }
        if self.lexer.run_is("*") {
            if !is_match {
                let name = short(&subject.property);
                let rule = format!(
                    "'*' is allowed only after ':' or '='; NOT {name}:* finds items without a value"
                );
                return Err(error(at, rule));
            }
            self.lexer.advance();
            self.lexer.end_word()?;
            return Ok(Condition::Exists);
        }
        let text = if self.lexer.is_at_quote() {
            let text = self.lexer.quoted()?;
            if self.lexer.range_dots() == Some(self.lexer.at()) {
                return self.range(subject, text);
            }
            self.lexer.end_quoted()?;
            text
        } else if let Some(dots) = self.lexer.range_dots() {
            if dots == at {
                return Err(open_range(at, "start", subject, "<="));
            }
            let from = self.lexer.word_until(dots)?;
            return self.range(subject, from);
        } else {
            self.lexer.word()?
        };
        if text.is_prefix && !is_match {
            let rule = format!(
                "a prefix is allowed only after ':' or '='; '{}' takes a whole value",
                subject.operator.symbol()
            );
            return Err(error(at, rule));
        }
        Ok(Condition::Compare(subject.operator, text))
    }

    /// What follows the start of a range, from the two dots on.
    fn range(&mut self, subject: &Subject, from: Text) -> Parsed<Condition> {
        let dots = self.lexer.at();
        if !subject.operator.is_match() {
            let rule = format!(
                "a range is allowed only after ':' or '=', not after '{}'; put the value in quotes if '..' is part of it",
                subject.operator.symbol()
            );
            return Err(error(dots, rule));
        }
        self.lexer.go_to(dots + 2);
        let to = if self.lexer.is_at_quote() {
            let to = self.lexer.quoted()?;
            self.lexer.end_quoted()?;
            to
        } else if self.lexer.run().is_empty() {
            return Err(open_range(dots + 2, "end", subject, ">="));
        } else if let Some(second) = self.lexer.range_dots() {
            let rule = "a range has two ends; put an end in quotes if '..' is part of it";
            return Err(error(second, rule));
        } else {
            self.lexer.word()?
        };
        if let Some(end) = [&from, &to].into_iter().find(|end| end.is_prefix) {
            let rule = "an end of a range cannot be a prefix";
            return Err(error(end.position, rule));
        }
        Ok(Condition::Range { from, to })
    }

    /// One level further in, for the parenthesis or NOT at `at`. Who enters leaves; after an error nobody needs to.
    fn enter(&mut self, at: usize) -> Parsed<()> {
        if self.depth == MAX_NESTING {
            let rule = format!("parentheses and NOT are limited to {MAX_NESTING} levels");
            return Err(error(at, rule));
        }
        self.depth += 1;
        Ok(())
    }

    /// Counts a node of the tree, which shows at `at`.
    fn count(&mut self, at: usize) -> Parsed<()> {
        if self.nodes == MAX_NODES {
            let rule = format!(
                "a query is limited to {MAX_NODES} words, phrases, restrictions and operators between them"
            );
            return Err(error(at, rule));
        }
        self.nodes += 1;
        Ok(())
    }
}

fn restriction(subject: Subject, condition: Condition) -> Node {
    Node::Restriction(Restriction {
        property: subject.property,
        condition,
        position: subject.position,
    })
}

/// At least one node. A conjunction among them gives its own.
fn and(nodes: Vec<Node>) -> Node {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::And(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    one_or(flat, Node::And)
}

/// At least one node. A disjunction among them gives its own.
fn or(nodes: Vec<Node>) -> Node {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Or(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    one_or(flat, Node::Or)
}

fn one_or(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 {
        nodes.remove(0)
    } else {
        join(nodes)
    }
}

fn missing_close(at: usize, open: usize) -> SyntaxError {
    error(
        at,
        format!("a ')' is missing for the '(' at position {open}"),
    )
}

fn open_range(at: usize, end: &str, subject: &Subject, symbol: &str) -> SyntaxError {
    let name = short(&subject.property);
    error(
        at,
        format!("the {end} of the range is missing; for an open range use {name}{symbol}"),
    )
}

fn short(name: &str) -> String {
    shorten(&name.chars().collect::<Vec<_>>())
}
