//! Slots for long reads, shared fairly: no key may take them all, those who wait get them by turns of their keys, and
//! only so many may wait.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::oneshot;

use crate::turns::{Full, Load, Turns};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Slots in all, 1 or more.
    pub(crate) slots: usize,
    /// Of them, for one key.
    pub(crate) slots_of_a_key: usize,
    /// How many may wait, of all keys.
    pub(crate) waiting: usize,
    /// The same of one key.
    pub(crate) waiting_of_a_key: usize,
    /// How long each may wait.
    pub(crate) patience: Duration,
}

pub(crate) struct Slots {
    limits: Limits,
    state: Mutex<State>,
}

struct State {
    /// Slots in use, by key; no key without any.
    used: HashMap<Arc<str>, usize>,
    waiting: Turns<oneshot::Sender<Slot>>,
}

/// There is none: too many wait already, or none came free in time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoSlot;

/// A slot in use, free again when this is dropped.
pub(crate) struct Slot {
    slots: Arc<Slots>,
    key: Arc<str>,
}

impl Slots {
    pub(crate) fn new(limits: Limits) -> Arc<Self> {
        let waiting = |count| Load { count, bytes: 0 };
        let state = State {
            used: HashMap::new(),
            waiting: Turns::new(waiting(limits.waiting), waiting(limits.waiting_of_a_key)),
        };
        Arc::new(Self {
            limits,
            state: Mutex::new(state),
        })
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// Too many wait already, or none comes free in time.
    pub(crate) async fn take(self: &Arc<Self>, key: &str) -> Result<Slot, NoSlot> {
        let (sender, slot) = oneshot::channel();
        {
            let waiting = &mut self.state().waiting;
            // Those who have given up make room.
            waiting.retain(|slot| !slot.is_closed());
            waiting.push(key, sender, 0).map_err(|Full| NoSlot)?;
        }
        self.hand_out();
        match tokio::time::timeout(self.limits.patience, slot).await {
            Ok(Ok(slot)) => Ok(slot),
            _ => Err(NoSlot),
        }
    }

    /// Gives the slots that are free to those who wait.
    fn hand_out(self: &Arc<Self>) {
        // The state is not locked meanwhile: a slot that nobody takes any more is free again when it is dropped.
        while let Some((key, waiting)) = self.next() {
            let slots = Arc::clone(self);
            let _ = waiting.send(Slot { slots, key });
        }
    }

    /// Who gets a slot now, if one is free: it counts as used from here on.
    fn next(&self) -> Option<(Arc<str>, oneshot::Sender<Slot>)> {
        let State { used, waiting } = &mut *self.state();
        if used.values().sum::<usize>() >= self.limits.slots {
            return None;
        }
        let most = self.limits.slots_of_a_key;
        let (key, next, _) = waiting.pop(|key| used.get(key).is_none_or(|used| *used < most))?;
        *used.entry(Arc::clone(&key)).or_default() += 1;
        Some((key, next))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing can break it half-way, so a panic elsewhere does not matter.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        {
            let used = &mut self.slots.state().used;
            if let Some(count) = used.get_mut(&self.key) {
                *count -= 1;
                if *count == 0 {
                    used.remove(&self.key);
                }
            }
        }
        self.slots.hand_out();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        slots: 3,
        slots_of_a_key: 2,
        waiting: 4,
        waiting_of_a_key: 3,
        patience: Duration::from_secs(5),
    };

    type Waiting = tokio::task::JoinHandle<Result<Slot, NoSlot>>;

    /// Waits for a slot in the background.
    async fn wait(slots: &Arc<Slots>, key: &'static str) -> Waiting {
        let slots = Arc::clone(slots);
        let waiting = tokio::spawn(async move { slots.take(key).await });
        tokio::task::yield_now().await;
        waiting
    }

    #[tokio::test]
    async fn no_key_takes_all_slots() {
        let slots = Slots::new(LIMITS);
        let first = slots.take("a").await.expect("a slot");
        let _second = slots.take("a").await.expect("a slot");
        let third = wait(&slots, "a").await;
        assert!(!third.is_finished(), "a key has all slots");
        let _other = slots.take("b").await.expect("one is left for others");
        drop(first);
        third.await.expect("no panic").expect("its turn");
    }

    #[tokio::test]
    async fn keys_take_turns() {
        let slots = Slots::new(Limits { slots: 1, ..LIMITS });
        let held = slots.take("a").await.expect("a slot");
        let mut waiting = Vec::new();
        for key in ["a", "a", "b", "c"] {
            waiting.push((key, wait(&slots, key).await));
        }
        let mut order = Vec::new();
        let mut slot = Some(held);
        while !waiting.is_empty() {
            drop(slot.take());
            tokio::task::yield_now().await;
            let place = waiting
                .iter()
                .position(|(_, waiting)| waiting.is_finished());
            let (key, waiting) = waiting.remove(place.expect("somebody has the slot"));
            order.push(key);
            slot = Some(waiting.await.expect("no panic").expect("a slot"));
        }
        assert_eq!(order, ["a", "b", "c", "a"]);
        drop(slot);
        assert!(slots.state().used.is_empty());
    }

    #[tokio::test]
    async fn only_so_many_wait() {
        let slots = Slots::new(Limits { slots: 1, ..LIMITS });
        let _held = slots.take("a").await.expect("a slot");
        let mut waiting = Vec::new();
        for _ in 0..LIMITS.waiting_of_a_key {
            waiting.push(wait(&slots, "a").await);
        }
        assert_eq!(slots.take("a").await.err(), Some(NoSlot));
        waiting.push(wait(&slots, "b").await);
        assert_eq!(slots.take("c").await.err(), Some(NoSlot));
        // Who gives up makes room.
        for waiting in waiting {
            waiting.abort();
            let _ = waiting.await;
        }
        assert!(!wait(&slots, "c").await.is_finished());
    }

    #[tokio::test(start_paused = true)]
    async fn slot_that_does_not_come_in_time_is_refused_and_left_to_others() {
        let slots = Slots::new(Limits { slots: 1, ..LIMITS });
        let held = slots.take("a").await.expect("a slot");
        assert_eq!(slots.take("b").await.err(), Some(NoSlot));
        drop(held);
        slots.take("c").await.expect("nobody else waits");
    }
}
