//! The conformance cases on this engine, and tests of what is its own: the file, the lock, group commit, failures.

use std::{sync::mpsc, time::Duration};

use rusqlite::Connection as Db;
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::{
    domain::{
        Error,
        external_connection::{ConnectionState, ExternalConnectionUpdate, Settings},
        principal::AppId,
    },
    store::conformance::{Home, conformance},
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
    }
}

/// The file of a store that was opened and closed, for changing it behind the engine's back.
fn database(home: &TempDir) -> std::path::PathBuf {
    drop(open(home));
    home.path().join("graph-connections.db")
}

fn refusal(home: &TempDir) -> OpenError {
    let Err(error) = SqliteStore::open(home.path()) else {
        panic!("it opens");
    };
    error
}

#[test]
fn open_refuses_a_newer_database() {
    let home = home();
    let db = Db::open(database(&home)).expect("it opens");
    db.pragma_update(None, "user_version", 99)
        .expect("it writes");
    drop(db);
    let error = refusal(&home);
    assert!(
        matches!(error, OpenError::Newer { found: 99, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("newer version"), "{error}");
}

#[test]
fn open_refuses_what_is_not_a_database() {
    let home = home();
    std::fs::write(database(&home), "no database ".repeat(1_000)).expect("it writes");
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error:?}");
}

#[test]
fn open_refuses_a_truncated_database() {
    let home = home();
    let file = std::fs::File::options().write(true).open(database(&home));
    file.and_then(|file| file.set_len(8_192))
        .expect("it is cut");
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error:?}");
}

#[test]
fn open_refuses_a_database_of_another_program_and_leaves_it_alone() {
    let home = home();
    let path = home.path().join("graph-connections.db");
    let db = Db::open(&path).expect("it opens");
    db.execute_batch("CREATE TABLE theirs (x)")
        .expect("it writes");
    drop(db);
    let before = std::fs::read(&path).expect("it reads");
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error:?}");
    assert_eq!(std::fs::read(&path).expect("it reads"), before);
}

#[test]
fn open_refuses_a_directory_in_use() {
    let home = home();
    let store = open(&home);
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Locked { .. }), "{error:?}");
    assert!(error.to_string().contains("another process"), "{error}");
    drop(store);
    open(&home);
}

#[test]
fn open_refuses_a_database_locked_by_another_program() {
    let home = home();
    let db = Db::open(database(&home)).expect("it opens");
    db.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        .expect("it locks");
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Locked { .. }), "{error:?}");
}

#[test]
fn open_refuses_a_path_that_is_not_a_directory() {
    let home = home();
    let file = home.path().join("file");
    std::fs::write(&file, "").expect("it writes");
    for dir in [file.clone(), file.join("below")] {
        let error = SqliteStore::open(&dir).err();
        assert!(matches!(error, Some(OpenError::Io { .. })), "{error:?}");
    }
}

#[cfg(unix)]
#[test]
fn open_makes_a_directory_for_this_account_alone() {
    use std::os::unix::fs::PermissionsExt;

    let home = home();
    let dir = home.path().join("new/data");
    SqliteStore::open(&dir).expect("it opens");
    let mode = |path: &Path| {
        std::fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
    };
    assert_eq!(mode(&dir) & 0o777, 0o700);
    assert_eq!(mode(&dir.join("graph-connections.db")) & 0o777, 0o600);
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
            Ok(())
        };
        store.writer.write(0, wait).await
    });
    start.await.expect("the writer takes it");
    release
}

