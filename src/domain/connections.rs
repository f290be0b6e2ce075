//! What creating and updating a connection means, as decisions about values: the store carries them out.

use super::{
    Error, Violation,
    clock::Clock,
    external_connection::{
        ConnectionId, ConnectionState, ConnectionUpdate, ExternalConnection, Settings,
    },
    principal::Principal,
    settings::check_activity_settings,
    store::Decision,
};

/// A connection to create.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewConnection {
    /// `None`: the server makes one.
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    /// Empty: the calling app.
    pub(crate) authorized_apps: Vec<String>,
    pub(crate) settings: Settings,
}

impl NewConnection {
    /// The connection in state `draft`, owned by the calling app.
    ///
    /// # Errors
    /// `Invalid` for a bad identifier or setting.
    pub(crate) fn into_connection(
        self,
        caller: &Principal,
        clock: &dyn Clock,
    ) -> Result<ExternalConnection, Error> {
        let mut broken = Vec::new();
        let id = match &self.id {
            Some(id) => ConnectionId::given(id)
                .map_err(|violation| broken.push(violation))
                .ok(),
            None => Some(ConnectionId::made(clock.uuid())),
        };
        if let Some(settings) = &self.settings.activity_settings {
            check_activity_settings(settings, "/activitySettings", &mut broken);
        }
        let Some(id) = id.filter(|_| broken.is_empty()) else {
            return Err(Error::Invalid(broken));
        };
        Ok(ExternalConnection {
            id,
            name: self.name,
            description: self.description,
            state: ConnectionState::Draft,
            owner: caller.app.clone(),
            authorized_apps: apps_or_caller(self.authorized_apps, caller),
            settings: self.settings,
        })
    }
}

impl ConnectionUpdate {
    /// What the update makes of the stored connection.
    ///
    /// # Errors
    /// `Invalid` for a bad setting.
    pub(crate) fn into_decision(
        mut self,
        caller: &Principal,
    ) -> Result<Decision<ExternalConnection>, Error> {
        let mut broken: Vec<Violation> = Vec::new();
        if let Some(Some(settings)) = &self.activity_settings {
            check_activity_settings(settings, "/activitySettings", &mut broken);
        }
        if !broken.is_empty() {
            return Err(Error::Invalid(broken));
        }
        self.authorized_apps = self
            .authorized_apps
            .map(|apps| apps_or_caller(apps, caller));
        Ok(self.decision())
    }

    pub(crate) fn decision(self) -> Decision<ExternalConnection> {
        Decision {
            bytes: self.bytes(),
            decide: Box::new(|mut connection| {
                self.apply(&mut connection);
                Ok(connection)
            }),
        }
    }
}

/// Source: Graph; a create without `authorizedAppIds`, or with an empty list, records the calling app.
fn apps_or_caller(apps: Vec<String>, caller: &Principal) -> Vec<String> {
    if apps.is_empty() {
        vec![caller.app.as_str().to_owned()]
    } else {
        apps
    }
}
