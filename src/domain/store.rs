//! The storage port: a trait per resource, one method is one unit of work, durable when it returns `Ok`.
//!
//! An engine keeps resources apart by tenant, finds only what the [`Scope`] reaches, and answers `Unavailable`
//! or `Overloaded` rather than wait without bound. `store::conformance` has the cases that every engine passes.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    pin::Pin,
    sync::Arc,
};

use crate::odata::{filter::Filter, orderby::Direction};

use super::{
    Error,
    activity::{Activity, ActivityProperty},
    decision::Decision,
    external_connection::{ConnectionId, ConnectionProperty, ConnectionState, ExternalConnection},
    external_group::{ExternalGroup, GroupProperty, Member},
    item::{Capacity, Item, ItemProperty},
    operation::{Operation, OperationProperty},
    principal::{AppId, GroupId, Principal, Reach, TenantId, UserId},
    registration::Registration,
    schema::Schema,
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
    /// [`Error::Exists`] if the tenant has a connection of that identifier, in any case of its letters;
    /// [`Error::QuotaReached`] if it has `most` already.
    fn create_connection<'a>(
        &'a self,
        tenant: &'a TenantId,
        connection: ExternalConnection,
        most: Option<u64>,
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

/// Storage of schemas and of the operations on them. Each method fails with [`Error::NotFound`] if the scope has no such connection.
pub(crate) trait SchemaStore: Send + Sync {
    /// A schema whose answer takes no more than `most_bytes`; `None` if there is none.
    fn get_schema<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        most_bytes: usize,
    ) -> StoreFuture<'a, Option<Found<Schema>>>;

    /// Decides on the schema as it is, and stores the result, in one unit of work. A new operation is one more of the connection's.
    /// Gives what is stored.
    ///
    /// # Errors
    /// Also those of the decision.
    fn update_registration<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        decision: Decision<Registration>,
    ) -> StoreFuture<'a, Registration>;

    fn get_operation<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
    ) -> StoreFuture<'a, Option<Operation>>;

    /// In the order of their identifiers.
    fn list_operations<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        query: ListQuery<OperationProperty>,
    ) -> StoreFuture<'a, Page<Operation>>;

    fn count_operations<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, u64>;

    /// When the first operation is due that time alone completes, milliseconds since 1970.
    fn next_due(&self) -> Option<i64>;

    /// Completes the operations that are due.
    fn settle(&self, now_ms: i64) -> StoreFuture<'_, ()>;
}

/// A connection as the writers of its items know it.
#[derive(Debug, Clone)]
pub(crate) struct Container {
    /// Which content this is: that of a connection that was deleted is another than that of its successor.
    pub(crate) content: i64,
    pub(crate) schema: Arc<Schema>,
}

/// An item to create or to replace.
#[derive(Debug, Clone)]
pub(crate) struct NewItem {
    pub(crate) item: Item,
    /// To add to those that it has.
    pub(crate) activities: Vec<Activity>,
}

/// Storage of items. Each method fails with [`Error::NotFound`] if the scope has no such connection. Who writes an item has read it by the
/// schema of a [`Container`]; a schema only grows, so what fits one fits its successors.
pub(crate) trait ItemStore: Send + Sync {
    /// `None` if the connection has no schema.
    fn get_container<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, Option<Container>>;

    /// Creates or replaces an item, adds activities of it, and gives it back.
    ///
    /// # Errors
    /// Also that of the capacity; [`Error::NotFound`] if the container is not there any more.
    fn put_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        container: &'a Container,
        new: NewItem,
        capacity: Capacity,
    ) -> StoreFuture<'a, Item>;

    /// Decides on the stored item and stores the result, in one unit of work; `None` if there is no such item.
    ///
    /// # Errors
    /// As [`Self::put_item`], and those of the decision.
    fn update_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        container: &'a Container,
        id: &'a str,
        decision: Decision<Item>,
        capacity: Capacity,
    ) -> StoreFuture<'a, Option<Item>>;

    /// `None` if there is no such item.
    fn delete_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        capacity: Capacity,
    ) -> StoreFuture<'a, Option<()>>;

    fn get_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        most_bytes: usize,
    ) -> StoreFuture<'a, Option<Found<Item>>>;

    /// In the order of their identifiers.
    fn list_items<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        query: ListQuery<ItemProperty>,
    ) -> StoreFuture<'a, Page<Item>>;

    /// Adds activities of an item, and answers the number of the last one; `None` if there is no such item.
    fn add_activities<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        activities: Vec<Activity>,
        capacity: Capacity,
    ) -> StoreFuture<'a, Option<u64>>;

    /// The activities of an item with their numbers, in the order of these.
    ///
    /// # Errors
    /// Also [`Error::NotFound`] if there is no such item.
    fn list_activities<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        item: &'a str,
        query: ListQuery<ActivityProperty>,
    ) -> StoreFuture<'a, Page<(u64, Activity)>>;

    /// # Errors
    /// As [`Self::list_activities`].
    fn count_activities<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        item: &'a str,
    ) -> StoreFuture<'a, u64>;

    /// # Errors
    /// As [`Self::list_activities`].
    fn get_activity<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        item: &'a str,
        no: u64,
    ) -> StoreFuture<'a, Option<Activity>>;

    fn count_items<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, u64>;
}

