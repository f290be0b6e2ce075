//! The storage port: a trait per resource, one method is one unit of work, durable when it returns `Ok`.
//!
//! An engine keeps resources apart by tenant, finds only what the [`Scope`] reaches, and answers `Unavailable`
//! or `Overloaded` rather than wait without bound. `store::conformance` has the cases that every engine passes.

use std::{future::Future, pin::Pin};

use crate::odata::{filter::Filter, orderby::Direction};

use super::{
    Error,
    external_connection::{ConnectionId, ConnectionProperty, ExternalConnection},
    principal::{AppId, Principal, Reach, TenantId},
};

/// The resources that a unit of work can see.
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

/// What a method of the port gives: boxed, so that the engine can be chosen at run time.
pub(crate) type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// What a unit of work makes of a stored resource. The rules of the domain are in here: an engine applies the decision
/// to the resource as it is at that moment, and repeats nothing of it.
pub(crate) struct Decision<T> {
    /// Memory that the decision holds while it waits for its turn, bytes.
    pub(crate) bytes: usize,
    /// From the resource as it is to the resource as it is to be, or why it stays.
    pub(crate) decide: Box<dyn FnOnce(T) -> Result<T, Error> + Send>,
}

/// Which resources of a collection to list, in which order, and how many. `P` are the properties that a filter can
/// name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListQuery<P> {
    pub(crate) filter: Option<Filter<P>>,
    pub(crate) order: Order,
    /// Continue behind this position.
    pub(crate) after: Option<Position>,
    /// Resources passed over after `after`.
    pub(crate) skip: u32,
    /// Resources in the page at most, 1 or more.
    pub(crate) top: u32,
    /// The page ends before a resource that would make its texts longer than this, bytes.
    pub(crate) bytes: usize,
    /// Whether to count the resources that match, on all pages.
    pub(crate) count: bool,
}

#[cfg(any(test, fuzzing))]
impl<P> ListQuery<P> {
    /// The first `top` resources in the order of identifiers.
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
            bytes: usize::MAX,
            count: false,
        }
    }
}

/// A total order: by the resource's name if asked for, then by its unique identifier. Names compare by code point,
/// identifiers without regard to case, as they are unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) name: Option<Direction>,
    pub(crate) id: Direction,
}

/// The place of a resource in an [`Order`], whether it still exists or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    /// Only when the order is by name.
    pub(crate) name: Option<String>,
    pub(crate) id: String,
}

/// A resource that was looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found<T> {
    Whole(T),
    /// Its texts are longer than was asked for: their bytes.
    Larger(usize),
}

/// A page of a collection.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// The position of the last item, if there is one and at least one more follows.
    pub(crate) next: Option<Position>,
    /// The texts of the resource that follows, bytes, if the page ended because of them.
    pub(crate) left_out: Option<usize>,
    /// How many match on all pages, at the moment of this one; `None` if nobody asked.
    pub(crate) count: Option<u64>,
}

/// Storage of external connections.
pub(crate) trait ConnectionStore: Send + Sync {
    /// # Errors
    /// [`Error::AlreadyExists`] if the tenant has a connection of that identifier, in any case of its letters.
    fn create_connection<'a>(
        &'a self,
        tenant: &'a TenantId,
        connection: ExternalConnection,
    ) -> StoreFuture<'a, ()>;

    fn get_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
        most_bytes: usize,
    ) -> StoreFuture<'a, Option<Found<ExternalConnection>>>;

    /// Decides on the stored connection and stores the result, in one unit of work; `None` if the scope has no such
    /// connection. Identifier, owner and tenant stay.
    ///
    /// # Errors
    /// Also that of the decision.
    fn update_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
        decision: Decision<ExternalConnection>,
    ) -> StoreFuture<'a, Option<()>>;

    /// `None` if the scope has no such connection.
    fn delete_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
    ) -> StoreFuture<'a, Option<()>>;

    /// The page and its count are of one moment.
    fn list_connections<'a>(
        &'a self,
        scope: &'a Scope,
        query: ListQuery<ConnectionProperty>,
    ) -> StoreFuture<'a, Page<ExternalConnection>>;

    fn count_connections<'a>(
        &'a self,
        scope: &'a Scope,
        filter: Option<Filter<ConnectionProperty>>,
    ) -> StoreFuture<'a, u64>;
}

/// Storage of everything.
pub(crate) trait Store: ConnectionStore + 'static {
    /// Whether a write could be made durable now.
    fn ready(&self) -> StoreFuture<'_, ()>;
}
