//! Everything that a server answers about its connections, which must be of one mind, compared with the journal.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::Value;

use crate::{
    caller::{CONNECTIONS, Caller},
    journal::{State, violations},
    server::{Server, TOKENS, database},
    versions::{Version, version},
};

/// How many connections are asked for one by one.
const SAMPLE: usize = 20;

/// Compares what is there with what may be; gives what is there. `tag` is the beginning of the identifiers that were
/// written since the last inspection: their whole content is checked, of others the version.
///
/// # Errors
/// What is wrong.
pub fn inspect(
    server: &Server,
    tag: &str,
    allowed: &BTreeMap<String, BTreeSet<Version>>,
) -> Result<State, Vec<String>> {
    let mut demo = Caller::new(server.address, &TOKENS.all);
    let found = found(&mut demo).map_err(|wrong| vec![wrong])?;
    let mut wrong = violations(allowed, &found);
    wrong.extend(contents(&mut demo, tag, &found).err());
    let mut app = Caller::new(server.address, &TOKENS.owned);
    for caller in [&mut demo, &mut app] {
        wrong.extend(indexes(caller, &found).err());
    }
    wrong.extend(one_by_one(&mut demo, allowed, &found));
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(wrong)
    }
}

/// Whether the database is sound from SQLite's own point of view, asked by another process.
///
/// # Errors
/// What is wrong with it.
pub fn check_integrity(probe: &Path, data: &Path) -> Result<(), Vec<String>> {
    let output = Command::new(probe)
        .arg("integrity")
        .arg(database(data))
        .output();
    let output = output.expect("the probe runs");
    if output.status.success() {
        Ok(())
    } else {
        Err(vec![format!("{output:?}")])
    }
}

/// Every connection, by what the list says of its name.
fn found(caller: &mut Caller) -> Result<State, String> {
    let mut state = State::new();
    for connection in list(caller, "$select=id,name")? {
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

/// Looks for connections that are there by half.
fn contents(caller: &mut Caller, tag: &str, found: &State) -> Result<(), String> {
    let mut whole = State::new();
    for connection in list(caller, &format!("$filter=startswith(id,'{tag}')"))? {
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
        let listed = list(caller, &format!("$select=id&$orderby={order}"))?;
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

/// All pages of a list.
fn list(caller: &mut Caller, query: &str) -> Result<Vec<Value>, String> {
    let query = query.replace(' ', "%20");
    let mut connections = Vec::new();
    let mut target = format!("{CONNECTIONS}?{query}&$top=999");
    loop {
        let answer = caller.get(&target);
        if answer.status != 200 {
            return Err(format!("{target}: {}", answer.text()));
        }
        let mut page = answer.json();
        if let Value::Array(values) = page["value"].take() {
            connections.extend(values);
        }
        let Some(next) = page["@odata.nextLink"].as_str() else {
            return Ok(connections);
        };
        let path = next.find("/v1.0/").expect("a link to the same collection");
        next[path..].clone_into(&mut target);
    }
}