/// Storage of external groups and their members. Each method fails with [`Error::NotFound`] if the scope has no such connection, and those
/// of members if the connection has no such group.
pub(crate) trait GroupStore: Send + Sync {
    /// # Errors
    /// [`Error::Exists`]
    fn create_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: ExternalGroup,
    ) -> StoreFuture<'a, ()>;

    fn get_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
    ) -> StoreFuture<'a, Option<ExternalGroup>>;

    /// Decides on the stored group and stores the result, in one unit of work.
    fn update_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        decision: Decision<ExternalGroup>,
    ) -> StoreFuture<'a, Option<()>>;

    /// Its members are gone with it, and so is its membership in others.
    fn delete_group<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
    ) -> StoreFuture<'a, Option<()>>;

    /// In the order of their identifiers.
    fn list_groups<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        query: ListQuery<GroupProperty>,
    ) -> StoreFuture<'a, Page<ExternalGroup>>;

    fn count_groups<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, u64>;

    /// # Errors
    /// [`Error::Exists`]; [`Member::absent`] of an external group.
    fn create_member<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        member: Member,
    ) -> StoreFuture<'a, ()>;

    /// The first of its kind, if several have the identifier.
    fn get_member<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        id: &'a str,
    ) -> StoreFuture<'a, Option<Member>>;

    /// Removes whoever has the identifier.
    fn delete_member<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        id: &'a str,
    ) -> StoreFuture<'a, Option<()>>;

    /// In the order of their identifiers.
    fn list_members<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
        query: ListQuery<GroupProperty>,
    ) -> StoreFuture<'a, Page<Member>>;

    fn count_members<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        group: &'a str,
    ) -> StoreFuture<'a, u64>;
}

/// A connection as searches know it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) id: ConnectionId,
    pub(crate) state: ConnectionState,
    pub(crate) container: Container,
}

/// How far the log of a tenant's changes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// The number of the tenant, which no other gets while the log knows it.
    pub(crate) tenant: i64,
    /// The number of its newest change.
    pub(crate) change: i64,
    /// Of that change, see [`Change::mark`].
    pub(crate) mark: i64,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) no: i64,
    /// A random number: another change of the same number, in a store that was put back to an earlier time, has another.
    pub(crate) mark: i64,
    pub(crate) content: i64,
    /// `None`: anything that the content holds, or its schema.
    pub(crate) item: Option<String>,
}

/// A group that a user is in, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Membership {
    /// The identifier of the external group.
    pub(crate) group: String,
    /// The member of it that the user is, or that he is in.
    pub(crate) member: Member,
}

/// What searches and their index read besides. Contents are known by number: they came from a [`Source`] or a [`Change`].
pub(crate) trait SearchStore: Send + Sync {
    /// Connections with a schema, in the order of their identifiers: those that are named, or all that the scope reaches.
    fn sources<'a>(
        &'a self,
        scope: &'a Scope,
        ids: Option<&'a [ConnectionId]>,
    ) -> StoreFuture<'a, Vec<Source>>;

    /// The identifiers of the external groups of each content that a user is in: by himself, by a group of the directory or by another
    /// external group.
    fn external_groups<'a>(
        &'a self,
        contents: &'a [i64],
        user: Option<&'a UserId>,
        groups: &'a [GroupId],
    ) -> StoreFuture<'a, BTreeMap<i64, Arc<BTreeSet<String>>>>;

    /// Every membership by which a user is in an external group of a content.
    fn memberships<'a>(
        &'a self,
        content: i64,
        user: Option<&'a UserId>,
        groups: &'a [GroupId],
    ) -> StoreFuture<'a, Vec<Membership>>;

    /// The identifiers of the external groups of a content in which somebody is: a user or a group of the directory is a member, or is in
    /// an external group that is one.
    fn filled_groups(&self, content: i64) -> StoreFuture<'_, BTreeSet<String>>;

    /// The items of these identifiers that are there, in the same order, until their texts are longer than that; at least one.
    /// With them, how many identifiers were looked up.
    fn read_items<'a>(
        &'a self,
        content: i64,
        ids: &'a [String],
        most_bytes: usize,
    ) -> StoreFuture<'a, (Vec<Item>, usize)>;

    /// The items behind an identifier in the order of these, until their texts are longer than that; at least one, if any is left.
    fn read_items_after<'a>(
        &'a self,
        content: i64,
        after: &'a str,
        most_bytes: usize,
    ) -> StoreFuture<'a, Vec<Item>>;

    /// Of each tenant that has changed anything.
    fn heads(&self) -> StoreFuture<'_, Vec<Head>>;

    /// `None`: nothing was ever changed.
    fn head<'a>(&'a self, tenant: &'a TenantId) -> StoreFuture<'a, Option<Head>>;

    /// The changes behind a number in their order, so many at most. `None` if the log does not have all of them any more.
    fn changes(&self, tenant: i64, after: i64, most: usize)
    -> StoreFuture<'_, Option<Vec<Change>>>;

    /// The contents of a tenant that are not removed.
    fn contents(&self, tenant: i64) -> StoreFuture<'_, Vec<i64>>;

    /// The schema of a content; `None` if it has none, or is removed.
    fn content_schema(&self, content: i64) -> StoreFuture<'_, Option<Arc<Schema>>>;

    /// The mark of a change; `None` if the log does not have it.
    fn mark(&self, tenant: i64, change: i64) -> StoreFuture<'_, Option<i64>>;
}

/// Storage of everything.
pub(crate) trait Store:
    ConnectionStore + SchemaStore + ItemStore + GroupStore + SearchStore + 'static
{
    /// Whether a write could be made durable now.
    fn ready(&self) -> StoreFuture<'_, ()>;
}
