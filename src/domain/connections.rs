//! The units of work on connections, as the caller sees them.

use std::sync::Arc;

use crate::odata::filter::Filter;

use super::{
    Error, Resource, Violation,
    clock::Clock,
    external_connection::{
        ConnectionId, ConnectionProperty, ConnectionState, ConnectionUpdate, ExternalConnection,
        Settings,
    },
    principal::Principal,
    store::{ListQuery, Page, Scope, Store},
};

/// The `connections` collection of every tenant.
pub(crate) struct Connections<S> {
    store: Arc<S>,
    clock: Arc<dyn Clock>,
}

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

impl<S: Store> Connections<S> {
    pub(crate) fn new(store: Arc<S>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Creates a connection in state `draft`, owned by the calling app.
    ///
    /// # Errors
    /// `Invalid` for a bad identifier or setting, `AlreadyExists` for a taken identifier.
    pub(crate) async fn create(
        &self,
        caller: &Principal,
        new: NewConnection,
    ) -> Result<ExternalConnection, Error> {
        let mut broken = Vec::new();
        let id = match &new.id {
            Some(id) => ConnectionId::given(id)
                .map_err(|violation| broken.push(violation))
                .ok(),
            None => Some(ConnectionId::made(self.clock.uuid())),
        };
        if let Some(settings) = &new.settings.activity_settings {
            settings.check("/activitySettings", &mut broken);
        }
        let Some(id) = id.filter(|_| broken.is_empty()) else {
            return Err(Error::Invalid(broken));
        };
        let connection = ExternalConnection {
            id,
            name: new.name,
            description: new.description,
            state: ConnectionState::Draft,
            owner: caller.app.clone(),
            authorized_apps: apps_or_caller(new.authorized_apps, caller),
            settings: new.settings,
        };
        self.store
            .create_connection(&caller.tenant, connection.clone())
            .await?;
        Ok(connection)
    }

    /// # Errors
    /// `NotFound` if the caller's permission does not reach such a connection.
    pub(crate) async fn get(
        &self,
        caller: &Principal,
        id: &ConnectionId,
    ) -> Result<ExternalConnection, Error> {
        found(self.store.get_connection(&Scope::from(caller), id).await?)
    }

    /// # Errors
    /// `Invalid` for a bad setting, `NotFound` as in [`Self::get`].
    pub(crate) async fn update(
        &self,
        caller: &Principal,
        id: &ConnectionId,
        mut update: ConnectionUpdate,
    ) -> Result<(), Error> {
        let mut broken: Vec<Violation> = Vec::new();
        if let Some(Some(settings)) = &update.activity_settings {
            settings.check("/activitySettings", &mut broken);
        }
        if !broken.is_empty() {
            return Err(Error::Invalid(broken));
        }
        update.authorized_apps = update
            .authorized_apps
            .map(|apps| apps_or_caller(apps, caller));
        found(
            self.store
                .update_connection(&Scope::from(caller), id, update)
                .await?,
        )
    }

    /// # Errors
    /// `NotFound` as in [`Self::get`].
    pub(crate) async fn delete(&self, caller: &Principal, id: &ConnectionId) -> Result<(), Error> {
        found(
            self.store
                .delete_connection(&Scope::from(caller), id)
                .await?,
        )
    }

    pub(crate) async fn list(&self, caller: &Principal, query: ListQuery) -> Result<Page, Error> {
        self.store
            .list_connections(&Scope::from(caller), query)
            .await
    }

    pub(crate) async fn count(
        &self,
        caller: &Principal,
        filter: Option<Filter<ConnectionProperty>>,
    ) -> Result<u64, Error> {
        self.store
            .count_connections(&Scope::from(caller), filter)
            .await
    }
}

fn found<T>(connection: Option<T>) -> Result<T, Error> {
    connection.ok_or(Error::NotFound(Resource::ExternalConnection))
}

/// Source: Graph; a create without `authorizedAppIds`, or with an empty list, records the calling app.
fn apps_or_caller(apps: Vec<String>, caller: &Principal) -> Vec<String> {
    if apps.is_empty() {
        vec![caller.app.as_str().to_owned()]
    } else {
        apps
    }
}
