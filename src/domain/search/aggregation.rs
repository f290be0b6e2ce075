//! Aggregations and their filters by the schemas of the connections that are searched.
//!
//! A token of a bucket is `"ǂǂ` and the UTF-8 text of the key in hexadecimal digits, in quotes; of an interval, `range(from,to)`, where an
//! end that could be read otherwise has that form too.
//! Source: Graph, "Refine search results using aggregations".

use std::{cmp::Ordering, fmt::Write};

use crate::domain::{
    Violation,
    item::instant,
    schema::{Property, PropertyType},
    store::Source,
};

use super::{
    Aggregation, Bucket, BucketOrder, BucketsOf, Facet, Interval, Matcher, Test, moment,
    names::{meaningless, properties, target},
    query::is_value,
    ticks,
};

/// What is behind the quote of a token.
const TOKEN: &str = "ǂǂ";
/// An open end of an interval.
const LEAST: &str = "min";
const MOST: &str = "max";

fn is_refinable(property: &Property) -> bool {
    property.flags.is_refinable
}

/// The properties that a name means, if they can be refined and are of one type.
fn refinable<'a>(
    sources: &'a [Source],
    name: &str,
    pointer: &str,
    broken: &mut Vec<Violation>,
) -> Vec<(i64, &'a Property)> {
    let found = properties(sources, name, is_refinable);
    if found.is_empty() && !sources.is_empty() {
        let rule = meaningless(sources, name, "refinable", is_refinable);
        broken.push(Violation::new(pointer, rule));
    }
    let kinds = found.windows(2).find_map(|pair| {
        let kinds = (pair[0].1.r#type.item(), pair[1].1.r#type.item());
        (kinds.0 != kinds.1).then_some(kinds)
    });
    if let Some((one, other)) = kinds {
        let rule = format!(
            "'{name}' is of type {} in one connection and of type {} in another: ask them one by one",
            one.name(),
            other.name()
        );
        broken.push(Violation::new(pointer, rule));
    }
    found
}

pub(super) fn facets(
    sources: &[Source],
    aggregations: &[Aggregation],
    broken: &mut Vec<Violation>,
) -> Vec<Facet> {
    let mut facets = Vec::new();
    for (no, aggregation) in aggregations.iter().enumerate() {
        let at = format!("/aggregations/{no}");
        let found = refinable(sources, &aggregation.field, &format!("{at}/field"), broken);
        let kind = found
            .first()
            .map_or(PropertyType::String, |(_, it)| it.r#type.item());
        let mut intervals = Vec::new();
        for (range, (from, to)) in aggregation.ranges.iter().enumerate() {
            match interval(kind, from.as_deref(), to.as_deref()) {
                Ok(interval) => intervals.push(interval),
                Err((end, rule)) => {
                    let pointer = format!("{at}/bucketDefinition/ranges/{range}/{end}");
                    broken.push(Violation::new(pointer, rule));
                }
            }
        }
        let targets = found
            .into_iter()
            .map(|(content, property)| target(content, property));
        facets.push(Facet {
            targets: targets.collect(),
            kind,
            intervals,
            aggregation: aggregation.clone(),
        });
    }
    facets
}

/// An end of a range, and the rule that it breaks.
type BrokenEnd = (&'static str, String);

/// Both ends of a range, as values of its type.
fn ends<T>(
    from: Option<&str>,
    to: Option<&str>,
    wanted: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<(Option<T>, Option<T>), BrokenEnd> {
    let end = |name, end: Option<&str>| {
        let read = end.map(|end| {
            let read = read(end.trim());
            read.ok_or_else(|| (name, format!("must be {wanted}")))
        });
        read.transpose()
    };
    Ok((end("from", from)?, end("to", to)?))
}

fn interval(
    kind: PropertyType,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Interval, BrokenEnd> {
    let from = from.filter(|end| !end.is_empty() && !end.eq_ignore_ascii_case(LEAST));
    let to = to.filter(|end| !end.is_empty() && !end.eq_ignore_ascii_case(MOST));
    Ok(match kind {
        PropertyType::Int64 => {
            let (from, to) = ends(from, to, "a whole number of 64 bits", |end| {
                end.parse().ok()
            })?;
            Interval::Int64(from, to)
        }
        PropertyType::Double => {
            let read = |end: &str| end.parse().ok().filter(|number: &f64| number.is_finite());
            let (from, to) = ends(from, to, "a number", read)?;
            Interval::Double(from, to)
        }
        PropertyType::DateTime => {
            let read = |end: &str| ticks(&instant(end)?);
            let (from, to) = ends(from, to, "a date in ISO 8601", read)?;
            Interval::DateTime(from, to)
        }
        _ => Interval::Text(from.map(str::to_owned), to.map(str::to_owned)),
    })
}

/// The buckets of aggregations, of what was found of them.
pub(super) fn buckets(
    aggregations: &[Aggregation],
    found: Vec<Vec<(String, u64)>>,
) -> Vec<BucketsOf> {
    let all = aggregations.iter().zip(found);
    all.map(|(aggregation, found)| BucketsOf {
        field: aggregation.field.clone(),
        buckets: buckets_of(aggregation, found),
    })
    .collect()
}

fn buckets_of(aggregation: &Aggregation, found: Vec<(String, u64)>) -> Vec<Bucket> {
    if aggregation.ranges.is_empty() {
        let buckets = found.into_iter().map(|(key, count)| {
            let filter_token = token(&key);
            Bucket {
                key,
                count,
                filter_token,
            }
        });
        return buckets.collect();
    }
    let ranges = aggregation.ranges.iter().zip(found);
    let buckets = ranges.map(|((from, to), (_, count))| {
        let end = |end: &Option<String>, open: &str| {
            let end = end.clone().filter(|end| !end.is_empty());
            end.unwrap_or_else(|| open.to_owned())
        };
        let (from, to) = (end(from, LEAST), end(to, MOST));
        let key = format!("range({from},{to})");
        let filter_token = format!("range({},{})", end_token(&from), end_token(&to));
        Bucket {
            key,
            count,
            filter_token,
        }
    });
    buckets
        .filter(|bucket| bucket.count >= aggregation.minimum_count)
        .collect()
}

/// The ticks of a date, which is in the order of time; the key; how often.
type Counted = (Option<i64>, String, u64);

impl Facet {
    /// Of counted values those that are wanted, in their order. A date comes as its ticks.
    pub(crate) fn wanted(&self, counted: Vec<(String, u64)>) -> Vec<(String, u64)> {
        let aggregation = &self.aggregation;
        let is_date = self.kind.item() == PropertyType::DateTime;
        // Without regard to case.
        let prefix = aggregation.prefix.as_ref().map(|it| it.to_lowercase());
        let mut wanted: Vec<Counted> = counted
            .into_iter()
            .map(|(key, count)| match key.parse() {
                Ok(ticks) if is_date => (Some(ticks), moment(ticks), count),
                _ => (None, key, count),
            })
            .filter(|(_, _, count)| *count >= aggregation.minimum_count)
            .filter(|(_, key, _)| {
                let prefix = prefix.as_ref();
                prefix.is_none_or(|prefix| key.to_lowercase().starts_with(prefix))
            })
            .collect();
        let order = |one: &Counted, other: &Counted| {
            let is_descending = aggregation.is_descending;
            let by_key = (one.0, &one.1).cmp(&(other.0, &other.1));
            let order = match aggregation.order {
                BucketOrder::Count => directed(one.2.cmp(&other.2), is_descending),
                BucketOrder::KeyAsNumber if !is_date => by_number(&one.1, &other.1, is_descending),
                BucketOrder::KeyAsString | BucketOrder::KeyAsNumber => {
                    directed(by_key, is_descending)
                }
            };
            order.then(by_key)
        };
        let size = aggregation.size as usize;
        if size < wanted.len() {
            wanted.select_nth_unstable_by(size, order);
            wanted.truncate(size);
        }
        wanted.sort_unstable_by(order);
        wanted
            .into_iter()
            .map(|(_, key, count)| (key, count))
            .collect()
    }
}

fn directed(order: Ordering, is_descending: bool) -> Ordering {
    if is_descending {
        order.reverse()
    } else {
        order
    }
}

/// What is no number comes behind all that are, both ways. Integers that one number of 64 bits stands for are told apart.
fn by_number(one: &str, other: &str, is_descending: bool) -> Ordering {
    let number = |key: &str| key.parse().ok().filter(|number: &f64| number.is_finite());
    let integer = |key: &str| key.parse::<i64>().ok();
    match (number(one), number(other)) {
        (Some(one_number), Some(other_number)) => {
            let order = one_number.total_cmp(&other_number);
            let order = order.then_with(|| integer(one).cmp(&integer(other)));
            directed(order, is_descending)
        }
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// An end of a range as it is, unless it has what divides ends and tokens.
fn end_token(end: &str) -> String {
    if end.contains(['"', ',', '(', ')']) || end.trim() != end || end.starts_with(TOKEN) {
        token(end)
    } else {
        end.to_owned()
    }
}

fn token(key: &str) -> String {
    let mut token = format!("\"{TOKEN}");
    for byte in key.bytes() {
        // Writing to a string cannot fail.
        let _ = write!(token, "{byte:02x}");
    }
    token + "\""
}

/// What filters ask for.
pub(super) fn filters(
    sources: &[Source],
    filters: &[String],
    broken: &mut Vec<Violation>,
) -> Vec<Matcher> {
    let mut matchers = Vec::new();
    for (no, filter) in filters.iter().enumerate() {
        let pointer = format!("/aggregationFilters/{no}");
        let Some((field, value)) = filter.split_once(':') else {
            let rule = "must be the name of a property, ':' and a token, as an answer has it";
            broken.push(Violation::new(pointer, rule));
            continue;
        };
        let found = refinable(sources, field.trim(), &pointer, broken);
        let kind = found
            .first()
            .map_or(PropertyType::String, |(_, it)| it.r#type.item());
        match tests(kind, value.trim()) {
            Ok(tests) => {
                let each = found.iter().flat_map(|(content, property)| {
                    let with = |test: &Test| (target(*content, property), test.clone());
                    tests.iter().map(with).collect::<Vec<_>>()
                });
                matchers.push(Matcher::Property(each.collect()));
            }
            Err(rule) => broken.push(Violation::new(pointer, rule)),
        }
    }
    matchers
}

/// Tests of which a value must pass one: of a token, or of `or(token,token)`.
fn tests(kind: PropertyType, value: &str) -> Result<Vec<Test>, String> {
    let inner = value
        .strip_prefix("or(")
        .and_then(|inner| inner.strip_suffix(')'));
    let Some(inner) = inner else {
        return Ok(vec![test(kind, value)?]);
    };
    let tokens = split(inner);
    tokens
        .into_iter()
        .map(|token| test(kind, token.trim()))
        .collect()
}

/// At commas that are in neither quotes nor parentheses.
fn split(tokens: &str) -> Vec<&str> {
    let (mut is_quoted, mut depth, mut start) = (false, 0_u32, 0);
    let mut parts = Vec::new();
    for (at, character) in tokens.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            ',' if !is_quoted && depth == 0 => {
                parts.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts
}

fn test(kind: PropertyType, token: &str) -> Result<Test, String> {
    let range = token
        .strip_prefix("range(")
        .and_then(|rest| rest.strip_suffix(')'));
    if let Some(range) = range {
        let [from, to] = split(range)[..] else {
            return Err(
                "a range is 'range(from,to)', with 'min' and 'max' for open ends".to_owned(),
            );
        };
        let (from, to) = (text_of(from.trim())?, text_of(to.trim())?);
        let interval = interval(kind, Some(&from), Some(&to));
        let interval = interval.map_err(|(end, rule)| format!("'{end}' of the range {rule}"))?;
        return Ok(of_interval(interval));
    }
    if let Some(name) = function(token) {
        return Err(format!(
            "there is no '{name}(…)': a filter is a token, 'or(token,token)' or 'range(from,to)'"
        ));
    }
    let text = text_of(token)?;
    if text.is_empty() && !token.contains(TOKEN) {
        return Err("a token is missing behind the name of the property".to_owned());
    }
    is_value(kind, &text).ok_or_else(|| format!("'{text}' is no value of type {}", kind.name()))
}

/// The name of what looks like a function.
fn function(token: &str) -> Option<&str> {
    let (name, _) = token.strip_suffix(')')?.split_once('(')?;
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphabetic());
    is_name.then_some(name)
}

/// What a token was made from; what is none stands for itself.
fn text_of(token: &str) -> Result<String, String> {
    let unquoted = token
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let text = unquoted.unwrap_or(token);
    if text.contains('"') {
        return Err(format!(
            "'{token}' has a quote that does not enclose a token; several tokens are 'or(token,token)'"
        ));
    }
    if unquoted.is_none() && text.matches('(').count() != text.matches(')').count() {
        return Err(format!("a parenthesis is missing in '{token}'"));
    }
    let Some(digits) = text.strip_prefix(TOKEN) else {
        return Ok(text.to_owned());
    };
    from_hex(digits).ok_or_else(|| {
        format!("'{token}' is no token of an answer: behind {TOKEN} are the digits of UTF-8 text")
    })
}

fn of_interval(interval: Interval) -> Test {
    use std::ops::Bound;
    fn bounds<T>(from: Option<T>, to: Option<T>) -> (Bound<T>, Bound<T>) {
        (
            from.map_or(Bound::Unbounded, Bound::Included),
            to.map_or(Bound::Unbounded, Bound::Excluded),
        )
    }
    match interval {
        Interval::Int64(from, to) => {
            let (from, to) = bounds(from, to);
            Test::Int64(from, to)
        }
        Interval::Double(from, to) => {
            let (from, to) = bounds(from, to);
            Test::Double(from, to)
        }
        Interval::DateTime(from, to) => {
            let (from, to) = bounds(from, to);
            Test::DateTime(from, to)
        }
        Interval::Text(from, to) => Test::Between(from, to),
    }
}

fn from_hex(digits: &str) -> Option<String> {
    if !digits.len().is_multiple_of(2) || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let bytes = (0..digits.len()).step_by(2);
    let bytes = bytes.map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok());
    String::from_utf8(bytes.collect::<Option<_>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_as_what_they_were_made_from() {
        for key in ["html", "", "\"a,b\")", "東京", "ǂǂ00"] {
            let token = token(key);
            let read = super::tests(PropertyType::String, &token);
            assert_eq!(read, Ok(vec![Test::Key(key.to_owned())]), "{token}");
        }
        let both = format!("or({},{})", token("a,b"), token("c"));
        let read = super::tests(PropertyType::String, &both).expect("two");
        assert_eq!(read, [Test::Key("a,b".into()), Test::Key("c".into())]);
    }

    #[test]
    fn keys_of_numbers_have_one_order() {
        let large = (0..30).map(|n| 9_007_199_254_740_992_i64 + n);
        let large = large.flat_map(|n| [n.to_string(), format!("{n}.0")]);
        let others = [
            "NaN", "-inf", "inf", "", "abc", "-1", "0", "-0.0", "1e3", "999.5",
        ];
        let mut keys: Vec<String> = large.chain(others.map(str::to_owned)).collect();
        for one in &keys {
            for two in &keys {
                assert_eq!(
                    by_number(one, two, false),
                    by_number(two, one, false).reverse(),
                    "{one} {two}"
                );
                for three in &keys {
                    if by_number(one, two, false).is_le() && by_number(two, three, false).is_le() {
                        assert!(by_number(one, three, false).is_le(), "{one} {two} {three}");
                    }
                }
            }
        }
        keys.sort_by(|one, other| by_number(one, other, false).then_with(|| one.cmp(other)));
        assert_eq!(keys[..5], ["-1", "-0.0", "0", "999.5", "1e3"]);
        assert_eq!(keys[keys.len() - 5..], ["", "-inf", "NaN", "abc", "inf"]);
    }

    #[test]
    fn tokens_of_ranges_come_back_as_the_ranges() {
        for (from, to) in [
            ("a", "b"),
            ("a,b", "z)"),
            (" h", "i "),
            ("\"q\"", "r(s"),
            ("min", "a,b"),
            ("東京", "max"),
        ] {
            let range = (Some(from.to_owned()), Some(to.to_owned()));
            let aggregation = Aggregation {
                field: "team".to_owned(),
                size: 10,
                order: BucketOrder::Count,
                is_descending: false,
                minimum_count: 0,
                prefix: None,
                ranges: vec![range],
            };
            let counted = vec![(String::new(), 1)];
            let bucket = buckets_of(&aggregation, counted).remove(0);
            assert_eq!(bucket.key, format!("range({from},{to})"));
            let asked = interval(PropertyType::String, Some(from), Some(to)).map(of_interval);
            let asked = asked.map(|test| vec![test]).map_err(|(_, rule)| rule);
            for token in [
                bucket.filter_token.clone(),
                format!("or({})", bucket.filter_token),
            ] {
                assert_eq!(super::tests(PropertyType::String, &token), asked, "{token}");
            }
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for bad in ["", "\"\"", "\"ǂǂ6\"", "\"ǂǂzz\"", "\"ǂǂff\"", "range(1)"] {
            assert!(super::tests(PropertyType::String, bad).is_err(), "{bad}");
        }
        for unclosed in [
            "or(\"a\"",
            "\"a",
            "a\"",
            "\"ǂǂ61",
            "\"a\",\"b\"",
            "a)",
            "range(a,b",
            "or(a,)",
        ] {
            let read = super::tests(PropertyType::String, unclosed);
            assert!(read.is_err(), "{unclosed}: {read:?}");
        }
        for text in ["Smith, John", "done (2026)"] {
            let read = super::tests(PropertyType::String, text);
            assert_eq!(read, Ok(vec![Test::Key(text.to_owned())]));
        }
        assert!(super::tests(PropertyType::Int64, "\"x\"").is_err());
        assert!(super::tests(PropertyType::Int64, "range(a,5)").is_err());
        for bad in ["and(a,b)", "not(\"x\")", "range(a,b,c)", "\"ǂǂ+1\""] {
            assert!(super::tests(PropertyType::String, bad).is_err(), "{bad}");
        }
    }
}
