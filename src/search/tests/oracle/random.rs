//! Random tenants, users and requests. Everything is drawn from so little that it often meets.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::{
    domain::{
        external_group::MemberKind,
        item::{AccessControlEntry, PrincipalKind},
        principal::{AppId, GroupId, Principal, Reach, TenantId, UserId},
        schema::{Flags, Property, PropertyType, Schema},
        search::{Aggregation, BucketOrder, CollapseProperty, SearchRequest, Sort},
    },
    search::text::tests::Random,
};

use super::{
    change::Change,
    model::{Item, Model},
    query::{Condition, Query, Restriction, Text},
};

const CONNECTIONS: [&str; 3] = ["hr", "sales", "wiki"];
const USERS: [&str; 4] = ["u1", "u2", "u3", "u4"];
const GROUPS: [&str; 3] = ["g1", "g2", "g3"];
const EXTERNAL_GROUPS: [&str; 6] = ["x1", "x2", "x3", "x4", "X4", "x6"];
const WORDS: [&str; 9] = [
    "alpha", "Alpine", "beta", "Café", "cafe", "be", "alp", "x1", "紙",
];
/// The usual types of properties.
const PROPERTIES: [(&str, PropertyType); 11] = [
    ("title", PropertyType::String),
    ("note", PropertyType::String),
    ("kind", PropertyType::String),
    ("code", PropertyType::String),
    ("tags", PropertyType::StringCollection),
    ("size", PropertyType::Int64),
    ("sizes", PropertyType::Int64Collection),
    ("price", PropertyType::Double),
    ("when", PropertyType::DateTime),
    ("open", PropertyType::Boolean),
    ("owner", PropertyType::Principal),
];
const ALIASES: [&str; 4] = ["heading", "sort", "amount", "kind"];
const NUMBERS: [i64; 7] = [
    0,
    1,
    2,
    10,
    -3,
    9_007_199_254_740_992,
    9_007_199_254_740_993,
];
const DOUBLES: [f64; 6] = [0.0, 1.0, 1.5, 2.0, -3.25, 10.0];
/// As they are stored.
const MOMENTS: [&str; 5] = [
    "2026-01-31T00:00:00Z",
    "2026-01-31T09:30:00Z",
    "2026-01-31T09:30:00.5Z",
    "2026-02-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
];
/// As they are asked for.
const ASKED_MOMENTS: [&str; 5] = [
    "2026-01-31",
    "2026-02-01",
    "2026-01-31T09:30:00Z",
    "2026-01-31T10:30:00+01:00",
    "2026-01-31T09:30:00",
];

