//! What a SQLite error means to the domain: the machine's trouble, or a defect of ours.

use rusqlite::ErrorCode;

use crate::domain::Error;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // Reads have a deadline.
            Some(ErrorCode::OperationInterrupted) => Self::TooCostly,
            Some(code) if is_trouble_of_the_machine(code) => unavailable(error),
            _ => Self::Internal(Box::new(error)),
        }
    }
}

pub(super) fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Unavailable(source.into())
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
