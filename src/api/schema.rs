//! The tag `schema`: handlers.

use std::borrow::Cow;

use openapi_contract_runtime::Member;

use crate::domain::{
    Error, Violation,
    external_connection::ConnectionId,
    operation::{self, Progress},
    schema::{self, RESOURCE},
};

use super::{
    collection::{Collection, Selection},
    error::ApiError,
    generated::{
        CreateSchemaParams, CreateSchemaResponse, GetSchemaParams, GetSchemaResponse, SchemaApi,
        UpdateSchemaParams, UpdateSchemaResponse,
        types::{
            ImportanceScore, Label, Property, PropertyType, RankingHint, Schema, SchemaUpdate,
        },
    },
    operations,
    preferences::Preferences,
    service::{Api, Call},
};

/// Labels that were there before `unknownFutureValue`. Source: Graph, CSDL, `label`.
const FIRST_LABELS: [&str; 9] = [
    "title",
    "url",
    "createdBy",
    "lastModifiedBy",
    "authors",
    "createdDateTime",
    "lastModifiedDateTime",
    "fileName",
    "fileExtension",
];

impl SchemaApi for Api {
    async fn update_schema(
        &self,
        call: Call,
        params: UpdateSchemaParams,
    ) -> Result<UpdateSchemaResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let schema = from_document(params.body)?;
        let progress = self.schema_pace.begin(self.now_ms());
        let location = self.register(&call, &id, schema, progress).await?;
        Ok(UpdateSchemaResponse::Accepted { location })
    }

    async fn create_schema(
        &self,
        call: Call,
        params: CreateSchemaParams,
    ) -> Result<CreateSchemaResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let preferences = Preferences::new(params.prefer.as_deref());
        let schema = from_document(params.body)?;
        let progress = if preferences.respond_async {
            self.schema_pace.begin(self.now_ms())
        } else {
            Progress::Completed
        };
        let registered = self.register(&call, &id, schema.clone(), progress);
        let location = registered.await?;
        if preferences.respond_async {
            return Ok(CreateSchemaResponse::Accepted { location });
        }
        let selection = Selection::default();
        let body = to_document(schema, &call, &id, &selection, preferences);
        Ok(CreateSchemaResponse::Created { body, location })
    }

    async fn get_schema(
        &self,
        call: Call,
        params: GetSchemaParams,
    ) -> Result<GetSchemaResponse, ApiError> {
        let id = ConnectionId::existing(params.connection_id);
        let selection = singleton(&id).selection(params.select.as_deref())?;
        let read = |bytes| self.store.get_schema(&call.scope, &id, bytes);
        let schema = RESOURCE.found(call.read(read).await?)?;
        let preferences = Preferences::new(params.prefer.as_deref());
        let body = to_document(schema, &call, &id, &selection, preferences);
        Ok(GetSchemaResponse::Ok(body))
    }
}

impl Api {
    /// Registers or updates a schema; the address of the operation that does.
    async fn register(
        &self,
        call: &Call,
        id: &ConnectionId,
        schema: schema::Schema,
        progress: Progress,
    ) -> Result<String, ApiError> {
        let decision = schema.into_update(id, progress);
        let update = self.store.update_registration(&call.scope, id, decision);
        let operation = operation::RESOURCE.found(update.await?.operation)?;
        Ok(operations::location(call, id, &operation.id))
    }
}

fn singleton(connection: &ConnectionId) -> Collection<()> {
    Collection {
        entity_type: "microsoft.graph.externalConnectors.schema",
        entity_set: Cow::Owned(format!("external/connections('{connection}')/schema")),
        path: Cow::Owned(format!("/external/connections/{connection}/schema")),
        members: Schema::MEMBERS,
        properties: &[],
        id: ("", ()),
        name: None,
    }
}

