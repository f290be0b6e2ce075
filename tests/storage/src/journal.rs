//! What writers sent and heard, and what may therefore be there after the machine stopped at some moment.
//!
//! Each identifier has one writer, which waits for each answer before it sends the next write. So what may be there of
//! it is the last acknowledged version, or that of a later write of unknown fate.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use crate::versions::Version;

/// Connections by identifier: the version of each.
pub type State = BTreeMap<String, u32>;

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 2xx: from here on it is there whatever happens.
    Acknowledged,
    /// 503: nobody sees it. Bytes of it may be on the disk, where they are found if the machine stops before the disk
    /// takes another write; from then on it is gone for good.
    Refused,
    /// It never left the client.
    NotSent,
    /// No answer.
    Unknown,
    /// A part of an answer.
    Torn,
}

/// A write of one identifier, with the moments around it.
#[derive(Debug, Clone)]
pub struct Write {
    pub id: String,
    pub to: Version,
    pub sent: Instant,
    pub ended: Instant,
    pub outcome: Outcome,
    /// The identifier of the operation that it began.
    pub operation: Option<String>,
}

/// What may be there after a stop.
pub struct Allowed {
    /// The versions that each connection may have.
    pub versions: BTreeMap<String, BTreeSet<Version>>,
    /// The acknowledged operations of each connection, with the version that each came with.
    pub operations: BTreeMap<String, Vec<(u32, String)>>,
}

/// The moment at which the machine stopped, as far as it is known: between the two.
#[derive(Debug, Clone, Copy)]
pub struct Stop {
    pub begun: Instant,
    pub over: Instant,
}

impl Stop {
    /// After everything that has happened so far.
    pub fn now() -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            over: now,
        }
    }
}

/// What may be there after the stop, of the writes and of the state before them.
pub fn allowed(before: &State, writes: &[Write], stop: Stop) -> Allowed {
    let mut operations: BTreeMap<String, Vec<(u32, String)>> = BTreeMap::new();
    let mut allowed: BTreeMap<String, BTreeSet<Version>> = before
        .iter()
        .map(|(id, version)| (id.clone(), BTreeSet::from([Some(*version)])))
        .collect();
    let was_acknowledged =
        |write: &&Write| write.outcome == Outcome::Acknowledged && write.ended <= stop.begun;
    // What was refused before this write was sent has been overwritten by it.
    let settled = writes.iter().filter(was_acknowledged).map(|w| w.sent).max();
    for write in writes.iter().filter(was_acknowledged) {
        if let (Some(version), Some(operation)) = (write.to, &write.operation) {
            let operations = operations.entry(write.id.clone()).or_default();
            operations.push((version, operation.clone()));
        }
    }
    for write in writes.iter().filter(|write| write.sent <= stop.over) {
        let versions = allowed
            .entry(write.id.clone())
            .or_insert_with(|| BTreeSet::from([None]));
        match write.outcome {
            Outcome::NotSent => {}
            Outcome::Refused if settled >= Some(write.ended) => {}
            Outcome::Acknowledged if write.ended <= stop.begun => {
                *versions = BTreeSet::from([write.to]);
            }
            _ => {
                versions.insert(write.to);
            }
        }
    }
    Allowed {
        versions: allowed,
        operations,
    }
}

/// What is there and must not be, or is not and must.
pub fn violations(allowed: &BTreeMap<String, BTreeSet<Version>>, found: &State) -> Vec<String> {
    let unheard_of = found
        .keys()
        .filter(|id| !allowed.contains_key(*id))
        .map(|id| format!("{id} is there, and nobody wrote it"));
    let wrong = allowed.iter().filter_map(|(id, versions)| {
        let version = found.get(id).copied();
        let right = versions.contains(&version);
        (!right).then(|| format!("{id}: {version:?} instead of {versions:?}"))
    });
    unheard_of.chain(wrong).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Writes of one identifier, from 10 × their place to 5 later, and what may be there after a stop at `at`.
    fn after(at: u64, writes: &[(Version, Outcome)]) -> Vec<Version> {
        let start = Instant::now();
        let moment = |ms| start + Duration::from_millis(ms);
        let writes: Vec<Write> = (0..)
            .zip(writes)
            .map(|(place, (to, outcome))| Write {
                id: "contosohr".to_owned(),
                to: *to,
                sent: moment(10 * place),
                ended: moment(10 * place + 5),
                outcome: *outcome,
                operation: None,
            })
            .collect();
        let stop = Stop {
            begun: moment(at),
            over: moment(at),
        };
        let mut allowed = allowed(&State::new(), &writes, stop);
        let versions = allowed.versions.remove("contosohr").into_iter().flatten();
        versions.collect()
    }

    #[test]
    fn what_may_be_there_follows_from_what_was_heard() {
        use Outcome::{Acknowledged, NotSent, Refused, Torn, Unknown};
        type Case<'c> = (u64, &'c [(Version, Outcome)], &'c [Version]);
        let cases: [Case; 10] = [
            (9, &[(Some(0), Acknowledged)], &[Some(0)]),
            // Under way at the stop, and acknowledged only after it.
            (3, &[(Some(0), Acknowledged)], &[None, Some(0)]),
            // Sent after the stop.
            (
                9,
                &[(Some(0), Acknowledged), (None, Acknowledged)],
                &[Some(0)],
            ),
            (
                19,
                &[(Some(0), Acknowledged), (None, Acknowledged)],
                &[None],
            ),
            (
                19,
                &[(Some(0), Acknowledged), (Some(1), Unknown)],
                &[Some(0), Some(1)],
            ),
            (
                19,
                &[(Some(0), Acknowledged), (Some(1), Torn)],
                &[Some(0), Some(1)],
            ),
            (
                19,
                &[(Some(0), Acknowledged), (Some(1), NotSent)],
                &[Some(0)],
            ),
            // Refused with nothing acknowledged since, and with something.
            (9, &[(Some(0), Refused)], &[None, Some(0)]),
            (
                29,
                &[
                    (Some(0), Refused),
                    (Some(1), Acknowledged),
                    (Some(2), Refused),
                ],
                &[Some(1), Some(2)],
            ),
            (
                29,
                &[
                    (Some(0), Acknowledged),
                    (Some(1), Refused),
                    (Some(2), Acknowledged),
                ],
                &[Some(2)],
            ),
        ];
        for (at, writes, versions) in cases {
            assert_eq!(after(at, writes), versions, "{at}: {writes:?}");
        }
    }

    #[test]
    fn lost_resurrected_and_invented_connections_are_violations() {
        let allowed = BTreeMap::from([
            ("aaa".to_owned(), BTreeSet::from([Some(1)])),
            ("bbb".to_owned(), BTreeSet::from([None])),
        ]);
        let found = |state: &[(&str, u32)]| {
            let state = state
                .iter()
                .map(|(id, version)| ((*id).to_owned(), *version));
            violations(&allowed, &state.collect()).len()
        };
        assert_eq!(found(&[("aaa", 1)]), 0);
        assert_eq!(found(&[]), 1);
        assert_eq!(found(&[("aaa", 0)]), 1);
        assert_eq!(found(&[("aaa", 1), ("bbb", 1)]), 1);
        assert_eq!(found(&[("aaa", 1), ("ccc", 0)]), 1);
    }
}
