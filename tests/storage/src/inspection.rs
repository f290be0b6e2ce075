//! Everything that a server answers about its connections, which must be of one mind, and the rows in its database,
//! compared with the journal.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller},
    holdings::{self, differences},
    journal::{Allowed, State, violations},
    lives, searches,
    server::{Server, TOKENS, database},
    versions::{Version, version},
};

/// How many connections are asked for one by one.
const SAMPLE: usize = 20;
/// How many of those that were written are asked for all that they hold, besides the last ones of each writer.
const WHOLE: usize = 8;
/// How long something may take that takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// Compares what is there with what may be; gives what is there. `tag` is the beginning of the identifiers that were
/// written since the last inspection: their own members are checked, and all that the last ones hold.
///
/// # Errors
/// What is wrong.
pub fn inspect(server: &Server, tag: &str, allowed: &Allowed) -> Result<State, Vec<String>> {
    let mut demo = Caller::new(server.address, &TOKENS.all);
    let named = named(&mut demo).map_err(|wrong| vec![wrong])?;
    let mut wrong = Vec::new();
    let found = versions(&mut demo, tag, allowed, &named, &mut wrong);
    wrong.extend(violations(&allowed.versions, &found));
    wrong.extend(contents(&mut demo, tag, &named).err());
    let mut app = Caller::new(server.address, &TOKENS.owned);
    for caller in [&mut demo, &mut app] {
        wrong.extend(indexes(caller, &named).err());
    }
    wrong.extend(one_by_one(&mut demo, &allowed.versions, &named));
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(wrong)
    }
}

/// Compares what a search finds with what is there. Not on the disks that fail here: they have no directories, which the index needs.
///
/// # Errors
/// What is missing, or should not be found.
pub fn check_searches(server: &Server, found: &State) -> Result<(), Vec<String>> {
    let mut manager = Caller::new(server.address, &TOKENS.all);
    let mut user = Caller::new(server.address, &TOKENS.user);
    searches::compare(&mut manager, &mut user, found).map_err(|wrong| vec![wrong])
}

