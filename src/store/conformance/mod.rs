//! The cases that every engine passes, written once against the port and listed once, below.
//!
//! An engine runs them all with `conformance!(home)`, where `home` makes a [`Home`]: each case has its own.

pub(crate) mod contents;
pub(crate) mod filters;
pub(crate) mod lists;
pub(crate) mod units;

use std::sync::Arc;

use crate::domain::{
    Error,
    external_connection::{
        ConnectionId, ConnectionProperty, ConnectionState, ExternalConnection, Settings,
    },
    principal::{AppId, TenantId},
    store::{Found, ListQuery, Order, Scope, Store},
};
use crate::odata::orderby::Direction;

/// Where one case keeps its data.
pub(crate) trait Home {
    /// Opens the store, empty at first; again only after the one before was dropped.
    async fn open(&self) -> Arc<dyn Store>;
}

macro_rules! conformance {
    ($home:expr) => {
        crate::store::conformance::conformance! { $home =>
            units: create_then_get_gives_everything_back;
            units: get_of_absent_connection_is_none;
            units: get_is_exact_about_case;
            units: get_leaves_what_is_too_large;
            units: create_refuses_an_id_taken_in_any_case;
            units: update_changes_what_it_names_and_nothing_else;
            units: update_of_absent_connection_is_none;
            units: delete_removes_and_frees_the_id;
            units: tenants_are_kept_apart;
            units: owner_and_authorized_apps_reach_a_connection;
            units: strangers_reach_nothing;
            units: update_of_authorized_apps_changes_who_reaches_it;
            units: one_of_many_creates_of_an_id_succeeds;
            units: failed_units_leave_their_neighbours_alone;
            units: concurrent_updates_are_all_applied;
            units: reopening_keeps_everything;
            units: store_is_ready;
            lists: empty_collection_is_one_empty_page;
            lists: every_order_is_total;
            lists: pages_have_no_gaps_and_no_repetitions;
            lists: last_page_has_no_next;
            lists: page_ends_before_what_makes_it_too_long;
            lists: paging_goes_on_behind_a_deleted_connection;
            lists: skip_passes_over_connections_after_the_position;
            lists: rename_moves_a_connection_in_its_order;
            lists: counts_follow_every_change;
            lists: count_of_a_page_is_that_of_all_pages;
            filters: filters_select_as_odata_says;
            filters: filters_work_in_every_order_and_page;
            filters: filters_stay_within_the_scope;
            contents: schema_makes_its_connection_ready_and_is_kept;
            contents: operations_that_are_due_are_settled_and_others_are_not;
            contents: newest_operations_are_kept;
            contents: items_are_put_replaced_updated_and_deleted;
            contents: items_of_a_deleted_connection_are_not_its_successors;
            contents: connection_is_full_at_its_capacity;
            contents: tenant_has_no_more_connections_than_it_may;
            contents: contents_are_within_the_scope;
            contents: users_are_in_groups_however_deep;
        }
    };
    ($home:expr => $($area:ident: $case:ident;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                crate::store::conformance::$area::$case(&$home).await;
            }
        )*
    };
}
pub(crate) use conformance;

const OWNER: &str = "11111111-1111-1111-1111-111111111111";

fn tenant(tid: &str) -> TenantId {
    TenantId::new(tid)
}

/// Everything of the tenant `t`.
fn whole() -> Scope {
    Scope {
        tenant: tenant("t"),
        app: None,
    }
}

/// What an app manages in the tenant `t`.
fn managed_by(app: &str) -> Scope {
    Scope {
        tenant: tenant("t"),
        app: Some(AppId::new(app)),
    }
}

fn id(id: &str) -> ConnectionId {
    ConnectionId::existing(id)
}

/// A connection owned by [`OWNER`], without anything that need not be.
fn connection(id: &str, name: &str) -> ExternalConnection {
    ExternalConnection {
        id: ConnectionId::existing(id),
        name: name.into(),
        description: None,
        state: ConnectionState::Draft,
        owner: AppId::new(OWNER),
        authorized_apps: vec![OWNER.into()],
        settings: Settings::default(),
        ingested_items: None,
    }
}

async fn create(store: &dyn Store, connection: ExternalConnection) {
    store
        .create_connection(&tenant("t"), connection, None)
        .await
        .expect("the id is free");
}

/// A connection of any size.
pub(crate) async fn get(
    store: &dyn Store,
    scope: &Scope,
    id: &ConnectionId,
) -> Result<Option<ExternalConnection>, Error> {
    let found = store.get_connection(scope, id, usize::MAX).await?;
    Ok(found.map(|found| match found {
        Found::Whole(connection) => connection,
        Found::Larger(bytes) => panic!("{bytes} bytes are no more than may be"),
    }))
}

/// The number of connections in the scope.
async fn count(store: &dyn Store, scope: &Scope) -> u64 {
    let count = store.count_connections(scope, None).await;
    count.expect("it counts")
}

/// The identifiers on every page, from the position in `query` to the last page.
async fn pages(
    store: &dyn Store,
    scope: &Scope,
    mut query: ListQuery<ConnectionProperty>,
) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    loop {
        let page = store
            .list_connections(scope, query.clone())
            .await
            .expect("it lists");
        pages.push(
            page.items
                .iter()
                .map(|c| c.id.as_str().to_owned())
                .collect(),
        );
        if page.next.is_none() {
            return pages;
        }
        query.after = page.next;
        query.skip = 0;
    }
}

/// Every order there is.
fn orders() -> impl Iterator<Item = Order> {
    let directions = [Direction::Ascending, Direction::Descending];
    let names = [
        None,
        Some(Direction::Ascending),
        Some(Direction::Descending),
    ];
    names
        .into_iter()
        .flat_map(move |name| directions.map(|id| Order { name, id }))
}
