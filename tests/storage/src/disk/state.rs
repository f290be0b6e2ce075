//! Files and their names, in the one directory there is.

use std::collections::BTreeMap;

use crate::server::DATABASE;

use super::{
    fault::{Faults, Request},
    file::File,
};

/// Number of the one directory; files have higher ones.
pub(super) const ROOT: u64 = 1;

pub(super) type Names = BTreeMap<String, u64>;
/// The number of an error, as in `errno(3)`.
pub(super) type Errno = fuser::Errno;

/// All that is on a disk, written and synced. A copy is what the disk was at that moment.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Files without a name stay: someone may have them open.
    pub(super) files: BTreeMap<u64, File>,
    pub(super) names: Names,
    pub(super) synced_names: Names,
    /// The directory after each change since its last sync.
    pub(super) unsynced_names: Vec<Names>,
    pub(super) faults: Faults,
    pub(super) ignores_syncs: bool,
}

impl State {
    /// Puts a file there, synced.
    pub(super) fn put(&mut self, name: &str, content: &[u8]) {
        let number = self.add_file(0o600);
        let file = self.files.get_mut(&number).expect("it was added");
        file.write(0, content);
        file.sync();
        self.rename_to(name, number);
        self.sync_names();
    }

    pub(super) fn create(&mut self, name: &str, mode: u16) -> Result<u64, Errno> {
        self.faults.check(Request::Change)?;
        let number = self.add_file(mode);
        self.rename_to(name, number);
        Ok(number)
    }

    pub(super) fn unlink(&mut self, name: &str) -> Result<(), Errno> {
        self.faults.check(Request::Change)?;
        self.names.remove(name).ok_or(Errno::ENOENT)?;
        self.unsynced_names.push(self.names.clone());
        Ok(())
    }

    pub(super) fn rename(&mut self, from: &str, to: &str, replace: bool) -> Result<(), Errno> {
        self.faults.check(Request::Change)?;
        if !replace && self.names.contains_key(to) {
            return Err(Errno::EEXIST);
        }
        let number = self.names.remove(from).ok_or(Errno::ENOENT)?;
        self.rename_to(to, number);
        Ok(())
    }

    /// Gives how many bytes were written.
    pub(super) fn write(&mut self, number: u64, offset: u64, bytes: &[u8]) -> Result<u32, Errno> {
        let file = self.files.get_mut(&number).ok_or(Errno::ENOENT)?;
        let grows = !file.content().has_room_for(offset, bytes.len());
        self.faults.check(Request::Write { grows })?;
        let written = self.faults.shorten(bytes);
        file.write(offset, written);
        Ok(u32::try_from(written.len()).expect("requests are shorter"))
    }

    /// A write that has no one to tell of a failure: it does not fail.
    pub(super) fn write_mapped(
        &mut self,
        number: u64,
        offset: u64,
        bytes: &[u8],
    ) -> Result<u32, Errno> {
        let file = self.files.get_mut(&number).ok_or(Errno::ENOENT)?;
        file.write(offset, bytes);
        Ok(u32::try_from(bytes.len()).expect("requests are shorter"))
    }

    pub(super) fn resize(&mut self, number: u64, length: u64) -> Result<(), Errno> {
        self.faults.check(Request::Change)?;
        let file = self.files.get_mut(&number).ok_or(Errno::ENOENT)?;
        file.resize(length);
        Ok(())
    }

    pub(super) fn sync(&mut self, number: u64) -> Result<(), Errno> {
        let of_database = self.names.get(DATABASE) == Some(&number);
        let file = self.files.get_mut(&number).ok_or(Errno::ENOENT)?;
        if let Err(error) = self.faults.check(Request::Sync { of_database }) {
            file.fail_sync(&mut fastrand::Rng::new());
            return Err(error);
        }
        if !self.ignores_syncs {
            file.sync();
        }
        Ok(())
    }

    pub(super) fn sync_names(&mut self) {
        if !self.ignores_syncs {
            self.synced_names = self.names.clone();
            self.unsynced_names.clear();
        }
    }

    fn add_file(&mut self, mode: u16) -> u64 {
        let last = self.files.last_key_value().map_or(ROOT, |(last, _)| *last);
        self.files.insert(last + 1, File::new(mode));
        last + 1
    }

    fn rename_to(&mut self, name: &str, number: u64) {
        self.names.insert(name.to_owned(), number);
        self.unsynced_names.push(self.names.clone());
    }
}
