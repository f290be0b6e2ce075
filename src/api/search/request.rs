//! Searches as the document has them become those of the domain.

use openapi_contract_runtime::Member;

use crate::domain::{
    Error, Violation, limits,
    search::{Aggregation, BucketOrder, Burden, CollapseProperty, SearchRequest, Sort},
};

use super::super::{
    collection::unsigned,
    error::ApiError,
    generated::types::{self, BucketSort, SearchEntityType},
};

/// A search, and what its answer is to have.
#[derive(Debug, PartialEq)]
pub(super) struct Search {
    pub(super) request: SearchRequest,
    /// The query is in a template, which positions of errors count in.
    pub(super) has_template: bool,
    /// The display templates of connections.
    pub(super) with_templates: bool,
}

/// Where the query is, by pointers into a search.
pub(super) const QUERY_STRING: &str = "/query/queryString";
const QUERY_TEMPLATE: &str = "/query/queryTemplate";

/// The variable of a template that stands for the query. Source: Graph, searchQuery.
const SEARCH_TERMS: &str = "searchTerms";

/// # Errors
/// Every rule that is broken, of all searches.
pub(super) fn searches(given: Vec<types::SearchRequest>) -> Result<Vec<Search>, Error> {
    let mut searches = Vec::new();
    let mut broken = Vec::new();
    for (index, given) in given.into_iter().enumerate() {
        match search(given) {
            Ok(search) => searches.push(search),
            Err(violations) => broken.extend(within(index, violations)),
        }
    }
    if broken.is_empty() {
        Ok(searches)
    } else {
        Err(Error::Invalid(broken))
    }
}

/// Rules that are broken within one of the searches.
pub(super) fn within(index: usize, violations: Vec<Violation>) -> Vec<Violation> {
    let in_request = |violation: Violation| Violation {
        pointer: pointer(index, &violation.pointer),
        ..violation
    };
    violations.into_iter().map(in_request).collect()
}

fn pointer(index: usize, in_search: &str) -> String {
    format!("/requests/{index}{in_search}")
}

impl Search {
    /// An error of this one among the searches.
    pub(super) fn refused(&self, error: Error, index: usize) -> ApiError {
        let query = if self.has_template {
            QUERY_TEMPLATE
        } else {
            QUERY_STRING
        };
        match error {
            Error::Invalid(mut violations) => {
                for violation in &mut violations {
                    if violation.pointer == QUERY_STRING {
                        query.clone_into(&mut violation.pointer);
                    }
                }
                Error::Invalid(within(index, violations)).into()
            }
            Error::TooCostly => ApiError::too_costly_search(&pointer(index, query)),
            Error::TooManyValues(Burden::Aggregations) => {
                ApiError::too_many_values(&pointer(index, "/aggregations"))
            }
            Error::TooManyValues(Burden::Sort) => {
                ApiError::too_many_values(&pointer(index, "/sortProperties"))
            }
            error => error.into(),
        }
    }
}

