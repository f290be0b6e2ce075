//! What search means, as plainly as it can be said: loops over all items, without an index.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use serde_json::{Map, Value as Json};
use tantivy::fieldnorm::FieldNormReader;

use crate::domain::{
    external_group::MemberKind,
    item::{AccessControlEntry, PrincipalKind},
    principal::{GroupId, Principal},
    schema::{Property, PropertyType, Schema},
    search::{Aggregation, BucketOrder, SearchRequest},
};

use super::query::{Condition, Query, Restriction, Text};

/// The connections of a tenant that have a schema.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Model(pub(super) BTreeMap<String, Connection>);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Connection {
    pub(super) schema: Schema,
    pub(super) items: BTreeMap<String, Item>,
    /// The members of each external group.
    pub(super) groups: BTreeMap<String, Vec<(MemberKind, String)>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) acl: Vec<AccessControlEntry>,
    pub(super) properties: Map<String, Json>,
    pub(super) text: String,
    pub(super) is_html: bool,
}

/// The request breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Refused;

type Sources<'m> = Vec<(&'m String, &'m Connection)>;

/// An item that is looked at.
#[derive(Clone)]
pub(super) struct At<'m> {
    pub(super) connection: &'m String,
    pub(super) of: &'m Connection,
    pub(super) id: &'m String,
    pub(super) item: &'m Item,
    /// Words one after another: of searchable properties, as often as they weigh, and of the content.
    runs: Vec<Vec<String>>,
}

/// A value by which items are sorted and counted. The classes of values of different types are in this order.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Value {
    /// A whole number, or the ticks of a moment.
    Whole(i64),
    Double(f64),
    /// Folded, and as it is.
    Text(String, String),
}

/// All hits of a request in their order, before they are paged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expected {
    pub(super) hits: Vec<ExpectedHit>,
    /// Keys and counts for each aggregation.
    pub(super) buckets: Vec<Vec<(String, u64)>>,
    pub(super) words: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExpectedHit {
    pub(super) connection: String,
    pub(super) id: String,
    pub(super) is_collapsed: bool,
    pub(super) properties: String,
}

// Text.

pub(super) fn fold(text: &str) -> String {
    text.to_lowercase().replace('é', "e")
}

pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    for character in fold(text).chars() {
        match character {
            '一'..='龥' => tokens.extend([character.into(), String::new()]),
            letter if letter.is_alphanumeric() => tokens.last_mut().expect("one").push(letter),
            _ => tokens.push(String::new()),
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// Whether words stand one after another; the last is the beginning of one.
fn follows(run: &[String], words: &[String], is_prefix: bool) -> bool {
    let is_same = |(n, (word, wanted)): (usize, (&String, &String))| {
        word == wanted || (is_prefix && n + 1 == words.len() && word.starts_with(wanted.as_str()))
    };
    let mut windows = run.windows(words.len().max(1));
    !words.is_empty() && windows.any(|window| window.iter().zip(words).enumerate().all(is_same))
}

// Values.

fn values(item: &Item, property: &Property) -> Vec<Json> {
    match item.properties.get(&property.name) {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(values)) => values.clone(),
        Some(value) => vec![value.clone()],
    }
}

fn texts(item: &Item, property: &Property) -> Vec<String> {
    let of = |value: Json| match value {
        Json::String(text) => vec![text],
        Json::Object(members) => {
            let texts = members.values().filter_map(Json::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    values(item, property).into_iter().flat_map(of).collect()
}

fn is_text(property: &Property) -> bool {
    matches!(
        property.r#type.item(),
        PropertyType::String | PropertyType::Principal
    )
}

fn ticks(text: &str) -> Option<i64> {
    let text = match text.len() {
        10 => format!("{text}T00:00:00Z"),
        19 => format!("{text}Z"),
        _ => text.to_owned(),
    };
    let moment = chrono::DateTime::parse_from_rfc3339(&text).ok()?;
    Some(moment.timestamp_micros() * 10)
}

/// What can be compared.
fn compared(item: &Item, property: &Property) -> Vec<Value> {
    let value = |value: Json| match property.r#type.item() {
        PropertyType::Int64 => value.as_i64().map(Value::Whole),
        PropertyType::Double => value.as_f64().map(Value::Double),
        PropertyType::DateTime => ticks(value.as_str()?).map(Value::Whole),
        PropertyType::String => {
            let text = value.as_str()?;
            Some(Value::Text(fold(text), text.to_owned()))
        }
        _ => None,
    };
    values(item, property)
        .into_iter()
        .filter_map(value)
        .collect()
}

fn can_be_sorted(property: &Property) -> bool {
    use PropertyType::{DateTime, Double, Int64};
    property.flags.is_refinable || matches!(property.r#type.item(), Int64 | Double | DateTime)
}

impl Connection {
    pub(super) fn resolve(&self, name: &str) -> Option<&Property> {
        let mut properties = self.schema.properties.iter();
        let is = |other: &String, name: &str| other.eq_ignore_ascii_case(name);
        let by_name = self.schema.properties.iter().find(|it| is(&it.name, name));
        by_name.or_else(|| {
            let lower = name.to_lowercase();
            properties.find(|it| match lower.strip_prefix("label_") {
                Some(label) => it.labels.iter().any(|of| is(of, label)),
                None => it.aliases.iter().any(|of| is(of, name)),
            })
        })
    }

    // Who sees what.

    /// The external groups that a user is in: whoever is in a member of a group is in the group.
    pub(super) fn groups_of(&self, who: &Principal) -> BTreeSet<String> {
        let mut mine: BTreeSet<String> = BTreeSet::new();
        loop {
            let before = mine.len();
            for (group, members) in &self.groups {
                if members.iter().any(|member| is_mine(who, &mine, member)) {
                    mine.insert(group.clone());
                }
            }
            if mine.len() == before {
                return mine;
            }
        }
    }
}

/// Whether an entry names a user, who is in some external groups.
pub(super) fn names(who: &Principal, mine: &BTreeSet<String>, entry: &AccessControlEntry) -> bool {
    let value = entry.value.to_lowercase();
    let groups: Option<Vec<&str>> =
        (who.groups.as_ref()).map(|all| all.iter().map(GroupId::as_str).collect());
    // Where nobody knows whether it is he, he is denied.
    let (has_user, has_groups) = (who.user.is_some(), groups.is_some());
    let is_known = match entry.r#type {
        PrincipalKind::User => has_user,
        PrincipalKind::Group => has_groups,
        PrincipalKind::ExternalGroup => has_user && has_groups,
        _ => true,
    };
    if entry.deny && !is_known {
        return true;
    }
    match entry.r#type {
        PrincipalKind::Everyone => true,
        PrincipalKind::EveryoneExceptGuests => !who.is_guest,
        PrincipalKind::User => who.user.as_ref().is_some_and(|it| it.as_str() == value),
        PrincipalKind::Group => groups.is_some_and(|all| all.contains(&value.as_str())),
        PrincipalKind::ExternalGroup => mine.contains(&entry.value),
    }
}

pub(super) fn sees(who: &Principal, mine: &BTreeSet<String>, item: &Item) -> bool {
    let mut named = item.acl.iter().filter(|entry| names(who, mine, entry));
    let is_denied = named.clone().any(|entry| entry.deny);
    !is_denied && named.any(|entry| !entry.deny)
}

/// Whether a member is the user, or a group that he is in.
pub(super) fn is_mine(
    who: &Principal,
    mine: &BTreeSet<String>,
    (kind, id): &(MemberKind, String),
) -> bool {
    match kind {
        MemberKind::User => who.user.as_ref().is_some_and(|it| it.as_str() == id),
        MemberKind::Group => {
            let mut groups = who.groups.iter().flat_map(|groups| groups.iter());
            groups.any(|group| group.as_str() == id)
        }
        MemberKind::ExternalGroup => mine.contains(id),
    }
}

// Who matches what.

impl<'m> At<'m> {
    pub(super) fn new(
        connection: &'m String,
        of: &'m Connection,
        id: &'m String,
        item: &'m Item,
    ) -> Self {
        let mut runs = Vec::new();
        for property in &of.schema.properties {
            let weight = match property.importance.as_deref() {
                Some("veryHigh") => 4,
                Some("high") => 3,
                Some("medium") => 2,
                _ => 1,
            };
            if property.flags.is_searchable {
                for text in texts(item, property) {
                    runs.extend(vec![tokens(&text); weight]);
                }
            }
        }
        runs.push(tokens(&item.text));
        Self {
            connection,
            of,
            id,
            item,
            runs,
        }
    }

    /// `None` if the query says nothing, as a word without letters.
    pub(super) fn matches(&self, query: &Query) -> Option<bool> {
        let all = |queries: &[Query]| -> Vec<bool> {
            queries
                .iter()
                .filter_map(|query| self.matches(query))
                .collect()
        };
        let joined =
            |answers: Vec<bool>, join: fn(bool, bool) -> bool| answers.into_iter().reduce(join);
        match query {
            Query::All => Some(true),
            Query::Words(text) => {
                let words = tokens(&text.text);
                let has = |run: &Vec<String>| follows(run, &words, text.is_prefix);
                (!words.is_empty()).then(|| self.runs.iter().any(has))
            }
            Query::Property(restriction) => Some(self.passes(restriction)),
            Query::And(queries) | Query::Beside(queries) => {
                joined(all(queries), |one, other| one && other)
            }
            Query::Or(queries) => joined(all(queries), |one, other| one || other),
            Query::Not(query) => self.matches(query).map(|is| !is),
        }
    }

    fn passes(&self, Restriction { name, condition }: &Restriction) -> bool {
        let Some(property) = self.of.resolve(name).filter(|it| it.flags.is_queryable) else {
            // `fileID` is refused as a property where it is not one of any connection.
            return match condition {
                Condition::Compare(":" | "=", text) if name.eq_ignore_ascii_case("fileID") => {
                    text.text.rsplit(',').next() == Some(self.id)
                }
                _ => false,
            };
        };
        let equals = |text: &Text| {
            if is_text(property) {
                let wanted = fold(&text.text);
                texts(self.item, property).iter().any(|value| {
                    if text.is_prefix {
                        fold(value).starts_with(&wanted)
                    } else {
                        fold(value) == wanted
                    }
                })
            } else {
                self.compares(property, "=", &text.text)
            }
        };
        // It was asked of a property of another connection.
        if !may_ask(property, condition) {
            return matches!(condition, Condition::Compare("<>", _));
        }
        match condition {
            Condition::Exists => !values(self.item, property).is_empty(),
            Condition::Compare("<>", text) => !equals(text),
            Condition::Compare("=", text) => equals(text),
            Condition::Compare(":", text) if is_text(property) => {
                if property.flags.is_exact_match_required {
                    equals(text)
                } else if text.is_quoted {
                    let words = tokens(&text.text);
                    let has = |value: &String| follows(&tokens(value), &words, text.is_prefix);
                    texts(self.item, property).iter().any(has)
                } else {
                    self.has_either(property, &text.text, text.is_prefix)
                }
            }
            Condition::Compare(operator, text) => self.compares(property, operator, &text.text),
            Condition::Either(words) => {
                if property.flags.is_exact_match_required {
                    let is_same = |value: &String| fold(value) == fold(words);
                    texts(self.item, property).iter().any(is_same)
                } else {
                    self.has_either(property, words, false)
                }
            }
            Condition::Range(from, to) => {
                // One value must be within both.
                let within = |value: &Value| {
                    holds(property, value, ">=", from) && holds(property, value, "<=", to)
                };
                compared(self.item, property).iter().any(within)
            }
        }
    }

    fn has_either(&self, property: &Property, text: &str, is_prefix: bool) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        texts(self.item, property).iter().any(|value| {
            let run = tokens(value);
            words
                .iter()
                .enumerate()
                .any(|(n, word)| follows(&run, &tokens(word), is_prefix && n + 1 == words.len()))
        })
    }

    fn compares(&self, property: &Property, operator: &str, text: &str) -> bool {
        if property.r#type == PropertyType::Boolean {
            let wanted = Json::Bool(matches!(text, "true" | "1"));
            return values(self.item, property).contains(&wanted);
        }
        let values = compared(self.item, property);
        values
            .iter()
            .any(|value| holds(property, value, operator, text))
    }
}

