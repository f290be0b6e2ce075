//! A file system in memory that keeps apart what was synced from what was only written: its power can be cut, and it
//! fails when it is told to.
//!
//! It is harsher than the machine's own, for what survives it survives those too:
//!
//! * Of what was written to a file since its last sync, a cut leaves any part: each page of 4 KiB is there or not, in
//!   any order, and one of them is torn between its sectors of 512 bytes.
//! * Names are kept by the sync of the directory alone. Those made, changed and removed since then are there up to some
//!   point in their order. (ext4 and XFS keep a new file's name with the file's first sync.)
//! * A failed sync forgets what it could not keep: the next one succeeds without it, as on Linux, where the pages count
//!   as clean afterwards (`fsync(2)`; "fsyncgate", 2018).
//!
//! It fails where programs can notice. Left out are the sync of a directory, of whose outcome SQLite takes no notice,
//! and what the kernel writes of mapped files, which is SQLite's `-shm` alone: memory, and no part of what must
//! survive.
//!
//! | module | job |
//! |---|---|
//! | `content` | the bytes of a file, cheap to copy |
//! | `file` | a file: what is seen, what is synced, what lies between |
//! | `state` | files and names |
//! | `cut` | what a power cut leaves of them |
//! | `fault` | failures on demand |
//! | `fuse` | the kernel's requests |

mod content;
mod cut;
mod fault;
mod file;
mod fuse;
mod state;

use std::{
    io::ErrorKind,
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
};

use fuser::{BackgroundSession, MountOption};
use tempfile::TempDir;

use crate::server::{ISSUER_FILE, TOKENS};

pub use self::{
    cut::survivors,
    fault::{Fault, Length},
    state::State,
};

/// A disk with the file system on it, until it is dropped.
pub struct Disk {
    // Dropped in this order: the directory can go once nothing is mounted on it.
    session: Option<BackgroundSession>,
    dir: TempDir,
    state: Arc<Mutex<State>>,
}

impl Disk {
    /// A new disk, with nothing but the issuer on it.
    pub fn new() -> Self {
        let mut state = State::default();
        let issuer = std::fs::read(TOKENS.issuer_file()).expect("a file");
        state.put(ISSUER_FILE, &issuer);
        Self::mount(state)
    }

    /// What is left of another one.
    pub fn mount(state: State) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let state = Arc::new(Mutex::new(state));
        let mut config = fuser::Config::default();
        config.mount_options = vec![
            MountOption::FSName("lossy".to_owned()),
            MountOption::NoAtime,
        ];
        let lossy = fuse::Lossy::new(Arc::clone(&state));
        let session = fuser::spawn_mount(lossy, dir.path(), &config)
            .expect("a file system can be mounted: that takes root and /dev/fuse");
        Self {
            session: Some(session),
            dir,
            state,
        }
    }

    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// All that is on it now, written and synced.
    pub fn snapshot(&self) -> State {
        self.lock().clone()
    }

    /// Makes it fail from now on.
    pub fn fail(&self, fault: Fault, length: Length) {
        self.lock().faults.begin(fault, length);
    }

    /// Ends the failure; gives how many requests have failed.
    pub fn heal(&self) -> u32 {
        self.lock().faults.end()
    }

    /// Requests that have failed so far.
    pub fn failed(&self) -> u32 {
        self.lock().faults.count()
    }

    /// Makes it lie: syncs succeed and keep nothing.
    pub fn ignore_syncs(&self) {
        self.lock().ignores_syncs = true;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the file system has not panicked")
    }
}

impl Default for Disk {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            match session.umount_and_join() {
                // So ends a session that was about to read a request, of those that close files, say: Linux,
                // fs/fuse/dev.c, `fuse_dev_do_read`. It is unmounted all the same.
                Err(error) if error.kind() == ErrorKind::ConnectionAborted => {}
                unmounted if std::thread::panicking() => drop(unmounted),
                unmounted => unmounted.expect("nobody uses the disk any more"),
            }
        }
    }
}
