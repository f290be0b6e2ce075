//! One file: what programs see of it, what is synced, and the changes between the two.

use super::content::{Content, PAGE, index, split, split_by_sector};

#[derive(Debug, Clone, Default)]
pub(super) struct File {
    pub(super) mode: u16,
    seen: Content,
    synced: Content,
    /// In the order in which they came.
    unsynced: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Write { offset: u64, bytes: Vec<u8> },
    Resize { length: u64 },
}

impl File {
    pub(super) fn new(mode: u16) -> Self {
        Self {
            mode,
            ..Self::default()
        }
    }

    /// What programs see.
    pub(super) fn content(&self) -> &Content {
        &self.seen
    }

    pub(super) fn write(&mut self, offset: u64, bytes: &[u8]) {
        self.seen.write(offset, bytes);
        self.unsynced.push(Change::Write {
            offset,
            bytes: bytes.to_vec(),
        });
    }

    pub(super) fn resize(&mut self, length: u64) {
        self.seen.resize(length);
        self.unsynced.push(Change::Resize { length });
    }

    pub(super) fn sync(&mut self) {
        for change in self.unsynced.drain(..) {
            match change {
                Change::Write { offset, bytes } => {
                    self.synced.take_pages(&self.seen, offset, bytes.len());
                }
                Change::Resize { length } => self.synced.resize(length),
            }
        }
        self.synced.resize(self.seen.length());
    }

    /// A sync that fails: some of it is on the disk, and nobody will try again with the rest.
    pub(super) fn fail_sync(&mut self, random: &mut fastrand::Rng) {
        self.synced = self.survivor(0.5, random);
        self.unsynced.clear();
    }

    /// What a power cut leaves: of the pages written since the last sync each with this probability, one of them torn.
    pub(super) fn cut(&self, probability: f64, random: &mut fastrand::Rng) -> Self {
        let content = self.survivor(probability, random);
        Self {
            mode: self.mode,
            seen: content.clone(),
            synced: content,
            unsynced: Vec::new(),
        }
    }

    fn survivor(&self, probability: f64, random: &mut fastrand::Rng) -> Content {
        let mut content = self.synced.clone();
        let pages: usize = self.unsynced.iter().map(Change::pages).sum();
        let torn = random.usize(..pages.max(1));
        let mut number = 0;
        for change in &self.unsynced {
            match change {
                Change::Resize { length } => {
                    if random.f64() < probability {
                        content.resize(*length);
                    }
                }
                Change::Write { offset, bytes } => {
                    for piece in split(*offset, bytes.len() as u64) {
                        let page = &bytes[index(piece.start - offset)..index(piece.end - offset)];
                        if number == torn {
                            tear(&mut content, piece.start, page, random);
                        } else if random.f64() < probability {
                            content.write(piece.start, page);
                        }
                        number += 1;
                    }
                }
            }
        }
        content
    }
}

impl Change {
    fn pages(&self) -> usize {
        match self {
            Self::Write { offset, bytes } => split(*offset, bytes.len() as u64).count(),
            Self::Resize { .. } => 0,
        }
    }
}

/// Writes some of the sectors of a page.
fn tear(content: &mut Content, offset: u64, page: &[u8], random: &mut fastrand::Rng) {
    debug_assert!(page.len() as u64 <= PAGE);
    for sector in split_by_sector(offset, page.len() as u64) {
        if random.bool() {
            let bytes = &page[index(sector.start - offset)..index(sector.end - offset)];
            content.write(sector.start, bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(content: &Content) -> Vec<u8> {
        content.read(0, 1_000_000)
    }

    #[test]
    fn cut_leaves_all_that_was_synced_and_any_part_of_the_rest() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut file = File::new(0);
        file.write(0, &[1; 8_192]);
        file.sync();
        file.write(4_096, &[2; 8_192]);
        let (mut whole, mut parts, mut torn) = (0, 0, 0);
        for _ in 0..200 {
            let left = bytes(file.cut(0.5, &mut random).content());
            assert_eq!(left[..4_096], [1; 4_096], "synced, and not written since");
            let page = &left[4_096..8_192];
            assert!(page.iter().all(|byte| [1, 2].contains(byte)));
            match (page.contains(&1), page.contains(&2)) {
                (true, true) => torn += 1,
                (false, _) => whole += 1,
                (true, false) => {}
            }
            parts += usize::from(left.len() < 12_288);
        }
        assert!(whole > 0 && parts > 0 && torn > 0, "{whole} {parts} {torn}");
        file.sync();
        let left = file.cut(0.5, &mut random);
        assert_eq!(bytes(left.content()), bytes(file.content()));
    }

    #[test]
    fn sync_after_a_failed_one_does_not_make_up_for_it() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut file = File::new(0);
        let pages = vec![1; 16 * 4_096];
        file.write(0, &pages);
        file.fail_sync(&mut random);
        file.sync();
        let left = file.cut(1.0, &mut random);
        assert_ne!(bytes(left.content()), bytes(file.content()));
        // Written again, it is synced again.
        file.write(0, &pages);
        file.sync();
        let left = file.cut(0.0, &mut random);
        assert_eq!(bytes(left.content()), bytes(file.content()));
    }

    #[test]
    fn sync_keeps_a_new_length() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut file = File::new(0);
        file.write(0, &[1; 10_000]);
        file.sync();
        file.resize(100);
        file.write(200, &[2; 10]);
        file.sync();
        let left = file.cut(0.0, &mut random);
        assert_eq!(left.content().length(), 210);
        assert_eq!(bytes(left.content()), bytes(file.content()));
    }
}
