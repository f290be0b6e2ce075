//! The conformance cases on this engine, and tests of what is its own: bounds, and what is read where.

use std::{
    sync::{Arc, mpsc},
    time::Duration,
};

use rusqlite::{Connection as Db, OptionalExtension};
use tempfile::TempDir;
use tokio::{task::JoinSet, time::timeout};

use crate::{
    domain::{
        Error,
        external_connection::{ConnectionState, ExternalConnectionUpdate, Settings},
        external_group::{ExternalGroup, Member, MemberKind},
        principal::{AppId, UserId},
        store::{ConnectionStore, GroupStore, SearchStore},
    },
    store::conformance::{Home, conformance, get},
};

use super::*;

impl Home for TempDir {
    async fn open(&self) -> Arc<dyn Store> {
        crate::store::open(self.path()).await.expect("it opens")
    }
}

fn open(home: &TempDir) -> SqliteStore {
    SqliteStore::open(home.path()).expect("it opens")
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a temporary directory")
}

/// By the aim, less than a millisecond.
#[tokio::test]
#[ignore = "a measurement"]
async fn measure_the_groups_of_a_user() {
    const GROUPS: usize = 1_000;
    let (home, scope, id) = (home(), whole(), ConnectionId::existing("contosohr"));
    let store = open(&home);
    let hr = connection("contosohr");
    let created = store.create_connection(&scope.tenant, hr, None).await;
    created.expect("it creates");
    let member = |kind, id: &str| Member {
        kind,
        id: id.into(),
    };
    let name = |n: usize| format!("group{n}");
    for n in 0..GROUPS {
        let group = ExternalGroup {
            id: name(n),
            display_name: None,
            description: None,
        };
        store.create_group(&scope, &id, group).await.expect("made");
    }
    // A circle of all groups, with the user in one of them.
    for n in 0..GROUPS {
        let within = member(MemberKind::ExternalGroup, &name((n + 1) % GROUPS));
        let added = store.create_member(&scope, &id, &name(n), within).await;
        added.expect("added");
    }
    let content = Db::open(database(&home)).expect("it opens").query_row(
        "SELECT content FROM connection",
        [],
        |row| row.get(0),
    );
    let content = content.expect("it has content");
    let user = UserId::new("1431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c11");
    let member = member(MemberKind::User, user.as_str());
    let added = store.create_member(&scope, &id, "group500", member);
    added.await.expect("added");
    for _ in 0..5 {
        let begun = std::time::Instant::now();
        let found = store.external_groups(&[content], Some(&user), &[]).await;
        let took = begun.elapsed();
        assert_eq!(found.expect("found")[&content].len(), GROUPS);
        println!("{GROUPS} groups in each other: {took:?}");
    }
}

mod conformance {
    super::conformance!(super::home());
}

fn tenant() -> TenantId {
    TenantId::new("t")
}

fn whole() -> Scope {
    Scope {
        tenant: tenant(),
        app: None,
    }
}

fn connection(id: &str) -> ExternalConnection {
    ExternalConnection {
        id: ConnectionId::existing(id),
        name: "n".into(),
        description: None,
        state: ConnectionState::Draft,
        owner: AppId::new("a"),
        authorized_apps: vec!["a".into()],
        settings: Settings::default(),
        ingested_items: None,
    }
}

/// The file of a store that was opened and closed, for changing it behind the engine's back.
fn database(home: &TempDir) -> std::path::PathBuf {
    drop(open(home));
    home.path().join("graph-connections.db")
}

