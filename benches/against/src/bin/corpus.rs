//! Writes what those who search need to know into a directory: `words.txt`, the commonest word first, and `callers.json`, each caller
//! with the entries that name him.

use std::{collections::BTreeMap, error::Error, fs, path::PathBuf};

use against::corpus::{CALLERS, WORDS, word};

fn main() -> Result<(), Box<dyn Error>> {
    let out: PathBuf = std::env::args()
        .nth(1)
        .ok_or("a directory is required")?
        .into();
    let words: Vec<String> = (0..WORDS).map(word).collect();
    fs::write(out.join("words.txt"), words.join("\n") + "\n")?;
    let callers = CALLERS.iter().map(|caller| (caller.name, caller.entries()));
    let callers: BTreeMap<_, _> = callers.collect();
    fs::write(out.join("callers.json"), serde_json::to_string(&callers)?)?;
    Ok(())
}
