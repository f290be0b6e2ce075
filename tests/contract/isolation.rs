//! Who reaches what: every operation of the document for every kind of caller, while its object is there, was never
//! there, and is gone.
//!
//! ```text
//! operations × permissions of the document ┐
//! callers (who holds which token)          ├─▶ expected (the rule) ─┐
//! states of the object                     ┘                        ├─ must be equal
//!                        world (its own tenant) ──▶ the answer ───┘
//! ```
//!
//! No operation is named here: what is added to the document is covered. What is known is who owns an object, the one
//! rule that the document has in words alone.

mod callers;
mod world;

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use reqwest::Method;

use super::{
    document::{Operation, content, operations, properties},
    harness::{Answer, Server},
    minting::Issuer,
};
use callers::{CALLERS, Caller, Kind, Stands};
use world::{State, World, essence};

/// What an operation answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// 401, with this text.
    Unauthorized(&'static str),
    /// 403.
    Forbidden,
    /// What the document declares first.
    Success,
    /// 409.
    Conflict,
    /// 404, if one object is asked for; if a collection is, as if there were none; if a body names it, as if it named nothing, which
    /// may be refused.
    Absent,
}

fn expected(operation: &Operation, caller: &Caller, kind: Kind, state: State) -> Expected {
    let (tenant, app) = match caller.stands {
        Stands::Refused(text) => return Expected::Unauthorized(text),
        Stands::Personal => return Expected::Forbidden,
        Stands::In { tenant, app } => (tenant, app),
    };
    if operation
        .token_kind()
        .is_some_and(|only| only != kind.name())
    {
        return Expected::Forbidden;
    }
    let held = caller.permissions(operation);
    let scopes = operation.scopes();
    let mut counting = scopes
        .iter()
        .filter(|scope| held.contains(scope))
        .peekable();
    if counting.peek().is_none() {
        return Expected::Forbidden;
    }
    let here = tenant == world::TENANT;
    let exists = here && state == State::Existing;
    if operation.creates() {
        // Identifiers are unique in the tenant, whoever may see what has them.
        return if exists {
            Expected::Conflict
        } else {
            Expected::Success
        };
    }
    let of_tenant = counting.any(|scope| !scope.ends_with(".OwnedBy"));
    let reached = of_tenant || [world::OWNER, world::LISTED].contains(&app);
    if exists && reached {
        Expected::Success
    } else {
        Expected::Absent
    }
}

impl Operation {
    /// Whether it is about one object, or what belongs to it.
    fn is_on_one(&self) -> bool {
        self.parameters_in("path").next().is_some()
    }

    /// Whether its answer depends on what is there: of one object, or of all, which it lists or counts.
    fn tells_of_objects(&self) -> bool {
        let answer = self.response(self.success()).and_then(content);
        let lists = answer.is_some_and(|(media_type, node)| {
            let has_value = || {
                properties(&node["schema"])
                    .iter()
                    .any(|(name, _)| *name == "value")
            };
            media_type == "text/plain" || has_value()
        });
        self.is_on_one() || lists
    }

    /// Whether it brings an object into its collection.
    fn creates(&self) -> bool {
        !self.is_on_one() && self.response(409).is_some()
    }
}

/// Operations are checked side by side: what they wait for is mostly the disk.
const AT_ONCE: usize = 8;

#[tokio::test]
async fn every_operation_reaches_what_its_permissions_reach_and_nothing_else() {
    let server = Server::start();
    let issuer = Issuer::of(&server).await;
    let operations = operations();
    let cells = AtomicUsize::new(0);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(operation) = operations.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check_operation(&server, &issuer, operation, &cells);
                }
            });
        }
    });
    assert_eq!(cells.into_inner(), operations.len() * CALLERS.len() * 2 * 3);
}