/// # Errors
/// Every rule that is broken, by pointers into the search.
pub(super) fn search(given: types::SearchRequest) -> Result<Search, Vec<Violation>> {
    let mut broken = Vec::new();
    for (n, kind) in given.entity_types.iter().enumerate() {
        let is_item = matches!(
            kind,
            SearchEntityType::ExternalItem | SearchEntityType::MicrosoftGraphExternalItem
        );
        if !is_item {
            let rule = "must be externalItem: nothing else is searched here";
            broken.push(Violation::new(format!("/entityTypes/{n}"), rule));
        }
    }
    if given
        .region
        .value()
        .is_some_and(|region| !region.is_empty())
    {
        // Source: Graph, observed.
        let rule = "Region is not supported when request with delegated permission.";
        broken.push(Violation::new("/region", rule));
    }
    let template = given.query.query_template.value();
    let template = template.filter(|template| !template.trim().is_empty());
    let has_template = template.is_some();
    let query = query(given.query.query_string, template).unwrap_or_else(|violation| {
        broken.push(violation);
        String::new()
    });
    let mut aggregations = Vec::new();
    for (n, option) in given.aggregations.into_iter().flatten().enumerate() {
        match aggregation(option) {
            Ok(aggregation) => aggregations.push(aggregation),
            Err(violation) => broken.push(Violation {
                pointer: format!("/aggregations/{n}{}", violation.pointer),
                ..violation
            }),
        }
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    let sort = |given: types::SortProperty| Sort {
        name: given.name,
        is_descending: given.is_descending,
    };
    let collapse = |given: types::CollapseProperty| CollapseProperty {
        fields: given.fields,
        limit: unsigned(given.limit),
    };
    let templates = given.result_template_options.value();
    Ok(Search {
        request: SearchRequest {
            content_sources: given.content_sources.unwrap_or_default(),
            query,
            from: unsigned(given.from),
            size: unsigned(given.size),
            fields: given.fields.unwrap_or_default(),
            sort: given
                .sort_properties
                .into_iter()
                .flatten()
                .map(sort)
                .collect(),
            aggregations,
            aggregation_filters: given.aggregation_filters.unwrap_or_default(),
            collapse: given
                .collapse_properties
                .into_iter()
                .flatten()
                .map(collapse)
                .collect(),
        },
        has_template,
        with_templates: templates.is_some_and(|options| options.enable_result_template),
    })
}

/// The query, within its template if it has one.
fn query(query: String, template: Option<String>) -> Result<String, Violation> {
    let query = match template {
        Some(template) => {
            filled(&template, &query).map_err(|rule| Violation::new(QUERY_TEMPLATE, rule))?
        }
        None => query,
    };
    if query.trim().is_empty() {
        // Source: Graph, observed: "query is invalid (queryString required)".
        let rule = "queryString required: `*` finds every item";
        return Err(Violation::new(QUERY_STRING, rule));
    }
    Ok(query)
}

/// A template with the query in place of its variable, whose name is read in any case.
///
/// # Errors
/// The rule that is broken: it has another variable, or is too long with the query in it.
fn filled(template: &str, query: &str) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            let name: String = after.chars().take(SEARCH_TERMS.len()).collect();
            if name.eq_ignore_ascii_case(SEARCH_TERMS) {
                return Err(format!("must have a '}}' behind {{{name}"));
            }
            break;
        };
        if !name.eq_ignore_ascii_case(SEARCH_TERMS) {
            let name: String = name.chars().take(64).collect();
            return Err(format!(
                "must have no variable but {{{SEARCH_TERMS}}}; it has {{{name}}}"
            ));
        }
        filled.push_str(before);
        filled.push_str(query);
        rest = after;
        // Before the next: a short template can have the variable often.
        if filled.len() > limits::QUERY_BYTES {
            break;
        }
    }
    filled.push_str(rest);
    if filled.len() > limits::QUERY_BYTES {
        return Err(format!(
            "must be at most {} bytes long with the query in it",
            limits::QUERY_BYTES
        ));
    }
    Ok(filled)
}

fn aggregation(given: types::AggregationOption) -> Result<Aggregation, Violation> {
    let (field, size) = (given.field, unsigned(given.size));
    let Member::Value(definition) = given.bucket_definition else {
        return Ok(Aggregation::most_frequent(field, size));
    };
    let order = match definition.sort_by {
        None | Some(BucketSort::Count) => BucketOrder::Count,
        Some(BucketSort::KeyAsString) => BucketOrder::KeyAsString,
        Some(BucketSort::KeyAsNumber) => BucketOrder::KeyAsNumber,
        Some(BucketSort::UnknownFutureValue) => {
            let rule = "must be count, keyAsString or keyAsNumber";
            return Err(Violation::new("/bucketDefinition/sortBy", rule));
        }
    };
    let range = |range: types::BucketRange| (range.from.value(), range.to.value());
    Ok(Aggregation {
        field,
        size,
        order,
        is_descending: definition.is_descending,
        minimum_count: unsigned(definition.minimum_count).into(),
        prefix: definition.prefix_filter.value(),
        ranges: definition.ranges.into_iter().flatten().map(range).collect(),
    })
}

#[cfg(test)]
mod tests {
    use openapi_contract_runtime::{BodyLimits, parse, read};

    use super::*;

    /// Searches as a client writes them.
    fn read_searches(json: &str) -> Result<Vec<Search>, Vec<(String, String)>> {
        let node = parse(json.as_bytes(), BodyLimits::default()).expect("JSON");
        let body = read::<types::SearchRequests>(node).value.expect("a body");
        searches(body.requests).map_err(|error| match error {
            Error::Invalid(violations) => violations
                .into_iter()
                .map(|violation| (violation.pointer, violation.rule))
                .collect(),
            other => panic!("{other}"),
        })
    }

