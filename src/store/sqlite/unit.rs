//! A unit of work on its way through the writer: run inside its savepoint, answered after the commit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use crate::domain::Error;

/// A unit of work of any result.
pub(super) trait Unit: Send {
    /// Does the work and keeps its result; `false` if it failed and its changes must go.
    fn run(&mut self, db: &rusqlite::Connection) -> bool;

    /// Tells the caller, once the fate of the whole transaction is known.
    fn answer(self: Box<Self>, transaction: Result<(), Error>);
}

struct Pending<W, T> {
    work: Option<W>,
    result: Option<Result<T, Error>>,
    caller: oneshot::Sender<Result<T, Error>>,
}

/// A unit that does `work`, and where its answer arrives.
pub(super) fn unit<T: Send + 'static>(
    work: impl FnOnce(&rusqlite::Connection) -> Result<T, Error> + Send + 'static,
) -> (Box<dyn Unit>, oneshot::Receiver<Result<T, Error>>) {
    let (caller, answer) = oneshot::channel();
    let unit = Pending {
        work: Some(work),
        result: None,
        caller,
    };
    (Box::new(unit), answer)
}

impl<W, T> Unit for Pending<W, T>
where
    W: FnOnce(&rusqlite::Connection) -> Result<T, Error> + Send,
    T: Send,
{
    fn run(&mut self, db: &rusqlite::Connection) -> bool {
        let Some(work) = self.work.take() else {
            return false;
        };
        // A defect in one unit must not end the only writer.
        let result = catch_unwind(AssertUnwindSafe(|| work(db)))
            .unwrap_or_else(|_| Err(Error::Internal("a unit of work panicked".into())));
        let succeeded = result.is_ok();
        self.result = Some(result);
        succeeded
    }

    /// A failed transaction hides the unit's own result: it may come from changes of a neighbour that are gone.
    fn answer(self: Box<Self>, transaction: Result<(), Error>) {
        let Self { result, caller, .. } = *self;
        let never_run = || Err(Error::Internal("a unit of work was passed over".into()));
        let result = transaction.and_then(|()| result.unwrap_or_else(never_run));
        // A caller that hung up does not want to know.
        let _ = caller.send(result);
    }
}
