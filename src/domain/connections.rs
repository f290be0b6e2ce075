//! What creating and updating a connection means, as decisions about values: the store carries them out.

use super::{
    Error,
    clock::Clock,
    decision::Decision,
    external_connection::{
        ConnectionId, ConnectionState, ExternalConnection, ExternalConnectionUpdate, Settings,
    },
    limits::CONNECTION_BYTES,
    principal::Principal,
    settings::broken_patterns,
};

/// A connection to create.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewExternalConnection {
    /// `None`: the server generates one.
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    /// Empty: the calling app.
    pub(crate) authorized_apps: Vec<String>,
    pub(crate) settings: Settings,
}

impl NewExternalConnection {
    /// The connection in state `draft`, owned by the calling app.
    ///
    /// # Errors
    /// `Invalid` for a bad identifier or setting, `TooLarge`.
    pub(crate) fn into_connection(
        self,
        caller: &Principal,
        clock: &dyn Clock,
    ) -> Result<ExternalConnection, Error> {
        let id = match &self.id {
            Some(id) => ConnectionId::given(id),
            None => Ok(ConnectionId::made(clock.uuid())),
        };
        let patterns = self.settings.activity_settings.iter();
        let patterns = patterns.flat_map(broken_patterns);
        let broken: Vec<_> = id.clone().err().into_iter().chain(patterns).collect();
        let Some(id) = id.ok().filter(|_| broken.is_empty()) else {
            return Err(Error::Invalid(broken));
        };
        let connection = ExternalConnection {
            id,
            name: self.name,
            description: self.description,
            state: ConnectionState::Draft,
            owner: caller.app.clone(),
            authorized_apps: apps_or_caller(self.authorized_apps, caller),
            settings: self.settings,
            ingested_items: None,
        };
        check_size(connection.stored_bytes())?;
        Ok(connection)
    }
}

impl ExternalConnectionUpdate {
    /// What the update makes of the stored connection: one that was stored before there was a limit may shrink.
    ///
    /// # Errors
    /// `Invalid` for a bad setting, `TooLarge`, which the decision may give too.
    pub(crate) fn into_decision(
        mut self,
        caller: &Principal,
    ) -> Result<Decision<ExternalConnection>, Error> {
        let settings = self.activity_settings.iter().flatten();
        let broken: Vec<_> = settings.flat_map(broken_patterns).collect();
        if !broken.is_empty() {
            return Err(Error::Invalid(broken));
        }
        // Before it waits in a queue.
        check_size(self.stored_bytes())?;
        self.authorized_apps = self
            .authorized_apps
            .map(|apps| apps_or_caller(apps, caller));
        Ok(self.decision())
    }

    pub(crate) fn decision(self) -> Decision<ExternalConnection> {
        Decision {
            bytes: self.stored_bytes(),
            decide: Box::new(|mut connection| {
                let before = connection.stored_bytes();
                self.apply(&mut connection);
                let after = connection.stored_bytes();
                if after >= before {
                    check_size(after)?;
                }
                Ok(connection)
            }),
        }
    }
}

fn check_size(bytes: usize) -> Result<(), Error> {
    if bytes > CONNECTION_BYTES {
        return Err(Error::TooLarge {
            bytes,
            limit_bytes: CONNECTION_BYTES,
        });
    }
    Ok(())
}

/// Source: Graph; a create without `authorizedAppIds`, or with an empty list, records the calling app.
fn apps_or_caller(apps: Vec<String>, caller: &Principal) -> Vec<String> {
    if apps.is_empty() {
        vec![caller.app.as_str().to_owned()]
    } else {
        apps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::principal::AppId;

    fn connection(description_bytes: usize) -> ExternalConnection {
        ExternalConnection {
            id: ConnectionId::existing("large"),
            name: "n".into(),
            description: Some("x".repeat(description_bytes)),
            state: ConnectionState::Draft,
            owner: AppId::new("a"),
            authorized_apps: vec!["a".into()],
            settings: Settings::default(),
            ingested_items: None,
        }
    }

    #[test]
    fn connection_that_is_too_large_can_shrink_and_not_grow() {
        let large = 2 * CONNECTION_BYTES;
        for (bytes, is_taken) in [
            (10, true),
            (CONNECTION_BYTES + 10, true),
            (large - 1, true),
            (large, false),
            (large + 1, false),
        ] {
            let update = ExternalConnectionUpdate {
                description: Some(Some("y".repeat(bytes))),
                ..ExternalConnectionUpdate::default()
            };
            let after = (update.decision().decide)(connection(large));
            assert_eq!(after.is_ok(), is_taken, "{bytes}: {after:?}");
        }
    }

    #[test]
    fn connection_may_be_as_large_as_the_limit_and_no_larger() {
        let rest = connection(0).stored_bytes();
        for (bytes, is_taken) in [
            (CONNECTION_BYTES - rest, true),
            (CONNECTION_BYTES - rest + 1, false),
        ] {
            let update = ExternalConnectionUpdate {
                description: Some(Some("y".repeat(bytes))),
                ..ExternalConnectionUpdate::default()
            };
            let after = (update.decision().decide)(connection(0));
            assert_eq!(after.is_ok(), is_taken, "{bytes}");
        }
    }
}
