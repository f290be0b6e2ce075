//! The SQL of the engine on a database without files and threads, for tests of what it selects.

use std::sync::Mutex;

use crate::domain::{
    Error,
    external_connection::{ConnectionProperty, ExternalConnection},
    principal::TenantId,
    store::{ListQuery, Page, Scope},
};

use super::{
    connections::{self, Documents},
    lists, migrations,
};

pub(crate) struct InMemory(Mutex<rusqlite::Connection>);

impl InMemory {
    pub(crate) fn empty() -> Self {
        Self(Mutex::new(migrations::empty_database()))
    }

    pub(crate) fn create(
        &self,
        tenant: &TenantId,
        connection: &ExternalConnection,
    ) -> Result<(), Error> {
        let db = self.0.lock().expect("no test panics with it");
        connections::create(&db, tenant, connection, &Documents::of(connection)?, None)
    }

    pub(crate) fn list(
        &self,
        scope: &Scope,
        query: &ListQuery<ConnectionProperty>,
    ) -> Result<Page<ExternalConnection>, Error> {
        let db = self.0.lock().expect("no test panics with it");
        lists::list(&db, scope, query)
    }
}
