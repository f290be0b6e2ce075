//! Randomness: identifiers of calls, and jitter.

use uuid::{Builder, Uuid};

/// A UUID of version 4.
pub(super) fn uuid() -> Uuid {
    Builder::from_random_bytes(bytes()).into_uuid()
}

/// A number from 0 to 1.
pub(super) fn fraction() -> f64 {
    f64::from(u32::from_ne_bytes(bytes())) / f64::from(u32::MAX)
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has random bytes");
    bytes
}