const DAY: i64 = 24 * 3_600 * 10_000_000;

fn holds(property: &Property, value: &Value, operator: &str, text: &str) -> bool {
    let order = match value {
        Value::Whole(value) if property.r#type.item() == PropertyType::DateTime => {
            let from = ticks(text).expect("it was checked");
            // A day is equal to all its moments.
            if text.len() == 10 && matches!(operator, ":" | "=") {
                return (from..from + DAY).contains(value);
            }
            value.cmp(&from)
        }
        Value::Whole(value) => value.cmp(&text.parse().expect("it was checked")),
        Value::Double(value) => {
            let wanted: f64 = text.parse().expect("it was checked");
            value.partial_cmp(&wanted).expect("numbers")
        }
        Value::Text(..) => return false,
    };
    match operator {
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        ">" => order == Ordering::Greater,
        ">=" => order != Ordering::Less,
        _ => order == Ordering::Equal,
    }
}

/// Whether a restriction can be asked of a property.
fn may_ask(property: &Property, condition: &Condition) -> bool {
    let is_number = |text: &str| match property.r#type.item() {
        PropertyType::Int64 => text.parse::<i64>().is_ok(),
        PropertyType::Double => text.parse::<f64>().is_ok_and(f64::is_finite),
        PropertyType::DateTime => ticks(text).is_some(),
        _ => false,
    };
    match condition {
        Condition::Exists => true,
        Condition::Range(from, to) => is_number(from) && is_number(to),
        Condition::Compare(operator, text) => match property.r#type.item() {
            PropertyType::Boolean => {
                let is_boolean = matches!(text.text.as_str(), "true" | "false" | "1" | "0");
                is_boolean && matches!(*operator, ":" | "=" | "<>") && !text.is_prefix
            }
            PropertyType::String | PropertyType::Principal => {
                matches!(*operator, ":" | "=" | "<>")
            }
            _ => is_number(&text.text) && !text.is_prefix,
        },
        Condition::Either(_) => is_text(property),
    }
}

