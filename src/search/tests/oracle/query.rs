//! Queries as trees, and how they are written as KQL.

use std::fmt::{self, Display, Formatter};

#[derive(Debug, Clone)]
pub(super) enum Query {
    All,
    Words(Text),
    Property(Restriction),
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
    /// One beside the other: restrictions of one property among them are alternatives.
    Beside(Vec<Query>),
}

/// A text, as it is meant.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) is_quoted: bool,
    pub(super) is_prefix: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Restriction {
    pub(super) name: String,
    pub(super) condition: Condition,
}

#[derive(Debug, Clone)]
pub(super) enum Condition {
    Exists,
    Compare(&'static str, Text),
    /// `name: a b`, either word.
    Either(String),
    Range(String, String),
}

impl Query {
    /// The same without [`Self::Beside`].
    pub(super) fn joined(&self) -> Self {
        let all = |queries: &[Self]| queries.iter().map(Self::joined).collect();
        match self {
            Self::And(queries) => Self::And(all(queries)),
            Self::Or(queries) => Self::Or(all(queries)),
            Self::Not(query) => Self::Not(Box::new(query.joined())),
            Self::Beside(queries) => {
                let mut parts: Vec<(Option<String>, Vec<Self>)> = Vec::new();
                for query in queries {
                    let name = query.alternative();
                    let same = parts
                        .iter_mut()
                        .find(|(of, _)| name.is_some() && *of == name);
                    match same {
                        Some((_, alternatives)) => alternatives.push(query.joined()),
                        None => parts.push((name, vec![query.joined()])),
                    }
                }
                Self::And(parts.into_iter().map(|(_, any)| Self::Or(any)).collect())
            }
            leaf => leaf.clone(),
        }
    }

    /// The property, if neighbours with the same are alternatives.
    fn alternative(&self) -> Option<String> {
        match self {
            Self::Property(Restriction {
                name,
                condition:
                    Condition::Compare(":" | "=", _) | Condition::Exists | Condition::Range(..),
            }) => Some(name.to_lowercase()),
            _ => None,
        }
    }

    /// Words, phrases and restrictions, in their order.
    pub(super) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::And(all) | Self::Or(all) | Self::Beside(all) => {
                all.iter().flat_map(Self::leaves).collect()
            }
            Self::Not(query) => query.leaves(),
            leaf => vec![leaf],
        }
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let operand = |query: &Self| match query {
            Self::And(_) | Self::Or(_) | Self::Beside(_) => format!("({query})"),
            leaf => leaf.to_string(),
        };
        let join = |queries: &[Self], between: &str| {
            queries
                .iter()
                .map(operand)
                .collect::<Vec<_>>()
                .join(between)
        };
        match self {
            Self::All => f.write_str("*"),
            Self::Words(text) => text.fmt(f),
            Self::Property(Restriction { name, condition }) => match condition {
                Condition::Exists => write!(f, "{name}:*"),
                Condition::Compare(operator, text) => write!(f, "{name}{operator}{text}"),
                Condition::Either(words) => write!(f, "({name}: {words})"),
                Condition::Range(from, to) => write!(f, "{name}:{from}..{to}"),
            },
            Self::And(queries) => f.write_str(&join(queries, " AND ")),
            Self::Or(queries) => f.write_str(&join(queries, " OR ")),
            Self::Not(query) => write!(f, "NOT {}", operand(query)),
            Self::Beside(queries) => f.write_str(&join(queries, " ")),
        }
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let star = if self.is_prefix { "*" } else { "" };
        if self.is_quoted {
            write!(f, "\"{}{star}\"", self.text)
        } else {
            write!(f, "{}{star}", self.text)
        }
    }
}