#[tokio::test]
async fn writes_that_wait_share_their_commits() {
    let home = home();
    let store = Arc::new(open(&home));
    let release = hold(&store).await;
    let mut writes = JoinSet::new();
    for index in 0..64 {
        let store = Arc::clone(&store);
        writes.spawn(async move {
            let connection = connection(&format!("c{index}"));
            store.create_connection(&tenant(), connection).await
        });
    }
    // On the one thread of this test, every write is in the queue before it goes on.
    tokio::task::yield_now().await;
    drop(release);
    for result in writes.join_all().await {
        result.expect("the ids are free");
    }
    assert!(store.writer.commits() < 16, "{}", store.writer.commits());
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

#[tokio::test(flavor = "multi_thread")]
async fn writes_past_the_queue_are_refused() {
    let home = home();
    let store = Arc::new(open(&home));
    let release = hold(&store).await;
    let too_much = store.writer.write(64 * 1024 * 1024, |_| Ok(())).await;
    assert!(
        matches!(too_much, Err(Error::Overloaded { .. })),
        "{too_much:?}"
    );
    drop(release);
    let enough = store.writer.write(1024 * 1024, |_| Ok(())).await;
    enough.expect("the queue is empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_store_finishes_waiting_writes() {
    let home = home();
    let store = open(&home);
    for index in 0..64 {
        // The caller hangs up as soon as its write is in the queue.
        let tenant = tenant();
        let write = store.create_connection(&tenant, connection(&format!("c{index}")));
        let _ = tokio::time::timeout(Duration::ZERO, write).await;
    }
    drop(store);
    let count = open(&home).count_connections(&whole(), None).await;
    assert_eq!(count.expect("it counts"), 64);
}

#[tokio::test(flavor = "multi_thread")]
async fn panic_in_a_unit_fails_that_unit_alone() {
    let home = home();
    let store = open(&home);
    let panicked = store.writer.write(0, |db| -> Result<(), Error> {
        let half = connection("half");
        connections::create(db, &tenant(), &half, &Documents::of(&half)?)?;
        panic!("a defect")
    });
    let panicked = panicked.await;
    assert!(matches!(panicked, Err(Error::Internal(_))), "{panicked:?}");
    let got = store
        .get_connection(&whole(), &ConnectionId::existing("half"))
        .await;
    assert_eq!(got.expect("it reads"), None);
    let created = store
        .create_connection(&tenant(), connection("whole"))
        .await;
    created.expect("the writer lives");
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_commit_fails_its_whole_batch_and_the_next_one_succeeds() {
    let home = home();
    let store = Arc::new(open(&home));
    let release = hold(&store).await;
    // SQLite turns a commit into a rollback if its hook says so.
    let sabotage = store
        .writer
        .write(0, |db| Ok(db.commit_hook(Some(|| true))?));
    let tenant = tenant();
    let neighbour = store.create_connection(&tenant, connection("neighbour"));
    let (sabotage, neighbour, ()) = tokio::join!(sabotage, neighbour, async { drop(release) });
    for failed in [sabotage, neighbour] {
        assert!(matches!(failed, Err(Error::Unavailable(_))), "{failed:?}");
    }

    store
        .ready()
        .await
        .expect("the connection was opened again");
    let got = store
        .get_connection(&whole(), &ConnectionId::existing("neighbour"))
        .await;
    assert_eq!(got.expect("it reads"), None);
    let again = store.create_connection(&tenant, connection("again")).await;
    again.expect("it writes again");
}

/// Without a reader there is no other connection: the failed one must not go before the next has come.
#[tokio::test(flavor = "multi_thread")]
async fn log_stays_open_after_a_failed_commit() {
    let home = home();
    let store = open(&home);
    let created = store.create_connection(&tenant(), connection("aaa")).await;
    created.expect("the id is free");
    let log = home.path().join("graph-connections.db-wal");
    let length = || std::fs::metadata(&log).map_or(0, |log| log.len());
    let before = length();
    let sabotage = store
        .writer
        .write(0, |db| Ok(db.commit_hook(Some(|| true))?));
    let failed = sabotage.await;
    assert!(matches!(failed, Err(Error::Unavailable(_))), "{failed:?}");
    store.ready().await.expect("it writes again");
    assert!(length() > before, "the log was emptied and begun anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_log_is_moved_into_the_database() {
    let home = home();
    let store = open(&home);
    let length = |name| std::fs::metadata(home.path().join(name)).map_or(0, |file| file.len());
    let mut long = connection("long");
    long.description = Some("x".repeat(16 * 1024 * 1024));
    let created = store.create_connection(&tenant(), long).await;
    created.expect("the id is free");
    assert!(length("graph-connections.db") < 1024 * 1024);
    for index in 0..8 {
        let describe = move |mut long: ExternalConnection| {
            long.description = Some(index.to_string().repeat(16 * 1024 * 1024));
            Ok(long)
        };
        let decision = Decision {
            bytes: 16 * 1024 * 1024,
            decide: Box::new(describe),
        };
        let id = ConnectionId::existing("long");
        let updated = store.update_connection(&whole(), &id, decision).await;
        updated.expect("it is there").expect("it is there");
        // Nor does one that has read some of it keep it from that.
        let got = store.get_connection(&whole(), &id).await;
        assert!(got.expect("it reads").is_some());
    }
    assert!(length("graph-connections.db") > 16 * 1024 * 1024);
    // Moved twice, and begun anew each time.
    assert!(length("graph-connections.db-wal") < 100 * 1024 * 1024);
}

#[tokio::test(flavor = "multi_thread")]
async fn open_takes_the_log_of_a_crash() {
    let (home, crashed) = (home(), self::home());
    let store = open(&home);
    // The first transaction of the log is that of the schema: two and more behind it.
    for index in 0..3 {
        let created = store
            .create_connection(&tenant(), connection(&format!("c{index}")))
            .await;
        created.expect("the id is free");
        for name in ["graph-connections.db", "graph-connections.db-wal"] {
            std::fs::copy(home.path().join(name), crashed.path().join(name)).expect("a copy");
        }
        let opened = open(&crashed);
        let count = opened.count_connections(&whole(), None).await;
        assert_eq!(count.expect("it counts"), index + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn full_disk_makes_the_store_unavailable_until_there_is_room() {
    let home = home();
    let store = open(&home);
    let limit = |pages: i64| {
        store.writer.write(0, move |db| {
            db.pragma_update(None, "max_page_count", pages)?;
            Ok(())
        })
    };
    limit(1)
        .await
        .expect("a smaller limit than the file is taken as its length");
    let mut long = connection("long");
    long.description = Some("x".repeat(1024 * 1024));
    let created = store.create_connection(&tenant(), long.clone()).await;
    assert!(matches!(created, Err(Error::Unavailable(_))), "{created:?}");
    limit(1_000_000).await.expect("it writes");
    store
        .create_connection(&tenant(), long)
        .await
        .expect("there is room");
    store.ready().await.expect("it writes");
}

#[tokio::test(flavor = "multi_thread")]
async fn page_of_long_connections_ends_early() {
    let home = home();
    let store = open(&home);
    let text = || Some("x".repeat(3 * 1024 * 1024));
    for id in ["aaa", "bbb", "ccc"] {
        let mut long = connection(id);
        match id {
            "aaa" => long.description = text(),
            _ => long.settings.enabled_content_experiences = text(),
        }
        let created = store.create_connection(&tenant(), long).await;
        created.expect("the id is free");
    }
    let mut query = ListQuery::first(100);
    for expected in [vec!["aaa", "bbb"], vec!["ccc"]] {
        let page = store.list_connections(&whole(), query.clone()).await;
        let page = page.expect("it lists");
        let ids: Vec<_> = page.items.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, expected);
        query.after = page.next;
    }
    assert_eq!(query.after, None);
}

/// A stranger learns nothing from the time that it takes: the content of what is out of reach is not looked at.
#[tokio::test(flavor = "multi_thread")]
async fn content_out_of_reach_is_not_read() {
    let home = home();
    let path = database(&home);
    let store = open(&home);
    let created = store.create_connection(&tenant(), connection("aaa")).await;
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
    let read = store.get_connection(&whole(), &id).await;
    assert!(matches!(read, Err(Error::Internal(_))), "{read:?}");
    let read = store.get_connection(&stranger, &id).await;
    assert_eq!(read.expect("nothing is read"), None);
    let update = ExternalConnectionUpdate::default().decision();
    let updated = store.update_connection(&stranger, &id, update).await;
    assert_eq!(updated.expect("nothing is read"), None);
    let deleted = store.delete_connection(&stranger, &id).await;
    assert_eq!(deleted.expect("nothing is read"), None);
}

/// Large reads would keep a thread of the runtime busy.
#[tokio::test(flavor = "multi_thread")]
async fn large_reads_run_in_slots_and_small_ones_do_not() {
    let home = home();
    let store = open(&home);
    for (id, bytes) in [("small", 1), ("large", INLINE_BYTES)] {
        let mut connection = connection(id);
        connection.description = Some("x".repeat(bytes));
        let created = store.create_connection(&tenant(), connection).await;
        created.expect("the id is free");
    }
    let get = async |id: &str| {
        let id = ConnectionId::existing(id);
        let found = store.get_connection(&whole(), &id).await;
        found.map(|found| found.expect("it is there").id.to_string())
    };
    assert_eq!(get("large").await.expect("it reads"), "large");
    let _all = store.readers.take_all_slots(tenant().as_str()).await;
    assert_eq!(get("small").await.expect("it reads"), "small");
    let large = get("large").await;
    assert!(matches!(large, Err(Error::Overloaded { .. })), "{large:?}");
    let page = store.list_connections(&whole(), ListQuery::first(1)).await;
    assert!(matches!(page, Err(Error::Overloaded { .. })), "{page:?}");
    let mut rest = ListQuery::first(1);
    rest.after = Some(crate::domain::store::Position {
        name: None,
        id: "large".into(),
    });
    let page = store.list_connections(&whole(), rest).await;
    assert_eq!(page.expect("it lists").items.len(), 1);
}

/// What a unit rewrites waits with it, not only what it brings.
#[tokio::test(flavor = "multi_thread")]
async fn updates_of_large_connections_fill_the_queue_sooner() {
    let home = home();
    let store = Arc::new(open(&home));
    let mut large = connection("large");
    large.description = Some("x".repeat(8 * 1024 * 1024));
    let created = store.create_connection(&tenant(), large).await;
    created.expect("the id is free");
    let release = hold(&store).await;
    let mut updates = JoinSet::new();
    for _ in 0..5 {
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