/// Whether the database is sound from SQLite's own point of view, and its rows agree with each other and are those of
/// the connections' versions, and no others, in the end. Another process looks.
///
/// # Errors
/// What is wrong with it.
pub fn check_database(probe: &Path, data: &Path, found: &State) -> Result<(), Vec<String>> {
    let started = Instant::now();
    let rows = loop {
        let output = Command::new(probe)
            .arg("check")
            .arg(database(data))
            .output();
        let output = output.expect("the probe runs");
        if !output.status.success() {
            return Err(vec![format!("{output:?}")]);
        }
        let rows: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        if rows["wrong"] != json!([]) {
            return Err(vec![rows["wrong"].to_string()]);
        }
        if rows["removed"] == 0 {
            break rows;
        }
        if started.elapsed() > PATIENCE {
            let removed = &rows["removed"];
            return Err(vec![format!(
                "{removed} deleted connections leave rows behind"
            )]);
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let mut wrong = Vec::new();
    for (id, version) in found {
        let mut held = rows["connections"].get(id).cloned().unwrap_or_default();
        let expected = lives::content(id, *version).held(id).unwrap_or_default();
        let all = expected["changes"].as_array();
        let kept = held["changes"].as_array();
        // Of a log that has lost its beginning, the end is compared.
        if rows["isShortened"] == true
            && all.zip(kept).is_some_and(|(all, kept)| all.ends_with(kept))
        {
            held["changes"] = expected["changes"].clone();
        }
        let rows = differences(&held, &expected);
        wrong.extend(rows.map(|difference| format!("{id}, {version}, rows: {difference}")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Every connection, by what the list says of its name: the version of its own members.
fn named(caller: &mut Caller) -> Result<State, String> {
    let mut state = State::new();
    for connection in list(caller, &format!("{CONNECTIONS}?$select=id,name"))? {
        let id = connection["id"].as_str().unwrap_or_default().to_owned();
        let name = connection["name"].as_str().unwrap_or_default();
        let version = name
            .strip_prefix(&format!("{id} in version "))
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| format!("{id} has the name {name}"))?;
        if state.insert(id.clone(), version).is_some() {
            return Err(format!("{id} is there twice"));
        }
    }
    Ok(state)
}

/// The versions that the connections have, of which their own members tell a part. All that they hold is looked at where
/// that is not enough, of the last connections of each writer, and of some others.
fn versions(
    caller: &mut Caller,
    tag: &str,
    allowed: &Allowed,
    named: &State,
    wrong: &mut Vec<String>,
) -> State {
    let mut last: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
    for id in named.keys().filter(|id| id.starts_with(tag)) {
        if let Some((writer, number)) = id.rsplit_once('n') {
            let number = number.parse().expect("a number");
            let last = last.entry(writer).or_insert((number, id));
            *last = (*last).max((number, id));
        }
    }
    let step = (named.len() / WHOLE).max(1);
    let mut found = State::new();
    for (place, (id, members)) in named.iter().enumerate() {
        let may = allowed.versions.get(id).into_iter().flatten().flatten();
        let may: Vec<u32> = may
            .copied()
            .filter(|version| lives::content(id, *version).members == *members)
            .collect();
        let is_last = last.values().any(|(_, last)| last == id);
        let is_known = may.len() == 1 && !is_last && place % step != 0;
        let version = match may.as_slice() {
            [version] if is_known => Some(*version),
            _ => match whole(caller, id, *members, &may, allowed) {
                Ok(version) => Some(version),
                Err(differences) => {
                    wrong.push(differences);
                    // It is told already what it is not.
                    may.first().copied()
                }
            },
        };
        found.insert(id.clone(), version.unwrap_or(*members));
    }
    found
}

/// Which of the versions a connection is of, by all that it is and holds.
fn whole(
    caller: &mut Caller,
    id: &str,
    members: u32,
    may: &[u32],
    allowed: &Allowed,
) -> Result<u32, String> {
    let (mut told, operations) = holdings::told(caller, id)?;
    told["members"] = members.into();
    let mut others = Vec::new();
    for version in may {
        let content = lives::content(id, *version);
        let differences: Vec<String> = differences(&told, &content.told(id)).collect();
        if !differences.is_empty() {
            let differences = differences.join("; ");
            others.push(format!("not {version}: {differences}"));
            continue;
        }
        for (begun, operation) in allowed.operations.get(id).into_iter().flatten() {
            if content.operations.contains(begun) && !operations.contains(operation) {
                return Err(format!("{id}: the operation {operation} is not there"));
            }
        }
        return Ok(*version);
    }
    Err(format!("{id} is none of its versions {may:?}: {others:#?}"))
}

/// Looks for connections that are there by half.
fn contents(caller: &mut Caller, tag: &str, found: &State) -> Result<(), String> {
    let mut whole = State::new();
    for connection in list(
        caller,
        &format!("{CONNECTIONS}?$filter=startswith(id,'{tag}')"),
    )? {
        let id = connection["id"].as_str().unwrap_or_default().to_owned();
        whole.insert(id, version(&connection)?);
    }
    let named: State = found
        .iter()
        .filter(|(id, _)| id.starts_with(tag))
        .map(|(id, version)| (id.clone(), *version))
        .collect();
    if whole == named {
        Ok(())
    } else {
        Err(format!("filtered by {tag}: {whole:?}, listed: {named:?}"))
    }
}

/// Compares the orders and totals that have indexes and rows of their own.
fn indexes(caller: &mut Caller, found: &State) -> Result<(), String> {
    for order in ["id", "name"] {
        let listed = list(
            caller,
            &format!("{CONNECTIONS}?$select=id&$orderby={order}"),
        )?;
        let mut ids: Vec<&str> = listed.iter().filter_map(|c| c["id"].as_str()).collect();
        ids.sort_unstable();
        if !ids.iter().copied().eq(found.keys().map(String::as_str)) {
            return Err(format!("by {order}: {} of {}", ids.len(), found.len()));
        }
    }
    let count = caller.get(&format!("{CONNECTIONS}/$count")).text();
    if count == found.len().to_string() {
        Ok(())
    } else {
        Err(format!("counted {count} of {}", found.len()))
    }
}

fn one_by_one(
    caller: &mut Caller,
    allowed: &BTreeMap<String, BTreeSet<Version>>,
    found: &State,
) -> Vec<String> {
    let step = (allowed.len() / SAMPLE).max(1);
    let mut wrong = Vec::new();
    for id in allowed.keys().step_by(step) {
        let answer = caller.get(&format!("{CONNECTIONS}/{id}"));
        let got = match answer.status {
            200 => version(&answer.json()).map(Some),
            404 => Ok(None),
            _ => Err(answer.text()),
        };
        if got != Ok(found.get(id).copied()) {
            wrong.push(format!(
                "{id}: {got:?} alone, {:?} in the list",
                found.get(id)
            ));
        }
    }
    wrong
}

/// All pages of a list, whose count, if it is asked for, is theirs.
fn list(caller: &mut Caller, target: &str) -> Result<Vec<Value>, String> {
    let target = target.replace(' ', "%20");
    let mut listed = Vec::new();
    let mut next = format!("{target}&$top=999");
    loop {
        let answer = caller.get(&next);
        if answer.status != 200 {
            return Err(format!("{next}: {}", answer.text()));
        }
        let mut page = answer.json();
        if let Value::Array(values) = page["value"].take() {
            listed.extend(values);
        }
        let Some(link) = page["@odata.nextLink"].as_str() else {
            let count = page["@odata.count"].as_u64();
            return match count.filter(|count| *count != listed.len() as u64) {
                None => Ok(listed),
                Some(count) => Err(format!("{target}: {} of {count}", listed.len())),
            };
        };
        let path = link.find("/v1.0/").expect("a link to the same collection");
        link[path..].clone_into(&mut next);
    }
}
