//! Units of work, failures and refusals, through the public face.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    time::Duration,
};

use rusqlite::Connection;
use sqlite_group_commit::{Database, Error, OpenError, QUEUE_BYTES_OF_A_KEY, Schema};
use tempfile::TempDir;
use tokio::task::JoinSet;

const SCHEMA: Schema = Schema {
    file_name: "test.db",
    application_id: 0x7465_7374,
    newest: 1,
    tidy: |_| Ok(false),
    migrate: |db| {
        Ok(db.execute_batch(
            "CREATE TABLE IF NOT EXISTS t (id TEXT PRIMARY KEY, text TEXT NOT NULL);
             PRAGMA user_version = 1",
        )?)
    },
};

#[derive(Debug)]
enum Failure {
    Database(Error),
    Sql,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(_: rusqlite::Error) -> Self {
        Self::Sql
    }
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a temporary directory")
}

fn open(home: &TempDir) -> Database {
    Database::open(home.path(), &SCHEMA).expect("it opens")
}

fn put(db: &Connection, id: &str, text: &str) -> Result<(), Failure> {
    let put = "INSERT INTO t VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text";
    db.execute(put, [id, text])?;
    Ok(())
}

async fn write(database: &Database, id: &str, text: String) -> Result<(), Failure> {
    let id = id.to_owned();
    database
        .write("key", text.len(), move |db| put(db, &id, &text))
        .await
}

fn ids(database: &Database) -> Vec<String> {
    let read = |db: &Connection| -> Result<Vec<String>, Failure> {
        let mut ids = db.prepare("SELECT id FROM t ORDER BY id")?;
        let ids = ids.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    };
    database.read(read).expect("it reads")
}

/// Keeps the writer busy until the sender is dropped, so that what comes meanwhile has to wait.
async fn hold(database: &Arc<Database>) -> mpsc::Sender<()> {
    let (release, held) = mpsc::channel::<()>();
    let (started, start) = tokio::sync::oneshot::channel();
    let database = Arc::clone(database);
    tokio::spawn(async move {
        let wait = move |_: &Connection| {
            let _ = started.send(());
            let _ = held.recv();
            Ok::<_, Failure>(())
        };
        database.write("holder", 0, wait).await
    });
    start.await.expect("the writer takes it");
    release
}

/// A unit that makes SQLite turn the commit into a rollback.
async fn sabotage(database: &Database) -> Result<(), Failure> {
    let sabotage = |db: &Connection| Ok(db.commit_hook(Some(|| true))?);
    database.write("key", 0, sabotage).await
}

fn is_unavailable<T>(result: &Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::Database(Error::Unavailable(_))))
}