/// Keeps the writer busy until the sender is dropped, so that what comes meanwhile has to wait.
async fn hold(store: &Arc<SqliteStore>) -> mpsc::Sender<()> {
    let (release, held) = mpsc::channel::<()>();
    let (started, start) = tokio::sync::oneshot::channel();
    let store = Arc::clone(store);
    tokio::spawn(async move {
        let wait = move |_: &Db| {
            let _ = started.send(());
            let _ = held.recv();
            Ok::<_, Error>(())
        };
        store.database.write("holder", 0, wait).await
    });
    start.await.expect("the writer takes it");
    release
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_do_not_wait_for_the_writer() {
    let home = home();
    let store = Arc::new(open(&home));
    let release = hold(&store).await;
    let count = store.count_connections(&whole(), None).await;
    assert_eq!(count.expect("it counts"), 0);
    drop(release);
}

/// A store with one connection, `aaa`, that holds something, and its file.
async fn with_content(home: &TempDir) -> (SqliteStore, Db) {
    let path = database(home);
    let store = open(home);
    let created = store
        .create_connection(&tenant(), connection("aaa"), None)
        .await;
    created.expect("the id is free");
    let db = Db::open(path).expect("it opens");
    db.execute_batch(
        "INSERT INTO content (tenant, id) SELECT tenant, id FROM connection;
         UPDATE connection SET content = (SELECT no FROM content)",
    )
    .expect("it writes");
    (store, db)
}

/// The log of changes is shortened by whichever change makes it too long, that of a deleted connection too.
#[tokio::test]
async fn log_of_changes_is_shortened_by_a_deletion() {
    let home = home();
    let (store, db) = with_content(&home).await;
    db.execute_batch(
        "INSERT INTO change (tenant, no, content, item)
             WITH RECURSIVE counted (no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM counted WHERE no < 149999)
             SELECT tenant, no, content, 'a' FROM connection, counted",
    )
    .expect("it writes");
    let id = ConnectionId::existing("aaa");
    let deleted = store.delete_connection(&whole(), &id).await;
    assert_eq!(deleted.expect("it deletes"), Some(()));
    let kept = db.query_row("SELECT min(no), max(no) FROM change", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    });
    assert_eq!(kept.expect("numbers"), (50_001, 150_000));
}

/// Nothing is due of what is gone: every request would try to settle it.
#[tokio::test]
async fn operations_end_with_their_connection() {
    let home = home();
    let (store, db) = with_content(&home).await;
    db.execute_batch(
        "INSERT INTO operation (content, no, id, status, due) SELECT no, 1, 'o', 'inprogress', 0 FROM content",
    )
    .expect("it writes");
    let id = ConnectionId::existing("aaa");
    let deleted = store.delete_connection(&whole(), &id).await;
    assert_eq!(deleted.expect("it deletes"), Some(()));
    let left = db.query_row("SELECT count(*) FROM operation", [], |row| {
        row.get::<_, i64>(0)
    });
    assert_eq!(left.expect("it counts"), 0);
}

/// Whoever follows the log knows tenants by their numbers: none gets that of a tenant whose last connection is gone.
#[tokio::test]
async fn tenant_in_the_log_keeps_its_number() {
    let home = home();
    let path = database(&home);
    let store = open(&home);
    let create = async |tenant: &str| {
        let tenant = TenantId::new(tenant);
        let created = store.create_connection(&tenant, connection("aaa"), None);
        created.await.expect("the id is free");
    };
    let number = |tenant: &str| {
        let db = Db::open(&path).expect("it opens");
        let select = "SELECT no FROM scope WHERE tenant = ? AND app = ''";
        let no = db.query_row(select, [tenant], |row| row.get::<_, i64>(0));
        no.optional().expect("it reads")
    };
    create("t").await;
    let first = number("t");
    let db = Db::open(&path).expect("it opens");
    let changed =
        "INSERT INTO change (tenant, no, content, item) SELECT tenant, 1, 1, 'a' FROM connection";
    db.execute(changed, []).expect("it writes");
    let id = ConnectionId::existing("aaa");
    let deleted = store.delete_connection(&whole(), &id).await;
    assert_eq!(deleted.expect("it deletes"), Some(()));
    assert_eq!(number("t"), first);
    create("u").await;
    assert_ne!(number("u"), first);
    // One that has left nothing there is forgotten.
    let scope = Scope {
        tenant: TenantId::new("u"),
        app: None,
    };
    let deleted = store.delete_connection(&scope, &id).await;
    assert_eq!(deleted.expect("it deletes"), Some(()));
    assert_eq!(number("u"), None);
}

