//! JSON bodies.

use openapi_contract_runtime::{BodyLimits, FromJson, Node, ToJson, parse};
use serde_json::Value;

use crate::api::generated::types::{ExternalConnectionCreate, ExternalConnectionUpdate};

/// What is accepted as JSON is what `serde_json` reads from it; what is refused, `serde_json` refuses too, or it is beyond a
/// bound, or a member appears twice. Of what is accepted, each body of the document can be
/// read, and is written as JSON, or a rule is told.
///
/// # Panics
/// If that does not hold.
pub fn body(input: &[u8]) {
    let plain = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    let theirs = serde_json::from_slice::<Value>(plain);
    match parse(input, BodyLimits::default()) {
        Ok(node) => {
            let ours: Value = serde_json::from_str(node.text()).expect("JSON");
            assert_eq!(ours, theirs.expect("JSON"));
            read::<ExternalConnectionCreate>(node.clone());
            read::<ExternalConnectionUpdate>(node);
        }
        Err(malformed) => {
            let bounded = ["nested deeper than", "more than 200000 values"];
            let ours =
                malformed.duplicate || bounded.iter().any(|bound| malformed.reason.contains(bound));
            assert!(ours || theirs.is_err(), "{malformed:?}");
            assert!(malformed.reason.len() < 500, "{malformed:?}");
        }
    }
}

fn written(value: &impl ToJson) -> Value {
    serde_json::from_slice(&value.to_json_vec()).expect("JSON")
}

fn read<T: FromJson + ToJson>(node: Node<'_>) {
    match openapi_contract_runtime::read::<T>(node).value {
        Ok(value) => drop(written(&value)),
        Err(broken) => {
            assert!((1..=20).contains(&broken.len()), "{broken:?}");
            for broken in broken {
                assert!((1..500).contains(&broken.rule.len()), "{broken:?}");
            }
        }
    }
}
