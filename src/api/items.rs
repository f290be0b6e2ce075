//! The tag `items`: handlers.

use std::{borrow::Cow, sync::Arc};

use openapi_contract_runtime::{FreeObject, Member, SMALL_BYTES};
use tokio::task::spawn_blocking;

use crate::domain::{
    Error, Violation,
    decision::Decision,
    external_connection::ConnectionId,
    item::{
        self, AccessControlEntry, Capacity, Content, Item, ItemProperty, PrincipalKind, Properties,
        RESOURCE,
    },
    schema::{self, Schema},
    settings::JsonText,
    store::{Container, NewItem},
};

use super::{
    activities::all_activities,
    collection::{Collection, QueryOptions, Selection},
    error::ApiError,
    generated::{
        CountItemsParams, CountItemsResponse, DeleteItemParams, DeleteItemResponse, GetItemParams,
        GetItemResponse, ItemsApi, ListItemsParams, ListItemsResponse, PutItemParams,
        PutItemResponse, UpdateItemParams, UpdateItemResponse,
        types::{
            self, AccessType, Acl, AclType, ExternalItem, ExternalItemContent,
            ExternalItemContentType, IdentitySource, InformationProtectionLabel,
        },
    },
    request::Metadata,
    service::{Api, Call},
};

impl ItemsApi for Api {
    async fn list_items(
        &self,
        call: Call,
        params: ListItemsParams,
    ) -> Result<ListItemsResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let items = items(&id);
        let (select, token) = (params.select.as_deref(), params.skiptoken.as_deref());
        let options = QueryOptions::in_order(select, params.top, token, params.count);
        let read = |query| self.store.list_items(&call.scope, &id, query);
        let entity = |item, selection: &_| to_document(item, selection, &call);
        let answer = items.list(&call, options, &self.skip_tokens, read, entity);
        Ok(ListItemsResponse::Ok(answer.await?.into()))
    }

    async fn count_items(
        &self,
        call: Call,
        params: CountItemsParams,
    ) -> Result<CountItemsResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let count = self.store.count_items(&call.scope, &id).await?;
        Ok(CountItemsResponse::Ok(count.to_string()))
    }

    async fn put_item(
        &self,
        call: Call,
        params: PutItemParams,
    ) -> Result<PutItemResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        item::check_id(&params.item_id).map_err(|broken| Error::Invalid(vec![broken]))?;
        let container = self.container(&call, &id).await?;
        let body = params.body;
        let properties = checked(body.properties.0.into_text(), &container.schema).await?;
        let activities = all_activities(&body.activities.value().unwrap_or_default())?;
        let item = Item {
            id: params.item_id,
            acl: acl(body.acl)?,
            properties,
            content: body.content.value().map(content).transpose()?,
            sensitivity_label: body.information_protection_label.value().and_then(label),
        };
        let new = NewItem { item, activities };
        let put = self
            .store
            .put_item(&call.scope, &id, &container, new, self.capacity());
        let item = put.await?;
        Ok(PutItemResponse::Ok(written(item, &call, &id)))
    }

    async fn update_item(
        &self,
        call: Call,
        params: UpdateItemParams,
    ) -> Result<UpdateItemResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let container = self.container(&call, &id).await?;
        let body = params.body;
        let properties = match body.properties {
            Some(properties) => Some(checked(properties.0.into_text(), &container.schema).await?),
            None => None,
        };
        let acl = body.acl.map(acl).transpose()?;
        let content = body
            .content
            .change()
            .map(|given| given.map(content).transpose());
        let content = content.transpose()?;
        let label = body
            .information_protection_label
            .change()
            .map(|given| given.and_then(label));
        let bytes = properties
            .as_ref()
            .map_or(0, |properties| properties.as_str().len())
            + content
                .iter()
                .flatten()
                .filter_map(|it| it.value.as_ref())
                .map(String::len)
                .sum::<usize>()
            + acl
                .iter()
                .flatten()
                .map(|entry| size_of_val(entry) + entry.value.len())
                .sum::<usize>();
        let decide = Box::new(move |mut item: Item| {
            item.acl = acl.unwrap_or(item.acl);
            item.properties = properties.unwrap_or(item.properties);
            item.content = content.unwrap_or(item.content);
            item.sensitivity_label = label.unwrap_or(item.sensitivity_label);
            Ok(item)
        });
        let decision = Decision { bytes, decide };
        let update = self.store.update_item(
            &call.scope,
            &id,
            &container,
            &params.item_id,
            decision,
            self.capacity(),
        );
        let item = RESOURCE.found(update.await?)?;
        Ok(UpdateItemResponse::Ok(written(item, &call, &id)))
    }

    async fn get_item(
        &self,
        call: Call,
        params: GetItemParams,
    ) -> Result<GetItemResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let items = items(&id);
        let selection = items.selection(params.select.as_deref())?;
        let read = |bytes| {
            self.store
                .get_item(&call.scope, &id, &params.item_id, bytes)
        };
        let item = RESOURCE.found(call.read(read).await?)?;
        let mut body = to_document(item, &selection, &call);
        body.odata_context = items.entity_context(&call.request, &selection);
        Ok(GetItemResponse::Ok(body))
    }

    async fn delete_item(
        &self,
        call: Call,
        params: DeleteItemParams,
    ) -> Result<DeleteItemResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let delete = self
            .store
            .delete_item(&call.scope, &id, &params.item_id, self.capacity());
        RESOURCE.found(delete.await?)?;
        Ok(DeleteItemResponse::NoContent)
    }
}

