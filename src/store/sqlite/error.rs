//! What a SQLite error means to the domain: the machine's trouble, or a defect of ours.

use rusqlite::ErrorCode;

use crate::domain::Error;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(code) if is_trouble_of_the_machine(code) => Self::Unavailable(Box::new(error)),
            _ => Self::Internal(Box::new(error)),
        }
    }
}

impl From<sqlite_group_commit::Error> for Error {
    fn from(error: sqlite_group_commit::Error) -> Self {
        match error {
            sqlite_group_commit::Error::Overloaded { retry_after } => {
                Self::Overloaded { retry_after }
            }
            sqlite_group_commit::Error::Unavailable(source) => Self::Unavailable(source),
            sqlite_group_commit::Error::TooLong => Self::TooCostly,
            error @ sqlite_group_commit::Error::Panicked => Self::Internal(Box::new(error)),
        }
    }
}

/// Conditions that the operator can end: disk, permissions, memory, another process, a damaged file.
/// Source: SQLite, "Result and Error Codes".
fn is_trouble_of_the_machine(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::CannotOpen
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::NotADatabase
            | ErrorCode::OutOfMemory
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure
    )
}
