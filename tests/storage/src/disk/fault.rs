//! Failures on demand.

use super::state::Errno;

/// How the disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// EIO when a file is synced.
    Sync,
    /// EIO when the database itself is synced, and not its log.
    DatabaseSync,
    /// EIO when a file is written.
    Write,
    /// A write of a part of what was asked for, and no error.
    ShortWrite,
    /// ENOSPC when a file needs more room than it has.
    Full,
    /// EROFS for every change, as when the kernel has remounted the file system read-only after an error.
    ReadOnly,
}

/// Which of the requests that a fault concerns fail.
#[derive(Debug, Clone, Copy)]
pub enum Length {
    /// One, after so many that succeed.
    Once { after: u32 },
    /// All of them.
    UntilHealed,
}

/// What is asked of the disk.
#[derive(Debug, Clone, Copy)]
pub(super) enum Request {
    Sync {
        of_database: bool,
    },
    Write {
        grows: bool,
    },
    /// Of a name, or of a file's length.
    Change,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    now: Option<(Fault, Length)>,
    failed: u32,
}

impl Faults {
    pub(super) fn begin(&mut self, fault: Fault, length: Length) {
        self.now = Some((fault, length));
        self.failed = 0;
    }

    pub(super) fn end(&mut self) -> u32 {
        self.now = None;
        self.failed
    }

    pub(super) fn count(&self) -> u32 {
        self.failed
    }

    /// Whether a request fails, and how.
    pub(super) fn check(&mut self, request: Request) -> Result<(), Errno> {
        let Some((fault, _)) = self.now else {
            return Ok(());
        };
        let errno = match (fault, request) {
            (Fault::Sync, Request::Sync { .. })
            | (Fault::DatabaseSync, Request::Sync { of_database: true })
            | (Fault::Write, Request::Write { .. }) => Errno::EIO,
            (Fault::Full, Request::Write { grows: true }) => Errno::ENOSPC,
            (Fault::ReadOnly, _) => Errno::EROFS,
            _ => return Ok(()),
        };
        if self.is_due() { Err(errno) } else { Ok(()) }
    }

    /// The bytes of a write that are written.
    pub(super) fn shorten<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let is_short = matches!(self.now, Some((Fault::ShortWrite, _))) && bytes.len() > 1;
        if is_short && self.is_due() {
            &bytes[..bytes.len() / 2]
        } else {
            bytes
        }
    }

    fn is_due(&mut self) -> bool {
        match &mut self.now {
            None => return false,
            Some((_, Length::UntilHealed)) => {}
            Some((_, Length::Once { after: 0 })) => self.now = None,
            Some((_, Length::Once { after })) => {
                *after -= 1;
                return false;
            }
        }
        self.failed += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_request_fails_when_it_is_due() {
        let mut faults = Faults::default();
        faults.begin(Fault::Sync, Length::Once { after: 2 });
        let mut sync = || {
            let of_log = Request::Sync { of_database: false };
            faults.check(of_log).is_err()
        };
        assert_eq!(
            [sync(), sync(), sync(), sync()],
            [false, false, true, false]
        );
        assert_eq!(faults.end(), 1);
    }

    #[test]
    fn sync_of_the_database_fails_alone() {
        let mut faults = Faults::default();
        faults.begin(Fault::DatabaseSync, Length::UntilHealed);
        for of_database in [false, true] {
            let failed = faults.check(Request::Sync { of_database }).is_err();
            assert_eq!(failed, of_database);
        }
    }

    #[test]
    fn full_disk_takes_what_needs_no_room() {
        let mut faults = Faults::default();
        faults.begin(Fault::Full, Length::UntilHealed);
        for (grows, fails) in [(true, true), (false, false), (true, true)] {
            assert_eq!(faults.check(Request::Write { grows }).is_err(), fails);
        }
        assert_eq!(faults.end(), 2);
        assert!(faults.check(Request::Write { grows: true }).is_ok());
    }
}