/// The content of a connection out of reach is not read, so that the time of an answer tells a stranger nothing.
#[tokio::test(flavor = "multi_thread")]
async fn content_out_of_reach_is_not_read() {
    let home = home();
    let path = database(&home);
    let store = open(&home);
    let created = store
        .create_connection(&tenant(), connection("aaa"), None)
        .await;
    created.expect("the id is free");
    drop(store);
    let db = Db::open(path).expect("it opens");
    db.execute("UPDATE connection SET settings = 'no JSON'", [])
        .expect("it writes");
    drop(db);
    let store = open(&home);
    let stranger = Scope {
        app: Some(AppId::new("stranger")),
        ..whole()
    };
    let id = ConnectionId::existing("aaa");
    let read = get(&store, &whole(), &id).await;
    assert!(matches!(read, Err(Error::Internal(_))), "{read:?}");
    let read = get(&store, &stranger, &id).await;
    assert_eq!(read.expect("nothing is read"), None);
    let update = ExternalConnectionUpdate::default().decision();
    let updated = store.update_connection(&stranger, &id, update).await;
    assert_eq!(updated.expect("nothing is read"), None);
    let deleted = store.delete_connection(&stranger, &id).await;
    assert_eq!(deleted.expect("nothing is read"), None);
}

/// Slots are for reads that may take long.
#[tokio::test(flavor = "multi_thread")]
async fn large_reads_do_not_wait_for_filters() {
    let home = home();
    let store = Arc::new(open(&home));
    let mut large = connection("large");
    large.description = Some("x".repeat(INLINE_BYTES));
    let created = store
        .create_connection(&tenant(), large.clone(), None)
        .await;
    created.expect("the id is free");
    let (scope, moment) = (whole(), Duration::from_secs(2));
    let list = |query| timeout(moment, store.list_connections(&scope, query));
    let sized = |bytes| ListQuery {
        bytes,
        ..ListQuery::first(1)
    };
    let _slots = fill_slots(&store).await;
    let filtered = ListQuery {
        skip: 1,
        ..ListQuery::first(1)
    };
    assert!(list(filtered).await.is_err(), "no slot");
    let left = store.get_connection(&scope, &large.id, INLINE_BYTES).await;
    assert!(matches!(left, Ok(Some(Found::Larger(_)))), "{left:?}");
    let page = list(sized(INLINE_BYTES)).await.expect("no slot");
    assert!(page.expect("it lists").left_out.is_some());
    let page = list(sized(usize::MAX)).await.expect("no slot");
    assert_eq!(page.expect("it lists").items, [large.clone()]);
    let found = store.get_connection(&scope, &large.id, usize::MAX);
    let found = timeout(moment, found).await.expect("no slot");
    assert_eq!(found.expect("it reads"), Some(Found::Whole(large.clone())));
}

/// Takes all slots that a tenant can have until the senders are dropped.
async fn fill_slots(store: &Arc<SqliteStore>) -> Vec<mpsc::Sender<()>> {
    let mut releases = Vec::new();
    for _ in 0..3 {
        let (release, held) = mpsc::channel::<()>();
        let (started, start) = tokio::sync::oneshot::channel();
        let store = Arc::clone(store);
        tokio::spawn(async move {
            let wait = move |_: &Db| {
                let _ = started.send(());
                let _ = held.recv();
                Ok(())
            };
            store.scan(&tenant(), wait).await
        });
        start.await.expect("there is a slot");
        releases.push(release);
    }
    releases
}

/// What a unit rewrites counts, once many of its tenant wait, not only what it brings.
#[tokio::test(flavor = "multi_thread")]
async fn updates_of_large_connections_fill_the_queue_sooner() {
    let home = home();
    let store = Arc::new(open(&home));
    let mut large = connection("large");
    large.description = Some("x".repeat(8 * 1024 * 1024));
    let created = store.create_connection(&tenant(), large, None).await;
    created.expect("the id is free");
    let release = hold(&store).await;
    let mut updates = JoinSet::new();
    for _ in 0..UNWEIGHED_UPDATES + 5 {
        let store = Arc::clone(&store);
        updates.spawn(async move {
            let id = ConnectionId::existing("large");
            let update = ExternalConnectionUpdate::default().decision();
            store.update_connection(&whole(), &id, update).await
        });
    }
    let refused = updates.join_next().await.expect("one is refused");
    let refused = refused.expect("no panic");
    assert!(
        matches!(refused, Err(Error::Overloaded { .. })),
        "{refused:?}"
    );
    drop(release);
}
