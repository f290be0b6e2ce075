//! Random tenants, searched by the index and by a plain model, which must agree; and pairs of tenants that differ only in what a user
//! cannot see, which must give him the same bytes.
//!
//! | variable | usual | |
//! |---|---|---|
//! | `CI_WORLDS` | 5000 | how many random tenants (before a release: 100000); a fifth of them in pairs |
//! | `CI_WORLD_SEED` | | one of them alone: the seed that a failure names |
//!
//! `.ci/faults` shows that both notice what is wrong.

mod change;
mod interference;
mod model;
mod query;
#[allow(
    clippy::match_bool,
    clippy::single_match_else,
    reason = "each of two draws is an arm"
)]
mod random;

use std::{
    collections::BTreeSet,
    env,
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::task::JoinSet;

use crate::domain::{
    Error,
    principal::Principal,
    search::{ExplainRequest, QueryOutcome, RetrievalRequest, SearchAnswer, SearchRequest},
};

use self::{
    change::Change,
    model::{At, Expected, Model, Refused},
    query::Query,
    random::Draw,
};
use super::world::{World, id};

/// Tenants of one store.
const TENANTS: u64 = 100;
/// Tenants that are tried at once.
const AT_ONCE: usize = 100;

/// What happens to a tenant.
#[derive(Debug, Clone)]
enum Step {
    Change(Change),
    Search {
        who: Principal,
        request: SearchRequest,
        query: Query,
        /// The size of pages that are asked for as well.
        page: u32,
    },
    Explain {
        who: Principal,
        connection: String,
        item: String,
        query: Query,
    },
    Retrieve {
        who: Principal,
        question: String,
        filter: Option<Query>,
    },
}

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    let number = text.parse();
    Some(number.unwrap_or_else(|_| panic!("{name} is not a number: {text}")))
}

fn worlds() -> u64 {
    number("CI_WORLDS").unwrap_or(5_000).max(10)
}

