//! The bytes of a file in pages that copies share: a snapshot of a large file costs no more than its table of pages.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

/// The unit in which the kernel and disks write, bytes.
pub(super) const PAGE: u64 = 4096;
const PAGE_BYTES: usize = 4096;
/// The unit of which disks say that it is never torn, bytes.
pub(super) const SECTOR: u64 = 512;

type Page = [u8; PAGE_BYTES];

/// A file may have holes, which read as zeros.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    length: u64,
    pages: BTreeMap<u64, Arc<Page>>,
}

impl Content {
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Whether a write there needs no further room.
    pub(super) fn has_room_for(&self, offset: u64, bytes: usize) -> bool {
        pages(offset, bytes).all(|page| self.pages.contains_key(&page))
    }

    pub(super) fn read(&self, offset: u64, bytes: usize) -> Vec<u8> {
        let end = (offset + bytes as u64).min(self.length);
        let mut read = Vec::new();
        for piece in split(offset, end.saturating_sub(offset)) {
            let at = within_page(&piece);
            match self.pages.get(&(piece.start / PAGE)) {
                Some(page) => read.extend_from_slice(&page[at]),
                None => read.resize(read.len() + at.len(), 0),
            }
        }
        read
    }

    pub(super) fn write(&mut self, offset: u64, bytes: &[u8]) {
        for piece in split(offset, bytes.len() as u64) {
            let from = index(piece.start - offset)..index(piece.end - offset);
            let page = self.pages.entry(piece.start / PAGE);
            let page = Arc::make_mut(page.or_insert_with(|| Arc::new([0; PAGE_BYTES])));
            page[within_page(&piece)].copy_from_slice(&bytes[from]);
        }
        self.length = self.length.max(offset + bytes.len() as u64);
    }

    pub(super) fn resize(&mut self, length: u64) {
        if length < self.length {
            self.pages.split_off(&length.div_ceil(PAGE));
            if let Some(last) = self.pages.get_mut(&(length / PAGE)) {
                Arc::make_mut(last)[index(length % PAGE)..].fill(0);
            }
        }
        self.length = length;
    }

    /// Takes over the pages that a write touched as another content has them: they are written back as a whole.
    pub(super) fn take_pages(&mut self, other: &Self, offset: u64, bytes: usize) {
        for page in pages(offset, bytes) {
            match other.pages.get(&page) {
                Some(content) => self.pages.insert(page, Arc::clone(content)),
                None => self.pages.remove(&page),
            };
        }
    }
}

/// The pages that a write touches.
fn pages(offset: u64, bytes: usize) -> Range<u64> {
    offset / PAGE..(offset + bytes as u64).div_ceil(PAGE)
}

/// The parts of a stretch of bytes that lie in one page each.
pub(super) fn split(offset: u64, bytes: u64) -> impl Iterator<Item = Range<u64>> {
    cut_at(offset, bytes, PAGE)
}

/// The parts of a stretch of bytes that lie in one sector each.
pub(super) fn split_by_sector(offset: u64, bytes: u64) -> impl Iterator<Item = Range<u64>> {
    cut_at(offset, bytes, SECTOR)
}

fn cut_at(offset: u64, bytes: u64, unit: u64) -> impl Iterator<Item = Range<u64>> {
    let end = offset + bytes;
    (offset / unit..end.div_ceil(unit))
        .map(move |number| (number * unit).max(offset)..((number + 1) * unit).min(end))
}

fn within_page(piece: &Range<u64>) -> Range<usize> {
    let start = index(piece.start % PAGE);
    start..start + index(piece.end - piece.start)
}

pub(super) fn index(bytes: u64) -> usize {
    usize::try_from(bytes).expect("this machine addresses more than a file is long")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_like_one_in_a_vector() {
        let mut random = fastrand::Rng::with_seed(1);
        let (mut content, mut plain) = (Content::default(), Vec::new());
        for _ in 0..2_000 {
            let offset = random.usize(..20_000);
            let bytes = vec![random.u8(..); random.usize(1..9_000)];
            if random.u8(..) < 32 {
                content.resize(offset as u64);
                plain.resize(offset, 0);
            } else {
                content.write(offset as u64, &bytes);
                plain.resize(plain.len().max(offset + bytes.len()), 0);
                plain[offset..offset + bytes.len()].copy_from_slice(&bytes);
            }
            assert_eq!(content.length(), plain.len() as u64);
            assert_eq!(content.read(0, plain.len() + 1), plain);
            let from = random.usize(..=plain.len());
            let to = plain.len().min(from + 5_000);
            assert_eq!(content.read(from as u64, 5_000), plain[from..to]);
        }
    }

    #[test]
    fn pieces_end_at_the_borders_of_pages() {
        let pieces: Vec<_> = split(4_000, 5_000).collect();
        assert_eq!(pieces, [4_000..4_096, 4_096..8_192, 8_192..9_000]);
        assert_eq!(split(0, 0).count(), 0);
        assert_eq!(split(4_096, 4_096).count(), 1);
    }
}
