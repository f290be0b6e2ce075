//! Bearer tokens to principals.
