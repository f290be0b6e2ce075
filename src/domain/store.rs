//! The storage port: one method is one unit of work, durable when it returns `Ok`.
//!
//! An engine keeps connections apart by tenant, finds only what the [`Scope`] reaches, and answers `Unavailable`
//! or `Overloaded` rather than wait without bound. `store::conformance` has the cases that every engine passes.

use std::future::Future;

use crate::odata::{filter::Filter, orderby::Direction};

use super::{
    Error,
    external_connection::{ConnectionId, ConnectionProperty, ConnectionUpdate, ExternalConnection},
    principal::{AppId, Principal, Reach, TenantId},
};

/// The connections that a unit of work can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) tenant: TenantId,
    /// Only connections that this app manages; `None`: every connection of the tenant.
    pub(crate) app: Option<AppId>,
}

impl From<&Principal> for Scope {
    fn from(principal: &Principal) -> Self {
        Self {
            tenant: principal.tenant.clone(),
            app: match principal.reach {
                Reach::Tenant => None,
                Reach::Owned => Some(principal.app.clone()),
            },
        }
    }
}

/// Which connections to list, in which order, and how many.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListQuery {
    pub(crate) filter: Option<Filter<ConnectionProperty>>,
    pub(crate) order: Order,
    /// Continue behind this position.
    pub(crate) after: Option<Position>,
    /// Connections passed over after `after`.
    pub(crate) skip: u32,
    /// Connections in the page at most, 1 or more; a page of very long connections may end sooner.
    pub(crate) top: u32,
}

#[cfg(any(test, fuzzing))]
impl ListQuery {
    /// The first `top` connections in the order of identifiers.
    pub(crate) fn first(top: u32) -> Self {
        let order = Order {
            name: None,
            id: Direction::Ascending,
        };
        Self {
            filter: None,
            order,
            after: None,
            skip: 0,
            top,
        }
    }
}

/// A total order: by name if asked for, then by the unique identifier. Names compare by code point, identifiers
/// without regard to case, as they are unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) name: Option<Direction>,
    pub(crate) id: Direction,
}

/// The place of a connection in an [`Order`], whether it still exists or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    /// Only when the order is by name.
    pub(crate) name: Option<String>,
    pub(crate) id: String,
}

/// A page of connections.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) connections: Vec<ExternalConnection>,
    /// The position of the last connection, if at least one more follows.
    pub(crate) next: Option<Position>,
}

/// Storage of connections.
pub(crate) trait Store: Send + Sync + 'static {
    /// # Errors
    /// [`Error::AlreadyExists`] if the tenant has a connection of that identifier, in any case of its letters.
    fn create_connection(
        &self,
        tenant: &TenantId,
        connection: ExternalConnection,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    fn get_connection(
        &self,
        scope: &Scope,
        id: &ConnectionId,
    ) -> impl Future<Output = Result<Option<ExternalConnection>, Error>> + Send;

    /// Applies the update to the stored connection, in one unit of work; `None` if the scope has no such connection.
    fn update_connection(
        &self,
        scope: &Scope,
        id: &ConnectionId,
        update: ConnectionUpdate,
    ) -> impl Future<Output = Result<Option<()>, Error>> + Send;

    /// `None` if the scope has no such connection.
    fn delete_connection(
        &self,
        scope: &Scope,
        id: &ConnectionId,
    ) -> impl Future<Output = Result<Option<()>, Error>> + Send;

    fn list_connections(
        &self,
        scope: &Scope,
        query: ListQuery,
    ) -> impl Future<Output = Result<Page, Error>> + Send;

    fn count_connections(
        &self,
        scope: &Scope,
        filter: Option<Filter<ConnectionProperty>>,
    ) -> impl Future<Output = Result<u64, Error>> + Send;

    /// Whether a write could be made durable now.
    fn ready(&self) -> impl Future<Output = Result<(), Error>> + Send;
}
