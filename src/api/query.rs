//! How clients may write the names of query options. [`super::routes`] does the same for paths.

use openapi_contract_runtime::QueryNames;

use crate::odata::is_name;

use super::generated::operations;

/// The version whose clients may leave out the `$`. Source: Graph, "Use query parameters": on the beta endpoint, the
/// `$` prefix is optional.
const BETA: &str = "/beta";

/// The names that a version accepts. Case does not matter: OData 4.01 part 1, section 6.1; the official JavaScript client
/// sends `$skipToken`.
pub(super) fn names(version: &str) -> QueryNames {
    QueryNames(match version {
        BETA => |sent| known(|name| is_name(sent, name) || is_name(sent, &name[1..])),
        _ => |sent| known(|name| is_name(sent, name)),
    })
}

/// The query option of the document, on any operation, that is meant. Each name begins with `$`.
fn known(is_meant: impl Fn(&str) -> bool) -> Option<&'static str> {
    let mut names = operations::ALL.iter().flat_map(|operation| operation.query);
    names.find(|name| is_meant(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_have_a_dollar_that_beta_can_do_without() {
        let mut options = operations::ALL.iter().flat_map(|operation| operation.query);
        assert!(options.all(|name| name.starts_with('$')));
        for (version, sent, meant) in [
            ("/v1.0", "$top", Some("$top")),
            ("/v1.0", "$skipToken", Some("$skiptoken")),
            ("/v1.0", "top", None),
            ("/beta", "$ORDERBY", Some("$orderby")),
            ("/beta", "orderBy", Some("$orderby")),
            ("/beta", "$$top", None),
            ("/beta", "expand", None),
            ("/beta", "", None),
        ] {
            let QueryNames(names) = names(version);
            assert_eq!(names(sent), meant, "{version} {sent}");
        }
    }
}
