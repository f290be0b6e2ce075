//! A unit of work on its way through the writer: run inside its savepoint, answered after the commit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::Error;

/// A unit of work of any result.
pub(crate) trait Unit: Send {
    /// Does the work and keeps its result; `false` if it failed and its changes must go.
    fn run(&mut self, db: &Connection) -> bool;

    /// Tells the caller, once the fate of the whole transaction is known.
    fn answer(self: Box<Self>, transaction: Result<(), Error>);
}

struct Pending<W, T, E> {
    work: Option<W>,
    result: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

/// A unit that does `work`, and where its answer arrives.
pub(crate) fn unit<T, E>(
    work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
) -> (Box<dyn Unit>, oneshot::Receiver<Result<T, E>>)
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (caller, answer) = oneshot::channel();
    let unit = Pending {
        work: Some(work),
        result: None,
        caller,
    };
    (Box::new(unit), answer)
}

impl<W, T, E> Unit for Pending<W, T, E>
where
    W: FnOnce(&Connection) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, db: &Connection) -> bool {
        let Some(work) = self.work.take() else {
            return false;
        };
        // A defect in one unit must not end the only writer.
        let result = catch_unwind(AssertUnwindSafe(|| work(db)))
            .unwrap_or_else(|_| Err(Error::Panicked.into()));
        let succeeded = result.is_ok();
        self.result = Some(result);
        succeeded
    }

    /// A failed transaction hides the unit's own result: it may come from changes of a neighbour that are gone.
    fn answer(self: Box<Self>, transaction: Result<(), Error>) {
        let Self { result, caller, .. } = *self;
        let never_run = || Err(Error::unavailable("the unit was not run").into());
        let result = match transaction {
            Ok(()) => result.unwrap_or_else(never_run),
            Err(error) => Err(error.into()),
        };
        // A caller that hung up does not want to know.
        let _ = caller.send(result);
    }
}
