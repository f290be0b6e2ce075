//! What must hold for any input, one function for each kind of input: the fuzzers in `fuzz/` look for inputs for which it does
//! not, and the tests below go over the inputs that they have kept.
//!
//! Built for tests and fuzzers alone. A function panics where its promise is broken, and returns for every other input, sense
//! or nonsense.

mod body;
mod connection_id;
mod filter;
mod kql;
mod skip_token;
mod token;

pub use body::body;
pub use connection_id::connection_id;
pub use filter::filter;
pub use kql::kql;
pub use skip_token::skip_token;
pub use token::token;

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// Calls the function with every input in the corpus.
    fn replay(corpus: &str, promise: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/corpus")
            .join(corpus);
        let mut inputs = 0;
        for entry in fs::read_dir(folder).expect("a folder of inputs") {
            let path = entry.expect("an entry").path();
            // Told only if the test fails.
            println!("{}", path.display());
            promise(&fs::read(path).expect("an input"));
            inputs += 1;
        }
        assert!(inputs > 0);
    }

    macro_rules! replayed {
        ($($corpus:ident),*) => {
            $(
                #[test]
                fn $corpus() {
                    replay(stringify!($corpus), super::$corpus);
                }
            )*
        };
    }

    replayed!(body, connection_id, filter, kql, skip_token, token);
}
