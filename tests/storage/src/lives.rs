//! The lives of connections: which writes each goes through, and what it is and holds after each of them.
//!
//! A connection has one writer, which sends a write when the one before it is acknowledged. So all that there is of a
//! connection (its members, schema, operations, items, groups, and the log of its changes) follows from its identifier
//! and the number of its last write, its [`Version`]; what is none of the versions that may be there is something by
//! half. Every body says which write it is of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    caller::CONNECTIONS,
    versions::{Version, members, padding, text},
};

const ALEX: &str = "1431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c11";
const ADELE: &str = "2431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c22";

/// A write of a connection or of what it holds. Items, groups and members go by their identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Create,
    Update,
    Delete,
    /// Registers a schema, or adds a property to it.
    Register,
    /// Creates or replaces an item; `a` with an activity, `b` with a long text, `c` without any.
    Put(&'static str),
    /// Changes its properties, by turns with its content, and leaves its access control list.
    Patch(&'static str),
    Act(&'static str),
    Remove(&'static str),
    CreateGroup(&'static str),
    UpdateGroup(&'static str),
    DeleteGroup(&'static str),
    /// Of a group: a user, or another group.
    Join(&'static str, &'static str),
    Leave(&'static str, &'static str),
}

use Step::{
    Act, Create, CreateGroup, Delete, DeleteGroup, Join, Leave, Patch, Put, Register, Remove,
    Update, UpdateGroup,
};

const LIVES: [&[Step]; 6] = [
    &[Create, Update, Delete, Create, Update],
    &[
        Create,
        Register,
        Put("a"),
        Put("b"),
        Patch("b"),
        Put("a"),
        Remove("b"),
        Put("c"),
        Patch("c"),
        Put("b"),
        Update,
    ],
    &[
        Create,
        Register,
        Put("b"),
        Put("a"),
        Act("a"),
        Remove("a"),
        Put("a"),
        Register,
        Patch("a"),
        Delete,
    ],
    &[
        Create,
        Register,
        Put("b"),
        Put("c"),
        Delete,
        Create,
        Register,
        Put("c"),
        Put("b"),
    ],
    &[
        Create,
        CreateGroup("g"),
        Join("g", ADELE),
        Join("g", ALEX),
        CreateGroup("h"),
        Join("h", "g"),
        Leave("g", ADELE),
        UpdateGroup("h"),
        DeleteGroup("g"),
        CreateGroup("g"),
    ],
    &[
        Create,
        CreateGroup("g"),
        Register,
        Put("a"),
        Join("g", ADELE),
        Put("b"),
        Delete,
    ],
];

/// The writes of a connection, the first to the last.
pub fn life(id: &str) -> &'static [Step] {
    let sum: usize = id.bytes().map(usize::from).sum();
    LIVES[sum % LIVES.len()]
}

/// What is there of a connection once it is through with so many more writes than the first.
pub fn version_after(id: &str, number: u32) -> Version {
    (life(id)[number as usize] != Delete).then_some(number)
}

/// What a write sends.
pub struct Sent {
    pub method: &'static str,
    pub target: String,
    pub body: Option<Value>,
}

/// What the write of that number sends.
pub fn sent(id: &str, number: u32) -> Sent {
    let one = |rest: &str| format!("{CONNECTIONS}/{id}{rest}");
    let (method, target, body) = match life(id)[number as usize] {
        Create => {
            let mut body = members(id, number);
            body["id"] = id.into();
            ("POST", CONNECTIONS.to_owned(), Some(body))
        }
        Update => ("PATCH", one(""), Some(members(id, number))),
        Delete => ("DELETE", one(""), None),
        Register => {
            let properties = properties_until(id, number);
            let properties: Vec<Value> = properties
                .into_iter()
                .map(|(name, kind)| json!({ "name": name, "type": kind }))
                .collect();
            let body =
                json!({ "baseType": "microsoft.graph.externalItem", "properties": properties });
            ("PATCH", one("/schema"), Some(body))
        }
        Put(item) => {
            let mut body = item_of(id, item, number);
            if item == "a" {
                body["activities"] = json!([activity(number)]);
            }
            ("PUT", one(&format!("/items/{item}")), Some(body))
        }
        Patch(item) => {
            let body = patch_of(id, item, number);
            ("PATCH", one(&format!("/items/{item}")), Some(body))
        }
        Act(item) => {
            let target = one(&format!("/items/{item}/activities"));
            ("POST", target, Some(activity(number)))
        }
        Remove(item) => ("DELETE", one(&format!("/items/{item}")), None),
        CreateGroup(group) => {
            let mut body = group_of(id, number);
            body["id"] = group.into();
            ("POST", one("/groups"), Some(body))
        }
        UpdateGroup(group) => {
            let body = group_of(id, number);
            ("PATCH", one(&format!("/groups/{group}")), Some(body))
        }
        DeleteGroup(group) => ("DELETE", one(&format!("/groups/{group}")), None),
        Join(group, member) => {
            let body = json!({ "id": member, "type": kind_of(member) });
            let target = one(&format!("/groups/{group}/members"));
            ("POST", target, Some(body))
        }
        Leave(group, member) => {
            let target = one(&format!("/groups/{group}/members/{member}"));
            ("DELETE", target, None)
        }
    };
    Sent {
        method,
        target,
        body,
    }
}

/// What a connection is and holds.
#[derive(Debug, Default)]
pub struct Content {
    /// The write that its own members are of.
    pub members: u32,
    /// The writes that began an operation.
    pub operations: Vec<u32>,
    schema: Vec<String>,
    items: BTreeMap<&'static str, Item>,
    groups: BTreeMap<&'static str, Group>,
    /// Whether it has or had any.
    has_groups: bool,
    /// The items in the log of changes, in its order.
    changes: Vec<&'static str>,
}

/// Which writes the parts of an item are of, and how many activities it has.
#[derive(Debug)]
struct Item {
    acl: u32,
    properties: u32,
    content: u32,
    activities: u32,
}

#[derive(Debug, Default)]
struct Group {
    /// The write that its own members are of.
    named: u32,
    members: BTreeSet<&'static str>,
}

/// What a connection of that version is and holds.
pub fn content(id: &str, version: u32) -> Content {
    let mut content = Content::default();
    for number in 0..=version {
        content.write(id, number);
    }
    content
}

impl Content {
    fn write(&mut self, id: &str, number: u32) {
        match life(id)[number as usize] {
            Create => {
                *self = Self {
                    members: number,
                    ..Self::default()
                }
            }
            Update => self.members = number,
            Delete => {}
            Register => {
                let names = properties_until(id, number).into_iter();
                self.schema = names.map(|(name, _)| name).collect();
                self.operations.push(number);
            }
            Put(item) => {
                let before = self.items.get(item).map_or(0, |item| item.activities);
                let activities = before + u32::from(item == "a");
                let new = Item {
                    acl: number,
                    properties: number,
                    content: number,
                    activities,
                };
                self.items.insert(item, new);
                self.changes.push(item);
            }
            Patch(item) => {
                let kept = self.items.get_mut(item).expect("an item");
                kept.properties = number;
                if has_content(number) {
                    kept.content = number;
                }
                self.changes.push(item);
            }
            Act(item) => self.items.get_mut(item).expect("an item").activities += 1,
            Remove(item) => {
                self.items.remove(item);
                self.changes.push(item);
            }
            CreateGroup(group) => {
                let named = number;
                let members = BTreeSet::new();
                self.groups.insert(group, Group { named, members });
                self.has_groups = true;
            }
            UpdateGroup(group) => self.group(group).named = number,
            DeleteGroup(group) => {
                self.groups.remove(group);
                for other in self.groups.values_mut() {
                    other.members.remove(group);
                }
            }
            Join(group, member) => {
                self.group(group).members.insert(member);
            }
            Leave(group, member) => {
                self.group(group).members.remove(member);
            }
        }
    }

    fn group(&mut self, id: &'static str) -> &mut Group {
        self.groups.get_mut(id).expect("a group")
    }

    /// As `rows` writes down what is in the database; `None` if nothing of it has rows besides the connection's own.
    pub fn held(&self, id: &str) -> Option<Value> {
        if self.operations.is_empty() && !self.has_groups {
            return None;
        }
        let items = self.items.iter().map(|(item_id, item)| {
            let content = content_of(id, item_id, item.content);
            let text = content["value"].as_str().map_or(0, str::len);
            let sizes = json!({ "text": text, "activities": item.activities });
            ((*item_id).to_owned(), sizes)
        });
        let groups = self.groups.iter();
        let groups = groups.map(|(id, group)| ((*id).to_owned(), json!(group.members)));
        Some(json!({
            "items": Value::Object(items.collect()),
            "groups": Value::Object(groups.collect()),
            "operations": self.operations.len(),
            "changes": self.changes,
        }))
    }

    /// As `inspection` writes down what a server answers.
    pub fn told(&self, id: &str) -> Value {
        let items = self.items.iter().map(|(item_id, item)| {
            let told = json!({
                "acl": acl_of(id, item_id, item.acl),
                "properties": properties_of(id, item_id, item.properties),
                "content": content_of(id, item_id, item.content),
                "activities": item.activities,
            });
            ((*item_id).to_owned(), told)
        });
        let groups = self.groups.iter().map(|(group_id, group)| {
            let mut told = group_of(id, group.named);
            let members = group.members.iter();
            let members: Vec<Value> = members
                .map(|id| json!({ "id": id, "type": kind_of(id) }))
                .collect();
            told["members"] = members.into();
            ((*group_id).to_owned(), told)
        });
        let state = if self.operations.is_empty() {
            "draft"
        } else {
            "ready"
        };
        json!({
            "members": self.members,
            "state": state,
            "schema": self.schema,
            "operations": vec!["completed"; self.operations.len()],
            "items": Value::Object(items.collect()),
            "groups": Value::Object(groups.collect()),
        })
    }
}

/// The properties that the schema has after the registration of that number, with their types.
fn properties_until(id: &str, number: u32) -> Vec<(String, &'static str)> {
    let life = &life(id)[..number as usize];
    let begun = life.iter().rposition(|step| *step == Create);
    let before = life[begun.expect("it begins with that")..].iter();
    let added = before.filter(|step| **step == Register).count();
    let base = [
        ("title", "string"),
        ("number", "int64"),
        ("tags", "stringCollection"),
    ];
    let base = base.map(|(name, kind)| (name.to_owned(), kind));
    let more = (0..added).map(|count| (format!("more{count}"), "string"));
    base.into_iter().chain(more).collect()
}

fn item_of(id: &str, item: &str, number: u32) -> Value {
    json!({
        "acl": acl_of(id, item, number),
        "properties": properties_of(id, item, number),
        "content": content_of(id, item, number),
    })
}

fn acl_of(id: &str, item: &str, number: u32) -> Value {
    json!([
        { "type": "user", "value": format!("{id}.{item}.{number}"), "accessType": "grant" },
        { "type": "everyoneExceptGuests", "value": "everyone", "accessType": "grant" },
    ])
}

/// Whether an update of that number changes the content of an item as well.
fn has_content(number: u32) -> bool {
    number.is_multiple_of(2)
}

fn patch_of(id: &str, item: &str, number: u32) -> Value {
    let properties = properties_of(id, item, number);
    if has_content(number) {
        json!({ "properties": properties, "content": content_of(id, item, number) })
    } else {
        json!({ "properties": properties })
    }
}

fn properties_of(id: &str, item: &str, number: u32) -> Value {
    json!({
        "title": text(&format!("{item} of {id}"), number),
        "number": number,
        "tags@odata.type": "Collection(String)",
        "tags": [item, number.to_string()],
    })
}

/// Long texts take several pages of a table of their own.
fn content_of(id: &str, item: &str, number: u32) -> Value {
    let words = text(&format!("{item} of {id}"), number);
    match item {
        "a" => json!({ "type": "text", "value": words }),
        "b" => {
            let long = padding(id, number).repeat(3);
            json!({ "type": "html", "value": format!("<p>{words}{long}</p>") })
        }
        _ => Value::Null,
    }
}

fn group_of(id: &str, number: u32) -> Value {
    let text = text(id, number);
    json!({ "displayName": text, "description": text })
}

fn activity(number: u32) -> Value {
    json!({
        "type": "viewed",
        "startDateTime": format!("2021-04-06T18:04:{:02}Z", number % 60),
        "performedBy": { "type": "user", "id": ADELE },
    })
}

fn kind_of(member: &str) -> &'static str {
    // Users have GUIDs.
    if member.len() == ADELE.len() {
        "user"
    } else {
        "externalGroup"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else a lost write would not be noticed.
    #[test]
    fn no_two_versions_in_a_row_are_alike() {
        for led in LIVES {
            let mut ids = (0..).map(|n| format!("x{n}"));
            let id = ids.find(|id| life(id) == led);
            let id = id.expect("each life is led");
            let steps = 0..u32::try_from(life(&id).len()).expect("few");
            let told = |n| version_after(&id, n).map(|version| content(&id, version).told(&id));
            for later in steps.skip(1) {
                assert_ne!(told(later - 1), told(later), "{id} {later}");
            }
        }
    }
}
