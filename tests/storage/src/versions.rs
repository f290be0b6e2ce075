//! What a connection says in each of its versions. All members of one version are written together, so an answer that
//! mixes two of them shows a write that is there by half.

use serde_json::{Value, json};

/// A version by its number; `None` is a connection that is not there.
pub type Version = Option<u32>;

/// The members that every write sets.
pub fn members(id: &str, version: u32) -> Value {
    let template = json!({ "id": "t", "priority": 0, "layout": layout(id, version) });
    json!({
        "name": text(id, version),
        "description": text(id, version),
        "searchSettings": { "searchResultTemplates": [template] },
    })
}

/// The version that a connection is of.
///
/// # Errors
/// The members do not belong together.
pub fn version(connection: &Value) -> Result<u32, String> {
    let id = connection["id"].as_str().unwrap_or_default();
    let kept = &connection["searchSettings"]["searchResultTemplates"][0]["layout"];
    let version = kept["version"].as_u64().and_then(|v| u32::try_from(v).ok());
    let version = version.ok_or_else(|| format!("{id}: no version: {kept}"))?;
    let of_one_piece = connection["name"] == text(id, version)
        && connection["description"] == text(id, version)
        && *kept == layout(id, version);
    if of_one_piece {
        Ok(version)
    } else {
        let (name, description) = (&connection["name"], &connection["description"]);
        Err(format!("{id}: {name}, {description}, layout of {version}"))
    }
}

pub(crate) fn text(id: &str, version: u32) -> String {
    format!("{id} in version {version}")
}

fn layout(id: &str, version: u32) -> Value {
    json!({ "version": version, "text": padding(id, version) })
}

/// From a part of a page of the database to several of them, so that rows spread over pages in many ways.
pub(crate) fn padding(id: &str, version: u32) -> String {
    let length = id.bytes().fold(version, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    let word = text(id, version);
    let repeats = 8 * (length % 16).pow(3) as usize / word.len();
    word.repeat(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(version: u32) -> Value {
        let mut connection = members("contosohr", version);
        connection["id"] = "contosohr".into();
        connection
    }

    #[test]
    fn mixture_of_versions_is_noticed() {
        assert_eq!(version(&connection(7)), Ok(7));
        for member in ["name", "description", "searchSettings", "id"] {
            let mut mixed = connection(7);
            mixed[member] = connection(8)[member].clone();
            if member == "id" {
                mixed["id"] = "contosoit".into();
            }
            assert!(version(&mixed).is_err(), "{mixed}");
        }
    }
}