/// # Errors
/// What stands for names that a client does not know, where a name is needed.
fn from_document(body: SchemaUpdate) -> Result<schema::Schema, Error> {
    let mut broken = Vec::new();
    let properties = body.properties.into_iter().enumerate();
    let properties = properties.filter_map(|(index, given)| {
        let mut unknown = |member: &str| {
            let rule = "'unknownFutureValue' stands for a name that the client did not ask for; \
                GET the schema with Prefer: include-unknown-enum-members";
            broken.push(Violation::new(
                format!("/properties/{index}/{member}"),
                rule,
            ));
        };
        let kind = schema::PropertyType::from_name(given.r#type.name());
        if kind.is_none() {
            unknown("type");
        }
        let mut labels = Vec::new();
        for (n, label) in given.labels.into_iter().flatten().enumerate() {
            match label {
                Label::UnknownFutureValue => unknown(&format!("labels/{n}")),
                // Source: Graph, property resource, whose text differs from its types.
                Label::AssignedTo => labels.push(Label::AssignedToPeople.name().to_owned()),
                Label::NumReactions => labels.push(Label::NumberOfReactions.name().to_owned()),
                label => labels.push(label.name().to_owned()),
            }
        }
        let importance = given.ranking_hint.value().map(|hint| hint.importance_score);
        if importance == Some(ImportanceScore::UnknownFutureValue) {
            unknown("rankingHint/importanceScore");
        }
        Some(schema::Property {
            name: given.name,
            r#type: kind?,
            description: given.description.value(),
            flags: schema::Flags {
                is_searchable: given.is_searchable.unwrap_or_default(),
                is_queryable: given.is_queryable.unwrap_or_default(),
                is_retrievable: given.is_retrievable.unwrap_or_default(),
                is_refinable: given.is_refinable.unwrap_or_default(),
                is_exact_match_required: given.is_exact_match_required.unwrap_or_default(),
            },
            labels,
            aliases: given.aliases.unwrap_or_default(),
            importance: importance.map(|score| score.name().to_owned()),
        })
    });
    let properties = properties.collect();
    if broken.is_empty() {
        Ok(schema::Schema { properties })
    } else {
        Err(Error::Invalid(broken))
    }
}

fn to_document(
    schema: schema::Schema,
    call: &Call,
    connection: &ConnectionId,
    selection: &Selection,
    preferences: Preferences,
) -> Schema {
    let property = |property: schema::Property| Property {
        name: property.name,
        r#type: shown_type(property.r#type, preferences),
        description: property.description.map_or(Member::Absent, Member::Value),
        is_searchable: Some(property.flags.is_searchable),
        is_queryable: Some(property.flags.is_queryable),
        is_retrievable: Some(property.flags.is_retrievable),
        is_refinable: Some(property.flags.is_refinable),
        is_exact_match_required: Some(property.flags.is_exact_match_required),
        labels: Some(
            property
                .labels
                .iter()
                .map(|label| shown_label(label, preferences))
                .collect(),
        ),
        aliases: Some(property.aliases),
        ranking_hint: property
            .importance
            .and_then(|score| ImportanceScore::from_name(&score))
            .map_or(Member::Absent, |importance_score| {
                Member::Value(RankingHint { importance_score })
            }),
    };
    Schema {
        odata_context: singleton(connection).entity_context(&call.request, selection),
        base_type: selection
            .has("baseType")
            .then(|| schema::BASE_TYPE.to_owned()),
        properties: selection
            .has("properties")
            .then(|| schema.properties.into_iter().map(property).collect()),
    }
}

fn shown_type(kind: schema::PropertyType, preferences: Preferences) -> PropertyType {
    let is_later = kind.item() == schema::PropertyType::Principal;
    PropertyType::from_name(kind.name())
        .filter(|_| !is_later || preferences.include_unknown_enum_members)
        .unwrap_or(PropertyType::UnknownFutureValue)
}

fn shown_label(label: &str, preferences: Preferences) -> Label {
    let is_later = !FIRST_LABELS.contains(&label);
    Label::from_name(label)
        .filter(|_| !is_later || preferences.include_unknown_enum_members)
        .unwrap_or(Label::UnknownFutureValue)
}
