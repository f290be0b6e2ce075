//! `externalConnection`: the resource, its identifier and its partial update.

use std::fmt;

use super::{
    Violation, limits,
    principal::AppId,
    settings::{ContentCategory, JsonText},
};

/// Identifiers that Graph keeps for itself.
/// Source: Graph, externalConnection resource, property `id`; `MicrosoftSearch` from its 2020 edition
/// falls under the `Microsoft` prefix.
const RESERVED_IDS: [&str; 16] = [
    "None",
    "Directory",
    "Exchange",
    "ExchangeArchive",
    "LinkedIn",
    "Mailbox",
    "OneDriveBusiness",
    "SharePoint",
    "Teams",
    "Yammer",
    "Connectors",
    "TaskFabric",
    "PowerBI",
    "Assistant",
    "TopicEngine",
    "MSFT_All_Connectors",
];
const RESERVED_PREFIX: &str = "Microsoft";

/// The identifier of a connection: unique in its tenant without regard to case, looked up with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConnectionId(String);

impl ConnectionId {
    /// An identifier that a client gives on create: 3 to 32 ASCII letters and digits, not reserved.
    ///
    /// # Errors
    /// A [`Violation`] at `/id` that names the broken rule.
    pub(crate) fn given(id: &str) -> Result<Self, Violation> {
        let broken = |rule: String| Err(Violation::new("/id", rule));
        if !id.chars().all(|c| c.is_ascii_alphanumeric()) {
            return broken("must contain only ASCII letters and digits".into());
        }
        if !limits::CONNECTION_ID_CHARS.contains(&id.len()) {
            return broken(format!(
                "must be {} to {} characters long; it has {}",
                limits::CONNECTION_ID_CHARS.start(),
                limits::CONNECTION_ID_CHARS.end(),
                id.len()
            ));
        }
        if id
            .get(..RESERVED_PREFIX.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(RESERVED_PREFIX))
        {
            return broken(format!("must not begin with '{RESERVED_PREFIX}'"));
        }
        if RESERVED_IDS
            .iter()
            .any(|reserved| reserved.eq_ignore_ascii_case(id))
        {
            return broken(format!("'{id}' is reserved"));
        }
        Ok(Self(id.to_owned()))
    }

    /// An identifier that the server makes when the client gives none: a UUID, lower case with hyphens.
    pub(crate) fn made(uuid: uuid::Uuid) -> Self {
        Self(uuid.hyphenated().to_string())
    }

    /// An identifier to look up, or one that the store gives back: whatever does not exist is simply not found.
    pub(crate) fn existing(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An external connection as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExternalConnection {
    pub(crate) id: ConnectionId,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) state: ConnectionState,
    /// The app that created it: keeps access whatever the list says.
    pub(crate) owner: AppId,
    /// `configuration.authorizedAppIds`, as sent and without repetitions.
    pub(crate) authorized_apps: Vec<String>,
    pub(crate) settings: Settings,
}

/// Members that no query looks into: the store keeps them as one document.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Settings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) connector_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) activity_settings: Option<JsonText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) search_settings: Option<JsonText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) compliance_settings: Option<JsonText>,
    /// A comma-separated list of content experiences, as sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) enabled_content_experiences: Option<String>,
    #[serde(skip_serializing_if = "ContentCategory::is_default")]
    pub(crate) content_category: ContentCategory,
}

impl ExternalConnection {
    /// The length of its texts, bytes: its size when it is stored.
    pub(crate) fn stored_bytes(&self) -> usize {
        let settings = &self.settings;
        let texts = [
            Some(self.name.as_str()),
            self.description.as_deref(),
            settings.connector_id.as_deref(),
            settings.activity_settings.as_ref().map(JsonText::as_str),
            settings.search_settings.as_ref().map(JsonText::as_str),
            settings.compliance_settings.as_ref().map(JsonText::as_str),
            settings.enabled_content_experiences.as_deref(),
        ];
        let apps = self.authorized_apps.iter().map(String::as_str);
        texts.into_iter().flatten().chain(apps).map(str::len).sum()
    }

    /// Every app that may manage this connection: its owner and the authorized apps.
    pub(crate) fn managing_apps(&self) -> Vec<AppId> {
        managing_apps(self.owner.clone(), &self.authorized_apps)
    }
}

/// The owner of a connection and its authorized apps, each once.
pub(crate) fn managing_apps(owner: AppId, authorized_apps: &[String]) -> Vec<AppId> {
    let mut apps = vec![owner];
    for app in authorized_apps.iter().map(|app| AppId::new(app)) {
        if !apps.contains(&app) {
            apps.push(app);
        }
    }
    apps
}

/// Source: Graph, connectionState. Only `draft` is reached until a schema can be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConnectionState {
    Draft,
}

impl ConnectionState {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        (name == "draft").then_some(Self::Draft)
    }
}

/// A partial update: `None` leaves a member as it is, `Some(None)` clears it; complex members are replaced whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ConnectionUpdate {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<Option<String>>,
    pub(crate) authorized_apps: Option<Vec<String>>,
    pub(crate) activity_settings: Option<Option<JsonText>>,
    pub(crate) search_settings: Option<Option<JsonText>>,
    pub(crate) compliance_settings: Option<Option<JsonText>>,
    pub(crate) enabled_content_experiences: Option<Option<String>>,
    pub(crate) content_category: Option<ContentCategory>,
}

impl ConnectionUpdate {
    /// The length of its texts, bytes.
    pub(crate) fn stored_bytes(&self) -> usize {
        let texts = [
            self.name.as_deref(),
            self.description.as_ref().and_then(Option::as_deref),
            self.enabled_content_experiences
                .as_ref()
                .and_then(Option::as_deref),
        ];
        let settings = [
            &self.activity_settings,
            &self.search_settings,
            &self.compliance_settings,
        ];
        let settings = settings.into_iter().flatten().flatten();
        let apps = self.authorized_apps.iter().flatten().map(String::as_str);
        let all = texts.into_iter().flatten().chain(apps);
        all.chain(settings.map(JsonText::as_str))
            .map(str::len)
            .sum()
    }

    pub(crate) fn apply(self, to: &mut ExternalConnection) {
        fn set<T>(member: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *member = value;
            }
        }
        set(&mut to.name, self.name);
        set(&mut to.description, self.description);
        set(&mut to.authorized_apps, self.authorized_apps);
        set(&mut to.settings.activity_settings, self.activity_settings);
        set(&mut to.settings.search_settings, self.search_settings);
        set(
            &mut to.settings.compliance_settings,
            self.compliance_settings,
        );
        set(
            &mut to.settings.enabled_content_experiences,
            self.enabled_content_experiences,
        );
        set(&mut to.settings.content_category, self.content_category);
    }
}

/// Properties that `$filter` and `$orderby` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ConnectionProperty {
    Id,
    Name,
    Description,
    State,
}

impl ConnectionProperty {
    /// Their names.
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("id", Self::Id),
        ("name", Self::Name),
        ("description", Self::Description),
        ("state", Self::State),
    ];
}
