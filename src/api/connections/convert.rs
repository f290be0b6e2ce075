//! Between the document's types and the domain's.

use openapi_contract_runtime::{self as runtime, Ignored, Member};

use crate::domain::{
    connections::NewExternalConnection,
    external_connection::{self, Settings},
    settings::JsonText,
};

use super::{
    super::{
        collection::{QueryOptions, Selection},
        generated::{
            ListConnectionsParams,
            types::{
                ConnectionConfiguration, ConnectionState, ContentCategory, ExternalConnection,
                ExternalConnectionCreate, ExternalConnectionUpdate,
            },
        },
    },
    settings,
};

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

pub(super) fn create(body: ExternalConnectionCreate) -> (NewExternalConnection, TypeNames) {
    let (apps, configuration) = apps(body.configuration);
    let entity = body.odata_type;
    let types = TypeNames {
        entity,
        configuration,
    };
    let new = NewExternalConnection {
        id: body.id,
        name: body.name,
        description: body.description.value(),
        authorized_apps: apps.unwrap_or_default(),
        settings: Settings {
            connector_id: body.connector_id.value(),
            activity_settings: body.activity_settings.value().map(settings::activity),
            search_settings: body.search_settings.value().map(settings::search),
            compliance_settings: body.compliance_settings.value().map(settings::compliance),
            enabled_content_experiences: body
                .enabled_content_experiences
                .value()
                .and_then(|given| experiences(&given)),
            content_category: body.content_category.map(category),
        },
    };
    (new, types)
}

pub(super) fn update(
    body: ExternalConnectionUpdate,
) -> external_connection::ExternalConnectionUpdate {
    let (apps, _) = apps(body.configuration);
    external_connection::ExternalConnectionUpdate {
        name: body.name,
        description: body.description.change(),
        authorized_apps: apps,
        activity_settings: body.activity_settings.map(settings::activity).change(),
        search_settings: body.search_settings.map(settings::search).change(),
        compliance_settings: body.compliance_settings.map(settings::compliance).change(),
        enabled_content_experiences: body
            .enabled_content_experiences
            .change()
            .map(|given| experiences(&given?)),
        content_category: body.content_category.map(category),
    }
}

/// As Graph writes the members of an enumeration of flags: each once, in the order of their numbers. `None` if there are
/// none. Source: Graph, CSDL of beta, `contentExperienceType`.
fn experiences(given: &str) -> Option<String> {
    let mut names = vec!["search", "compliance"];
    names.retain(|name| {
        let mut given = given.split(',').map(str::trim);
        given.any(|given| given.eq_ignore_ascii_case(name))
    });
    (!names.is_empty()).then(|| names.join(", "))
}

/// `authorizedApps`, if it is ignored for `authorizedAppIds` although it lists other apps.
pub(super) fn ignored_apps(configuration: &Member<ConnectionConfiguration>) -> Option<Ignored> {
    let Member::Value(configuration) = configuration else {
        return None;
    };
    let decides = match &configuration.authorized_app_ids {
        Member::Absent => return None,
        Member::Null => &[],
        Member::Value(apps) => apps.as_slice(),
    };
    let other = configuration.authorized_apps.as_deref()?;
    let has_more = |one: &[String], two: &[String]| one.iter().any(|app| !two.contains(app));
    (has_more(other, decides) || has_more(decides, other)).then(|| Ignored {
        pointer: "/configuration/authorizedApps".into(),
        meant: None,
    })
}

/// The apps of a configuration, each once; `None` if it is absent. `null` is an empty list.
///
/// Where both names come, `authorizedAppIds` decides, `null` too: a client that reads, changes the list that it knows and
/// writes it back sends the other as it was. Source: Graph deprecates `authorizedApps` (2021).
fn apps(configuration: Member<ConnectionConfiguration>) -> (Option<Vec<String>>, Option<String>) {
    let configuration = match configuration {
        Member::Absent => return (None, None),
        Member::Null => return (Some(Vec::new()), None),
        Member::Value(configuration) => configuration,
    };
    let other = configuration.authorized_apps;
    let given = configuration.authorized_app_ids.or_if_absent(|| other);
    let mut apps: Vec<String> = Vec::new();
    for app in given.into_iter().flatten() {
        if !apps.contains(&app) {
            apps.push(app);
        }
    }
    (Some(apps), configuration.odata_type)
}

impl<'a> From<&'a ListConnectionsParams> for QueryOptions<'a> {
    fn from(params: &'a ListConnectionsParams) -> Self {
        Self {
            select: params.select.as_deref(),
            filter: params.filter.as_deref(),
            orderby: params.orderby.as_deref(),
            top: params.top,
            skip: params.skip,
            skiptoken: params.skiptoken.as_deref(),
            count: params.count,
        }
    }
}

/// The entity with the selected members; those without a value are `null`.
pub(super) fn entity(
    connection: external_connection::ExternalConnection,
    selection: &Selection,
) -> ExternalConnection {
    let has = |member| selection.has(member);
    let settings = connection.settings;
    ExternalConnection {
        odata_context: None,
        odata_type: None,
        id: has("id").then(|| connection.id.as_str().to_owned()),
        name: has("name").then_some(connection.name),
        description: nullable(has("description"), connection.description),
        state: ConnectionState::from_name(connection.state.name()).filter(|_| has("state")),
        configuration: has("configuration").then(|| configuration(connection.authorized_apps)),
        connector_id: nullable(has("connectorId"), settings.connector_id),
        content_category: has("contentCategory").then(|| {
            let name = settings.content_category.as_deref();
            // A later version may have stored a category that this one does not know.
            name.map_or(
                Some(ContentCategory::Uncategorized),
                ContentCategory::from_name,
            )
            .unwrap_or(ContentCategory::UnknownFutureValue)
        }),
        activity_settings: kept(has("activitySettings"), settings.activity_settings),
        search_settings: kept(has("searchSettings"), settings.search_settings),
        compliance_settings: kept(has("complianceSettings"), settings.compliance_settings),
        enabled_content_experiences: nullable(
            has("enabledContentExperiences"),
            settings.enabled_content_experiences,
        ),
        // A connection without a schema has no items and no count. Source: Graph, externalConnection, beta.
        ingested_items_count: nullable(has("ingestedItemsCount"), connection.ingested_items),
    }
}

fn nullable<T>(selected: bool, value: Option<T>) -> Member<T> {
    if selected {
        value.into()
    } else {
        Member::Absent
    }
}

fn kept<T>(selected: bool, text: Option<JsonText>) -> Member<runtime::JsonText<T>> {
    nullable(selected, text.map(settings::answered))
}

/// Both names of the list. Source: Graph, observed answers of both versions.
fn configuration(apps: Vec<String>) -> ConnectionConfiguration {
    ConnectionConfiguration {
        odata_type: None,
        authorized_apps: Some(apps.clone()),
        authorized_app_ids: Member::Value(apps),
    }
}

fn category(category: ContentCategory) -> String {
    category.name().to_owned()
}
