//! The document that uses every construct is described at run time as it is written, and no difference goes unseen.

use openapi_contract::{
    Contract,
    normalise::{Canonical, drift},
};
use serde_json::{Value, json};

use super::served;

fn document() -> Value {
    let yaml = include_str!("../../../openapi-contract/tests/accept/everything.yaml");
    let Ok(contract) = Contract::read("everything.yaml", yaml) else {
        panic!("the document is refused");
    };
    serde_json::from_str(&contract.json()).expect("it is JSON")
}

#[test]
fn everything_is_described_as_the_document_says() {
    let differences = drift(&document(), &served());
    let differences: Vec<_> = differences.iter().map(ToString::to_string).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The pointers of all nodes below a value.
fn pointers(value: &Value, pointer: &str, out: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, child)| (key.replace('~', "~0").replace('/', "~1"), child))
            .collect(),
        Value::Array(items) => (0..)
            .map(|index: usize| index.to_string())
            .zip(items)
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        let pointer = format!("{pointer}/{key}");
        pointers(child, &pointer, out);
        out.push(pointer);
    }
}

fn remove(value: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match value.pointer_mut(parent).expect("the parent") {
        Value::Object(members) => {
            members.remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Value::Array(items) => {
            items.remove(key.parse().expect("an index"));
        }
        other => panic!("{other} has no children"),
    }
}

/// Another value of the same type.
fn changed(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Null => json!(false),
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_f64()? + 1.0),
        Value::String(text) => json!(format!("{text}x")),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// Each single node is removed, and each scalar changed; the pointers of those that nobody noticed.
fn unnoticed(original: &Value, differs: impl Fn(&Value) -> bool) -> (Vec<String>, Vec<String>) {
    let mut all = Vec::new();
    pointers(original, "", &mut all);
    let (mut removed, mut altered) = (Vec::new(), Vec::new());
    for pointer in all {
        let mut copy = original.clone();
        remove(&mut copy, &pointer);
        if !differs(&copy) {
            removed.push(pointer.clone());
        }
        let mut copy = original.clone();
        let node = copy.pointer_mut(&pointer).expect("it was listed");
        if let Some(other) = changed(node) {
            *node = other;
            if !differs(&copy) {
                altered.push(pointer);
            }
        }
    }
    (removed, altered)
}

#[test]
fn no_sabotage_of_the_service_goes_unnoticed() {
    let document = Canonical::of(&document());
    let (removed, altered) = unnoticed(&served(), |sabotaged| Canonical::of(sabotaged) != document);
    // What poem-openapi writes although it says nothing.
    let says_nothing = |pointer: &String| {
        let key = pointer.rsplit('/').next().unwrap_or_default();
        pointer != "/openapi" && !["explode", "deprecated", "required"].contains(&key)
    };
    let removed: Vec<_> = removed.into_iter().filter(says_nothing).collect();
    assert_eq!(removed, Vec::<String>::new(), "removed");
    assert_eq!(altered, ["/openapi"], "changed");
}

#[test]
fn no_change_of_the_document_goes_unnoticed() {
    let served = Canonical::of(&served());
    let (removed, altered) = unnoticed(&document(), |changed| Canonical::of(changed) != served);
    // Illustrations, what is for the generator, and closed objects.
    let said = |pointer: &String| {
        !pointer.split('/').any(|key| {
            key == "example"
                || key.starts_with("x-required-scopes")
                || key == "x-token-kind"
                || [
                    "x-default-variant",
                    "x-lenient",
                    "x-path-aliases",
                    "x-pattern-rule",
                ]
                .contains(&key)
        }) && pointer != "/openapi"
            && !pointer.ends_with("/additionalProperties")
    };
    let removed: Vec<_> = removed.into_iter().filter(said).collect();
    let altered: Vec<_> = altered.into_iter().filter(said).collect();
    // Only `null` is valid there, whatever the type.
    let type_of_null = [
        "/components/schemas/Thing/allOf/1/properties/object/oneOf/1/type",
        "/components/schemas/Places/properties/orNull/items/oneOf/1/type",
    ];
    let altered: Vec<_> = altered
        .into_iter()
        .filter(|pointer| !type_of_null.contains(&pointer.as_str()))
        .collect();
    let says_nothing_new = [
        // The same as the document's.
        "/paths/~1things~1$count/get/security",
        // The default of a list in the query.
        "/paths/~1odd~1lists/post/parameters/0/style",
        // A part of other schemas, which have a description of their own; the generator refuses another type.
        "/components/schemas/Base/type",
        "/components/schemas/Base/description",
        "/components/schemas/Thing/allOf/1/type",
        "/components/schemas/Places/type",
        "/components/schemas/Places/properties/composed/allOf/1/type",
        "/components/schemas/Group/allOf/1/type",
    ];
    assert_eq!(removed, says_nothing_new, "removed");
    assert_eq!(altered, says_nothing_new[2..], "changed");
}