    #[test]
    fn least_search_has_defaults() {
        for written in [
            r#"{"requests":[{"entityTypes":["externalItem"],"query":{"queryString":"*"}}]}"#,
            r##"{"requests":[{"@odata.type":"#microsoft.graph.searchRequest","entityTypes":"Microsoft.Graph.ExternalItem",
                "query":{"queryString":"*","queryTemplate":null},"from":null,"size":null,"fields":null,"contentSources":null,
                "region":null,"aggregations":null,"queryAlterationOptions":null,"resultTemplateOptions":null}]}"##,
            r#"{"requests":[{"entityTypes":["EXTERNALITEM"],"query":{"queryString":"*"},"from":"0","size":"25",
                "enableTopResults":"true","trimDuplicates":false,"sharePointOneDriveOptions":{"includeContent":"privateContent"},
                "queryAlterationOptions":{"enableModification":true}}]}"#,
        ] {
            let searches = read_searches(written).expect("a search");
            let request = SearchRequest {
                query: "*".into(),
                size: 25,
                ..SearchRequest::default()
            };
            let expected = Search {
                request,
                has_template: false,
                with_templates: false,
            };
            assert_eq!(searches, [expected], "{written}");
        }
    }

    #[test]
    fn whole_search_is_read() {
        let searches = read_searches(
            r#"{"requests":[{"entityTypes":["externalItem"],"contentSources":["/external/connections/a","Connectors"],
                "query":{"queryString":"b c","queryTemplate":"({SearchTerms}) d:1"},"from":5,"size":10,"fields":["d"],
                "sortProperties":[{"name":"d","isDescending":true},{"name":"e"}],
                "aggregations":[{"field":"d"},{"field":"e","size":3,"bucketDefinition":{"sortBy":"KeyAsNumber","isDescending":true,
                    "minimumCount":2,"prefixFilter":"x","ranges":[{"to":"1"},{"from":"1","to":null}]}}],
                "aggregationFilters":["d:\"ǂǂ32\""],"collapseProperties":[{"fields":["d","e"],"limit":2},{"fields":"e"}],
                "resultTemplateOptions":{"enableResultTemplate":true}}]}"#,
        );
        let text = |text: &str| text.to_owned();
        let sort = |name, is_descending| Sort {
            name: text(name),
            is_descending,
        };
        let expected = SearchRequest {
            content_sources: vec![text("/external/connections/a"), text("Connectors")],
            query: text("(b c) d:1"),
            from: 5,
            size: 10,
            fields: vec![text("d")],
            sort: vec![sort("d", true), sort("e", false)],
            aggregations: vec![
                Aggregation {
                    field: text("d"),
                    size: 10,
                    order: BucketOrder::Count,
                    is_descending: true,
                    minimum_count: 0,
                    prefix: None,
                    ranges: Vec::new(),
                },
                Aggregation {
                    field: text("e"),
                    size: 3,
                    order: BucketOrder::KeyAsNumber,
                    is_descending: true,
                    minimum_count: 2,
                    prefix: Some(text("x")),
                    ranges: vec![(None, Some(text("1"))), (Some(text("1")), None)],
                },
            ],
            aggregation_filters: vec![text("d:\"ǂǂ32\"")],
            collapse: vec![
                CollapseProperty {
                    fields: vec![text("d"), text("e")],
                    limit: 2,
                },
                CollapseProperty {
                    fields: vec![text("e")],
                    limit: 1,
                },
            ],
        };
        let searches = searches.expect("a search");
        assert_eq!(searches.len(), 1);
        assert_eq!(searches[0].request, expected);
        assert!(searches[0].with_templates);
        assert!(searches[0].has_template);
    }

    #[test]
    fn what_is_not_done_is_refused_by_name() {
        let broken = read_searches(
            r#"{"requests":[{"entityTypes":["externalItem"],"query":{"queryString":"*"}},
                {"entityTypes":["externalItem","driveItem"],"query":{"queryString":" "},"region":"NAM",
                 "aggregations":[{"field":"a","bucketDefinition":{"sortBy":"unknownFutureValue"}}]},
                {"entityTypes":["externalItem"],"query":{"queryString":"*","queryTemplate":"{searchTerms} {User.Name}"}}]}"#,
        );
        let broken = broken.expect_err("broken rules");
        let pointers: Vec<_> = broken.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/requests/1/entityTypes/1",
                "/requests/1/region",
                "/requests/1/query/queryString",
                "/requests/1/aggregations/0/bucketDefinition/sortBy",
                "/requests/2/query/queryTemplate",
            ]
        );
        assert!(broken[4].1.contains("it has {User.Name}"), "{broken:?}");
    }

    #[test]
    fn template_is_filled_within_bounds() {
        for (template, query, expected) in [
            ("{searchTerms} x", "a", Ok("a x")),
            ("{SEARCHTERMS}{searchterms}", "a", Ok("aa")),
            ("x", "a", Ok("x")),
            ("{searchTerms} {", "{b}", Ok("{b} {")),
            (
                "x {searchTerms",
                "a",
                Err("must have a '}' behind {searchTerms"),
            ),
            (
                "{}",
                "a",
                Err("must have no variable but {searchTerms}; it has {}"),
            ),
        ] {
            let filled = filled(template, query);
            let filled = filled.as_deref().map_err(String::as_str);
            assert_eq!(filled, expected, "{template}");
        }
        let long = filled(&"{searchTerms}".repeat(1_000), &"a".repeat(20_000));
        assert!(long.is_err_and(|rule| rule.contains("bytes long")));
    }
}
