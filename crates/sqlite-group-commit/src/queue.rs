//! A queue bounded by number and by bytes: when it is full, more is refused at once, so that load does not become
//! memory.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
    mpsc::{self, SyncSender, TrySendError, sync_channel},
};

/// The sending end; the other end finishes what waits when this one is gone.
pub(crate) struct Sender<T> {
    sender: SyncSender<Weighed<T>>,
    waiting: Arc<Waiting>,
    max_bytes: usize,
}

#[derive(Default)]
struct Waiting {
    count: AtomicUsize,
    bytes: AtomicUsize,
}

pub(crate) struct Receiver<T> {
    receiver: mpsc::Receiver<Weighed<T>>,
    waiting: Arc<Waiting>,
}

/// Something and the bytes of memory that it holds.
pub(crate) struct Weighed<T> {
    pub(crate) value: T,
    pub(crate) bytes: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Full,
    /// The receiver is gone.
    Closed,
}

pub(crate) fn queue<T>(max_count: usize, max_bytes: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = sync_channel(max_count);
    let waiting = Arc::<Waiting>::default();
    let sending = Sender {
        sender,
        waiting: Arc::clone(&waiting),
        max_bytes,
    };
    let receiving = Receiver { receiver, waiting };
    (sending, receiving)
}

impl<T> Sender<T> {
    pub(crate) fn send(&self, value: T, bytes: usize) -> Result<(), Refused> {
        let before = self.waiting.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.waiting.count.fetch_add(1, Ordering::Relaxed);
        let refused = if before.saturating_add(bytes) > self.max_bytes {
            Refused::Full
        } else {
            match self.sender.try_send(Weighed { value, bytes }) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(_)) => Refused::Full,
                Err(TrySendError::Disconnected(_)) => Refused::Closed,
            }
        };
        self.waiting.bytes.fetch_sub(bytes, Ordering::Relaxed);
        self.waiting.count.fetch_sub(1, Ordering::Relaxed);
        Err(refused)
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.count.load(Ordering::Relaxed)
    }
}

impl<T> Receiver<T> {
    /// Waits for something; `None` when the sender is gone and nothing is left.
    pub(crate) fn take(&self) -> Option<Weighed<T>> {
        self.taken(self.receiver.recv().ok())
    }

    /// What waits already, if anything.
    pub(crate) fn take_waiting(&self) -> Option<Weighed<T>> {
        self.taken(self.receiver.try_recv().ok())
    }

    fn taken(&self, item: Option<Weighed<T>>) -> Option<Weighed<T>> {
        if let Some(item) = &item {
            self.waiting.bytes.fetch_sub(item.bytes, Ordering::Relaxed);
            self.waiting.count.fetch_sub(1, Ordering::Relaxed);
        }
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queue_refuses_past_its_count_and_takes_again_when_drained() {
        let (sender, receiver) = queue(2, 100);
        assert_eq!(sender.send('a', 1), Ok(()));
        assert_eq!(sender.send('b', 1), Ok(()));
        assert_eq!(sender.send('c', 1), Err(Refused::Full));
        assert_eq!(receiver.take().map(|item| item.value), Some('a'));
        assert_eq!(sender.send('d', 1), Ok(()));
        assert_eq!(sender.waiting(), 2);
    }

    #[test]
    fn queue_refuses_past_its_bytes_and_takes_again_when_drained() {
        let (sender, receiver) = queue(10, 100);
        assert_eq!(sender.send('a', 60), Ok(()));
        assert_eq!(sender.send('b', 41), Err(Refused::Full));
        assert_eq!(sender.send('c', usize::MAX), Err(Refused::Full));
        assert_eq!(sender.send('d', 40), Ok(()));
        assert_eq!(receiver.take().map(|item| item.bytes), Some(60));
        assert_eq!(sender.send('e', 60), Ok(()));
    }

    #[test]
    fn queue_gives_back_what_waits_after_its_sender_is_gone() {
        let (sender, receiver) = queue(10, 100);
        sender.send('a', 1).expect("there is room");
        drop(sender);
        assert_eq!(receiver.take().map(|item| item.value), Some('a'));
        assert!(receiver.take().is_none());
    }
}
