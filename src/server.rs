//! Composition root and the HTTP listener.
