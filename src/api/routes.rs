//! Maps the path of a request to a path of the document: versions, aliases, `%24` for `$`, key segments in parentheses.
//! Paths that the document does not have are told apart here too.

use std::{borrow::Cow, sync::LazyLock};

use openapi_contract_runtime::{Operation, percent};

use super::generated::{PATH_ALIASES, SERVERS, operations};

/// What a path below a version leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// A path of the document.
    Api {
        /// With the client's own values in place of its parameters.
        path: String,
        /// The path as the document has it.
        template: &'static str,
    },
    /// Not in the document: the first segment that is not.
    UnknownSegment(String),
    /// Not percent-encoded UTF-8.
    Undecodable,
}

/// Length of an unknown segment that is repeated to the client, characters.
const SHOWN_SEGMENT: usize = 128;

/// The version and the route of a path; `None` if it is not below a version.
pub(super) fn route(path: &str) -> Option<(&'static str, Route)> {
    let (version, rest) = versioned(path)?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let mut segments: Vec<Cow<'_, str>> = Vec::new();
    for segment in parts(rest) {
        push_segment(&mut segments, segment);
    }
    let is_decodable = |segment: &Cow<'_, str>| percent::decode(segment).is_some();
    if !segments.iter().all(is_decodable) {
        return Some((version, Route::Undecodable));
    }
    for (alias, prefix) in PATH_ALIASES {
        let length = parts(alias).count();
        if agreeing(parts(alias), &segments) == length {
            segments.splice(..length, parts(prefix).map(Cow::Borrowed));
            break;
        }
    }
    let mut deepest = 0;
    for (template, parts) in TEMPLATES.iter() {
        let agreeing = agreeing(parts.iter().copied(), &segments);
        if agreeing == segments.len() && agreeing == parts.len() {
            let path = along(template, &segments);
            return Some((version, Route::Api { path, template }));
        }
        deepest = deepest.max(agreeing);
    }
    let segment = segments.get(deepest).map(Cow::as_ref).unwrap_or_default();
    let segment = percent::decode(segment).unwrap_or_default();
    let shown = segment.chars().take(SHOWN_SEGMENT).collect();
    Some((version, Route::UnknownSegment(shown)))
}

/// The operations of a path of the document.
pub(super) fn operations_of(template: &str) -> impl Iterator<Item = &'static Operation> {
    operations::ALL
        .iter()
        .copied()
        .filter(move |operation| operation.path == template)
}

/// Paths of the document with their segments, those with literal segments before those with parameters in their place.
static TEMPLATES: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let mut paths: Vec<_> = operations::ALL.iter().map(|known| known.path).collect();
    paths.sort_by_key(|path| (path.contains('{'), *path));
    paths.dedup();
    let segments = paths.iter().map(|path| parts(path).collect());
    paths.iter().copied().zip(segments).collect()
});

fn versioned(path: &str) -> Option<(&'static str, &str)> {
    SERVERS.iter().find_map(|version| {
        let rest = path.get(version.len()..)?;
        let matches = path[..version.len()].eq_ignore_ascii_case(version);
        (matches && (rest.is_empty() || rest.starts_with('/'))).then_some((*version, rest))
    })
}

/// Adds a segment; `connections('x')` is the two segments `connections` and `x` (OData 4.01 part 2, section 4.3.1;
/// a quote inside is doubled).
fn push_segment<'a>(segments: &mut Vec<Cow<'a, str>>, segment: &'a str) {
    let segment = unescaped(segment);
    let key = segment.strip_suffix("')");
    match key.and_then(|rest| rest.split_once("('")) {
        Some((name, key)) if !name.is_empty() => {
            let (name, key) = (name.to_owned(), key.replace("''", "'"));
            segments.extend([Cow::Owned(name), Cow::Owned(key)]);
        }
        _ => segments.push(segment),
    }
}

