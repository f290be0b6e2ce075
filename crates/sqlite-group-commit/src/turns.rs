//! A queue that serves its keys by turns, and each key in its order. It is bounded, in all and for each key: when it is
//! full, more is refused at once, so that load does not become memory.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

/// How much waits: its number, and the bytes of memory that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) count: usize,
    pub(crate) bytes: usize,
}

impl Load {
    fn of<'q, T: 'q>(waiting: impl IntoIterator<Item = &'q (T, usize)>) -> Self {
        let none = Self { count: 0, bytes: 0 };
        waiting.into_iter().fold(none, |load, (_, bytes)| Self {
            count: load.count + 1,
            bytes: load.bytes + bytes,
        })
    }
}

pub(crate) struct Turns<T> {
    most: Load,
    most_of_a_key: Load,
    load: Load,
    /// What waits and its bytes; no key without any.
    queues: HashMap<Arc<str>, VecDeque<(T, usize)>>,
    /// The keys in the order of their turns.
    order: VecDeque<Arc<str>>,
}

/// As much waits as may.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl<T> Turns<T> {
    pub(crate) fn new(most: Load, most_of_a_key: Load) -> Self {
        Self {
            most,
            most_of_a_key,
            load: Load { count: 0, bytes: 0 },
            queues: HashMap::new(),
            order: VecDeque::new(),
        }
    }

    pub(crate) fn push(&mut self, key: &str, value: T, bytes: usize) -> Result<(), Full> {
        let own = Load::of(self.queues.get(key).into_iter().flatten());
        for (load, most) in [(self.load, self.most), (own, self.most_of_a_key)] {
            if load.count >= most.count || bytes > most.bytes - load.bytes {
                return Err(Full);
            }
        }
        if let Some(queue) = self.queues.get_mut(key) {
            queue.push_back((value, bytes));
        } else {
            let key = Arc::from(key);
            self.order.push_back(Arc::clone(&key));
            self.queues.insert(key, [(value, bytes)].into());
        }
        self.load.count += 1;
        self.load.bytes += bytes;
        Ok(())
    }

    /// How many wait of a key.
    pub(crate) fn count(&self, key: &str) -> usize {
        self.queues.get(key).map_or(0, VecDeque::len)
    }

    /// What waits for the first key of those that may have their turn, and its bytes.
    pub(crate) fn pop(&mut self, may: impl Fn(&str) -> bool) -> Option<(Arc<str>, T, usize)> {
        let place = self.order.iter().position(|key| may(key))?;
        let key = self.order.remove(place)?;
        let queue = self.queues.get_mut(&key)?;
        let (value, bytes) = queue.pop_front()?;
        if queue.is_empty() {
            self.queues.remove(&key);
        } else {
            self.order.push_back(Arc::clone(&key));
        }
        self.load.count -= 1;
        self.load.bytes -= bytes;
        Some((key, value, bytes))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.queues.retain(|_, queue| {
            queue.retain(|(value, _)| keep(value));
            !queue.is_empty()
        });
        self.order.retain(|key| self.queues.contains_key(key));
        self.load = Load::of(self.queues.values().flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_fills_the_queue() {
        let load = |count, bytes| Load { count, bytes };
        let mut turns = Turns::new(load(4, 100), load(2, 50));
        for (key, bytes, expected) in [
            ("a", 51, Err(Full)),
            ("a", usize::MAX, Err(Full)),
            ("a", 30, Ok(())),
            ("a", 21, Err(Full)),
            ("a", 20, Ok(())),
            ("a", 0, Err(Full)),
            ("b", 50, Ok(())),
            ("c", 1, Err(Full)),
            ("c", 0, Ok(())),
            ("d", 0, Err(Full)),
        ] {
            assert_eq!(turns.push(key, key, bytes), expected, "{key} {bytes}");
        }
        // What leaves makes room.
        assert!(turns.pop(|key| key == "b").is_some());
        turns.retain(|value| *value != "a");
        assert_eq!(turns.load, load(1, 0));
        assert_eq!(turns.push("a", "a", 50), Ok(()));
    }
}