fn check_operation(server: &Server, issuer: &Issuer, operation: &Operation, cells: &AtomicUsize) {
    let states = [State::Existing, State::Absent, State::Deleted];
    // Of calls that may change nothing, several have one world, and its view says that they did not.
    let mut worlds = states.map(|_| None);
    for caller in &CALLERS {
        for kind in [Kind::Delegated, Kind::Application] {
            let mut answers = BTreeMap::new();
            for (state, slot) in states.into_iter().zip(&mut worlds) {
                let number = cells.fetch_add(1, Ordering::Relaxed);
                let cell = format!("{} {} {kind:?} {state:?}", operation.id(), caller.name);
                let expected = expected(operation, caller, kind, state);
                let (world, before) = slot.get_or_insert_with(|| {
                    let world = World::new(server, issuer, number, state, operation);
                    let view = world.view();
                    (world, view)
                });
                let may_change = expected == Expected::Success && operation.method != Method::GET;
                if may_change {
                    assert_eq!(world.view(), *before, "before {cell}");
                }
                let raw = world.call(operation, caller, kind);
                check(operation, expected, &Answer::parse(&raw), &cell);
                if may_change {
                    *slot = None;
                }
                answers.insert(state, (expected, essence(&raw)));
            }
            // Who is kept out learns nothing from what is answered: not even whether there is something.
            let (_, absent) = &answers[&State::Absent];
            for (state, (expected, answer)) in &answers {
                let cell = format!("{} {} {kind:?} {state:?}", operation.id(), caller.name);
                match expected {
                    Expected::Success
                        if *state == State::Existing && operation.tells_of_objects() =>
                    {
                        assert_ne!(answer, absent, "{cell}");
                    }
                    Expected::Success => {}
                    Expected::Conflict => assert_ne!(answer, absent, "{cell}"),
                    Expected::Unauthorized(_) | Expected::Forbidden | Expected::Absent => {
                        assert_eq!(answer, absent, "{cell}");
                    }
                }
            }
        }
    }
    for (world, before) in worlds.into_iter().flatten() {
        assert_eq!(world.view(), before, "{}", operation.id());
    }
}

#[track_caller]
fn check(operation: &Operation, expected: Expected, answer: &Answer, cell: &str) {
    println!("{cell}: {expected:?}");
    match expected {
        Expected::Unauthorized(text) => {
            let error = answer.error(401, "InvalidAuthenticationToken");
            assert_eq!(error["message"], text, "{cell}");
        }
        Expected::Forbidden => drop(answer.error(403, "Authorization_RequestDenied")),
        Expected::Conflict => drop(answer.error(409, "NameAlreadyExists")),
        Expected::Absent if operation.is_on_one() => drop(answer.error(404, "ItemNotFound")),
        Expected::Absent if operation.body().is_some() && answer.status == 400 => {}
        Expected::Success | Expected::Absent => {
            assert_eq!(
                answer.status,
                operation.success(),
                "{cell}: {}",
                answer.text()
            );
        }
    }
}

/// A filter that names what is out of reach finds what a filter that names nothing finds.
#[tokio::test]
async fn collections_do_not_tell_of_what_is_out_of_reach_when_asked_by_name() {
    let server = Server::start();
    let issuer = Issuer::of(&server).await;
    let filtered = |operation: &Operation| {
        let mut parameters = operation.parameters_in("query");
        parameters.any(|parameter| parameter["name"] == "$filter")
    };
    let mut collections = 0;
    for operation in operations().iter().filter(|operation| filtered(operation)) {
        collections += 1;
        let existing = World::new(&server, &issuer, collections, State::Existing, operation);
        for caller in &CALLERS {
            let kind = Kind::Application;
            let ask = |id: &str| {
                let query = format!("?$filter=id%20eq%20'{id}'");
                essence(&existing.call_with(operation, caller, kind, &query))
            };
            let (named, unknown) = (ask(&world::id()), ask("unknown"));
            let cell = format!("{} {}", operation.id(), caller.name);
            match expected(operation, caller, kind, State::Existing) {
                Expected::Success => assert_ne!(named, unknown, "{cell}"),
                _ => assert_eq!(named, unknown, "{cell}"),
            }
        }
    }
    assert!(collections > 0);
}
