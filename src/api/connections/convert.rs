//! Between the document's types and the domain's.

use openapi_contract_runtime::{FreeObject, Member};

use crate::{
    domain::{
        connections::NewConnection,
        external_connection::{self, ConnectionUpdate, Settings},
        settings,
    },
    odata::{context, select},
};

use super::{
    super::{
        ApiError, RequestContext,
        generated::types::{
            ActivitySettings, AdaptiveCard, BinaryOperator, ComplianceSettings,
            ConnectionConfiguration, ConnectionState, ContentCategory, DisplayTemplate,
            ExternalConnection, ExternalConnectionCreate, ExternalConnectionReference,
            ExternalConnectionUpdate, ItemIdResolver, PropertyRule, RuleOperation, SearchSettings,
            UrlMatchInfo, UrlToItemResolver,
        },
        request::Metadata,
    },
    ENTITY_SET,
};

/// The name of the entity type in messages.
pub(super) const TYPE_NAME: &str = "microsoft.graph.externalConnectors.externalConnection";

/// The spelling of the type that answers carry.
const ITEM_ID_RESOLVER: &str = "#microsoft.graph.externalConnectors.itemIdResolver";

/// `@odata.type` annotations of a create request, echoed in its answer.
#[derive(Default)]
pub(super) struct TypeNames {
    entity: Option<String>,
    configuration: Option<String>,
}

impl TypeNames {
    pub(super) fn echo(self, entity: &mut ExternalConnection) {
        entity.odata_type = self.entity;
        if let Some(configuration) = &mut entity.configuration {
            configuration.odata_type = self.configuration;
        }
    }
}

pub(super) fn create(body: ExternalConnectionCreate) -> (NewConnection, TypeNames) {
    let (apps, configuration_type) = apps(body.configuration);
    let new = NewConnection {
        id: body.id,
        name: body.name,
        description: body.description.value(),
        authorized_apps: apps.unwrap_or_default(),
        settings: Settings {
            connector_id: body.connector_id.value(),
            activity_settings: body.activity_settings.value().map(Into::into),
            search_settings: body.search_settings.value().map(Into::into),
            compliance_settings: body.compliance_settings.value().map(Into::into),
            enabled_content_experiences: body.enabled_content_experiences.value(),
            content_category: body.content_category.map(Into::into).unwrap_or_default(),
        },
    };
    (
        new,
        TypeNames {
            entity: body.odata_type,
            configuration: configuration_type,
        },
    )
}

/// # Errors
/// A body that links an entity instead of bringing one, or that has no name.
pub(super) fn reference(
    body: ExternalConnectionReference,
) -> Result<(NewConnection, TypeNames), ApiError> {
    let Some(name) = body.name else {
        return Err(match body.odata_id {
            Some(_) => ApiError::invalid(
                "/@odata.id",
                "cannot link an existing entity: the collection contains its connections; post the connection itself, with its name",
            ),
            None => ApiError::invalid("/name", "is required"),
        });
    };
    Ok(create(ExternalConnectionCreate {
        odata_type: body.odata_type,
        id: body.id,
        name,
        description: body.description,
        state: None,
        configuration: body.configuration,
        content_category: body.content_category,
        connector_id: body.connector_id,
        activity_settings: body.activity_settings,
        search_settings: body.search_settings,
        compliance_settings: body.compliance_settings,
        enabled_content_experiences: body.enabled_content_experiences,
    }))
}

pub(super) fn update(body: ExternalConnectionUpdate) -> ConnectionUpdate {
    let (apps, _) = apps(body.configuration);
    ConnectionUpdate {
        name: body.name,
        description: body.description.change(),
        authorized_apps: apps,
        activity_settings: body.activity_settings.map(Into::into).change(),
        search_settings: body.search_settings.map(Into::into).change(),
        compliance_settings: body.compliance_settings.map(Into::into).change(),
        enabled_content_experiences: body.enabled_content_experiences.change(),
        content_category: body.content_category.map(Into::into),
    }
}

