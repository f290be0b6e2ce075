//! What Graph's clients have a method for and Graph refuses: refused alike, with what to call instead.

use poem::http::Method;

use super::error::ApiError;

/// Method and path of what is refused, and what to call instead.
type Refusal = (&'static str, &'static str, &'static str);

/// Answered as if it were not there. Source: Graph, observed (msgraph-metadata#438, msgraph-sdk-powershell#3375).
const ABSENT: [Refusal; 2] = [
    (
        "DELETE",
        "/external/connections/{connection-id}/schema",
        "a schema cannot be deleted: DELETE the connection, and create it anew",
    ),
    (
        "POST",
        "/external/connections/{connection-id}/items",
        "an item is created by PUT /external/connections/{connection-id}/items/{item-id}",
    ),
];

const NOT_ALLOWED: [Refusal; 12] = [
    (
        "PATCH",
        "/external",
        "it has no members: PATCH /external/connections/{connection-id} changes a connection",
    ),
    (
        "PATCH",
        "/external/connections/{connection-id}/items/{item-id}/activities/{activity-id}",
        "what has been done stays: POST another",
    ),
    (
        "DELETE",
        "/external/connections/{connection-id}/items/{item-id}/activities/{activity-id}",
        "what has been done stays: POST another",
    ),
    (
        "PUT",
        "/external/connections/{connection-id}",
        "a connection is created by POST /external/connections and changed by PATCH",
    ),
    (
        "PUT",
        "/external/connections/{connection-id}/schema",
        "PATCH registers a schema, and changes it",
    ),
    (
        "POST",
        "/external/connections/{connection-id}/operations",
        "an operation begins when a schema is registered: PATCH /external/connections/{connection-id}/schema",
    ),
    (
        "PATCH",
        "/external/connections/{connection-id}/operations/{operation-id}",
        "an operation ends by itself: GET it until it has",
    ),
    (
        "DELETE",
        "/external/connections/{connection-id}/operations/{operation-id}",
        "an operation ends by itself: GET it until it has",
    ),
    (
        "PATCH",
        "/external/connections/{connection-id}/quota",
        "a quota is what is left: DELETE items to have more",
    ),
    (
        "DELETE",
        "/external/connections/{connection-id}/quota",
        "a quota is what is left: DELETE items to have more",
    ),
    (
        "POST",
        "/external/connections/{connection-id}/items/{item-id}",
        "PUT creates or replaces an item, and PATCH changes it",
    ),
    (
        "PATCH",
        "/external/connections/{connection-id}/groups/{group-id}/members/{member-id}",
        "DELETE the member, and POST another",
    ),
];

/// A request for a path of the document by a method that it does not have; `allow` are those that it has.
pub(super) fn not_allowed(method: &Method, template: &str, allow: &str) -> ApiError {
    let instead = |refusals: &[Refusal]| {
        let mut refusals = refusals.iter();
        let found = refusals.find(|(refused, path, _)| method == refused && *path == template);
        found.map(|(_, _, instead)| *instead)
    };
    match instead(&ABSENT) {
        Some(instead) => ApiError::refused(instead),
        None => ApiError::method_not_allowed(allow, instead(&NOT_ALLOWED)),
    }
}