/// Tries seeds, several at once, some of them in each store. `run` gets a tenant that nobody has had, and says what is wrong.
async fn try_seeds<F: Future<Output = Result<(), String>> + Send + 'static>(
    count: u64,
    run: impl Fn(World, u64) -> F + Clone + Send + 'static,
) {
    let mut first = 1;
    let mut last = count;
    if let Some(seed) = number("CI_WORLD_SEED") {
        (first, last) = (seed, seed);
    }
    let next = Arc::new(AtomicU64::new(first));
    while next.load(Ordering::Relaxed) <= last {
        let end = last.min(next.load(Ordering::Relaxed) + TENANTS - 1);
        let world = World::new().await;
        let mut tasks: JoinSet<Result<(), String>> = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (next, run) = (Arc::clone(&next), run.clone());
            let world = world.tenant("unused");
            tasks.spawn(async move {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > end {
                        return Ok(());
                    }
                    let failed = run(world.tenant(&format!("t{seed}")), seed).await;
                    failed.map_err(|what| format!("CI_WORLD_SEED={seed}\n{what}"))?;
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            if let Err(what) = done.expect("it does not panic") {
                // The last that drops the index must be none of them, for it waits for its thread.
                tasks.shutdown().await;
                drop(world);
                panic!("{what}");
            }
        }
        next.store(end + 1, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_of_random_worlds_agree_with_a_model() {
    try_seeds(worlds() * 4 / 5, |world, seed| async move {
        let steps = steps(seed);
        let Err(what) = run(&world, &steps).await else {
            return Ok(());
        };
        let (steps, what) = shortened(&world, steps, what).await;
        let mut told = String::new();
        for step in steps {
            let _ = writeln!(told, "{step:?}");
            if let Step::Search { query, .. } | Step::Explain { query, .. } = step {
                let _ = writeln!(told, "    {query}");
            }
        }
        Err(format!("{told}{what}"))
    })
    .await;
}

/// Leaves out whatever the failure does not need.
async fn shortened(world: &World, mut steps: Vec<Step>, what: String) -> (Vec<Step>, String) {
    let mut last = what;
    let mut tenant = 0;
    for length in [8, 1] {
        let mut at = steps.len();
        while at > 0 {
            at = at.saturating_sub(length);
            let mut fewer = steps.clone();
            fewer.drain(at..(at + length).min(steps.len()));
            tenant += 1;
            let world = world.tenant(&format!("{}-{tenant}", world.tenant_id().as_str()));
            if let Err(what) = run(&world, &fewer).await {
                (steps, last) = (fewer, what);
                at = at.min(steps.len());
            }
        }
    }
    (steps, last)
}

/// A tenant, some changes and searches at a time.
fn steps(seed: u64) -> Vec<Step> {
    let mut draw = Draw::new(seed);
    let mut model = Model::default();
    let mut steps = Vec::new();
    // They ask the same again after changes.
    let users = [draw.user(), draw.user(), draw.user()];
    let mut searches = Vec::new();
    let mut changes = draw.beginning();
    for _ in 0..3 {
        for change in changes {
            if change.model(&mut model).is_some() {
                steps.push(Step::Change(change));
            }
        }
        searches.truncate(1);
        searches.push(search(&mut draw, &model, &users));
        searches.push(search(&mut draw, &model, &users));
        steps.extend(searches.iter().cloned());
        let (who, query) = (draw.pick(&users), draw.query(1));
        let (connection, item) = draw.some_item();
        steps.push(Step::Explain {
            who,
            connection,
            item,
            query,
        });
        if draw.one_in(3) {
            let (who, question) = (draw.pick(&users), draw.question());
            let filter = draw.one_in(2).then(|| draw.query(1));
            steps.push(Step::Retrieve {
                who,
                question,
                filter,
            });
        }
        let count = 1 + draw.below(6);
        let mut after = model.clone();
        let some = |_| {
            let change = draw.change(&after);
            change.model(&mut after).map(|()| change)
        };
        changes = (0..count).filter_map(some).collect();
    }
    steps
}

/// A search that is refused, once in a while.
fn search(draw: &mut Draw, model: &Model, users: &[Principal]) -> Step {
    let is_any = draw.one_in(8);
    let mut tries = 0;
    loop {
        let who = draw.pick(users);
        let (request, query) = (draw.request(), draw.query(2));
        tries += 1;
        let found = model.search(&who, &request, &query, &[]);
        let is_good = found.is_ok_and(|found| !found.hits.is_empty() || tries > 10);
        if is_good || is_any || tries == 30 {
            let page = if draw.one_in(6) {
                1 + u32::from(draw.one_in(2))
            } else {
                0
            };
            return Step::Search {
                who,
                request,
                query,
                page,
            };
        }
    }
}

/// A user of the tenant.
fn of(world: &World, who: &Principal) -> Principal {
    Principal {
        tenant: world.tenant_id(),
        ..who.clone()
    }
}

/// Takes the steps, and says where the index and the model first differ. A change that cannot be made is left out.
async fn run(world: &World, steps: &[Step]) -> Result<(), String> {
    let mut model = Model::default();
    for step in steps {
        match step {
            Step::Change(change) => {
                if change.model(&mut model).is_some() {
                    change.store(world).await;
                }
            }
            Step::Search {
                who,
                request,
                query,
                page,
            } => check_search(world, &model, who, request, query, *page).await?,
            Step::Explain {
                who,
                connection,
                item,
                query,
            } => check_explanation(world, &model, who, connection, item, query).await?,
            Step::Retrieve {
                who,
                question,
                filter,
            } => check_retrieval(world, &model, who, question, filter.as_ref()).await?,
        }
    }
    Ok(())
}

async fn check_search(
    world: &World,
    model: &Model,
    who: &Principal,
    request: &SearchRequest,
    query: &Query,
    page: u32,
) -> Result<(), String> {
    let mut request = SearchRequest {
        query: query.to_string(),
        ..request.clone()
    };
    let expected = model.search(who, &request, query, &[]);
    let who = of(world, who);
    let answer = compared(world, &who, &request, expected.as_ref()).await?;
    let (Some(answer), Ok(expected)) = (answer, expected) else {
        return Ok(());
    };
    if page > 0 {
        let mut paged = SearchRequest {
            size: page,
            from: 0,
            ..request.clone()
        };
        loop {
            let answer = compared(world, &who, &paged, Ok(&expected)).await?;
            if !answer.is_some_and(|answer| answer.has_more) {
                break;
            }
            paged.from += page;
        }
    }
    // A bucket asked for, or two of them, by the tokens that were given for them.
    let of_fields = answer.aggregations.iter();
    if let Some(of) = of_fields.max_by_key(|of| of.buckets.len())
        && !of.buckets.is_empty()
    {
        let some = &of.buckets[..of.buckets.len().min(2)];
        let tokens: Vec<&str> = some.iter().map(|it| it.filter_token.as_str()).collect();
        let filter = match &tokens[..] {
            [token] => format!("{}:{token}", of.field),
            tokens => format!("{}:or({})", of.field, tokens.join(",")),
        };
        request.aggregation_filters = vec![filter];
        let keys = some.iter().map(|bucket| bucket.key.clone()).collect();
        let expected = model.search(&who, &request, query, &[(of.field.clone(), keys)]);
        compared(world, &who, &request, expected.as_ref()).await?;
    }
    Ok(())
}

/// `None` if both refuse.
async fn compared(
    world: &World,
    who: &Principal,
    request: &SearchRequest,
    expected: Result<&Expected, &Refused>,
) -> Result<Option<SearchAnswer>, String> {
    let answer = world.search(who, request).await;
    let (answer, expected) = match (answer, expected) {
        (Err(Error::Invalid(_)), Err(Refused)) => return Ok(None),
        (Ok(answer), Ok(expected)) => (answer, expected),
        (answer, expected) => {
            return Err(format!(
                "{request:?}\n{answer:?}\nis not as expected: {expected:?}"
            ));
        }
    };
    let (from, size) = (request.from as usize, request.size as usize);
    let total = expected.hits.len();
    let page: Vec<_> = expected.hits.iter().skip(from).take(size).collect();
    let is_hit = |(n, hit): (usize, &crate::domain::search::Hit)| {
        hit.connection.as_str() == page[n].connection
            && hit.item_id == page[n].id
            && hit.is_collapsed == page[n].is_collapsed
            && hit.properties.as_str() == page[n].properties
            && hit.rank == (from + n + 1) as u64
    };
    let buckets: Vec<Vec<(String, u64)>> = (answer.aggregations.iter())
        .map(|of| {
            of.buckets
                .iter()
                .map(|it| (it.key.clone(), it.count))
                .collect()
        })
        .collect();
    let is_same = answer.hits.len() == page.len()
        && answer.hits.iter().enumerate().all(is_hit)
        && answer.total == total as u64
        && answer.has_more == (from + page.len() < total)
        && answer.terms == expected.words
        && answer.hint.is_some() == (total == 0)
        && buckets == expected.buckets;
    if is_same {
        Ok(Some(answer))
    } else {
        Err(format!(
            "{request:?}\n{answer:?}\nis not as expected: {total}: {page:?} {:?} {:?}",
            expected.buckets, expected.words
        ))
    }
}

async fn check_explanation(
    world: &World,
    model: &Model,
    who: &Principal,
    connection: &str,
    item: &str,
    query: &Query,
) -> Result<(), String> {
    let request = ExplainRequest {
        is_trimmed: false,
        connection: id(connection),
        item_id: item.to_owned(),
        query: Some(query.to_string()),
    };
    let user = of(world, who);
    let explained = world.explain(&user, &request).await;
    let found = model.0.get_key_value(connection);
    let found = found.and_then(|(connection, of)| {
        let (id, item) = of.items.get_key_value(item)?;
        Some(At::new(connection, of, id, item))
    });
    let wrong = |what: &str| {
        Err(format!(
            "{request:?} of {who:?}\n{explained:?}\nis wrong: {what}"
        ))
    };
    let (at, explained) = match (found, &explained) {
        (None, Err(Error::NotFound(_))) => return Ok(()),
        (Some(at), Ok(explained)) => (at, explained),
        _ => return wrong("whether there is such an item"),
    };
    let mine = at.of.groups_of(who);
    let is_visible = model::sees(who, &mine, at.item);
    if explained.is_visible != is_visible {
        return wrong("whether it is visible");
    }
    for (entry, explained) in at.item.acl.iter().zip(&explained.entries) {
        if explained.is_match != model::names(who, &mine, entry) {
            return wrong("whether an entry names the user");
        }
        // From a group that he is in by himself to the one of the entry, each a member of the next.
        let mut before = BTreeSet::default();
        for group in &explained.group_path {
            let members = at.of.groups.get(group).into_iter().flatten();
            if !members
                .clone()
                .any(|member| model::is_mine(who, &before, member))
            {
                return wrong("a path");
            }
            before = [group.clone()].into();
        }
        let in_groups = mine.contains(&entry.value);
        let is_external = entry.r#type == crate::domain::item::PrincipalKind::ExternalGroup;
        if (is_external && in_groups) != (explained.group_path.last() == Some(&entry.value)) {
            return wrong("whether there is a path");
        }
    }
    let sources = [(at.connection, at.of)];
    let is_allowed = |query: &Query| model::is_allowed(&sources, query);
    let joined = query.joined();
    let is_match = |query: &Query| is_allowed(query) && at.matches(query) == Some(true);
    let outcome = match (is_allowed(query), is_match(&joined), is_visible) {
        (false, ..) => QueryOutcome::NotQueryable,
        (_, false, _) => QueryOutcome::NotMatched,
        (_, _, false) => QueryOutcome::Trimmed,
        _ => QueryOutcome::Found,
    };
    let Some(of_query) = &explained.query else {
        return wrong("nothing is said of the query");
    };
    // Both say that it is not matched.
    let found = match of_query.outcome {
        QueryOutcome::NotSearchable => QueryOutcome::NotMatched,
        outcome => outcome,
    };
    if found != outcome || of_query.is_found != (outcome == QueryOutcome::Found) {
        return wrong(&format!("it is {outcome:?}"));
    }
    let parts: Vec<bool> = of_query.parts.iter().map(|part| part.is_match).collect();
    let expected: Vec<bool> = joined.leaves().into_iter().map(is_match).collect();
    if parts != expected {
        return wrong(&format!("its parts are {expected:?}"));
    }
    Ok(())
}

async fn check_retrieval(
    world: &World,
    model: &Model,
    who: &Principal,
    question: &str,
    filter: Option<&Query>,
) -> Result<(), String> {
    let request = RetrievalRequest {
        query: question.to_owned(),
        connections: None,
        filter: filter.map(ToString::to_string),
        metadata: Vec::new(),
        size: 25,
    };
    let user = of(world, who);
    let found = world.retrieve(&user, &request).await;
    let expected = model.retrieve(who, question, filter);
    let is_same = match (&found, &expected) {
        (Err(Error::Invalid(_)), Err(Refused)) => true,
        (Ok(found), Ok(expected)) => {
            let name = |hit: &crate::domain::search::RetrievalHit| {
                (hit.connection.as_str().to_owned(), hit.item_id.clone())
            };
            let found: Vec<_> = found.iter().map(name).collect();
            found == expected[..expected.len().min(25)]
        }
        _ => false,
    };
    if is_same {
        Ok(())
    } else {
        Err(format!(
            "{request:?}\n{found:?}\nis not as expected: {expected:?}"
        ))
    }
}
