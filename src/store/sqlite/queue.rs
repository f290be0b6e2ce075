//! A queue bounded by number and by bytes: who finds it full is refused at once, so that load cannot turn into memory.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
    mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
};

/// The end that puts in; the other end finishes what waits when this one is gone.
pub(super) struct Entrance<T> {
    sender: SyncSender<Weighed<T>>,
    waiting_bytes: Arc<AtomicUsize>,
    max_bytes: usize,
}

pub(super) struct Exit<T> {
    receiver: Receiver<Weighed<T>>,
    waiting_bytes: Arc<AtomicUsize>,
}

/// Something and the bytes of memory that it holds.
pub(super) struct Weighed<T> {
    pub(super) value: T,
    pub(super) bytes: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Full,
    /// Nobody takes out any more.
    Closed,
}

pub(super) fn queue<T>(max_count: usize, max_bytes: usize) -> (Entrance<T>, Exit<T>) {
    let (sender, receiver) = sync_channel(max_count);
    let waiting_bytes = Arc::new(AtomicUsize::new(0));
    let entrance = Entrance {
        sender,
        waiting_bytes: Arc::clone(&waiting_bytes),
        max_bytes,
    };
    let exit = Exit {
        receiver,
        waiting_bytes,
    };
    (entrance, exit)
}

impl<T> Entrance<T> {
    pub(super) fn put(&self, value: T, bytes: usize) -> Result<(), Refused> {
        let before = self.waiting_bytes.fetch_add(bytes, Ordering::Relaxed);
        let refused = if before.saturating_add(bytes) > self.max_bytes {
            Refused::Full
        } else {
            match self.sender.try_send(Weighed { value, bytes }) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(_)) => Refused::Full,
                Err(TrySendError::Disconnected(_)) => Refused::Closed,
            }
        };
        self.waiting_bytes.fetch_sub(bytes, Ordering::Relaxed);
        Err(refused)
    }
}

impl<T> Exit<T> {
    /// Waits for something; `None` when the entrance is gone and nothing is left.
    pub(super) fn take(&self) -> Option<Weighed<T>> {
        self.taken(self.receiver.recv().ok())
    }

    /// What waits already, if anything.
    pub(super) fn take_waiting(&self) -> Option<Weighed<T>> {
        self.taken(self.receiver.try_recv().ok())
    }

    fn taken(&self, item: Option<Weighed<T>>) -> Option<Weighed<T>> {
        let bytes = item.as_ref().map_or(0, |item| item.bytes);
        self.waiting_bytes.fetch_sub(bytes, Ordering::Relaxed);
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queue_refuses_past_its_count_and_takes_again_when_drained() {
        let (entrance, exit) = queue(2, 100);
        assert_eq!(entrance.put('a', 1), Ok(()));
        assert_eq!(entrance.put('b', 1), Ok(()));
        assert_eq!(entrance.put('c', 1), Err(Refused::Full));
        assert_eq!(exit.take().map(|item| item.value), Some('a'));
        assert_eq!(entrance.put('d', 1), Ok(()));
    }

    #[test]
    fn queue_refuses_past_its_bytes_and_takes_again_when_drained() {
        let (entrance, exit) = queue(10, 100);
        assert_eq!(entrance.put('a', 60), Ok(()));
        assert_eq!(entrance.put('b', 41), Err(Refused::Full));
        assert_eq!(entrance.put('c', usize::MAX), Err(Refused::Full));
        assert_eq!(entrance.put('d', 40), Ok(()));
        assert_eq!(exit.take().map(|item| item.bytes), Some(60));
        assert_eq!(entrance.put('e', 60), Ok(()));
    }

    #[test]
    fn queue_gives_back_what_waits_after_its_entrance_is_gone() {
        let (entrance, exit) = queue(10, 100);
        entrance.put('a', 1).expect("there is room");
        drop(entrance);
        assert_eq!(exit.take().map(|item| item.value), Some('a'));
        assert!(exit.take().is_none());
    }
}
