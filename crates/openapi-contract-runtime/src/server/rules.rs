//! The rules of the document on single values, and the words for a broken one.

use std::{collections::HashSet, sync::OnceLock};

use regex::Regex;

use super::format::Format;

/// A regular expression of the document, compiled once.
pub struct Pattern {
    source: &'static str,
    /// The document's words for it, `must …`.
    rule: Option<&'static str>,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// An expression, and the words of the document for it.
    pub const fn new(source: &'static str, rule: Option<&'static str>) -> Self {
        Self {
            source,
            rule,
            compiled: OnceLock::new(),
        }
    }

    fn matches(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| {
                Regex::new(self.source).expect("the generator has parsed every pattern")
            })
            .is_match(text)
    }

    fn rule(&self) -> String {
        match self.rule {
            Some(rule) => rule.to_owned(),
            None => format!("must match the regular expression {}", self.source),
        }
    }
}

/// `minLength`, `maxLength` (characters), `pattern` and `format`.
pub struct TextRules {
    /// `minLength`, in characters.
    pub min: Option<usize>,
    /// `maxLength`, in characters.
    pub max: Option<usize>,
    /// `pattern`.
    pub pattern: Option<&'static Pattern>,
    /// `format`.
    pub format: Option<Format>,
}

impl TextRules {
    /// Any text.
    pub const NONE: Self = Self {
        min: None,
        max: None,
        pattern: None,
        format: None,
    };
}

/// How many items an array, or members an object, may have.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    /// The least.
    pub min: Option<usize>,
    /// The most.
    pub max: Option<usize>,
}

impl Count {
    pub(crate) fn check(self, count: usize, what: &str) -> Result<(), String> {
        match (self.min, self.max) {
            (_, Some(max)) if count > max => {
                Err(format!("must have at most {max} {what}; it has {count}"))
            }
            (Some(min), _) if count < min => {
                Err(format!("must have at least {min} {what}; it has {count}"))
            }
            _ => Ok(()),
        }
    }
}

/// `minItems`, `maxItems`, `uniqueItems`, and the forms in which an array is read too.
pub struct ArrayRules {
    /// `minItems` and `maxItems`.
    pub count: Count,
    /// `uniqueItems`.
    pub unique: bool,
    /// An item alone is read as an array of it.
    pub single: bool,
    /// A string of items, separated by commas, is read as an array of them.
    pub comma: bool,
}

impl ArrayRules {
    /// Any array, and nothing else.
    pub const NONE: Self = Self {
        count: Count {
            min: None,
            max: None,
        },
        unique: false,
        single: false,
        comma: false,
    };
}

pub(crate) const TWICE: &str = "must not have an item twice";

/// The items of a list that is written as one text.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> {
    let items = text.split(',').map(str::trim);
    items.filter(move |_| !text.trim().is_empty())
}

/// Reads a list that is written as one text.
///
/// # Errors
/// The first broken rule in words.
pub fn list<T>(
    raw: &str,
    rules: &ArrayRules,
    item: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let items: Vec<&str> = split(raw).collect();
    rules.count.check(items.len(), "items")?;
    let mut seen = HashSet::new();
    if rules.unique && !items.iter().all(|item| seen.insert(*item)) {
        return Err(TWICE.to_owned());
    }
    items.into_iter().map(item).collect()
}

/// An enumeration of the document.
pub trait Enumeration: Copy + 'static {
    /// Every value with its name.
    const VALUES: &'static [(&'static str, Self)];
    /// Whether names are read without regard to ASCII case.
    const ANY_CASE: bool;
}

/// The value of a name.
///
/// # Errors
/// The names there are, in words.
pub fn one_of<T: Enumeration>(name: &str) -> Result<T, String> {
    let mut values = T::VALUES.iter();
    values
        .find(|(other, _)| *other == name || (T::ANY_CASE && other.eq_ignore_ascii_case(name)))
        .map(|(_, value)| *value)
        .ok_or_else(|| choices(T::VALUES))
}

pub(crate) fn choices<T>(values: &[(&str, T)]) -> String {
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    format!("must be one of: {}", names.join(", "))
}

/// Checks a text.
///
/// # Errors
/// The broken rule in words.
pub fn text(value: &str, rules: &TextRules) -> Result<(), String> {
    let length = value.chars().count();
    if rules.min.is_some_and(|min| length < min) || rules.max.is_some_and(|max| length > max) {
        let bounds = range(rules.min, rules.max, "");
        return Err(format!("must be {bounds} characters long; it has {length}"));
    }
    if let Some(pattern) = rules.pattern
        && !pattern.matches(value)
    {
        return Err(pattern.rule());
    }
    rules.format.map_or(Ok(()), |format| format.check(value))
}

fn range<T: std::fmt::Display>(min: Option<T>, max: Option<T>, lead: &str) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{lead}{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    }
}