#[tokio::test]
async fn writes_that_wait_share_their_commits() {
    let home = home();
    let database = Arc::new(open(&home));
    let release = hold(&database).await;
    let mut writes = JoinSet::new();
    for index in 0..64 {
        let database = Arc::clone(&database);
        writes.spawn(async move { write(&database, &format!("c{index}"), String::new()).await });
    }
    // On the one thread of this test, every write is in the queue before it goes on.
    tokio::task::yield_now().await;
    drop(release);
    for result in writes.join_all().await {
        result.expect("it writes");
    }
    assert!(database.commits() < 16, "{}", database.commits());
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_past_the_queue_are_refused() {
    let home = home();
    let database = Arc::new(open(&home));
    let release = hold(&database).await;
    let nothing = |_: &Connection| Ok::<_, Failure>(());
    let too_much = database.write("key", QUEUE_BYTES_OF_A_KEY + 1, nothing);
    let too_much = too_much.await;
    assert!(
        matches!(too_much, Err(Failure::Database(Error::Overloaded { .. }))),
        "{too_much:?}"
    );
    drop(release);
    let enough = database.write("key", QUEUE_BYTES_OF_A_KEY, nothing).await;
    enough.expect("the queue is empty");
}

/// One key fills its half of the queue, and neither refuses another nor comes before it.
#[tokio::test(flavor = "multi_thread")]
async fn writes_of_keys_take_turns() {
    let home = home();
    let database = Arc::new(open(&home));
    let release = hold(&database).await;
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let enqueue = |key: &'static str| {
        let order = Arc::clone(&order);
        let note = move |_: &Connection| {
            order.lock().expect("no panic").push(key);
            Ok::<_, Failure>(())
        };
        let database = Arc::clone(&database);
        // In the queue when it is first polled.
        let mut write = Box::pin(async move { database.write(key, 0, note).await });
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match write.as_mut().poll(&mut context) {
            std::task::Poll::Ready(refused) => Err(refused),
            std::task::Poll::Pending => Ok(write),
        }
    };
    let mut writes = Vec::new();
    let refused = loop {
        match enqueue("many") {
            Ok(write) => writes.push(write),
            Err(refused) => break refused,
        }
    };
    assert!(
        matches!(refused, Err(Failure::Database(Error::Overloaded { .. }))),
        "{refused:?}"
    );
    assert_eq!(writes.len(), 2_048);
    writes.push(enqueue("one").expect("it has its own half"));
    drop(release);
    for write in writes {
        write.await.expect("it writes");
    }
    let place = order
        .lock()
        .expect("no panic")
        .iter()
        .position(|key| *key == "one");
    assert_eq!(place, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_database_finishes_waiting_writes() {
    let home = home();
    let database = open(&home);
    for index in 0..64 {
        // The caller hangs up as soon as its write is in the queue.
        let id = format!("c{index}");
        let write = write(&database, &id, String::new());
        let _ = tokio::time::timeout(Duration::ZERO, write).await;
    }
    drop(database);
    assert_eq!(ids(&open(&home)).len(), 64);
    assert!(!home.path().join("test.db-wal").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_units_fail_alone() {
    let home = home();
    let database = open(&home);
    let panicked = database.write("key", 0, |db| -> Result<(), Failure> {
        put(db, "half", "")?;
        panic!("a defect")
    });
    let panicked = panicked.await;
    assert!(
        matches!(panicked, Err(Failure::Database(Error::Panicked))),
        "{panicked:?}"
    );
    let failed = database.write("key", 0, |db| -> Result<(), Failure> {
        put(db, "half", "")?;
        Err(Failure::Sql)
    });
    assert!(matches!(failed.await, Err(Failure::Sql)));
    write(&database, "whole", String::new())
        .await
        .expect("the writer lives");
    assert_eq!(ids(&database), ["whole"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_commit_fails_its_whole_batch_and_the_next_one_succeeds() {
    let home = home();
    let database = Arc::new(open(&home));
    write(&database, "before", String::new())
        .await
        .expect("it writes");
    let release = hold(&database).await;
    let neighbour = write(&database, "neighbour", String::new());
    let (sabotage, neighbour, ()) =
        tokio::join!(sabotage(&database), neighbour, async { drop(release) });
    for failed in [sabotage, neighbour] {
        assert!(is_unavailable(&failed), "{failed:?}");
    }
    assert_eq!(ids(&database), ["before"], "reads go on");
    database.ready().await.expect("it was opened again");
    write(&database, "again", String::new())
        .await
        .expect("it writes");
    assert_eq!(ids(&database), ["again", "before"]);
    drop(database);
    assert_eq!(ids(&open(&home)), ["again", "before"]);
}

/// Without a reader there is no other connection: the failed one must not go before the next has come.
#[tokio::test(flavor = "multi_thread")]
async fn log_stays_open_after_a_failed_commit() {
    let home = home();
    let database = open(&home);
    write(&database, "aaa", String::new())
        .await
        .expect("it writes");
    let length = || std::fs::metadata(home.path().join("test.db-wal")).map_or(0, |log| log.len());
    let before = length();
    let failed = sabotage(&database).await;
    assert!(is_unavailable(&failed), "{failed:?}");
    database.ready().await.expect("it writes again");
    assert!(length() > before, "the log was emptied and begun anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_log_is_copied_and_reset() {
    let home = home();
    let database = open(&home);
    let length = |name| std::fs::metadata(home.path().join(name)).map_or(0, |file| file.len());
    for index in 0..80 {
        let text = index.to_string().repeat(1024 * 1024);
        write(&database, "long", text).await.expect("it writes");
        // Nor does one that has read some of it keep it from that.
        assert_eq!(ids(&database), ["long"]);
    }
    assert!(length("test.db") > 1024 * 1024);
    assert!(length("test.db-wal") < 120 * 1024 * 1024);
}

#[tokio::test(flavor = "multi_thread")]
async fn full_database_is_unavailable_until_there_is_room() {
    let home = home();
    let database = open(&home);
    let limit = |pages: i64| {
        database.write("key", 0, move |db| {
            db.pragma_update(None, "max_page_count", pages)?;
            Ok::<_, Failure>(())
        })
    };
    limit(1)
        .await
        .expect("a smaller limit than the file is taken as its length");
    let long = || "x".repeat(1024 * 1024);
    write(&database, "long", long())
        .await
        .expect_err("it is full");
    limit(1_000_000).await.expect("it writes");
    write(&database, "long", long())
        .await
        .expect("there is room");
    database.ready().await.expect("it writes");
}

/// Copies the files of an open database, as a crash would leave them.
fn copy(from: &TempDir, to: &TempDir, names: &[&str]) {
    for name in names {
        std::fs::copy(from.path().join(name), to.path().join(name)).expect("a copy");
    }
}

const FILES: [&str; 2] = ["test.db", "test.db-wal"];

#[tokio::test(flavor = "multi_thread")]
async fn log_of_a_crash_is_taken() {
    let (home, crashed) = (home(), home());
    let database = open(&home);
    let mut expected = Vec::new();
    for index in 0..5 {
        let id = format!("c{index}");
        write(&database, &id, String::new())
            .await
            .expect("it writes");
        expected.push(id);
        copy(&home, &crashed, &FILES);
        // Twice: what the first start has done must be as good.
        for _ in 0..2 {
            assert_eq!(ids(&open(&crashed)), expected);
        }
    }
}

fn backup(home: &TempDir, how: &str) -> PathBuf {
    let path = home.path().join(format!("{}.backup", how.len()));
    let db = Connection::open(home.path().join("test.db")).expect("it opens");
    if how == "VACUUM" {
        let into = path.to_str().expect("text");
        db.execute("VACUUM INTO ?", [into]).expect("a copy");
    } else {
        db.backup("main", &path, None).expect("a copy");
    }
    path
}

/// A backup over the files of a server that crashed, whose log is still there.
#[tokio::test(flavor = "multi_thread")]
async fn log_of_another_database_is_refused() {
    for how in ["backup", "VACUUM"] {
        let (home, crashed) = (home(), home());
        let mut database = open(&home);
        for index in 0..100 {
            let text = "x".repeat(1_000);
            write(&database, &format!("c{index}"), text)
                .await
                .expect("it writes");
        }
        let backup = backup(&home, how);
        drop(database);
        database = open(&home);
        for index in 50..150 {
            let text = "y".repeat(2_000);
            write(&database, &format!("c{index}"), text)
                .await
                .expect("it writes");
        }
        copy(&home, &crashed, &FILES);
        std::fs::copy(&backup, crashed.path().join("test.db")).expect("a copy");
        let refused = Database::open(crashed.path(), &SCHEMA).err();
        let refused = refused.unwrap_or_else(|| panic!("{how}: it opens"));
        assert!(
            matches!(refused, OpenError::ForeignLog { .. }),
            "{refused:?}"
        );
        assert!(refused.to_string().contains("test.db-wal"), "{refused}");

        // As the words say.
        for name in ["test.db-wal", "test.db-shm"] {
            let _ = std::fs::remove_file(crashed.path().join(name));
        }
        let restored = Database::open(crashed.path(), &SCHEMA).expect("it opens");
        assert_eq!(ids(&restored).len(), 100);
    }
}

/// A backup that was made after the log had last been copied is what the log makes of it, or it is refused.
#[tokio::test(flavor = "multi_thread")]
async fn backup_of_the_same_run_is_refused_once_the_log_was_reset() {
    let (home, crashed) = (home(), home());
    let database = open(&home);
    write(&database, "early", "x".repeat(10_000))
        .await
        .expect("it writes");
    let backup = backup(&home, "backup");
    for index in 0..80 {
        let text = index.to_string().repeat(1024 * 1024);
        write(&database, "long", text).await.expect("it writes");
    }
    copy(&home, &crashed, &FILES);
    std::fs::copy(&backup, crashed.path().join("test.db")).expect("a copy");
    let refused = Database::open(crashed.path(), &SCHEMA).err();
    assert!(
        matches!(refused, Some(OpenError::ForeignLog { .. })),
        "{refused:?}"
    );
}

/// The file of a database that was opened and closed, for changing it behind its back.
fn file(home: &TempDir) -> PathBuf {
    drop(open(home));
    home.path().join("test.db")
}

fn refusal(home: &TempDir) -> OpenError {
    Database::open(home.path(), &SCHEMA)
        .err()
        .expect("it does not open")
}

#[test]
fn open_refuses_a_newer_database() {
    let home = home();
    let db = Connection::open(file(&home)).expect("it opens");
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
    std::fs::write(file(&home), "no database ".repeat(1_000)).expect("it writes");
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error:?}");
}

#[test]
fn open_refuses_a_truncated_database() {
    let home = home();
    let file = std::fs::File::options().write(true).open(file(&home));
    file.and_then(|file| file.set_len(8_192))
        .expect("it is cut");
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error:?}");
}

#[test]
fn open_refuses_a_database_of_another_program_and_leaves_it_alone() {
    let home = home();
    let path = home.path().join("test.db");
    let db = Connection::open(&path).expect("it opens");
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
    let database = open(&home);
    let error = refusal(&home);
    assert!(matches!(error, OpenError::Locked { .. }), "{error:?}");
    assert!(error.to_string().contains("another process"), "{error}");
    drop(database);
    open(&home);
}

#[test]
fn open_refuses_a_database_locked_by_another_program() {
    let home = home();
    let db = Connection::open(file(&home)).expect("it opens");
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
        let error = Database::open(&dir, &SCHEMA).err();
        assert!(matches!(error, Some(OpenError::Io { .. })), "{error:?}");
    }
}

#[cfg(unix)]
#[test]
fn open_makes_a_directory_for_this_account_alone() {
    use std::os::unix::fs::PermissionsExt;

    let home = home();
    let dir = home.path().join("new/data");
    Database::open(&dir, &SCHEMA).expect("it opens");
    let mode = |path: &Path| {
        std::fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
    };
    assert_eq!(mode(&dir) & 0o777, 0o700);
    assert_eq!(mode(&dir.join("test.db")) & 0o777, 0o600);
}
