//! What changes a tenant: in the model, and in the store.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::domain::{
    external_group::MemberKind,
    item::{self, Content},
    schema::Schema,
    settings::JsonText,
};

use super::{
    super::world::{World, id},
    model::{Connection, Item, Model},
};

#[derive(Debug, Clone)]
pub(super) enum Change {
    /// A connection that has no schema.
    Draft(String),
    Connection(String, Schema),
    DropConnection(String),
    Schema(String, Schema),
    Put(String, String, Item),
    Delete(String, String),
    Group(String, String),
    DropGroup(String, String),
    /// Connection, group, member.
    Join(String, String, (MemberKind, String)),
    Leave(String, String, (MemberKind, String)),
}

impl Change {
    /// Changes the model; `None`, and nothing changes, if the store would refuse it.
    pub(super) fn model(&self, model: &mut Model) -> Option<()> {
        match self {
            Self::Draft(_) => {}
            Self::Connection(id, schema) => {
                if model.0.contains_key(id) || !schema.violations(false).is_empty() {
                    return None;
                }
                let connection = Connection {
                    schema: schema.clone(),
                    items: BTreeMap::default(),
                    groups: BTreeMap::default(),
                };
                model.0.insert(id.clone(), connection);
            }
            Self::DropConnection(id) => {
                model.0.remove(id)?;
            }
            Self::Schema(id, schema) => {
                let of = model.0.get_mut(id)?;
                let is_good = schema.violations(false).is_empty();
                of.schema = of.schema.updated(schema.clone()).ok().filter(|_| is_good)?;
            }
            Self::Put(id, item_id, item) => {
                let of = model.0.get_mut(id)?;
                let fits = |name: &String| of.schema.property(name).is_some();
                item.properties.keys().all(fits).then_some(())?;
                of.items.insert(item_id.clone(), item.clone());
            }
            Self::Delete(id, item) => {
                model.0.get_mut(id)?.items.remove(item)?;
            }
            Self::Group(id, group) => {
                let groups = &mut model.0.get_mut(id)?.groups;
                if groups.contains_key(group) {
                    return None;
                }
                groups.insert(group.clone(), Vec::new());
            }
            Self::DropGroup(id, group) => {
                let groups = &mut model.0.get_mut(id)?.groups;
                groups.remove(group)?;
                let member = (MemberKind::ExternalGroup, group.clone());
                for members in groups.values_mut() {
                    members.retain(|other| *other != member);
                }
            }
            Self::Join(id, group, member) => {
                let groups = &mut model.0.get_mut(id)?.groups;
                if member.0 == MemberKind::ExternalGroup && !groups.contains_key(&member.1) {
                    return None;
                }
                let members = groups.get_mut(group)?;
                if members.contains(member) {
                    return None;
                }
                members.push(member.clone());
            }
            Self::Leave(id, group, member) => {
                let members = model.0.get_mut(id)?.groups.get_mut(group)?;
                let at = members.iter().position(|other| other == member)?;
                members.remove(at);
            }
        }
        Some(())
    }

    /// Changes the store, after the model.
    pub(super) async fn store(&self, world: &World) {
        match self {
            Self::Draft(connection) => world.draft(connection).await,
            Self::Connection(connection, schema) => {
                world.connection(connection, schema.clone()).await;
            }
            Self::DropConnection(connection) => world.delete_connection(connection).await,
            Self::Schema(connection, schema) => {
                world.register(&id(connection), schema.clone()).await;
            }
            Self::Put(connection, item_id, item) => {
                world.put_item(connection, stored(item_id, item)).await;
            }
            Self::Delete(connection, item) => world.delete(connection, item).await,
            Self::Group(connection, group) => world.group(connection, group).await,
            Self::DropGroup(connection, group) => world.delete_group(connection, group).await,
            Self::Join(connection, group, (kind, member)) => {
                world.member(connection, group, name(*kind), member).await;
            }
            Self::Leave(connection, group, (_, member)) => {
                world.remove_member(connection, group, member).await;
            }
        }
    }
}

fn name(kind: MemberKind) -> &'static str {
    match kind {
        MemberKind::User => "user",
        MemberKind::Group => "group",
        MemberKind::ExternalGroup => "externalGroup",
    }
}

fn stored(id: &str, item: &Item) -> item::Item {
    let text = &item.text;
    let value = match (text.is_empty(), item.is_html) {
        (true, _) => None,
        (_, true) => Some(format!("<p class=\"alpha\">{text}</p>")),
        _ => Some(text.clone()),
    };
    item::Item {
        id: id.into(),
        acl: item.acl.clone(),
        properties: JsonText::new(Json::Object(item.properties.clone()).to_string().into()),
        content: Some(Content {
            html: item.is_html,
            value,
        }),
        sensitivity_label: None,
    }
}
