//! Composition root and the HTTP listener.

mod signal;