/// Decodes what the document writes plainly. A slash stays encoded: it would become a separator.
fn unescaped(segment: &str) -> Cow<'_, str> {
    let mut segment = Cow::Borrowed(segment);
    if !segment.contains('%') {
        return segment;
    }
    for (escaped, plain) in [("%24", "$"), ("%27", "'"), ("%28", "("), ("%29", ")")] {
        if segment.contains(escaped) {
            segment = Cow::Owned(segment.replace(escaped, plain));
        }
    }
    segment
}

/// How many segments match the beginning of a template.
fn agreeing<'a>(parts: impl Iterator<Item = &'a str>, segments: &[Cow<'_, str>]) -> usize {
    let pairs = parts.zip(segments);
    pairs
        .take_while(|(part, segment)| fits(segment, part))
        .count()
}

/// The path of a template that the segments match.
fn along(template: &str, segments: &[Cow<'_, str>]) -> String {
    let mut path = String::new();
    for (part, segment) in parts(template).zip(segments) {
        path.push('/');
        path.push_str(if is_parameter(part) { segment } else { part });
    }
    path
}

/// The segments of a path.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(1)
}

fn is_parameter(part: &str) -> bool {
    part.starts_with('{')
}

/// Literal segments are compared without case: Graph's own samples differ in it.
fn fits(segment: &str, part: &str) -> bool {
    if is_parameter(part) {
        !segment.is_empty()
    } else {
        segment.eq_ignore_ascii_case(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(version: &'static str, path: &str, template: &'static str) -> (&'static str, Route) {
        let path = path.into();
        (version, Route::Api { path, template })
    }

    #[test]
    fn spellings_lead_to_one_path() {
        const ALL: &str = "/external/connections";
        const ONE: &str = "/external/connections/{connection-id}";
        for (written, expected) in [
            ("/v1.0/external/connections", api("/v1.0", ALL, ALL)),
            ("/beta/external/connections/", api("/beta", ALL, ALL)),
            ("/v1.0/connections", api("/v1.0", ALL, ALL)),
            ("/v1.0/External/Connections", api("/v1.0", ALL, ALL)),
            (
                "/v1.0/connections/Abc",
                api("/v1.0", "/external/connections/Abc", ONE),
            ),
            (
                "/v1.0/connections/a%2Fb",
                api("/v1.0", "/external/connections/a%2Fb", ONE),
            ),
            (
                "/beta/connections('abc')",
                api("/beta", "/external/connections/abc", ONE),
            ),
            (
                "/beta/connections(%27abc%27)",
                api("/beta", "/external/connections/abc", ONE),
            ),
            (
                "/beta/connections/%24ref",
                api(
                    "/beta",
                    "/external/connections/$ref",
                    "/external/connections/$ref",
                ),
            ),
            (
                "/beta/external/connections/$count",
                api(
                    "/beta",
                    "/external/connections/$count",
                    "/external/connections/$count",
                ),
            ),
        ] {
            assert_eq!(route(written), Some(expected), "{written}");
        }
    }

    #[test]
    fn the_first_unknown_segment_is_named() {
        let unknown = |segment: &str| Some(("/v1.0", Route::UnknownSegment(segment.into())));
        let undecodable = || Some(("/v1.0", Route::Undecodable));
        for (written, expected) in [
            ("/v1.0", unknown("")),
            ("/v1.0/users", unknown("users")),
            ("/v1.0/external/nothing", unknown("nothing")),
            ("/v1.0/external/connections/a/nothing", unknown("nothing")),
            ("/v1.0/connections/a/nothing/more", unknown("nothing")),
            ("/v1.0/external/connections//", unknown("")),
            ("/v1.0/connections/%ff", undecodable()),
            ("/v1.0/connections/%zz", undecodable()),
            ("/v1.0/connections/%", undecodable()),
            ("/v2.0/external/connections", None),
            ("/v1.0x", None),
            ("/", None),
        ] {
            assert_eq!(route(written), expected, "{written}");
        }
    }
}
