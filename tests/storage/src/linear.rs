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
    /// When the answer came, or the connection was lost.
    pub ended: Instant,
    /// `None`: there was no answer. The call was done before the connection was lost, since that ended with the server,
    /// or never.
    pub answer: Option<Answer>,
}

/// Calls at most in a history.
pub const CALLS: usize = 512;

/// Calls that have been given their moment, a bit each.
type Done = [u64; CALLS / 64];

pub fn is_linearizable(history: &[Call]) -> bool {
    // One that reads and has no answer says nothing.
    let says_something =
        |call: &&Call| call.answer.is_some() || !matches!(call.operation, Operation::Get);
    let mut history: Vec<Call> = history.iter().filter(says_something).cloned().collect();
    history.sort_by_key(|call| call.sent);
    assert!(history.len() <= CALLS, "{} calls", history.len());
    let mut search = Search {
        history: &history,
        seen: HashSet::new(),
    };
    search.goes_on(&Done::default(), None)
}

struct Search<'h> {
    /// In the order in which they were sent.
    history: &'h [Call],
    seen: HashSet<(Done, State)>,
}

impl Search<'_> {
    /// Whether the calls that are not done yet can be done one after the other from this state.
    fn goes_on(&mut self, done: &Done, state: State) -> bool {
        let Some(next) = self.next(done) else {
            return true;
        };
        if !self.seen.insert((*done, state)) {
            return false;
        }
        next.into_iter().any(|number| {
            let call = &self.history[number];
            let (answer, after) = apply(call.operation, state);
            let fits = match call.answer {
                Some(answered) => answered == answer,
                // Without an effect it is as if it were not done.
                None => after != state,
            };
            fits && self.goes_on(&self.with(done, number), after)
        })
    }

    /// The calls that may come next, the likeliest first; `None` when all that were answered are done.
    fn next(&self, done: &Done) -> Option<Vec<usize>> {
        let mut next = Vec::new();
        let mut first_end: Option<Instant> = None;
        for (number, call) in self.history.iter().enumerate() {
            // None can be next that was sent when another was already answered, nor can those that were sent after it.
            if first_end.is_some_and(|end| call.sent > end) {
                break;
            }
            if has(done, number) {
                continue;
            }
            next.push(number);
            if call.answer.is_some() {
                first_end = Some(first_end.map_or(call.ended, |first| first.min(call.ended)));
            }
        }
        first_end?;
        next.sort_by_key(|number| {
            let call = &self.history[*number];
            (call.answer.is_none(), call.ended)
        });
        Some(next)
    }

    /// The calls that are done when this one is: those too that were not, and cannot be any more.
    fn with(&self, done: &Done, number: usize) -> Done {
        let mut done = *done;
        add(&mut done, number);
        let sent = self.history[number].sent;
        for (other, call) in self.history[..number].iter().enumerate() {
            if call.answer.is_none() && call.ended < sent {
                add(&mut done, other);
            }
        }
        done
    }
}

fn has(done: &Done, call: usize) -> bool {
    done[call / 64] >> (call % 64) & 1 == 1
}

fn add(done: &mut Done, call: usize) {
    done[call / 64] |= 1 << (call % 64);
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

    /// A call, the times at which it was sent and ended, and its answer.
    type Timed = (Operation, u64, u64, Option<Answer>);

    fn verdict(calls: &[Timed]) -> bool {
        let start = Instant::now();
        let at = |time| start + Duration::from_secs(time);
        let calls = calls.iter().map(|(operation, sent, ended, answer)| Call {
            operation: *operation,
            sent: at(*sent),
            ended: at(*ended),
            answer: *answer,
        });
        is_linearizable(&calls.collect::<Vec<_>>())
    }

    #[test]
    fn histories_with_an_order_are_accepted() {
        assert!(verdict(&[]));
        assert!(verdict(&[
            (Create(1), 0, 1, Some(Done)),
            (Get, 2, 3, Some(Found(Some((1, 1))))),
            (Delete, 4, 5, Some(Done)),
            (Get, 6, 7, Some(Found(None))),
        ]));
        // At the same time, in either order.
        assert!(verdict(&[
            (Create(1), 0, 9, Some(Done)),
            (Create(2), 0, 9, Some(Taken)),
            (Get, 1, 8, Some(Found(None))),
            (Rename(3), 2, 7, Some(Missing)),
        ]));
        assert!(verdict(&[
            (Create(1), 0, 1, Some(Done)),
            (Rename(2), 2, 9, Some(Done)),
            (Describe(3), 2, 9, Some(Done)),
            (Get, 3, 4, Some(Found(Some((2, 1))))),
            (Get, 10, 11, Some(Found(Some((2, 3))))),
        ]));
        // Without an answer: done late, or never.
        assert!(verdict(&[
            (Create(1), 0, 6, None),
            (Get, 2, 3, Some(Found(None))),
            (Get, 4, 5, Some(Found(Some((1, 1))))),
        ]));
        assert!(verdict(&[
            (Create(1), 0, 1, None),
            (Get, 2, 3, Some(Found(None))),
            (Get, 4, 5, Some(Found(None))),
        ]));
    }

    #[test]
    fn histories_without_an_order_are_refused() {
        // An answer from before a change that was over.
        assert!(!verdict(&[
            (Create(1), 0, 1, Some(Done)),
            (Get, 2, 3, Some(Found(None))),
        ]));
        // A lost update.
        assert!(!verdict(&[
            (Create(1), 0, 1, Some(Done)),
            (Rename(2), 2, 9, Some(Done)),
            (Describe(3), 2, 9, Some(Done)),
            (Get, 10, 11, Some(Found(Some((1, 3))))),
        ]));
        // Half of a change.
        assert!(!verdict(&[
            (Create(1), 0, 1, Some(Done)),
            (UpdateBoth(2), 2, 9, Some(Done)),
            (Get, 3, 4, Some(Found(Some((2, 1))))),
        ]));
        // Two who both won.
        assert!(!verdict(&[
            (Create(1), 0, 9, Some(Done)),
            (Create(2), 0, 9, Some(Done)),
        ]));
        // Seen, and then not any more.
        assert!(!verdict(&[
            (Create(1), 0, 9, None),
            (Get, 2, 3, Some(Found(Some((1, 1))))),
            (Get, 4, 5, Some(Found(None))),
        ]));
        // Without an answer, and done after its server was gone.
        assert!(!verdict(&[
            (Create(1), 0, 1, None),
            (Get, 2, 3, Some(Found(None))),
            (Get, 4, 5, Some(Found(Some((1, 1))))),
        ]));
        // Back from the dead.
        assert!(!verdict(&[
            (Create(1), 0, 1, Some(Done)),
            (Delete, 2, 3, Some(Done)),
            (Get, 4, 5, Some(Found(Some((1, 1))))),
        ]));
    }

    /// Refused calls fit in any order: without a memory this would look at more than 2^100 of them.
    #[test]
    fn verdict_on_many_refused_calls_comes_soon() {
        let mut calls: Vec<_> = (0..200)
            .map(|number| (Delete, number, number + 3, Some(Missing)))
            .collect();
        assert!(verdict(&calls));
        calls.push((Get, 300, 301, Some(Found(Some((1, 1))))));
        assert!(!verdict(&calls));
    }
}
