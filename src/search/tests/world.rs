//! A store with an index in a temporary directory.

use std::{path::Path, sync::Arc};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    domain::{
        Error,
        external_connection::{ConnectionId, ConnectionState, ExternalConnection, Settings},
        external_group::{ExternalGroup, Member, MemberKind},
        item::{AccessControlEntry, Capacity, Content, Item},
        operation::Pace,
        principal::{AppId, Principal, Reach, TenantId, UserId},
        schema::Schema,
        search::{
            ExplainRequest, Explanation, RetrievalHit, RetrievalRequest, SearchAnswer,
            SearchRequest, Searching,
        },
        settings::JsonText,
        store::{NewItem, Scope, Store},
    },
    search::Index,
};

/// Asks again while the machine is too slow for the index.
macro_rules! patiently {
    ($ask:expr) => {{
        let mut tries = 0;
        loop {
            match $ask.await {
                Err(Error::NotYet(_) | Error::TooCostly) if tries < 10 => tries += 1,
                answer => return answer,
            }
        }
    }};
}

pub(super) struct World {
    home: Arc<TempDir>,
    store: Option<Arc<dyn Store>>,
    index: Option<Arc<Index>>,
    tenant: TenantId,
}

/// Where tests write the fastest: in memory, if there is such a place.
fn home() -> TempDir {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    in_memory
        .or_else(|_| tempfile::tempdir())
        .expect("a temporary directory")
}

pub(super) fn id(connection: &str) -> ConnectionId {
    ConnectionId::existing(connection)
}

/// The schema of a JSON document.
pub(super) fn schema(document: &Value) -> Schema {
    serde_json::from_value(document.clone()).expect("it is a schema")
}

pub(super) fn user(user: &str) -> Principal {
    Principal {
        tenant: TenantId::new("t"),
        app: AppId::new("a"),
        user: Some(UserId::new(user)),
        groups: Some([].into()),
        is_guest: false,
        reach: Reach::Tenant,
    }
}

fn entry(kind: &str, value: &str, deny: bool) -> AccessControlEntry {
    let document = serde_json::json!({"type": kind, "value": value, "deny": deny});
    serde_json::from_value(document).expect("it is an entry")
}

pub(super) fn grant(kind: &str, value: &str) -> AccessControlEntry {
    entry(kind, value, false)
}

pub(super) fn deny(kind: &str, value: &str) -> AccessControlEntry {
    entry(kind, value, true)
}

pub(super) fn request(connection: &str, query: &str) -> SearchRequest {
    SearchRequest {
        content_sources: vec![format!("/external/connections/{connection}")],
        query: query.into(),
        size: 25,
        ..SearchRequest::default()
    }
}

pub(super) fn ids(answer: &SearchAnswer) -> Vec<String> {
    answer.hits.iter().map(|hit| hit.item_id.clone()).collect()
}

impl World {
    pub(super) async fn new() -> Self {
        let mut world = Self {
            home: Arc::new(home()),
            store: None,
            index: None,
            tenant: TenantId::new("t"),
        };
        world.restart(|_| {}).await;
        world
    }

    /// Closes both, does something to the directory of the index, and opens both again.
    pub(super) async fn restart(&mut self, meanwhile: impl FnOnce(&Path)) {
        self.index = None;
        self.store = None;
        meanwhile(&self.home.path().join("index"));
        let store = crate::store::open(self.home.path())
            .await
            .expect("it opens");
        let index = Index::open(self.home.path(), Arc::clone(&store));
        self.store = Some(store);
        self.index = Some(Arc::new(index));
    }

    /// Another tenant of the same store and index.
    pub(super) fn tenant(&self, tenant: &str) -> Self {
        Self {
            home: Arc::clone(&self.home),
            store: self.store.clone(),
            index: self.index.clone(),
            tenant: TenantId::new(tenant),
        }
    }

    pub(super) fn tenant_id(&self) -> TenantId {
        self.tenant.clone()
    }

    fn scope(&self) -> Scope {
        let tenant = self.tenant.clone();
        Scope::from(&Principal {
            tenant,
            ..user("anyone")
        })
    }

    pub(super) fn store(&self) -> &dyn Store {
        &**self.store.as_ref().expect("it is open")
    }

