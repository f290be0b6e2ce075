//! Pairs of tenants that differ only in what a user cannot see.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    principal::Principal,
    schema::Schema,
    search::{ExplainRequest, RetrievalRequest, SearchRequest},
};

use super::{
    super::world::{World, id},
    change::Change,
    model::{Item, Model, is_mine, sees},
    of,
    query::Query,
    random::Draw,
    try_seeds, worlds,
};

/// Everything that a user can see.
#[derive(Debug, Clone, PartialEq)]
struct View(BTreeMap<String, Seen>);

#[derive(Debug, Clone, PartialEq)]
struct Seen {
    schema: Schema,
    items: BTreeMap<String, Item>,
    /// How he is in external groups, which explanations tell.
    memberships: BTreeSet<(String, String)>,
}

impl View {
    fn of(model: &Model, who: &Principal) -> Self {
        let of_connection = |(id, of): (&String, &super::model::Connection)| {
            let mine = of.groups_of(who);
            let items = of.items.iter().filter(|(_, item)| sees(who, &mine, item));
            let memberships = of.groups.iter().flat_map(|(group, members)| {
                let by = members.iter().filter(|member| is_mine(who, &mine, member));
                by.map(|(kind, id)| (group.clone(), format!("{kind:?} {id}")))
            });
            let seen = Seen {
                schema: of.schema.clone(),
                items: items.map(|(id, item)| (id.clone(), item.clone())).collect(),
                memberships: memberships.collect(),
            };
            (id.clone(), seen)
        };
        Self(model.0.iter().map(of_connection).collect())
    }
}

/// What is done to one tenant of a pair.
#[derive(Debug)]
enum Step {
    Change(Change),
    /// Somebody searches, so that what is there by now is a part of the index by itself.
    Commit,
}

/// What is the same in both tenants.
struct Common {
    who: Principal,
    structure: Vec<Change>,
    /// With all that the user can see.
    model: Model,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_user_cannot_see_changes_no_byte_of_what_he_gets() {
    try_seeds(worlds() / 10, |world, seed| async move {
        let mut draw = Draw::new(seed.wrapping_add(1 << 40));
        let common = common(&mut draw);
        let (one, other) = (side(&mut draw, &common), side(&mut draw, &common));
        let tenant = |name: &str| world.tenant(&format!("{name}{seed}"));
        let both = (
            answers(&tenant("one-"), seed, &one, &common).await,
            answers(&tenant("other-"), seed, &other, &common).await,
        );
        for (one_answer, other_answer) in both.0.iter().zip(&both.1) {
            if one_answer != other_answer {
                return Err(format!(
                    "{:?}\n{one:#?}\n{other:#?}\n{one_answer}\n{other_answer}",
                    common.who
                ));
            }
        }
        Ok(())
    })
    .await;
}

/// What the user gets for some requests, after everything was done.
async fn answers(world: &World, seed: u64, steps: &[Step], common: &Common) -> Vec<String> {
    for step in steps {
        match step {
            Step::Change(change) => change.store(world).await,
            Step::Commit => {
                let all = request("*");
                let found = world.search(&of(world, &common.who), &all).await;
                found.expect("it searches");
            }
        }
    }
    let mut draw = Draw::new(seed);
    let mut answers = Vec::new();
    for _ in 0..8 {
        answers.push(answer(&mut draw, world, common).await);
    }
    answers
}

fn request(query: &str) -> SearchRequest {
    SearchRequest {
        content_sources: vec!["Connectors".to_owned()],
        query: query.to_owned(),
        size: 25,
        ..SearchRequest::default()
    }
}

fn common(draw: &mut Draw) -> Common {
    let who = draw.user();
    let (mut structure, mut model) = (Vec::new(), Model::default());
    for change in draw.beginning() {
        let mut after = model.clone();
        if change.model(&mut after).is_none() {
            continue;
        }
        match change {
            Change::Put(..) => {}
            change => structure.push(change),
        }
        model = after;
    }
    for of in model.0.values_mut() {
        let mine = of.groups_of(&who);
        of.items.retain(|_, item| sees(&who, &mine, item));
    }
    Common {
        who,
        structure,
        model,
    }
}

/// A schema that can be updated to this one.
fn earlier(draw: &mut Draw, schema: &Schema) -> Option<Schema> {
    let mut earlier = draw.turned(schema);
    earlier.properties.truncate(schema.properties.len());
    for (property, to) in earlier.properties.iter_mut().zip(&schema.properties) {
        property.flags.is_refinable |= to.flags.is_refinable;
    }
    let becomes = earlier.updated(schema.clone()).as_ref() == Ok(schema);
    (becomes && earlier.violations(false).is_empty()).then_some(earlier)
}

/// How one tenant of a pair comes to be.
fn side(draw: &mut Draw, common: &Common) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut updates = Vec::new();
    for change in &common.structure {
        let Change::Connection(id, schema) = change else {
            steps.push(Step::Change(change.clone()));
            continue;
        };
        if draw.one_in(4) {
            // It has been there before, and is gone with all that it had.
            steps.push(Step::Change(change.clone()));
            for no in 0..draw.below(4) {
                let item = draw.item(schema);
                steps.push(Step::Change(Change::Put(
                    id.clone(),
                    format!("i{no}"),
                    item,
                )));
            }
            steps.push(Step::Change(Change::DropConnection(id.clone())));
        }
        let before = earlier(draw, schema).filter(|_| draw.one_in(3));
        if before.is_some() {
            updates.push(Change::Schema(id.clone(), schema.clone()));
        }
        let first = before.unwrap_or_else(|| schema.clone());
        steps.push(Step::Change(Change::Connection(id.clone(), first)));
    }
    // Items that he sees, some of them after they were others or were deleted.
    let mut puts: Vec<Vec<Change>> = Vec::new();
    for (connection, of) in &common.model.0 {
        for (id, item) in &of.items {
            let mut lives = Vec::new();
            if draw.one_in(4) {
                let before = draw.item(&of.schema);
                lives.push(Change::Put(connection.clone(), id.clone(), before));
                if draw.one_in(2) {
                    lives.push(Change::Delete(connection.clone(), id.clone()));
                }
            }
            lives.push(Change::Put(connection.clone(), id.clone(), item.clone()));
            puts.push(lives);
        }
    }
    draw.shuffle(&mut puts);
    puts.extend(updates.into_iter().map(|update| vec![update]));
    let mut rest = puts
        .into_iter()
        .map(|lives| lives.into_iter().peekable())
        .collect::<Vec<_>>();
    let mut hidden = hidden(draw, common).into_iter();
    let seldom = 2 + draw.below(20);
    loop {
        rest.retain_mut(|lives| lives.peek().is_some());
        if draw.one_in(seldom) {
            steps.push(Step::Commit);
        }
        let change = match (rest.len(), hidden.len()) {
            (0, 0) => return steps,
            (seen, not) if seen == 0 || draw.below(seen + not) >= seen => hidden.next(),
            (seen, _) => rest[draw.below(seen.min(3))].next(),
        };
        steps.extend(change.map(Step::Change));
    }
}

