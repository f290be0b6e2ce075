//! All that a server answers about one connection and what it holds, and how that differs from what it should.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use serde_json::{Map, Value, json};

use crate::caller::{CONNECTIONS, Caller};

/// How many items a connection takes.
const QUOTA: i64 = 5_000_000;
/// How long an operation may go on.
const PATIENCE: Duration = Duration::from_secs(30);

/// All that a connection is and holds, as [`Content::told`](crate::lives::Content::told) says it, once its operations
/// have ended, and the identifiers of these. What is said in several ways must be said alike.
///
/// # Errors
/// What is contradictory, or not there.
pub fn told(caller: &mut Caller, id: &str) -> Result<(Value, Vec<String>), String> {
    let started = Instant::now();
    let (operations, schema, items, groups) = loop {
        let rest = [
            "/operations?$count=true",
            "/schema",
            "/items?$count=true",
            "/groups?$count=true",
        ];
        let [operations, schema, items, groups] = ask(caller, id, &rest)?
            .try_into()
            .expect("as many as were asked for");
        let operations = values(&operations)?;
        if operations.iter().all(|it| it["status"] != "inprogress") {
            break (operations, schema, values(&items)?, values(&groups)?);
        }
        if started.elapsed() > PATIENCE {
            return Err(format!("{id} has an operation that does not end"));
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let parts = |collection: &'static str, of: &[Value], part: &'static str| {
        let ids: Vec<_> = of.iter().filter_map(|it| it["id"].as_str()).collect();
        let target = |id: &str| format!("/{collection}/{id}/{part}?$count=true");
        ids.into_iter().map(target).collect::<Vec<_>>()
    };
    let mut rest = vec![String::new(), "/quota".to_owned()];
    rest.extend(parts("items", &items, "activities"));
    rest.extend(parts("groups", &groups, "members"));
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    // The operations have ended, and so the state is the last one.
    let mut answers = ask(caller, id, &rest)?.into_iter();
    let (connection, quota) = (answers.next(), answers.next());
    let (connection, quota) = (connection.unwrap_or_default(), quota.unwrap_or_default());
    check_counts(id, &connection, &quota, items.len())?;

    let mut told_items = Map::new();
    for (item, activities) in items.into_iter().zip(&mut answers) {
        let told = json!({
            "acl": item["acl"],
            "properties": item["properties"],
            "content": item["content"],
            "activities": values(&activities)?.len(),
        });
        told_items.insert(item["id"].as_str().unwrap_or_default().to_owned(), told);
    }
    let mut told_groups = Map::new();
    for (group, members) in groups.into_iter().zip(&mut answers) {
        let members = values(&members)?.into_iter();
        let members = members.map(|member| json!({ "id": member["id"], "type": member["type"] }));
        let told = json!({
            "displayName": group["displayName"],
            "description": group["description"],
            "members": members.collect::<Vec<_>>(),
        });
        told_groups.insert(group["id"].as_str().unwrap_or_default().to_owned(), told);
    }
    let properties = schema["properties"].as_array().into_iter().flatten();
    let names: Vec<&Value> = properties.map(|property| &property["name"]).collect();
    let status: Vec<&Value> = operations.iter().map(|it| &it["status"]).collect();
    let told = json!({
        "state": connection["state"],
        "schema": names,
        "operations": status,
        "items": told_items,
        "groups": told_groups,
    });
    let ids = operations.iter().filter_map(|it| it["id"].as_str());
    Ok((told, ids.map(str::to_owned).collect()))
}

fn check_counts(id: &str, connection: &Value, quota: &Value, items: usize) -> Result<(), String> {
    let items = i64::try_from(items).expect("few");
    // Null until it holds something.
    let ingested = connection["ingestedItemsCount"].as_i64().unwrap_or(0);
    let left = quota["itemsRemaining"].as_i64();
    if ingested == items && left == Some(QUOTA - items) {
        return Ok(());
    }
    Err(format!(
        "{id}: {items} items listed, {ingested} ingested, {left:?} left of {QUOTA}"
    ))
}

/// Asks for all of these at once, which are below a connection; null for what is not there.
fn ask(caller: &mut Caller, id: &str, rest: &[&str]) -> Result<Vec<Value>, String> {
    let one = format!("{CONNECTIONS}/{id}");
    let one = one.trim_start_matches("/v1.0");
    let requests = rest.iter().enumerate().map(|(number, rest)| {
        json!({ "id": number.to_string(), "method": "GET", "url": format!("{one}{rest}") })
    });
    let body = json!({ "requests": requests.collect::<Vec<_>>() });
    let answer = caller.call("POST", "/v1.0/$batch", Some(body));
    let answer = answer.unwrap_or_else(|lost| panic!("a batch about {id}: {lost:?}"));
    if answer.status != 200 {
        return Err(answer.text());
    }
    let mut bodies = vec![Value::Null; rest.len()];
    for mut part in answer.json()["responses"]
        .as_array()
        .cloned()
        .unwrap_or_default()
    {
        let number = part["id"].as_str().and_then(|id| id.parse::<usize>().ok());
        match (number, part["status"].as_u64()) {
            (Some(number), Some(200)) => bodies[number] = part["body"].take(),
            (Some(_), Some(404)) => {}
            _ => return Err(format!("{id}: {part}")),
        }
    }
    Ok(bodies)
}

/// The values of a list of one page, which are as many as it says.
fn values(page: &Value) -> Result<Vec<Value>, String> {
    let values = page["value"].as_array().cloned().unwrap_or_default();
    if page["@odata.count"] == values.len() && page["@odata.nextLink"].is_null() {
        Ok(values)
    } else {
        Err(format!("{} values in {page}", values.len()))
    }
}

/// Where two values differ, member by member.
pub fn differences<'v>(
    found: &'v Value,
    expected: &'v Value,
) -> Box<dyn Iterator<Item = String> + 'v> {
    if found == expected {
        return Box::new(std::iter::empty());
    }
    if let (Value::Object(found), Value::Object(expected)) = (found, expected) {
        let names: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
        return Box::new(names.into_iter().flat_map(move |name| {
            let member = |of: &'v Map<String, Value>| of.get(name).unwrap_or(&Value::Null);
            let inner = differences(member(found), member(expected));
            inner.map(move |difference| format!("{name}.{difference}"))
        }));
    }
    let short = |value: &Value| value.to_string().chars().take(200).collect::<String>();
    let difference = format!(" {} instead of {}", short(found), short(expected));
    Box::new(std::iter::once(difference))
}
