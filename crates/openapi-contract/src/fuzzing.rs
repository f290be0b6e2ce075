//! What must hold for any document: the fuzzer in `fuzz/` looks for one for which it does not, and the test below goes over
//! those that it has kept.
//!
//! Built for tests and fuzzers alone.

use crate::{Contract, Settings, document::lines};

/// A document is accepted, and then printed as Rust; or refused with a list of problems, each at a place inside the text.
///
/// # Panics
/// If that does not hold.
pub fn document(input: &[u8]) {
    let Ok(yaml) = str::from_utf8(input) else {
        return;
    };
    match Contract::read("d", yaml) {
        // Parsed before it is printed, so it is Rust.
        Ok(contract) => assert!(contract.server(&Settings::default()).contains("mod types")),
        Err(problems) => {
            assert!(!problems.is_empty());
            let lines = lines(yaml).count();
            for problem in problems {
                let told = problem.to_string();
                let mut parts = told.splitn(4, ':');
                assert_eq!(parts.next(), Some("d"), "{told}");
                let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
                let (line, column) = (number(), number());
                // One behind the last line, for what is missing at the end.
                assert!(
                    line.is_some_and(|line| (1..=lines + 1).contains(&line)),
                    "{told}"
                );
                assert!(column.is_some_and(|column| column > 0), "{told}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn document() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/document");
        let mut inputs = 0;
        for entry in fs::read_dir(folder).expect("a folder of inputs") {
            let path = entry.expect("an entry").path();
            // Told only if the test fails.
            println!("{}", path.display());
            super::document(&fs::read(path).expect("an input"));
            inputs += 1;
        }
        assert!(inputs > 0);
    }
}