/// Changes that the user cannot see.
fn hidden(draw: &mut Draw, common: &Common) -> Vec<Change> {
    let view = View::of(&common.model, &common.who);
    let mut model = common.model.clone();
    let mut hidden = Vec::new();
    if draw.one_in(3) {
        hidden.push(Change::Draft("draft".into()));
    }
    let count = draw.pick(&[0, 10, 30]);
    for _ in 0..count {
        let change = match draw.change(&model) {
            Change::Put(connection, id, item) => Change::Put(connection, format!("n{id}"), item),
            Change::Delete(connection, id) => Change::Delete(connection, format!("n{id}")),
            change @ (Change::Join(..)
            | Change::Leave(..)
            | Change::Group(..)
            | Change::DropGroup(..)) => change,
            _ => continue,
        };
        let mut after = model.clone();
        if change.model(&mut after).is_some() && View::of(&after, &common.who) == view {
            model = after;
            hidden.push(change);
        }
    }
    hidden
}

/// What the user gets for some request.
async fn answer(draw: &mut Draw, world: &World, common: &Common) -> String {
    let Common { who, model, .. } = common;
    let who = &of(world, who);
    let asked = |draw: &mut Draw, query: &Query| SearchRequest {
        query: query.to_string(),
        ..draw.request()
    };
    match draw.below(6) {
        0 => {
            let question = draw.question();
            let filter = draw.one_in(2).then(|| draw.query(1).to_string());
            let request = RetrievalRequest {
                query: question,
                connections: None,
                filter,
                metadata: vec!["title".into()],
                size: 25,
            };
            let answer = world.retrieve(who, &request).await;
            format!("{request:?}\n{answer:?}")
        }
        1 => {
            let items: Vec<(&String, &String)> = (model.0.iter())
                .flat_map(|(connection, of)| of.items.keys().map(move |id| (connection, id)))
                .collect();
            if items.is_empty() {
                return String::new();
            }
            let (connection, item) = draw.pick(&items);
            let request = ExplainRequest {
                is_trimmed: false,
                connection: id(connection),
                item_id: item.clone(),
                query: Some(draw.query(1).to_string()),
            };
            let answer = world.explain(who, &request).await;
            format!("{request:?}\n{answer:?}")
        }
        _ => {
            let mut tries = 0;
            let (query, mut request) = loop {
                let query = draw.query(2);
                let request = asked(draw, &query);
                tries += 1;
                if model.search(who, &request, &query, &[]).is_ok() || tries == 10 {
                    break (query, request);
                }
            };
            request.query = query.to_string();
            let answer = world.search(who, &request).await;
            format!("{request:?}\n{answer:?}")
        }
    }
}

#[test]
fn hidden_changes_leave_what_a_user_sees_as_it_is() {
    let mut draw = Draw::new(7);
    for _ in 0..20 {
        let common = common(&mut draw);
        let mut model = common.model.clone();
        let before = View::of(&model, &common.who);
        for change in hidden(&mut draw, &common) {
            change.model(&mut model).expect("it can be made");
        }
        assert_eq!(View::of(&model, &common.who), before);
    }
}