pub(super) struct Draw(Random);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed.wrapping_add(1));
        // The first numbers of similar seeds are similar.
        for _ in 0..10 {
            random.below(2);
        }
        Self(random)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0.below(limit)
    }

    pub(super) fn one_in(&mut self, count: usize) -> bool {
        self.0.below(count) == 0
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        self.0.pick(from).clone()
    }

    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }

    fn word(&mut self) -> String {
        self.pick(&WORDS).to_owned()
    }

    fn text(&mut self, most: usize) -> String {
        let mut text = String::new();
        for no in 0..=self.below(most) {
            if no > 0 {
                text += self.pick(&[" ", " ", ", ", "-"]);
            }
            text += &self.word();
        }
        text
    }

    fn name(&mut self) -> String {
        let name = match self.below(8) {
            0 => self.pick(&ALIASES),
            1 => self.pick(&["label_title", "Label_Title", "label_lastModifiedDateTime"]),
            _ => self.pick(&PROPERTIES).0,
        };
        if self.one_in(6) {
            name.to_uppercase()
        } else {
            name.to_owned()
        }
    }

    // Schemas and items.

    fn flags(&mut self, kind: PropertyType) -> Flags {
        use PropertyType::{Boolean, Principal, String};
        let is_text = matches!(kind.item(), String | Principal);
        let is_searchable = is_text && !self.one_in(3);
        let is_refinable =
            !is_searchable && !matches!(kind.item(), Boolean | Principal) && !self.one_in(3);
        Flags {
            is_searchable,
            is_queryable: !self.one_in(4),
            is_retrievable: !self.one_in(4),
            is_refinable,
            is_exact_match_required: !is_searchable && kind.item() == String && self.one_in(2),
        }
    }

    fn property(&mut self, name: &str, kind: PropertyType) -> Property {
        let kind = match self.one_in(6) {
            true => self.pick(&PROPERTIES).1,
            false => kind,
        };
        let mut flags = self.flags(kind);
        let label = match (name, kind) {
            ("title", PropertyType::String) => Some("title"),
            ("when", PropertyType::DateTime) => Some("lastModifiedDateTime"),
            _ => None,
        };
        let labels: Vec<String> = label
            .filter(|_| !self.one_in(3))
            .map(str::to_owned)
            .into_iter()
            .collect();
        flags.is_retrievable |= !labels.is_empty();
        let importance = ["low", "medium", "high", "veryHigh"];
        Property {
            name: if self.one_in(5) {
                name.to_uppercase()
            } else {
                name.to_owned()
            },
            r#type: kind,
            description: None,
            flags,
            labels,
            aliases: Vec::new(),
            importance: self.one_in(3).then(|| self.pick(&importance).to_owned()),
        }
    }

    fn schema(&mut self) -> Schema {
        let mut properties: Vec<Property> = Vec::new();
        for (name, kind) in PROPERTIES {
            if properties.is_empty() || !self.one_in(3) {
                properties.push(self.property(name, kind));
            }
        }
        for alias in ALIASES {
            let is_same = |property: &Property| property.name.eq_ignore_ascii_case(alias);
            if self.one_in(2) && !properties.iter().any(is_same) {
                let at = self.below(properties.len());
                properties[at].aliases.push(alias.to_owned());
            }
        }
        Schema { properties }
    }

    /// The schema with one property changed or added.
    pub(super) fn turned(&mut self, schema: &Schema) -> Schema {
        let mut schema = schema.clone();
        let (name, kind) = self.pick(&PROPERTIES);
        match schema.property(name).map(|property| property.name.clone()) {
            None => {
                let property = self.property(name, kind);
                schema.properties.push(property);
            }
            Some(name) => {
                let mut properties = schema.properties.iter_mut();
                let property = properties.find(|it| it.name == name).expect("it is there");
                let mut flags = self.flags(property.r#type);
                flags.is_refinable &= property.flags.is_refinable;
                flags.is_retrievable |= !property.labels.is_empty();
                property.flags = flags;
            }
        }
        schema
    }

    fn value(&mut self, kind: PropertyType) -> Json {
        match kind {
            PropertyType::String => self.text(3).into(),
            PropertyType::Int64 => self.pick(&NUMBERS).into(),
            PropertyType::Double => self.pick(&DOUBLES).into(),
            PropertyType::DateTime => self.pick(&MOMENTS).into(),
            PropertyType::Boolean => self.one_in(2).into(),
            PropertyType::Principal => {
                json!({"displayName": self.text(2), "upn": format!("{}@x1", self.word())})
            }
            collection => {
                let count = self.below(4);
                (0..count).map(|_| self.value(collection.item())).collect()
            }
        }
    }

    fn entry(&mut self) -> AccessControlEntry {
        use PrincipalKind::{Everyone, EveryoneExceptGuests, ExternalGroup, Group, User};
        let kinds = [
            User,
            User,
            Group,
            Everyone,
            EveryoneExceptGuests,
            ExternalGroup,
            ExternalGroup,
        ];
        let kind = self.pick(&kinds);
        let value = match kind {
            User => self.pick(&USERS).to_owned(),
            Group => self.pick(&GROUPS).to_owned(),
            // Some of them do not exist.
            ExternalGroup => self.pick(&EXTERNAL_GROUPS).to_owned(),
            Everyone | EveryoneExceptGuests => self.pick(&["", "tenant"]).to_owned(),
        };
        let is_folded = matches!(kind, User | Group);
        AccessControlEntry {
            r#type: kind,
            value: if is_folded && self.one_in(4) {
                value.to_uppercase()
            } else {
                value
            },
            deny: self.one_in(4),
        }
    }

    pub(super) fn item(&mut self, schema: &Schema) -> Item {
        let mut properties = Map::new();
        for property in &schema.properties {
            if !self.one_in(4) {
                properties.insert(property.name.clone(), self.value(property.r#type));
            }
        }
        let entries = [0, 1, 1, 2, 2, 3, 5];
        Item {
            acl: (0..self.pick(&entries)).map(|_| self.entry()).collect(),
            properties,
            text: if self.one_in(4) {
                String::new()
            } else {
                self.text(12)
            },
            is_html: self.one_in(4),
        }
    }

    // Changes.

    /// The first changes of a tenant.
    pub(super) fn beginning(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for connection in &CONNECTIONS[..=self.below(CONNECTIONS.len())] {
            let schema = self.schema();
            let to = |group: &str| (connection.to_string(), group.to_owned());
            changes.push(Change::Connection(connection.to_string(), schema.clone()));
            for group in EXTERNAL_GROUPS {
                if !self.one_in(4) {
                    let (connection, group) = to(group);
                    changes.push(Change::Group(connection, group));
                }
            }
            for _ in 0..self.below(10) {
                changes.push(self.join(connection));
            }
            if self.one_in(8) {
                // One in the other, 30 deep.
                let (member, top) = (self.pick(&USERS), self.pick(&EXTERNAL_GROUPS));
                let mut member = (MemberKind::User, member.to_owned());
                for depth in 0..30 {
                    let (connection, group) = to(&format!("d{depth}"));
                    changes.push(Change::Group(connection.clone(), group.clone()));
                    changes.push(Change::Join(connection, group.clone(), member));
                    member = (MemberKind::ExternalGroup, group);
                }
                let (connection, top) = to(top);
                changes.push(Change::Join(connection, top, member));
            }
            for no in 0..3 + self.below(7) {
                let item = self.item(&schema);
                changes.push(Change::Put(connection.to_string(), format!("i{no}"), item));
            }
        }
        changes
    }

    pub(super) fn join(&mut self, connection: &str) -> Change {
        let member = match self.below(4) {
            0 => (MemberKind::User, self.pick(&USERS)),
            1 => (MemberKind::Group, self.pick(&GROUPS)),
            _ => (MemberKind::ExternalGroup, self.pick(&EXTERNAL_GROUPS)),
        };
        let member = (member.0, member.1.to_owned());
        Change::Join(
            connection.into(),
            self.pick(&EXTERNAL_GROUPS).into(),
            member,
        )
    }

    /// Some change of a tenant; not all of them can be made.
    pub(super) fn change(&mut self, model: &Model) -> Change {
        let connections: Vec<&String> = model.0.keys().collect();
        let connection = match connections.is_empty() {
            true => CONNECTIONS[0].to_owned(),
            false => self.pick(&connections).clone(),
        };
        let Some(of) = model.0.get(&connection) else {
            return Change::Connection(connection, self.schema());
        };
        let item = format!("i{}", self.below(10));
        let group = self.pick(&EXTERNAL_GROUPS).to_owned();
        match self.below(20) {
            0 => Change::DropConnection(connection),
            1 => Change::Connection(self.pick(&CONNECTIONS).into(), self.schema()),
            2..=4 => Change::Schema(connection, self.turned(&of.schema)),
            5 => Change::DropGroup(connection, group),
            6 => Change::Group(connection, group),
            7..=9 => self.join(&connection),
            10..=11 => {
                let members = of.groups.iter();
                let all: Vec<_> = members
                    .flat_map(|(group, all)| all.iter().map(move |it| (group, it)))
                    .collect();
                match all.is_empty() {
                    true => self.join(&connection),
                    false => {
                        let (group, member) = self.pick(&all);
                        Change::Leave(connection, group.clone(), member.clone())
                    }
                }
            }
            12..=14 => Change::Delete(connection, item),
            _ => Change::Put(connection, item, self.item(&of.schema)),
        }
    }

    // Requests.

    pub(super) fn user(&mut self) -> Principal {
        let groups: Vec<GroupId> = GROUPS
            .iter()
            .filter(|_| self.one_in(2))
            .map(|id| GroupId::new(id))
            .collect();
        Principal {
            tenant: TenantId::new("t"),
            app: AppId::new("a"),
            user: (!self.one_in(8)).then(|| UserId::new(self.pick(&USERS))),
            groups: (!self.one_in(4)).then(|| Arc::from(groups)),
            is_guest: self.one_in(4),
            reach: Reach::Tenant,
        }
    }

    fn restriction(&mut self) -> Restriction {
        if self.one_in(12) {
            let id = format!("{}i{}", self.pick(&["", "1,2,"]), self.below(9));
            let condition = Condition::Compare(self.pick(&[":", "="]), self.quoted(&id));
            return Restriction {
                name: self.pick(&["fileID", "fileid"]).to_owned(),
                condition,
            };
        }
        let name = self.name();
        // Of the type that a property of the name has most often, unless it is an alias.
        let usual = PROPERTIES
            .iter()
            .find(|(usual, _)| name.eq_ignore_ascii_case(usual));
        let kind = match usual {
            Some((_, kind)) if !self.one_in(20) => *kind,
            _ => self.pick(&PROPERTIES).1,
        };
        let operator = self.pick(&[":", ":", "=", "<>", "<", "<=", ">", ">="]);
        let condition = match kind.item() {
            _ if self.one_in(8) => Condition::Exists,
            PropertyType::Int64 if self.one_in(4) => Condition::Range(self.number(), self.number()),
            PropertyType::Double if self.one_in(4) => {
                Condition::Range(self.double(), self.double())
            }
            PropertyType::DateTime if self.one_in(4) => Condition::Range(
                self.pick(&ASKED_MOMENTS).into(),
                self.pick(&ASKED_MOMENTS).into(),
            ),
            PropertyType::Int64 => {
                let number = self.number();
                Condition::Compare(operator, self.quoted(&number))
            }
            PropertyType::Double => {
                let number = self.double();
                Condition::Compare(operator, self.quoted(&number))
            }
            PropertyType::DateTime => {
                let moment = self.pick(&ASKED_MOMENTS);
                Condition::Compare(operator, self.quoted(moment))
            }
            PropertyType::Boolean => {
                let operator = self.pick(&[":", "=", "<>"]);
                let value = self.pick(&["true", "false", "1"]);
                Condition::Compare(operator, self.quoted(value))
            }
            _ if self.one_in(5) => Condition::Either(format!("{} {}", self.word(), self.word())),
            _ => {
                let operator = self.pick(&[":", ":", "=", "<>"]);
                let mut text = self.words();
                text.is_prefix &= operator != "<>";
                Condition::Compare(operator, text)
            }
        };
        Restriction { name, condition }
    }

    fn number(&mut self) -> String {
        self.pick(&NUMBERS).to_string()
    }

    fn double(&mut self) -> String {
        self.pick(&DOUBLES).to_string()
    }

    fn quoted(&mut self, text: &str) -> Text {
        Text {
            text: text.to_owned(),
            is_quoted: self.one_in(2),
            is_prefix: false,
        }
    }

    fn words(&mut self) -> Text {
        let (text, is_quoted) = match self.below(6) {
            0 => (self.text(3), true),
            1 => (format!("{}-{}", self.word(), self.word()), self.one_in(2)),
            2 => ("&".to_owned(), self.one_in(2)),
            _ => (self.word(), self.one_in(4)),
        };
        let is_prefix = text != "&" && self.one_in(4);
        let most = text.chars().count();
        let text = match is_prefix {
            // The last word is cut, and not all of it.
            true if text.is_ascii() => {
                let last = text
                    .rfind(|it: char| !it.is_alphanumeric())
                    .map_or(0, |at| at + 1);
                text[..last + 1 + self.below(most - last)].to_owned()
            }
            _ => text,
        };
        Text {
            text,
            is_quoted,
            is_prefix,
        }
    }

    pub(super) fn query(&mut self, depth: usize) -> Query {
        let several = |draw: &mut Self| {
            let count = 2 + draw.below(2);
            (0..count).map(|_| draw.query(depth - 1)).collect()
        };
        match self.below(if depth == 0 { 6 } else { 10 }) {
            0 => Query::All,
            1..=2 => Query::Property(self.restriction()),
            3..=5 => Query::Words(self.words()),
            6 => Query::And(several(self)),
            7 => Query::Or(several(self)),
            8 => Query::Not(Box::new(self.query(depth - 1))),
            _ => Query::Beside(several(self)),
        }
    }

    /// All but the text of the query.
    pub(super) fn request(&mut self) -> SearchRequest {
        let content_sources = match self.below(8) {
            0..=4 => vec!["Connectors".to_owned()],
            5 => vec![format!("/external/connections/{}", self.pick(&CONNECTIONS))],
            _ => {
                let mut all = CONNECTIONS.map(|id| format!("/external/connections/{id}"));
                self.shuffle(&mut all);
                all[..=self.below(2)].to_vec()
            }
        };
        let mut request = SearchRequest {
            content_sources,
            size: self.pick(&[0, 1, 3, 25, 500]),
            from: self.pick(&[0, 0, 0, 1, 4]),
            ..SearchRequest::default()
        };
        if self.one_in(4) {
            request.fields = (0..=self.below(3)).map(|_| self.name()).collect();
        }
        if self.one_in(3) {
            let sortable = [
                "size", "sizes", "price", "when", "kind", "tags", "SORT", "code",
            ];
            let sort = |draw: &mut Self| Sort {
                name: draw.pick(&sortable).to_owned(),
                is_descending: draw.one_in(2),
            };
            request.sort = (0..=self.below(2)).map(|_| sort(self)).collect();
        }
        if self.one_in(2) {
            request.aggregations = (0..=self.below(2)).map(|_| self.aggregation()).collect();
        }
        if self.one_in(5) {
            let fields = ["size", "kind", "tags", "when", "price"];
            let mut limit = 3;
            for _ in 0..=self.below(2) {
                limit = 1 + u32::try_from(self.below(limit as usize)).expect("small");
                let level = CollapseProperty {
                    fields: (0..=self.below(2))
                        .map(|_| self.pick(&fields).to_owned())
                        .collect(),
                    limit,
                };
                request.collapse.push(level);
            }
        }
        request
    }

    fn aggregation(&mut self) -> Aggregation {
        let (field, ends): (_, &[&str]) = match self.below(7) {
            0 => ("size", &["0", "1", "2", "9007199254740993"]),
            1 => ("sizes", &["0", "1", "2", "10"]),
            2 => ("price", &["0", "1.5", "2"]),
            3 => ("when", &ASKED_MOMENTS),
            4 => ("tags", &["alpha", "b", "c"]),
            5 => ("code", &["alpha", "b", "c"]),
            _ => ("kind", &["Alpine", "alpha", "be"]),
        };
        let mut ranges = Vec::new();
        if self.one_in(3) {
            for _ in 0..=self.below(3) {
                let end = |draw: &mut Self, open: &str| match draw.below(4) {
                    0 => None,
                    1 => Some(open.to_owned()),
                    _ => Some(draw.pick(ends).to_owned()),
                };
                ranges.push((end(self, "min"), end(self, "max")));
            }
        }
        let orders = [
            BucketOrder::Count,
            BucketOrder::KeyAsString,
            BucketOrder::KeyAsNumber,
        ];
        Aggregation {
            field: field.to_owned(),
            size: self.pick(&[1, 2, 10, 100]),
            order: self.pick(&orders),
            is_descending: self.one_in(2),
            minimum_count: self.pick(&[0, 0, 1, 2]),
            prefix: self
                .one_in(5)
                .then(|| self.pick(&["al", "A", "1", "cafe"]).to_owned()),
            ranges,
        }
    }

    pub(super) fn question(&mut self) -> String {
        let words: Vec<String> = (0..=self.below(4)).map(|_| self.word()).collect();
        words.join(" ")
    }

    /// An item, which may be there or not.
    pub(super) fn some_item(&mut self) -> (String, String) {
        let connection = self.pick(&CONNECTIONS).to_owned();
        (connection, format!("i{}", self.below(9)))
    }
}
