//! Identifiers that clients give to connections.

use crate::domain::external_connection::ConnectionId;

/// Source: Graph, externalConnection resource, property `id`, in lower case.
const RESERVED: &str = "none directory exchange exchangearchive linkedin mailbox onedrivebusiness sharepoint teams yammer \
                        connectors taskfabric powerbi assistant topicengine msft_all_connectors";

/// An identifier is accepted exactly if Graph's page allows it, kept as it is, and otherwise refused with a rule.
///
/// # Panics
/// If that does not hold.
pub fn connection_id(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let lower = text.to_lowercase();
    let allowed = text.bytes().all(|b| b.is_ascii_alphanumeric())
        && (3..=32).contains(&text.len())
        && !lower.starts_with("microsoft")
        && !RESERVED.split_whitespace().any(|name| name == lower);
    match ConnectionId::given(text) {
        Ok(id) => {
            assert!(allowed, "{text:?} is accepted");
            assert_eq!(id.as_str(), text);
        }
        Err(violation) => {
            assert!(!allowed, "{text:?} is refused: {violation:?}");
        }
    }
}