/// The apps of a configuration, each once; `None` if it is absent. `null` is an empty list.
///
/// Where both names come, `authorizedAppIds` decides: a client that reads, changes the list that it knows and writes it
/// back sends the other as it was. Source: Graph deprecates `authorizedApps` (2021).
fn apps(configuration: Member<ConnectionConfiguration>) -> (Option<Vec<String>>, Option<String>) {
    let configuration = match configuration {
        Member::Absent => return (None, None),
        Member::Null => return (Some(Vec::new()), None),
        Member::Value(configuration) => configuration,
    };
    let given = configuration
        .authorized_app_ids
        .or(configuration.authorized_apps);
    let mut apps: Vec<String> = Vec::new();
    for app in given.into_iter().flatten() {
        if !apps.contains(&app) {
            apps.push(app);
        }
    }
    (Some(apps), configuration.odata_type)
}

/// The members that an answer has.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Selection(Option<Vec<&'static str>>);

impl Selection {
    /// # Errors
    /// A `$select` that is malformed or names no property.
    pub(super) fn parse(option: Option<&str>) -> Result<Self, ApiError> {
        let Some(text) = option else {
            return Ok(Self::default());
        };
        let properties: Vec<&str> = ExternalConnection::MEMBERS
            .iter()
            .copied()
            .filter(|member| !member.starts_with('@'))
            .collect();
        let selected = select::parse(text, TYPE_NAME, &properties)?;
        Ok(Self(
            (selected.len() < properties.len()).then_some(selected),
        ))
    }

    /// The selection in the words of `$select`.
    pub(super) fn words(&self) -> String {
        self.0
            .as_ref()
            .map_or_else(|| "*".to_owned(), |selected| selected.join(","))
    }

    fn has(&self, member: &str) -> bool {
        self.0
            .as_ref()
            .is_none_or(|selected| selected.contains(&member))
    }

    pub(super) fn entity_context(&self, request: &RequestContext) -> Option<String> {
        (request.metadata == Metadata::Minimal)
            .then(|| context::entity(&request.service_root(), ENTITY_SET, self.0.as_deref()))
    }

    pub(super) fn set_context(&self, request: &RequestContext) -> Option<String> {
        (request.metadata == Metadata::Minimal)
            .then(|| context::entity_set(&request.service_root(), ENTITY_SET, self.0.as_deref()))
    }
}

/// The entity with the selected members; those without a value are `null`.
pub(super) fn entity(
    connection: external_connection::ExternalConnection,
    selection: &Selection,
) -> ExternalConnection {
    fn nullable<T>(selected: bool, value: Option<T>) -> Member<T> {
        if selected {
            value.into()
        } else {
            Member::Absent
        }
    }
    let has = |member| selection.has(member);
    let settings = connection.settings;
    ExternalConnection {
        odata_context: None,
        odata_type: None,
        id: has("id").then(|| connection.id.as_str().to_owned()),
        name: has("name").then_some(connection.name),
        description: nullable(has("description"), connection.description),
        state: has("state").then(|| connection.state.into()),
        configuration: has("configuration").then(|| configuration(connection.authorized_apps)),
        connector_id: nullable(has("connectorId"), settings.connector_id),
        content_category: has("contentCategory").then(|| settings.content_category.into()),
        activity_settings: nullable(
            has("activitySettings"),
            settings.activity_settings.map(Into::into),
        ),
        search_settings: nullable(
            has("searchSettings"),
            settings.search_settings.map(Into::into),
        ),
        compliance_settings: nullable(
            has("complianceSettings"),
            settings.compliance_settings.map(Into::into),
        ),
        enabled_content_experiences: nullable(
            has("enabledContentExperiences"),
            settings.enabled_content_experiences,
        ),
        // A connection without a schema has no items and no count. Source: Graph, externalConnection, beta.
        ingested_items_count: nullable(has("ingestedItemsCount"), None),
    }
}

/// Both names of the list. Source: Graph, observed answers of both versions.
fn configuration(apps: Vec<String>) -> ConnectionConfiguration {
    ConnectionConfiguration {
        odata_type: None,
        authorized_apps: Some(apps.clone()),
        authorized_app_ids: Some(apps),
    }
}

impl From<external_connection::ConnectionState> for ConnectionState {
    fn from(state: external_connection::ConnectionState) -> Self {
        match state {
            external_connection::ConnectionState::Draft => Self::Draft,
        }
    }
}

impl From<ContentCategory> for settings::ContentCategory {
    fn from(category: ContentCategory) -> Self {
        Self(category.name().to_owned())
    }
}

