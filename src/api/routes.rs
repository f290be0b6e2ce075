//! Maps the path of a request to a path of the document: versions, aliases, `%24` for `$`, key segments in parentheses.
//! Paths that the document does not have are told apart here too.

use std::{borrow::Cow, sync::LazyLock};

use openapi_contract_runtime::{Operation, percent};

use super::generated::{PATH_ALIASES, SERVERS, operations};

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// A path of the document.
    Api {
        version: &'static str,
        /// The path of the document, with the client's own values in place of its parameters.
        path: String,
        /// The path as the document has it.
        template: &'static str,
    },
    /// Below a version, but not in the document.
    UnknownSegment {
        version: &'static str,
        segment: String,
    },
    /// Below a version, but not percent-encoded UTF-8.
    Undecodable { version: &'static str },
    /// Not below a version.
    Site,
}

/// Length of an unknown segment that is repeated to the client, characters.
const SHOWN_SEGMENT: usize = 128;

pub(super) fn route(path: &str) -> Route {
    let Some((version, rest)) = versioned(path) else {
        return Route::Site;
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let mut segments: Vec<Cow<'_, str>> = Vec::new();
    for segment in rest.split('/').skip(1) {
        push_segment(&mut segments, segment);
    }
    if segments
        .iter()
        .any(|segment| percent::decode(segment).is_none())
    {
        return Route::Undecodable { version };
    }
    for (alias, prefix) in PATH_ALIASES {
        if let Some(tail) = after_prefix(&segments, alias) {
            segments = prefix
                .split('/')
                .skip(1)
                .map(Cow::Borrowed)
                .chain(tail.iter().cloned())
                .collect();
            break;
        }
    }
    let mut deepest = 0;
    for template in TEMPLATES.iter() {
        match follow(template, &segments) {
            Ok(()) => {
                return Route::Api {
                    version,
                    path: along(template, &segments),
                    template,
                };
            }
            Err(depth) => deepest = deepest.max(depth),
        }
    }
    let segment = segments.get(deepest).map(Cow::as_ref).unwrap_or_default();
    let segment = percent::decode(segment)
        .unwrap_or_default()
        .chars()
        .take(SHOWN_SEGMENT)
        .collect();
    Route::UnknownSegment { version, segment }
}

/// The operations of a path of the document.
pub(super) fn operations_of(template: &str) -> impl Iterator<Item = &'static Operation> {
    operations::ALL
        .iter()
        .copied()
        .filter(move |operation| operation.path == template)
}

/// Paths of the document, those with literal segments before those with parameters in their place.
static TEMPLATES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut paths: Vec<_> = operations::ALL.iter().map(|known| known.path).collect();
    paths.sort_by_key(|path| (path.contains('{'), *path));
    paths.dedup();
    paths
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
    if let Some((name, key)) = segment.split_once("('")
        && let Some(key) = key.strip_suffix("')")
        && !name.is_empty()
    {
        let key = key.replace("''", "'");
        let name = name.to_owned();
        segments.push(Cow::Owned(name));
        segments.push(Cow::Owned(key));
        return;
    }
    segments.push(segment);
}

/// Decodes what the document writes plainly. A slash stays encoded: it would become a separator.
fn unescaped(segment: &str) -> Cow<'_, str> {
    if !segment.contains('%') {
        return Cow::Borrowed(segment);
    }
    let plain = [("%24", "$"), ("%27", "'"), ("%28", "("), ("%29", ")")];
    Cow::Owned(
        plain
            .iter()
            .fold(segment.to_owned(), |text, (escaped, plain)| {
                text.replace(escaped, plain)
            }),
    )
}

/// What follows the prefix, if the segments begin with it.
fn after_prefix<'s, 'a>(segments: &'s [Cow<'a, str>], prefix: &str) -> Option<&'s [Cow<'a, str>]> {
    let mut rest = segments;
    for expected in prefix.split('/').skip(1) {
        let (first, tail) = rest.split_first()?;
        if !first.eq_ignore_ascii_case(expected) {
            return None;
        }
        rest = tail;
    }
    Some(rest)
}

/// Whether the segments match a template; otherwise how many of them do.
fn follow(template: &str, segments: &[Cow<'_, str>]) -> Result<(), usize> {
    let mut agreeing = 0;
    for part in parts(template) {
        match segments.get(agreeing) {
            Some(segment) if fits(segment, part) => agreeing += 1,
            _ => return Err(agreeing),
        }
    }
    if segments.len() > agreeing {
        Err(agreeing)
    } else {
        Ok(())
    }
}

/// The path of a template that the segments match.
fn along(template: &str, segments: &[Cow<'_, str>]) -> String {
    let length = segments.iter().map(|segment| 1 + segment.len()).sum();
    let mut path = String::with_capacity(length);
    for (part, segment) in parts(template).zip(segments) {
        path.push('/');
        path.push_str(if is_parameter(part) { segment } else { part });
    }
    path
}

fn parts(template: &str) -> impl Iterator<Item = &str> {
    template.split('/').skip(1)
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

    fn api(version: &'static str, path: &str, template: &'static str) -> Route {
        Route::Api {
            version,
            path: path.into(),
            template,
        }
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
            assert_eq!(route(written), expected, "{written}");
        }
    }

    #[test]
    fn the_first_unknown_segment_is_named() {
        let unknown = |segment: &str| Route::UnknownSegment {
            version: "/v1.0",
            segment: segment.into(),
        };
        let undecodable = || Route::Undecodable { version: "/v1.0" };
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
            ("/v2.0/external/connections", Route::Site),
            ("/v1.0x", Route::Site),
            ("/", Route::Site),
        ] {
            assert_eq!(route(written), expected, "{written}");
        }
    }
}
