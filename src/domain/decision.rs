//! What the domain asks the store to do with a resource as it is at that moment.

use super::Error;

/// What a unit of work makes of a stored resource. The rules of the domain are in here: an engine applies the decision
/// to the resource as it is at that moment, and repeats nothing of it.
pub(crate) struct Decision<T> {
    /// Memory that the decision holds while it waits for its turn, bytes.
    pub(crate) bytes: usize,
    /// From the resource as it is to the resource as it is to be, or why it stays.
    pub(crate) decide: Box<dyn FnOnce(T) -> Result<T, Error> + Send>,
}
