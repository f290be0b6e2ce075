//! What waits for the writer, on its way from one thread to another.

use std::sync::{
    Arc, Mutex, PoisonError, Weak,
    mpsc::{self, channel},
};

use crate::turns::{Full, Load, Turns};

/// The sending end; the other end finishes what waits when this one is gone.
pub(crate) struct Sender<T> {
    waiting: Weak<Mutex<Turns<T>>>,
    /// As many as wait.
    sent: mpsc::Sender<()>,
}

/// When it is gone, so is what waited.
pub(crate) struct Receiver<T> {
    waiting: Arc<Mutex<Turns<T>>>,
    sent: mpsc::Receiver<()>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Full,
    /// The receiver is gone.
    Closed,
}

pub(crate) fn queue<T>(most: Load, most_of_a_key: Load) -> (Sender<T>, Receiver<T>) {
    let waiting = Arc::new(Mutex::new(Turns::new(most, most_of_a_key)));
    let (sender, receiver) = channel();
    let sending = Sender {
        waiting: Arc::downgrade(&waiting),
        sent: sender,
    };
    let receiving = Receiver {
        waiting,
        sent: receiver,
    };
    (sending, receiving)
}

impl<T> Sender<T> {
    pub(crate) fn send(&self, key: &str, value: T, bytes: usize) -> Result<(), Refused> {
        let waiting = self.waiting.upgrade().ok_or(Refused::Closed)?;
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .push(key, value, bytes)
            .map_err(|Full| Refused::Full)?;
        self.sent.send(()).map_err(|_| Refused::Closed)
    }

    /// How many wait of a key.
    pub(crate) fn count(&self, key: &str) -> usize {
        self.waiting.upgrade().map_or(0, |waiting| {
            let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.count(key)
        })
    }
}

impl<T> Receiver<T> {
    /// Waits for something, and gives it with its bytes; `None` when the sender is gone and nothing is left.
    pub(crate) fn take(&self) -> Option<(T, usize)> {
        self.sent.recv().ok()?;
        self.next()
    }

    /// What waits already, if anything.
    pub(crate) fn take_waiting(&self) -> Option<(T, usize)> {
        self.sent.try_recv().ok()?;
        self.next()
    }

    /// Whether nothing waits, and somebody may still send something.
    pub(crate) fn is_idle(&self) -> bool {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.is_empty() && Arc::weak_count(&self.waiting) > 0
    }

    fn next(&self) -> Option<(T, usize)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, value, bytes) = waiting.pop(|_| true)?;
        Some((value, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queue_ends_with_either_end() {
        let most = Load { count: 2, bytes: 2 };
        let (sender, receiver) = queue(most, most);
        assert_eq!(sender.send("k", 'a', 1), Ok(()));
        drop(sender);
        assert_eq!(receiver.take(), Some(('a', 1)));
        assert_eq!(receiver.take(), None);
        let (sender, receiver) = queue(most, most);
        let waiting = Arc::new(());
        assert_eq!(sender.send("k", Arc::clone(&waiting), 1), Ok(()));
        assert_eq!((sender.count("k"), sender.count("l")), (1, 0));
        drop(receiver);
        assert_eq!(Arc::strong_count(&waiting), 1);
        assert_eq!(sender.send("k", waiting, 1), Err(Refused::Closed));
    }
}
