//! The body of a request: one message of JSON-RPC, as text.

use openapi_contract_runtime::{Described, FromJson, JsonType, Kind, Node, Reader};
use poem_openapi::registry::{MetaSchema, Registry};

/// An object, byte for byte as it was sent. The protocol reads what is in it.
pub(super) struct Message(pub(super) String);

impl FromJson for Message {
    fn from_json(node: Node<'_>, at: &mut Reader) -> Option<Self> {
        match node.json_type() {
            JsonType::Object => Some(Self(node.text().to_owned())),
            JsonType::Array => {
                let rule = "must be one message: the protocol has no batches since 2025-06-18";
                at.refuse(Kind::Value, rule)
            }
            _ => at.wrong_type("a message, an object", &node),
        }
    }
}

impl Described for Message {
    const NAME: &'static str = "JSONRPCMessage";

    fn describe(_: &mut Registry) -> MetaSchema {
        MetaSchema::new("object")
    }
}
