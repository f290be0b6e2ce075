//! What registering and updating a schema means for a connection: decisions about values, which the store carries out.

use super::{
    Conflict, Error, Violation,
    decision::Decision,
    external_connection::{ConnectionId, ConnectionState},
    operation::{Operation, Progress},
    schema::Schema,
};

/// The state of a connection with its schema and the newest operation on it, which is the only one that may not be done yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Registration {
    pub(crate) state: ConnectionState,
    /// `None`: the default.
    pub(crate) content_category: Option<String>,
    pub(crate) schema: Option<Schema>,
    pub(crate) operation: Option<Operation>,
}

impl Schema {
    /// Registers the schema of a connection, or updates the one that is there, by one more operation, which has come this far.
    pub(crate) fn into_update(
        self,
        connection: &ConnectionId,
        progress: Progress,
    ) -> Decision<Registration> {
        let connection = connection.clone();
        Decision {
            bytes: self.stored_bytes(),
            decide: Box::new(move |mut registration| {
                registration.may_change()?;
                let of_people = registration.content_category.as_deref() == Some("people");
                let broken = self.violations(of_people);
                if !broken.is_empty() {
                    return Err(Error::Invalid(broken));
                }
                let schema = match &registration.schema {
                    None => self,
                    Some(before) => before.updated(self).map_err(Error::Invalid)?,
                };
                if !matches!(progress, Progress::Failed(_)) {
                    registration.schema = Some(schema);
                }
                let before = registration.operation.map_or(0, |it| it.number);
                let operation = Operation::new(&connection, before + 1, progress);
                registration.operation = Some(operation);
                registration.settle();
                Ok(registration)
            }),
        }
    }
}

impl Registration {
    /// Source: Graph, "Manage connections", table of states and operations; 409 while an operation runs: PnP PowerShell.
    fn may_change(&self) -> Result<(), Error> {
        if self
            .operation
            .as_ref()
            .is_some_and(|it| !it.progress.is_done())
        {
            return Err(Error::Exists(Conflict::Operation));
        }
        let rule = match self.state {
            ConnectionState::Draft | ConnectionState::Ready => return Ok(()),
            ConnectionState::LimitExceeded => {
                "the connection holds as many items as it may; DELETE some before the schema is changed"
            }
            ConnectionState::Obsolete => "the connection is obsolete, and can only be deleted",
        };
        Err(Error::Invalid(vec![Violation::new("", rule)]))
    }

    /// The connection is ready once its first schema is.
    fn settle(&mut self) {
        let is_completed = self
            .operation
            .as_ref()
            .is_some_and(|it| it.progress == Progress::Completed);
        if is_completed && self.state == ConnectionState::Draft {
            self.state = ConnectionState::Ready;
        }
    }

    /// After its operation was asked for once more.
    pub(crate) fn polled(mut self) -> Self {
        if let Some(Operation { progress, .. }) = &mut self.operation
            && let Progress::Polls(left) = progress
        {
            *progress = match *left {
                0 => Progress::Completed,
                left => Progress::Polls(left - 1),
            };
        }
        self.settle();
        self
    }

    /// After its operation has ended, unless another one is the newest, or it was done before. A first schema that failed is gone.
    pub(crate) fn ended(mut self, id: &str, end: Progress) -> Self {
        if let Some(operation) = &mut self.operation
            && operation.id == id
            && !operation.progress.is_done()
        {
            if matches!(end, Progress::Failed(_)) && self.state == ConnectionState::Draft {
                self.schema = None;
            }
            operation.progress = end;
        }
        self.settle();
        self
    }

    /// At a time, milliseconds since 1970.
    pub(crate) fn at(mut self, now_ms: i64) -> Self {
        if let Some(Operation { progress, .. }) = &mut self.operation
            && matches!(progress, Progress::Until(due) if *due <= now_ms)
        {
            *progress = Progress::Completed;
        }
        self.settle();
        self
    }
}
