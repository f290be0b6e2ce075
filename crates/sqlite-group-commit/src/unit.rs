//! A unit of work on its way through the writer: done inside its savepoint, answered after the commit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::Error;

/// Does the work, of any result; says whether that succeeded (if not, its changes must go), and gives what tells the
/// caller.
pub(crate) type Unit = Box<dyn FnOnce(&Connection) -> (bool, Answer) + Send>;

/// Tells the caller, once the fate of the whole transaction is known.
pub(crate) type Answer = Box<dyn FnOnce(Result<(), Error>)>;

/// A unit that does `work`, and where its answer arrives; none does if the unit is not run.
pub(crate) fn unit<T: Send + 'static, E: From<Error> + Send + 'static>(
    work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
) -> (Unit, oneshot::Receiver<Result<T, E>>) {
    let (caller, answer) = oneshot::channel();
    let unit = move |db: &Connection| {
        // A defect in one unit must not end the only writer.
        let result = catch_unwind(AssertUnwindSafe(|| work(db)))
            .unwrap_or_else(|_| Err(Error::Panicked.into()));
        let succeeded = result.is_ok();
        // A failed transaction hides the unit's own result: it may come from changes of a neighbour that are gone.
        let tell = move |transaction: Result<(), Error>| {
            // A caller that hung up does not want to know.
            let _ = caller.send(transaction.map_err(E::from).and(result));
        };
        (succeeded, Box::new(tell) as Answer)
    };
    (Box::new(unit), answer)
}