/// # Errors
/// The broken rule in words, with the bounds if there are any.
fn within<T: PartialOrd + std::fmt::Display + Copy>(
    value: T,
    what: &str,
    min: Option<T>,
    max: Option<T>,
) -> Result<T, String> {
    if min.is_some_and(|min| value < min) || max.is_some_and(|max| value > max) {
        return Err(format!(
            "must be {what} {}; it is {value}",
            range(min, max, "from ")
        ));
    }
    Ok(value)
}

fn parsed<T: std::str::FromStr + PartialOrd + std::fmt::Display + Copy>(
    raw: &str,
    what: &str,
    min: Option<T>,
    max: Option<T>,
) -> Result<T, String> {
    match raw.parse() {
        Ok(value) => within(value, what, min, max),
        Err(_) => Err(format!("must be {what} {}", range(min, max, "from "))
            .trim_end()
            .to_owned()),
    }
}

/// Reads an integer of 32 bits.
///
/// # Errors
/// The broken rule in words.
pub fn int32(raw: &str, min: Option<i32>, max: Option<i32>) -> Result<i32, String> {
    parsed(
        raw,
        "an integer",
        min.or(Some(i32::MIN)),
        max.or(Some(i32::MAX)),
    )
}

/// Reads an integer of 64 bits.
///
/// # Errors
/// The broken rule in words.
pub fn int64(raw: &str, min: Option<i64>, max: Option<i64>) -> Result<i64, String> {
    parsed(
        raw,
        "an integer",
        min.or(Some(i64::MIN)),
        max.or(Some(i64::MAX)),
    )
}

/// Reads a number.
///
/// # Errors
/// The broken rule in words.
pub fn double(raw: &str, min: Option<f64>, max: Option<f64>) -> Result<f64, String> {
    match raw.parse::<f64>() {
        Ok(value) if value.is_finite() => within(value, "a number", min, max),
        _ => Err("must be a number".into()),
    }
}

/// In any case of letters: clients write what their language prints, such as Python's `True`.
pub fn boolean(raw: &str) -> Result<bool, String> {
    match raw {
        raw if raw.eq_ignore_ascii_case("true") => Ok(true),
        raw if raw.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err("must be true or false".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_counted_in_characters() {
        let rules = TextRules {
            min: Some(1),
            max: Some(3),
            ..TextRules::NONE
        };
        for (value, expected) in [
            ("a", Ok(())),
            ("äöü", Ok(())),
            ("", Err("must be 1 to 3 characters long; it has 0".into())),
            (
                "abcd",
                Err("must be 1 to 3 characters long; it has 4".into()),
            ),
        ] {
            assert_eq!(text(value, &rules), expected, "{value}");
        }
    }

    #[test]
    fn patterns_are_told_in_words_if_the_document_has_some() {
        static WORDED: Pattern = Pattern::new("^[a-z]*$", Some("must be small letters"));
        static PLAIN: Pattern = Pattern::new("^[a-z]*$", None);
        let of = |pattern| TextRules {
            pattern: Some(pattern),
            ..TextRules::NONE
        };
        assert_eq!(text("a", &of(&WORDED)), Ok(()));
        assert_eq!(text("A", &of(&WORDED)), Err("must be small letters".into()));
        let expression = "must match the regular expression ^[a-z]*$";
        assert_eq!(text("A", &of(&PLAIN)), Err(expression.into()));
    }

    #[test]
    fn lists_are_separated_by_commas() {
        let rules = ArrayRules {
            count: Count {
                min: None,
                max: Some(3),
            },
            unique: true,
            ..ArrayRules::NONE
        };
        let read = |raw| list(raw, &rules, |item| int32(item, None, Some(9)));
        assert_eq!(read("1,2, 3"), Ok(vec![1, 2, 3]));
        assert_eq!(read(""), Ok(vec![]));
        assert_eq!(read("1,1"), Err("must not have an item twice".into()));
        assert_eq!(
            read("1,2,3,4"),
            Err("must have at most 3 items; it has 4".into())
        );
        let not_a_number = "must be an integer from -2147483648 to 9";
        assert_eq!(read("1,,2"), Err(not_a_number.into()));
    }

    #[test]
    fn numbers_name_their_bounds() {
        let top = |raw| int32(raw, Some(1), Some(999));
        assert_eq!(top("1"), Ok(1));
        assert_eq!(top("999"), Ok(999));
        assert_eq!(
            top("0"),
            Err("must be an integer from 1 to 999; it is 0".into())
        );
        assert_eq!(
            top("1000"),
            Err("must be an integer from 1 to 999; it is 1000".into())
        );
        assert_eq!(top("x"), Err("must be an integer from 1 to 999".into()));
        assert_eq!(
            top("99999999999"),
            Err("must be an integer from 1 to 999".into())
        );
        assert_eq!(double("1e999", None, None), Err("must be a number".into()));
        assert_eq!(boolean("True"), Ok(true));
        assert_eq!(boolean("yes"), Err("must be true or false".into()));
    }
}
