//! Whether a history of concurrent calls on one connection is linearizable: whether each call can be given a moment
//! between its request and its answer, so that done one after the other at these moments the calls have these answers.
//!
//! The search of Wing and Gong ("Testing and Verifying Concurrent Objects", 1993) with the memory of Lowe ("Testing for
//! linearizability", 2017): it never looks twice at the same set of done calls with the same connection. Without that,
//! as in the tester of the crate `stateright`, refused calls, which fit in many orders, make it exponential.

use std::{collections::HashSet, time::Instant};

/// Name and description, which calls change together or one by one; `None` if there is no connection.
pub type State = Option<(u32, u32)>;

#[derive(Debug, Clone, Copy)]
pub enum Operation {
    Create(u32),
    /// By itself, or as one of a list.
    Get,
    Rename(u32),
    Describe(u32),
    UpdateBoth(u32),
    Delete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Done,
    /// 404 to a change.
    Missing,
    /// 409 to a create.
    Taken,
    Found(State),
}

#[derive(Debug, Clone)]
pub struct Call {
    pub operation: Operation,
    pub sent: Instant,
    /// `None`: there was no answer. It may have been done at any time since, or never.
    pub answered: Option<(Instant, Answer)>,
}

/// Calls at most in a history.
pub const CALLS: usize = 512;

/// Calls that have been given their moment, a bit each.
type Done = [u64; CALLS / 64];

pub fn is_linearizable(history: &[Call]) -> bool {
    assert!(history.len() <= CALLS, "{} calls", history.len());
    let mut search = Search {
        history,
        seen: HashSet::new(),
    };
    search.goes_on(&Done::default(), None)
}

struct Search<'h> {
    history: &'h [Call],
    seen: HashSet<(Done, State)>,
}

impl Search<'_> {
    /// Whether the calls that are not done yet can be done one after the other from this state.
    fn goes_on(&mut self, done: &Done, state: State) -> bool {
        let open = || (0..self.history.len()).filter(|call| !has(done, *call));
        let answers = open().filter_map(|call| Some(self.history[call].answered?.0));
        let Some(first_answer) = answers.min() else {
            return true;
        };
        // None can be next that was sent when another was already over.
        let next: Vec<usize> = open()
            .filter(|call| self.history[*call].sent <= first_answer)
            .collect();
        if !self.seen.insert((*done, state)) {
            return false;
        }
        next.into_iter().any(|call| {
            let (answer, after) = apply(self.history[call].operation, state);
            let fits = self.history[call]
                .answered
                .is_none_or(|(_, answered)| answered == answer);
            fits && self.goes_on(&with(done, call), after)
        })
    }
}

fn has(done: &Done, call: usize) -> bool {
    done[call / 64] >> (call % 64) & 1 == 1
}

fn with(done: &Done, call: usize) -> Done {
    let mut done = *done;
    done[call / 64] |= 1 << (call % 64);
    done
}

/// What a connection does, one call at a time.
fn apply(operation: Operation, state: State) -> (Answer, State) {
    use Operation::{Create, Delete, Describe, Get, Rename, UpdateBoth};
    match (operation, state) {
        (Get, _) => (Answer::Found(state), state),
        (Create(_), Some(_)) => (Answer::Taken, state),
        (Create(new), None) | (UpdateBoth(new), Some(_)) => (Answer::Done, Some((new, new))),
        (_, None) => (Answer::Missing, None),
        (Rename(new), Some((_, description))) => (Answer::Done, Some((new, description))),
        (Describe(new), Some((name, _))) => (Answer::Done, Some((name, new))),
        (Delete, Some(_)) => (Answer::Done, None),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        Answer::{Done, Found, Missing, Taken},
        Operation::{Create, Delete, Describe, Get, Rename, UpdateBoth},
        *,
    };

    /// A call with the times of its request and its answer.
    type Timed = (Operation, u64, Option<(u64, Answer)>);

    fn verdict(calls: &[Timed]) -> bool {
        let start = Instant::now();
        let at = |time| start + Duration::from_secs(time);
        let calls = calls.iter().map(|(operation, sent, answered)| Call {
            operation: *operation,
            sent: at(*sent),
            answered: answered.map(|(time, answer)| (at(time), answer)),
        });
        is_linearizable(&calls.collect::<Vec<_>>())
    }

    #[test]
    fn histories_with_an_order_are_accepted() {
        assert!(verdict(&[]));
        assert!(verdict(&[
            (Create(1), 0, Some((1, Done))),
            (Get, 2, Some((3, Found(Some((1, 1)))))),
            (Delete, 4, Some((5, Done))),
            (Get, 6, Some((7, Found(None)))),
        ]));
        // At the same time, in either order.
        assert!(verdict(&[
            (Create(1), 0, Some((9, Done))),
            (Create(2), 0, Some((9, Taken))),
            (Get, 1, Some((8, Found(None)))),
            (Rename(3), 2, Some((7, Missing))),
        ]));
        assert!(verdict(&[
            (Create(1), 0, Some((1, Done))),
            (Rename(2), 2, Some((9, Done))),
            (Describe(3), 2, Some((9, Done))),
            (Get, 3, Some((4, Found(Some((2, 1)))))),
            (Get, 10, Some((11, Found(Some((2, 3)))))),
        ]));
        // Without an answer: done late, or never.
        assert!(verdict(&[
            (Create(1), 0, None),
            (Get, 2, Some((3, Found(None)))),
            (Get, 4, Some((5, Found(Some((1, 1)))))),
        ]));
        assert!(verdict(&[
            (Create(1), 0, None),
            (Get, 2, Some((3, Found(None))))
        ]));
    }

    #[test]
    fn histories_without_an_order_are_refused() {
        // An answer from before a change that was over.
        assert!(!verdict(&[
            (Create(1), 0, Some((1, Done))),
            (Get, 2, Some((3, Found(None)))),
        ]));
        // A lost update.
        assert!(!verdict(&[
            (Create(1), 0, Some((1, Done))),
            (Rename(2), 2, Some((9, Done))),
            (Describe(3), 2, Some((9, Done))),
            (Get, 10, Some((11, Found(Some((1, 3)))))),
        ]));
        // Half of a change.
        assert!(!verdict(&[
            (Create(1), 0, Some((1, Done))),
            (UpdateBoth(2), 2, Some((9, Done))),
            (Get, 3, Some((4, Found(Some((2, 1)))))),
        ]));
        // Two who both won.
        assert!(!verdict(&[
            (Create(1), 0, Some((9, Done))),
            (Create(2), 0, Some((9, Done))),
        ]));
        // Seen, and then not any more.
        assert!(!verdict(&[
            (Create(1), 0, None),
            (Get, 2, Some((3, Found(Some((1, 1)))))),
            (Get, 4, Some((5, Found(None)))),
        ]));
        // Back from the dead.
        assert!(!verdict(&[
            (Create(1), 0, Some((1, Done))),
            (Delete, 2, Some((3, Done))),
            (Get, 4, Some((5, Found(Some((1, 1)))))),
        ]));
    }

    /// Refused calls fit in any order: without a memory this would look at more than 2^100 of them.
    #[test]
    fn verdict_on_many_refused_calls_comes_soon() {
        let mut calls: Vec<_> = (0..200)
            .map(|number| (Delete, number, Some((number + 3, Missing))))
            .collect();
        assert!(verdict(&calls));
        calls.push((Get, 300, Some((301, Found(Some((1, 1)))))));
        assert!(!verdict(&calls));
    }
}