    pub(super) fn searching(&self) -> Searching<'_> {
        Searching {
            store: self.store(),
            index: &**self.index.as_ref().expect("it is open"),
        }
    }

    pub(super) async fn connection(&self, connection: &str, schema: Schema) {
        self.draft(connection).await;
        self.register(&id(connection), schema).await;
    }

    /// A connection without a schema.
    pub(super) async fn draft(&self, connection: &str) {
        let connection = ExternalConnection {
            id: id(connection),
            name: connection.into(),
            description: None,
            state: ConnectionState::Draft,
            owner: AppId::new("a"),
            authorized_apps: vec!["a".into()],
            settings: Settings::default(),
            ingested_items: None,
        };
        let created = self
            .store()
            .create_connection(&self.tenant, connection, None);
        created.await.expect("it creates");
    }

    pub(super) async fn register(&self, connection: &ConnectionId, schema: Schema) {
        let decision = schema.into_update(connection, Pace::Immediate.begin(0));
        let scope = self.scope();
        let registered = self
            .store()
            .update_registration(&scope, connection, decision);
        registered.await.expect("it registers");
    }

    pub(super) async fn put(
        &self,
        connection: &str,
        item: &str,
        acl: &[AccessControlEntry],
        properties: &Value,
        text: &str,
    ) {
        let item = Item {
            id: item.into(),
            acl: acl.to_vec(),
            properties: JsonText::new(properties.to_string().into()),
            content: Some(Content {
                html: false,
                value: Some(text.into()),
            }),
            sensitivity_label: None,
        };
        self.put_item(connection, item).await;
    }

    pub(super) async fn put_item(&self, connection: &str, item: Item) {
        let activities = Vec::new();
        let container = self
            .store()
            .get_container(&self.scope(), &id(connection))
            .await;
        let container = container.expect("it reads").expect("it has a schema");
        let (scope, connection) = (self.scope(), id(connection));
        let new = NewItem { item, activities };
        let put = self
            .store()
            .put_item(&scope, &connection, &container, new, Capacity(None));
        put.await.expect("it puts");
    }

    pub(super) async fn delete(&self, connection: &str, item: &str) {
        let (scope, connection) = (self.scope(), id(connection));
        let deleted = self
            .store()
            .delete_item(&scope, &connection, item, Capacity(None));
        deleted.await.expect("it deletes");
    }

    pub(super) async fn delete_connection(&self, connection: &str) {
        let (scope, connection) = (self.scope(), id(connection));
        let deleted = self.store().delete_connection(&scope, &connection);
        deleted.await.expect("it deletes");
    }

    pub(super) async fn group(&self, connection: &str, group: &str) {
        let group = ExternalGroup {
            id: group.into(),
            display_name: None,
            description: None,
        };
        let (scope, connection) = (self.scope(), id(connection));
        let created = self.store().create_group(&scope, &connection, group);
        created.await.expect("it creates");
    }

    pub(super) async fn delete_group(&self, connection: &str, group: &str) {
        let (scope, connection) = (self.scope(), id(connection));
        let deleted = self.store().delete_group(&scope, &connection, group);
        assert_eq!(deleted.await.expect("it deletes"), Some(()));
    }

    pub(super) async fn member(&self, connection: &str, group: &str, kind: &str, member: &str) {
        let kind = match kind {
            "user" => MemberKind::User,
            "group" => MemberKind::Group,
            _ => MemberKind::ExternalGroup,
        };
        let member = Member {
            kind,
            id: member.into(),
        };
        let (scope, connection) = (self.scope(), id(connection));
        let added = self
            .store()
            .create_member(&scope, &connection, group, member);
        added.await.expect("it adds");
    }

    pub(super) async fn remove_member(&self, connection: &str, group: &str, member: &str) {
        let (scope, connection) = (self.scope(), id(connection));
        let removed = self
            .store()
            .delete_member(&scope, &connection, group, member);
        assert_eq!(removed.await.expect("it removes"), Some(()));
    }

    pub(super) async fn search(
        &self,
        user: &Principal,
        request: &SearchRequest,
    ) -> Result<SearchAnswer, Error> {
        patiently!(self.searching().search(user, request))
    }

    pub(super) async fn explain(
        &self,
        user: &Principal,
        request: &ExplainRequest,
    ) -> Result<Explanation, Error> {
        patiently!(self.searching().explain(user, user, request))
    }

    pub(super) async fn retrieve(
        &self,
        user: &Principal,
        request: &RetrievalRequest,
    ) -> Result<Vec<RetrievalHit>, Error> {
        patiently!(self.searching().retrieve(user, request))
    }
}
