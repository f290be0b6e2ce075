//! A store with an index in a temporary directory.

use std::{path::Path, sync::Arc};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    domain::{
        Error,
        clock::SystemClock,
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

pub(super) struct World {
    home: TempDir,
    store: Option<Arc<dyn Store>>,
    index: Option<Index>,
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

fn scope() -> Scope {
    Scope::from(&user("anyone"))
}

impl World {
    pub(super) async fn new() -> Self {
        let mut world = Self {
            home: tempfile::tempdir().expect("a temporary directory"),
            store: None,
            index: None,
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
        let index = Index::open(self.home.path(), Arc::clone(&store), Arc::new(SystemClock));
        self.store = Some(store);
        self.index = Some(index);
    }

    pub(super) fn store(&self) -> &dyn Store {
        &**self.store.as_ref().expect("it is open")
    }

    fn searching(&self) -> Searching<'_> {
        Searching {
            store: self.store(),
            index: self.index.as_ref().expect("it is open"),
        }
    }

    pub(super) async fn connection(&self, connection: &str, schema: Schema) {
        let tenant = TenantId::new("t");
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
        let connection_id = connection.id.clone();
        let created = self.store().create_connection(&tenant, connection, None);
        created.await.expect("it creates");
        self.register(&connection_id, schema).await;
    }

    pub(super) async fn register(&self, connection: &ConnectionId, schema: Schema) {
        let decision = schema.into_update(connection, Pace::Immediate.begin(0));
        let scope = scope();
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
        let activities = Vec::new();
        let container = self.store().get_container(&scope(), &id(connection)).await;
        let container = container.expect("it reads").expect("it has a schema");
        let (scope, connection) = (scope(), id(connection));
        let new = NewItem { item, activities };
        let put = self
            .store()
            .put_item(&scope, &connection, &container, new, Capacity(None));
        put.await.expect("it puts");
    }

    pub(super) async fn delete(&self, connection: &str, item: &str) {
        let (scope, connection) = (scope(), id(connection));
        let deleted = self
            .store()
            .delete_item(&scope, &connection, item, Capacity(None));
        deleted.await.expect("it deletes");
    }

    pub(super) async fn delete_connection(&self, connection: &str) {
        let (scope, connection) = (scope(), id(connection));
        let deleted = self.store().delete_connection(&scope, &connection);
        deleted.await.expect("it deletes");
    }

    pub(super) async fn group(&self, connection: &str, group: &str) {
        let group = ExternalGroup {
            id: group.into(),
            display_name: None,
            description: None,
        };
        let (scope, connection) = (scope(), id(connection));
        let created = self.store().create_group(&scope, &connection, group);
        created.await.expect("it creates");
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
        let (scope, connection) = (scope(), id(connection));
        let added = self
            .store()
            .create_member(&scope, &connection, group, member);
        added.await.expect("it adds");
    }

    pub(super) async fn remove_member(&self, connection: &str, group: &str, member: &str) {
        let (scope, connection) = (scope(), id(connection));
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
        self.searching().search(user, request).await
    }

    pub(super) async fn explain(
        &self,
        user: &Principal,
        request: &ExplainRequest,
    ) -> Result<Explanation, Error> {
        self.searching().explain(user, user, request).await
    }

    pub(super) async fn retrieve(
        &self,
        user: &Principal,
        request: &RetrievalRequest,
    ) -> Result<Vec<RetrievalHit>, Error> {
        self.searching().retrieve(user, request).await
    }
}
