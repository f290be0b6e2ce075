//! How much a run does: numbers from the environment, small enough for every merge if they are not set.

use std::env;

/// The number in the environment variable, or `usual`.
pub fn number(name: &str, usual: u32) -> u32 {
    match env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => usual,
    }
}

/// The seed of a run, told so that a failure can be tried again. Threads and the kernel have a say in the outcome too.
pub fn seed() -> u64 {
    let seed = env::var("CI_SEED").map_or_else(
        |_| fastrand::u64(..),
        |text| text.parse().expect("CI_SEED is a number"),
    );
    println!("CI_SEED={seed}");
    seed
}
