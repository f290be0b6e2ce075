//! Members of a request body that were ignored, because the document does not declare them or another one decides: a header
//! names them to the client. The log has how many they were and which members were meant: names that a client made up may hold what is not for the log.

use openapi_contract_runtime::Ignored;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use poem::{
    Response,
    http::{HeaderName, HeaderValue},
};

use super::request::RequestIds;

const HEADER: HeaderName = HeaderName::from_static("graph-connections-ignored");

/// The longest value of the header, *bytes*.
const MAX_BYTES: usize = 1_000;

/// What stands for itself between members, or has no place in a header.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'(').add(b')').add(b',');

/// Names the members, if there are any, never their values.
pub(super) fn tell(members: &[Ignored], ids: RequestIds, response: &mut Response) {
    if members.is_empty() {
        return;
    }
    let meant: Vec<_> = members.iter().filter_map(|member| member.meant).collect();
    tracing::info!(
        request_id = %ids.request,
        ignored = members.len(),
        meant = meant.join(", "),
        "members of the request body were ignored"
    );
    let value = HeaderValue::try_from(value(members)).expect("it is printable ASCII");
    response.headers_mut().insert(HEADER, value);
}

/// JSON pointers, percent-encoded, each with the member that may have been meant: `/Name (name?), /search`.
fn value(members: &[Ignored]) -> String {
    let mut value = String::new();
    for member in members {
        let separator = if value.is_empty() { "" } else { ", " };
        let pointer = utf8_percent_encode(&member.pointer, ENCODED);
        let meant = member.meant.map(|name| format!(" ({name}?)"));
        let next = format!("{separator}{pointer}{}", meant.unwrap_or_default());
        if value.len() + next.len() > MAX_BYTES {
            value.push_str(separator);
            value.push_str("...");
            break;
        }
        value.push_str(&next);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(members: &[(&str, Option<&'static str>)]) -> String {
        let members = members.iter().map(|(pointer, meant)| Ignored {
            pointer: (*pointer).to_owned(),
            meant: *meant,
        });
        value(&members.collect::<Vec<_>>())
    }

    #[test]
    fn members_are_named_with_what_may_have_been_meant() {
        for (members, expected) in [
            (&[("/Name", Some("name"))][..], "/Name (name?)"),
            (
                &[("/Name", Some("name")), ("/a/0/b", None)],
                "/Name (name?), /a/0/b",
            ),
            (
                &[("/a, b (c?)\r\n%ü", None)],
                "/a%2C%20b%20%28c?%29%0D%0A%25%C3%BC",
            ),
        ] {
            assert_eq!(told(members), expected);
        }
    }

    #[test]
    fn value_is_bounded() {
        let long = format!("/{}", "ü".repeat(64));
        let members = vec![(long.as_str(), None); 16];
        let value = told(&members);
        assert!(value.ends_with(", ..."));
        assert!(value.len() <= MAX_BYTES + 5, "{}", value.len());
    }
}