/// Whether a query can be asked of some connections.
pub(super) fn is_allowed(sources: &[(&String, &Connection)], query: &Query) -> bool {
    query.leaves().into_iter().all(|leaf| {
        let Query::Property(Restriction { name, condition }) = leaf else {
            return true;
        };
        let found: Vec<_> = (sources.iter())
            .filter_map(|(_, of)| of.resolve(name).filter(|it| it.flags.is_queryable))
            .collect();
        let is_id = name.eq_ignore_ascii_case("fileID")
            && matches!(condition, Condition::Compare(":" | "=", _));
        if found.is_empty() {
            is_id
        } else {
            found
                .into_iter()
                .any(|property| may_ask(property, condition))
        }
    })
}

// Who comes first.

/// The words of a query that are not excluded; whether it is a beginning.
fn wanted(query: &Query) -> Vec<(String, bool)> {
    match query {
        Query::Words(text) => {
            let words = tokens(&text.text);
            let last = words.len().saturating_sub(1);
            let is_prefix = |n| text.is_prefix && n == last;
            let words = words.into_iter().enumerate();
            words.map(|(n, word)| (word, is_prefix(n))).collect()
        }
        Query::And(all) | Query::Or(all) | Query::Beside(all) => {
            all.iter().flat_map(wanted).collect()
        }
        _ => Vec::new(),
    }
}

