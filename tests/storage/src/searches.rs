//! What a search finds, which must be what is there: the index follows whatever happens to the process.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller},
    journal::State,
};

/// How many connections are compared item by item.
const SAMPLE: usize = 20;
const PAGE: usize = 500;

/// Compares all that a user finds, who may see every item, with the items of the connections.
///
/// # Errors
/// What is missing, or should not be found.
pub fn compare(manager: &mut Caller, user: &mut Caller, named: &State) -> Result<(), String> {
    let found = everything(user)?;
    let step = (named.len() / SAMPLE).max(1);
    for id in named.keys().step_by(step) {
        let items = manager.get(&format!(
            "{CONNECTIONS}/{id}/items?$select=id,content&$top=999"
        ));
        let mut page = items.json();
        let items = page["value"].take();
        let items = items.as_array().map(Vec::as_slice).unwrap_or_default();
        let there: BTreeSet<&str> = items
            .iter()
            .filter_map(|item| item["id"].as_str())
            .collect();
        let none = BTreeSet::new();
        let found = found.get(id.as_str()).unwrap_or(&none);
        if !there.iter().copied().eq(found.iter().map(String::as_str)) {
            return Err(format!(
                "{id} has the items {there:?}, and a search finds {found:?}"
            ));
        }
        for item in items {
            finds_text(user, id, item)?;
        }
    }
    Ok(())
}

/// The items of each connection that a search for everything finds.
fn everything(user: &mut Caller) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut from = 0;
    loop {
        let hits = search(user, "Connectors", "*", from)?;
        for hit in hits["hits"].as_array().into_iter().flatten() {
            let source = hit["contentSource"].as_str().unwrap_or_default();
            let connection = source.rsplit('/').next().unwrap_or_default();
            let id = hit["resource"]["properties"]["fileID"]
                .as_str()
                .unwrap_or_default();
            let id = id.rsplit(',').next().unwrap_or_default();
            let items = all.entry(connection.to_owned()).or_default();
            if !items.insert(id.to_owned()) {
                return Err(format!("{source} has {id} twice"));
            }
        }
        if hits["moreResultsAvailable"] != true {
            return Ok(all);
        }
        from += PAGE;
    }
}

/// The index has the text of an item as it is by now.
fn finds_text(user: &mut Caller, connection: &str, item: &Value) -> Result<(), String> {
    let text = item["content"]["value"].as_str().unwrap_or_default();
    let text = text.replace('"', " ");
    let words: Vec<&str> = text.split_whitespace().take(20).collect();
    if words.is_empty() || item["content"]["type"] == "html" {
        return Ok(());
    }
    let id = item["id"].as_str().unwrap_or_default();
    let query = format!("fileID:{id} AND \"{}\"", words.join(" "));
    let source = format!("/external/connections/{connection}");
    let hits = search(user, &source, &query, 0)?;
    if hits["total"] == 1 {
        Ok(())
    } else {
        Err(format!(
            "{query} finds {} items of {connection}",
            hits["total"]
        ))
    }
}

fn search(user: &mut Caller, source: &str, query: &str, from: usize) -> Result<Value, String> {
    let body = json!({ "requests": [{
        "entityTypes": ["externalItem"],
        "contentSources": [source],
        "query": { "queryString": query },
        "from": from,
        "size": PAGE,
    }]});
    let answer = user.call("POST", "/v1.0/search/query", Some(body));
    let answer = answer.map_err(|lost| format!("a search for {query}: {lost:?}"))?;
    if answer.status != 200 {
        return Err(format!("a search for {query}: {}", answer.text()));
    }
    Ok(answer.json()["value"][0]["hitsContainers"][0].take())
}