impl From<settings::ContentCategory> for ContentCategory {
    fn from(category: settings::ContentCategory) -> Self {
        // A later version may have stored a category that this one does not know.
        Self::from_name(&category.0).unwrap_or(Self::UnknownFutureValue)
    }
}

fn all<T, U: From<T>>(items: Vec<T>) -> Vec<U> {
    items.into_iter().map(Into::into).collect()
}

impl From<ActivitySettings> for settings::ActivitySettings {
    fn from(from: ActivitySettings) -> Self {
        Self {
            url_to_item_resolvers: from.url_to_item_resolvers.value().map(all),
        }
    }
}

impl From<settings::ActivitySettings> for ActivitySettings {
    fn from(from: settings::ActivitySettings) -> Self {
        Self {
            url_to_item_resolvers: from.url_to_item_resolvers.map(all).into(),
        }
    }
}

impl From<UrlToItemResolver> for settings::ItemIdResolver {
    fn from(from: UrlToItemResolver) -> Self {
        let UrlToItemResolver::ItemIdResolver(from) = from;
        Self {
            priority: from.priority.value(),
            item_id: from.item_id,
            url_match_info: from
                .url_match_info
                .value()
                .map(|info| settings::UrlMatchInfo {
                    base_urls: info.base_urls.value(),
                    url_pattern: info.url_pattern.value(),
                }),
        }
    }
}

impl From<settings::ItemIdResolver> for UrlToItemResolver {
    fn from(from: settings::ItemIdResolver) -> Self {
        let url_match_info = from.url_match_info.map(|info| UrlMatchInfo {
            base_urls: info.base_urls.into(),
            url_pattern: info.url_pattern.into(),
        });
        Self::ItemIdResolver(ItemIdResolver {
            odata_type: ITEM_ID_RESOLVER.to_owned(),
            priority: from.priority.into(),
            item_id: from.item_id,
            url_match_info: url_match_info.into(),
        })
    }
}

impl From<SearchSettings> for settings::SearchSettings {
    fn from(from: SearchSettings) -> Self {
        Self {
            search_result_templates: from.search_result_templates.value().map(all),
        }
    }
}

impl From<settings::SearchSettings> for SearchSettings {
    fn from(from: settings::SearchSettings) -> Self {
        Self {
            search_result_templates: from.search_result_templates.map(all).into(),
        }
    }
}

impl From<ComplianceSettings> for settings::ComplianceSettings {
    fn from(from: ComplianceSettings) -> Self {
        Self {
            e_discovery_result_templates: from.e_discovery_result_templates.value().map(all),
        }
    }
}

impl From<settings::ComplianceSettings> for ComplianceSettings {
    fn from(from: settings::ComplianceSettings) -> Self {
        Self {
            e_discovery_result_templates: from.e_discovery_result_templates.map(all).into(),
        }
    }
}

impl From<DisplayTemplate> for settings::DisplayTemplate {
    fn from(from: DisplayTemplate) -> Self {
        Self {
            id: from.id,
            layout: settings::AdaptiveCard::from_text(from.layout.0.into_text()),
            priority: from.priority,
            rules: from.rules.value().map(all),
        }
    }
}

impl From<settings::DisplayTemplate> for DisplayTemplate {
    fn from(from: settings::DisplayTemplate) -> Self {
        Self {
            id: from.id,
            layout: AdaptiveCard(FreeObject::from_text(from.layout.into_text())),
            priority: from.priority,
            rules: from.rules.map(all).into(),
        }
    }
}

impl From<PropertyRule> for settings::PropertyRule {
    fn from(from: PropertyRule) -> Self {
        Self {
            property: from.property,
            operation: from.operation.name().to_owned(),
            values: from.values,
            values_joined_by: from.values_joined_by.name().to_owned(),
        }
    }
}

impl From<settings::PropertyRule> for PropertyRule {
    fn from(from: settings::PropertyRule) -> Self {
        Self {
            property: from.property,
            // As for categories: what is not known is said to be so.
            operation: RuleOperation::from_name(&from.operation)
                .unwrap_or(RuleOperation::UnknownFutureValue),
            values: from.values,
            values_joined_by: BinaryOperator::from_name(&from.values_joined_by)
                .unwrap_or(BinaryOperator::Or),
        }
    }
}