/// BM25 over what is visible: `k1` 1.2, `b` 0.75, lengths compared with 100 words, a beginning of words as one word.
#[expect(
    clippy::cast_precision_loss,
    reason = "it is rounded the same each time"
)]
fn scores(visible: &[At<'_>], query: &Query) -> Vec<f32> {
    const K1: f32 = 1.2;
    const B: f32 = 0.75;
    let words: Vec<Vec<String>> = visible.iter().map(|at| at.runs.concat()).collect();
    let mut scores = vec![0.0; visible.len()];
    for (wanted, is_prefix) in wanted(query) {
        let is = |word: &&String| {
            if is_prefix {
                word.starts_with(&wanted)
            } else {
                **word == wanted
            }
        };
        let with = words
            .iter()
            .filter(|words| words.iter().any(|word| is(&word)));
        let (all, with) = (words.len() as f32, with.count() as f32);
        let weight = (1.0 + (all - with + 0.5) / (with + 0.5)).ln() * (K1 + 1.0);
        for (score, words) in scores.iter_mut().zip(&words) {
            let times = words.iter().filter(is).count();
            let times = if is_prefix { times.min(1) } else { times } as f32;
            if times > 0.0 {
                // As the index keeps lengths: in one byte.
                let length =
                    FieldNormReader::fieldnorm_to_id(u32::try_from(words.len()).expect("few"));
                let length = FieldNormReader::id_to_fieldnorm(length) as f32;
                let norm = K1 * (1.0 - B + B * length / 100.0);
                *score += weight * times / (times + norm);
            }
        }
    }
    scores
}

impl Model {
    /// `None`: one of those that are asked for is not there.
    fn sources(&self, asked: &[String]) -> Option<Sources<'_>> {
        if asked.iter().any(|asked| asked == "Connectors") {
            return Some(self.0.iter().collect());
        }
        let id = |asked: &String| asked.rsplit('/').next().unwrap_or_default().to_owned();
        let ids: BTreeSet<String> = asked.iter().map(id).collect();
        let all: Sources<'_> = ids
            .iter()
            .filter_map(|id| self.0.get_key_value(id))
            .collect();
        (all.len() == ids.len() && !asked.is_empty()).then_some(all)
    }

    fn visible<'m>(sources: &Sources<'m>, who: &Principal) -> Vec<At<'m>> {
        let mut visible = Vec::new();
        for (connection, of) in sources {
            let mine = of.groups_of(who);
            let seen = of.items.iter().filter(|(_, item)| sees(who, &mine, item));
            visible.extend(seen.map(|(id, item)| At::new(connection, of, id, item)));
        }
        visible
    }

    /// `filters`: of each a field, and what one of its values must be, as the key of a bucket.
    pub(super) fn search(
        &self,
        who: &Principal,
        request: &SearchRequest,
        query: &Query,
        filters: &[(String, Vec<String>)],
    ) -> Result<Expected, Refused> {
        let sources = self.sources(&request.content_sources).ok_or(Refused)?;
        check(&sources, request, query)?;
        let query = query.joined();
        let visible = Self::visible(&sources, who);
        let scores = scores(&visible, &query);
        let has = |at: &At<'_>, (field, keys): &(String, Vec<String>)| {
            let Some(property) = at.of.resolve(field).filter(|it| it.flags.is_refinable) else {
                return false;
            };
            let values = compared(at.item, property);
            let is = |value: &Value| keys.iter().any(|key| is_of_key(property, value, key));
            values.iter().any(is)
        };
        let mut found: Vec<(At<'_>, f32)> = visible.into_iter().zip(scores).collect();
        found.retain(|(at, _)| {
            at.matches(&query) == Some(true) && filters.iter().all(|filter| has(at, filter))
        });
        let aggregations = request.aggregations.iter();
        let buckets = aggregations.map(|aggregation| buckets(&sources, aggregation, &found));
        let buckets = buckets.collect();
        // They are in the order of connections and identifiers, which is the last of every order.
        if request.sort.is_empty() {
            found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        }
        found.sort_by(|(one, _), (other, _)| {
            let orders = request.sort.iter().map(|sort| {
                let value = |at: &At<'_>| {
                    let property = at.of.resolve(&sort.name).filter(|it| can_be_sorted(it))?;
                    let values = compared(at.item, property).into_iter();
                    let order =
                        |one: &Value, other: &Value| one.partial_cmp(other).expect("numbers");
                    if sort.is_descending {
                        values.max_by(order)
                    } else {
                        values.min_by(order)
                    }
                };
                match (value(one), value(other)) {
                    (Some(one), Some(other)) if sort.is_descending => other.partial_cmp(&one),
                    (Some(one), Some(other)) => one.partial_cmp(&other),
                    (one, other) => Some(other.is_some().cmp(&one.is_some())),
                }
            });
            let order = |order: Option<Ordering>| order.expect("numbers");
            orders.map(order).fold(Ordering::Equal, Ordering::then)
        });
        let found: Vec<At<'_>> = found.into_iter().map(|(at, _)| at).collect();
        let hits = collapsed(found, request)
            .into_iter()
            .map(|(at, is_collapsed)| ExpectedHit {
                connection: at.connection.clone(),
                id: at.id.clone(),
                is_collapsed,
                properties: retrieved(&at, &request.fields),
            });
        Ok(Expected {
            hits: hits.collect(),
            buckets,
            words: wanted(&query).into_iter().map(|(word, _)| word).collect(),
        })
    }

    /// The items with any word of a question, by relevance.
    pub(super) fn retrieve(
        &self,
        who: &Principal,
        question: &str,
        filter: Option<&Query>,
    ) -> Result<Vec<(String, String)>, Refused> {
        let sources: Sources<'_> = self.0.iter().collect();
        if filter.is_some_and(|filter| !is_allowed(&sources, filter)) {
            return Err(Refused);
        }
        let mut words: Vec<String> = Vec::new();
        for together in question.split_whitespace() {
            let tokens = tokens(together);
            // Of scripts without spaces, each two neighbours are asked for.
            let is_character =
                |at: usize| tokens.get(at).is_some_and(|it| it.as_str() >= "\u{e00}");
            for (at, token) in tokens.iter().enumerate() {
                let word = match (is_character(at), is_character(at + 1)) {
                    (true, true) => format!("{token} {}", tokens[at + 1]),
                    (true, false) if at > 0 && is_character(at - 1) => continue,
                    _ => token.clone(),
                };
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        let words = words.into_iter().map(|text| {
            Query::Words(Text {
                text,
                is_quoted: false,
                is_prefix: false,
            })
        });
        let query = Query::Or(words.collect());
        let visible = Self::visible(&sources, who);
        let scores = scores(&visible, &query);
        let mut found: Vec<(At<'_>, f32)> = visible.into_iter().zip(scores).collect();
        let filter = filter.map(Query::joined);
        let passes = |at: &At<'_>| {
            filter
                .as_ref()
                .is_none_or(|it| at.matches(it) == Some(true))
        };
        found.retain(|(at, _)| at.matches(&query) == Some(true) && passes(at));
        found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let name = |(at, _): (At<'_>, f32)| (at.connection.clone(), at.id.clone());
        Ok(found.into_iter().map(name).collect())
    }
}

/// Which names can be asked for.
fn check(sources: &Sources<'_>, request: &SearchRequest, query: &Query) -> Result<(), Refused> {
    let having = |name: &str, holds: &dyn Fn(&Property) -> bool| -> Vec<PropertyType> {
        let found = sources.iter().filter_map(|(_, of)| of.resolve(name));
        let found = found.filter(|property| holds(property));
        found.map(|property| property.r#type.item()).collect()
    };
    let some = |name: &str, holds: &dyn Fn(&Property) -> bool| {
        sources.is_empty() || !having(name, holds).is_empty()
    };
    let is_collapsible =
        |property: &Property| property.flags.is_queryable && can_be_sorted(property);
    let mut levels = request.collapse.iter();
    let mut collapsed = levels.clone().flat_map(|level| &level.fields);
    let is_of_one_type = |aggregation: &Aggregation| {
        let types = having(&aggregation.field, &|it| it.flags.is_refinable);
        types.windows(2).all(|two| two[0] == two[1])
            && aggregation.ranges.iter().all(|(from, to)| {
                let ends = [from, to].into_iter().flatten();
                let mut ends = ends.filter(|end| !matches!(end.as_str(), "" | "min" | "max"));
                ends.all(|end| types.first().is_none_or(|kind| is_end(*kind, end)))
            })
    };
    let is_allowed = is_allowed(sources, query)
        && request
            .sort
            .iter()
            .all(|sort| some(&sort.name, &can_be_sorted))
        && request
            .fields
            .iter()
            .all(|name| some(name, &|it| it.flags.is_retrievable))
        && request.aggregations.iter().all(|aggregation| {
            some(&aggregation.field, &|it| it.flags.is_refinable) && is_of_one_type(aggregation)
        })
        && collapsed.all(|name| some(name, &is_collapsible))
        && levels
            .try_fold(u32::MAX, |before, level| {
                (level.limit <= before).then_some(level.limit)
            })
            .is_some();
    is_allowed.then_some(()).ok_or(Refused)
}

fn is_end(kind: PropertyType, end: &str) -> bool {
    match kind {
        PropertyType::Int64 => end.parse::<i64>().is_ok(),
        PropertyType::Double => end.parse::<f64>().is_ok_and(f64::is_finite),
        PropertyType::DateTime => ticks(end).is_some(),
        _ => true,
    }
}

// What is counted.

/// Whether a value is in an interval; its lower end is.
fn is_within(kind: PropertyType, value: &Value, from: &str, to: &str) -> bool {
    let order = |end: &str| match value {
        Value::Whole(value) if kind == PropertyType::DateTime => {
            value.cmp(&ticks(end).expect("read"))
        }
        Value::Whole(value) => value.cmp(&end.parse().expect("read")),
        Value::Double(value) => value.total_cmp(&end.parse().expect("read")),
        Value::Text(_, value) => value.as_str().cmp(end),
    };
    (from == "min" || order(from) != Ordering::Less) && (to == "max" || order(to) == Ordering::Less)
}

fn end(end: Option<&String>, open: &str) -> String {
    end.filter(|end| !end.is_empty())
        .map_or(open, |end| end.as_str())
        .to_owned()
}

fn key_of(kind: PropertyType, value: &Value) -> String {
    match value {
        Value::Whole(ticks) if kind == PropertyType::DateTime => {
            let moment = chrono::DateTime::from_timestamp_micros(ticks / 10).expect("a moment");
            let text = moment.format("%Y-%m-%dT%H:%M:%S%.6f").to_string();
            text.trim_end_matches('0').trim_end_matches('.').to_owned() + "Z"
        }
        Value::Whole(number) => number.to_string(),
        Value::Double(number) => Json::from(*number).to_string(),
        Value::Text(_, text) => text.clone(),
    }
}

fn is_of_key(property: &Property, value: &Value, key: &str) -> bool {
    let kind = property.r#type.item();
    let range = key
        .strip_prefix("range(")
        .and_then(|key| key.strip_suffix(')'));
    match range.and_then(|range| range.split_once(',')) {
        Some((from, to)) => is_within(kind, value, from, to),
        None => key_of(kind, value) == key,
    }
}

fn buckets(
    sources: &Sources<'_>,
    aggregation: &Aggregation,
    found: &[(At<'_>, f32)],
) -> Vec<(String, u64)> {
    let field = |of: &Connection| {
        let property = of.resolve(&aggregation.field);
        property.filter(|it| it.flags.is_refinable).cloned()
    };
    // All the connections have it of one type.
    let mut kinds = sources.iter().filter_map(|(_, of)| field(of));
    let Some(kind) = kinds.next().map(|property| property.r#type.item()) else {
        return (aggregation.ranges.iter())
            .map(|(from, to)| (range(from.as_ref(), to.as_ref()), 0))
            .filter(|_| aggregation.minimum_count == 0)
            .collect();
    };
    let values: Vec<Vec<Value>> = (found.iter())
        .map(|(at, _)| field(at.of).map_or(Vec::new(), |property| compared(at.item, &property)))
        .collect();
    let is_enough = |(_, count): &(String, u64)| *count >= aggregation.minimum_count;
    if !aggregation.ranges.is_empty() {
        let count = |(from, to): &(Option<String>, Option<String>)| {
            let (least, most) = (end(from.as_ref(), "min"), end(to.as_ref(), "max"));
            let is = |value: &Value| is_within(kind, value, &least, &most);
            let count = values.iter().filter(|values| values.iter().any(is)).count();
            (range(from.as_ref(), to.as_ref()), count as u64)
        };
        return aggregation
            .ranges
            .iter()
            .map(count)
            .filter(is_enough)
            .collect();
    }
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for values in values {
        let keys: BTreeSet<String> = values.iter().map(|value| key_of(kind, value)).collect();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    // By their keys, which is the last order.
    let mut buckets: Vec<(String, u64)> = counts.into_iter().filter(is_enough).collect();
    if kind == PropertyType::DateTime {
        buckets.sort_by_key(|(key, _)| ticks(key));
    }
    let prefix = aggregation
        .prefix
        .clone()
        .unwrap_or_default()
        .to_lowercase();
    buckets.retain(|(key, _)| key.to_lowercase().starts_with(&prefix));
    let number = |key: &str| key.parse::<f64>().unwrap_or(f64::INFINITY);
    buckets.sort_by(|(one, one_count), (other, other_count)| {
        if kind == PropertyType::DateTime && aggregation.order != BucketOrder::Count {
            let order = ticks(one).cmp(&ticks(other));
            return if aggregation.is_descending {
                order.reverse()
            } else {
                order
            };
        }
        let order = match (aggregation.order, one.parse::<i64>(), other.parse::<i64>()) {
            (BucketOrder::Count, ..) => one_count.cmp(other_count),
            (BucketOrder::KeyAsString, ..) => one.cmp(other),
            (BucketOrder::KeyAsNumber, Ok(one), Ok(other)) => one.cmp(&other),
            (BucketOrder::KeyAsNumber, ..) => number(one).total_cmp(&number(other)),
        };
        // What is no number is behind all numbers, both ways.
        let is_number = |key: &str| key.parse::<f64>().is_ok();
        if aggregation.order == BucketOrder::KeyAsNumber && is_number(one) != is_number(other) {
            is_number(other).cmp(&is_number(one))
        } else if aggregation.is_descending {
            order.reverse()
        } else {
            order
        }
    });
    buckets.truncate(aggregation.size as usize);
    buckets
}

fn range(from: Option<&String>, to: Option<&String>) -> String {
    format!("range({},{})", end(from, "min"), end(to, "max"))
}

// What is left.

/// The first hits of each like, and whether others like them were left out.
fn collapsed<'m>(found: Vec<At<'m>>, request: &SearchRequest) -> Vec<(At<'m>, bool)> {
    let mut kept: Vec<(At<'m>, bool)> = Vec::new();
    let mut seen: HashMap<Vec<Vec<String>>, (u32, usize)> = HashMap::new();
    'found: for at in found {
        let mut keys = Vec::new();
        let mut key = Some(Vec::new());
        for level in &request.collapse {
            for field in &level.fields {
                let property = at.of.resolve(field);
                let property = property.filter(|it| it.flags.is_queryable && can_be_sorted(it));
                let values = property.map(|property| compared(at.item, property));
                let values = values.unwrap_or_default().into_iter();
                let text = |value| key_of(PropertyType::String, &value);
                let mut texts: Vec<String> = values.map(text).collect();
                texts.sort();
                texts.dedup();
                key = key.filter(|_| !texts.is_empty());
                if let Some(key) = &mut key {
                    key.push(texts);
                }
            }
            keys.extend(key.clone().map(|key| (key, level.limit)));
        }
        for (key, limit) in &keys {
            if let Some((count, first)) = seen.get(key)
                && count >= limit
            {
                kept[*first].1 = true;
                continue 'found;
            }
        }
        for (key, _) in keys {
            seen.entry(key).or_insert((0, kept.len())).0 += 1;
        }
        kept.push((at, false));
    }
    kept
}

fn retrieved(at: &At<'_>, fields: &[String]) -> String {
    let lowered = |name: &str| {
        let first = name[..1].to_lowercase();
        first + &name[1..]
    };
    let mut object = Map::new();
    let schema = at.of.schema.properties.iter();
    let asked: Vec<(String, &Property)> = if fields.is_empty() {
        schema
            .map(|property| (lowered(&property.name), property))
            .collect()
    } else {
        let asked = |name: &String| {
            let property = at.of.resolve(name)?;
            let is_label = name.contains('_') && !property.name.contains('_');
            let shown = if is_label {
                name.clone()
            } else {
                lowered(&property.name)
            };
            Some((shown, property))
        };
        fields.iter().filter_map(asked).collect()
    };
    // A name in another case is the same.
    let mut before = BTreeSet::new();
    for (name, property) in asked {
        if !before.insert(name.to_lowercase()) {
            continue;
        }
        let value = at.item.properties.get(&property.name);
        if let Some(value) = value.filter(|_| property.flags.is_retrievable) {
            object.insert(name, value.clone());
        }
    }
    Json::Object(object).to_string()
}
