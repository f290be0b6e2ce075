//! What the requests of a connection tell the code that keeps the connection.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// Requests of one connection.
#[derive(Debug, Default)]
pub(crate) struct Activity {
    requests: AtomicUsize,
    mid_message: AtomicBool,
}

impl Activity {
    /// Requests since the connection opened.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Relaxed)
    }

    /// Whether the client may still be sending something that nobody reads: a head that cannot be parsed, or a body.
    pub(crate) fn is_mid_message(&self) -> bool {
        self.mid_message.load(Relaxed)
    }

    /// Bytes have arrived.
    pub(crate) fn received(&self) {
        self.mid_message.store(true, Relaxed);
    }

    /// A head was read; a body is told of by [`Self::body_dropped`].
    pub(crate) fn request_begins(&self) {
        self.requests.fetch_add(1, Relaxed);
        self.mid_message.store(false, Relaxed);
    }

    pub(crate) fn body_dropped(&self, read_to_its_end: bool) {
        self.mid_message.store(!read_to_its_end, Relaxed);
    }
}