impl Api {
    pub(super) fn capacity(&self) -> Capacity {
        Capacity(self.limits.items)
    }

    /// What the items of a connection are written into.
    ///
    /// # Errors
    /// There is no such connection, or it has no schema.
    async fn container(&self, call: &Call, id: &ConnectionId) -> Result<Container, ApiError> {
        let container = self.store.get_container(&call.scope, id).await?;
        Ok(schema::RESOURCE.found(container)?)
    }
}

/// Properties by the rules of the schema: here if they are small, elsewhere if it takes long.
async fn checked(text: Box<str>, schema: &Arc<Schema>) -> Result<JsonText, ApiError> {
    if text.len() <= SMALL_BYTES {
        return Ok(Properties(&text).checked(schema)?);
    }
    let schema = Arc::clone(schema);
    let checked = spawn_blocking(move || Properties(&text).checked(&schema)).await;
    let checked = checked.map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(checked?)
}

fn items(connection: &ConnectionId) -> Collection<ItemProperty> {
    Collection {
        entity_type: "microsoft.graph.externalConnectors.externalItem",
        entity_set: Cow::Owned(format!("external/connections('{connection}')/items")),
        path: Cow::Owned(format!("/external/connections/{connection}/items")),
        members: ExternalItem::MEMBERS,
        properties: ItemProperty::NAMES,
        id: ("id", ItemProperty::Id),
        name: None,
    }
}

/// # Errors
/// An entry whose kind is not one.
fn acl(entries: Vec<Acl>) -> Result<Vec<AccessControlEntry>, Error> {
    let entries = entries.into_iter().enumerate().map(|(index, entry)| {
        let unknown = |member: &str| {
            let rule = "'unknownFutureValue' is no kind that an entry can have";
            Error::Invalid(vec![Violation::new(format!("/acl/{index}/{member}"), rule)])
        };
        let is_external = entry.identity_source == Member::Value(IdentitySource::External);
        let kind = match entry.r#type {
            AclType::User => PrincipalKind::User,
            // As beta had it.
            AclType::Group if is_external => PrincipalKind::ExternalGroup,
            AclType::Group => PrincipalKind::Group,
            AclType::Everyone => PrincipalKind::Everyone,
            AclType::EveryoneExceptGuests => PrincipalKind::EveryoneExceptGuests,
            AclType::ExternalGroup => PrincipalKind::ExternalGroup,
            AclType::UnknownFutureValue => return Err(unknown("type")),
        };
        Ok(AccessControlEntry {
            r#type: kind,
            value: entry.value,
            deny: match entry.access_type {
                AccessType::Grant => false,
                AccessType::Deny => true,
                AccessType::UnknownFutureValue => return Err(unknown("accessType")),
            },
        })
    });
    entries.collect()
}

fn content(given: ExternalItemContent) -> Result<Content, Error> {
    let html = match given.r#type {
        ExternalItemContentType::Text => false,
        ExternalItemContentType::Html => true,
        ExternalItemContentType::UnknownFutureValue => {
            let rule = "must be text or html";
            let broken = Violation::new("/content/type", rule);
            return Err(Error::Invalid(vec![broken]));
        }
    };
    Ok(Content {
        html,
        value: given.value.value(),
    })
}

fn label(given: InformationProtectionLabel) -> Option<String> {
    given.sensitivity_label_id.value()
}

/// The answer to a write. Source: Graph, observed: with an empty list of activities.
fn written(item: Item, call: &Call, connection: &ConnectionId) -> ExternalItem {
    let selection = Selection::default();
    let mut body = to_document(item, &selection, call);
    body.odata_context = items(connection).entity_context(&call.request, &selection);
    body.activities = Some(Vec::new());
    body
}

fn to_document(item: Item, selection: &Selection, call: &Call) -> ExternalItem {
    let content = |content: Content| ExternalItemContent {
        odata_type: None,
        value: content.value.into(),
        r#type: if content.html {
            ExternalItemContentType::Html
        } else {
            ExternalItemContentType::Text
        },
    };
    let label = |id: String| InformationProtectionLabel {
        sensitivity_label_id: Member::Value(id),
    };
    let properties = |text: JsonText| {
        let text = match call.request.metadata {
            Metadata::Minimal => text,
            Metadata::None => item::without_annotations(&text),
        };
        types::Properties(FreeObject::from_text(text.into_text()))
    };
    ExternalItem {
        odata_context: None,
        id: selection.has("id").then_some(item.id),
        acl: selection
            .has("acl")
            .then(|| item.acl.into_iter().map(entry_to_document).collect()),
        properties: selection
            .has("properties")
            .then(|| properties(item.properties)),
        content: if selection.has("content") {
            item.content.map(content).into()
        } else {
            Member::Absent
        },
        information_protection_label: if selection.has("informationProtectionLabel") {
            item.sensitivity_label.map(label).into()
        } else {
            Member::Absent
        },
        activities: None,
    }
}

pub(super) fn entry_to_document(entry: AccessControlEntry) -> Acl {
    Acl {
        r#type: match entry.r#type {
            PrincipalKind::User => AclType::User,
            PrincipalKind::Group => AclType::Group,
            PrincipalKind::Everyone => AclType::Everyone,
            PrincipalKind::EveryoneExceptGuests => AclType::EveryoneExceptGuests,
            PrincipalKind::ExternalGroup => AclType::ExternalGroup,
        },
        value: entry.value,
        access_type: if entry.deny {
            AccessType::Deny
        } else {
            AccessType::Grant
        },
        identity_source: Member::Absent,
    }
}
