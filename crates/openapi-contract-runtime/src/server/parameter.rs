//! Path, query and header parameters. Extraction itself never fails: the generated method reads the values once the caller is
//! authorized, and then reports every broken rule at once.

use std::borrow::Cow;

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchemaRef, Registry},
};

use super::{
    operation::Operation,
    percent,
    rejection::{Kind, Violation},
};

/// A parameter of the document.
pub trait Parameter: Send + Sync + 'static {
    /// The name in the document.
    const NAME: &'static str;
    /// `required`.
    const REQUIRED: bool;
    /// An `Option`, unless it is required or has a default.
    type Value: Send;

    /// Its schema; registers the schemas that it refers to.
    fn schema(registry: &mut Registry) -> MetaSchemaRef;

    /// # Errors
    /// The kind of rule that is broken, and the rule in words.
    fn read(raw: Option<&str>) -> Result<Self::Value, (Kind, String)>;
}

macro_rules! extractor {
    ($(#[$doc:meta])* $name:ident, $read:ident) => {
        $(#[$doc])*
        pub struct $name<P: Parameter>(Result<P::Value, Violation>);

        impl<P: Parameter> $name<P> {
            /// The value, or `None` with its broken rule added to the others.
            pub fn read(self, broken: &mut Vec<Violation>) -> Option<P::Value> {
                self.0.map_err(|rule| broken.push(rule)).ok()
            }
        }

        impl<'a, P: Parameter> ApiExtractor<'a> for $name<P> {
            const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
            const PARAM_IS_REQUIRED: bool = P::REQUIRED;
            type ParamType = ();
            type ParamRawType = ();

            fn register(registry: &mut Registry) {
                drop(P::schema(registry));
            }

            fn param_in() -> Option<MetaParamIn> {
                Some(MetaParamIn::$name)
            }

            fn param_schema_ref() -> Option<MetaSchemaRef> {
                Some(P::schema(&mut Registry::new()))
            }

            async fn from_request(
                request: &'a Request,
                _body: &mut RequestBody,
                options: ExtractParamOptions<()>,
            ) -> poem::Result<Self> {
                let value = $read::<P>(request, options.name)
                    .map_err(|(kind, rule)| Violation::of_parameter(P::NAME, kind, rule));
                Ok(Self(value))
            }
        }
    };
}

extractor!(
    /// A path parameter. The macro of poem-openapi knows path parameters by this name.
    Path, path_value
);
extractor!(
    /// A query parameter.
    Query, query_value
);
extractor!(
    /// A header parameter.
    Header, header_value
);

/// The value, or the kind of rule that is broken and the rule in words.
type Read<P> = Result<<P as Parameter>::Value, (Kind, String)>;

/// The router has decoded the value, and knows it by its position.
fn path_value<P: Parameter>(request: &Request, position: &str) -> Read<P> {
    P::read(request.raw_path_param(position))
}

fn header_value<P: Parameter>(request: &Request, _position: &str) -> Read<P> {
    let mut values = request.headers().get_all(P::NAME).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err((Kind::Duplicate, "must be given once".into()));
    }
    match value.map(|value| std::str::from_utf8(value.as_bytes())) {
        None => P::read(None),
        Some(Ok(value)) => P::read(Some(value)),
        Some(Err(_)) => Err((Kind::Value, "must be UTF-8".into())),
    }
}

fn query_value<P: Parameter>(request: &Request, _position: &str) -> Read<P> {
    let mut given = options(request).filter(|option| option.name == P::NAME);
    let Some(option) = given.next() else {
        return P::read(None);
    };
    if let Some(again) = given.next() {
        return Err((Kind::Duplicate, again.place("must be given once")));
    }
    let Some(value) = &option.value else {
        let rule = "must be percent-encoded UTF-8";
        return Err((Kind::Value, option.place(rule)));
    };
    P::read(Some(value)).map_err(|(kind, rule)| (kind, option.place(&rule)))
}

/// Further spellings of the names of query parameters, in the data of a request: takes a name as it was sent to the
/// name in the document. Without it, and where it answers `None`, names are compared exactly.
#[derive(Clone, Copy)]
pub struct QueryNames(pub fn(&str) -> Option<&'static str>);

/// A pair of the query.
struct QueryOption<'a> {
    /// Where it begins, in characters of the query as it was sent; the first is 1.
    position: usize,
    /// The document's name; as it was sent, if the document has none such.
    name: Cow<'a, str>,
    /// `None` if it does not decode.
    value: Option<Cow<'a, str>>,
}

impl<'a> QueryOption<'a> {
    fn new(position: usize, pair: &'a str, names: Option<QueryNames>) -> Self {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name).unwrap_or(Cow::Borrowed(name));
        let known = names.and_then(|QueryNames(known)| known(&name));
        Self {
            position,
            name: known.map_or(name, Cow::Borrowed),
            value: decode(value),
        }
    }

    /// A rule that this option breaks, with its place.
    fn place(&self, rule: &str) -> String {
        format!("{rule} (at position {} of the query)", self.position)
    }
}

fn options(request: &Request) -> impl Iterator<Item = QueryOption<'_>> {
    let query = request.uri().query().unwrap_or_default();
    let names = request.data::<QueryNames>().copied();
    let mut position = 1;
    let pairs = query.split('&').map(move |pair| {
        let option = QueryOption::new(position, pair, names);
        position += pair.chars().count() + 1;
        (pair, option)
    });
    pairs
        .filter(|(pair, _)| !pair.is_empty())
        .map(|(_, option)| option)
}

/// A plus is a space, as in forms.
fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('+') {
        return percent::decode(text);
    }
    let spaced = text.replace('+', " ");
    percent::decode(&spaced).map(|text| Cow::Owned(text.into_owned()))
}

/// The most unknown query options that are reported.
const MAX_UNKNOWN: usize = 5;

/// The longest name of an unknown option that is repeated to the client, characters.
const SHOWN_NAME: usize = 64;

/// OData 4.01 part 1, section 6: a request with an option that the service does not support fails.
pub fn unknown_options(operation: &Operation, request: &Request) -> Vec<Violation> {
    options(request)
        .filter(|option| !operation.query.contains(&option.name.as_ref()))
        .take(MAX_UNKNOWN)
        .map(|option| {
            let name: String = option.name.chars().take(SHOWN_NAME).collect();
            let rule = match operation.query {
                [] => "is not supported: this operation has no query options".to_owned(),
                known => format!("is not supported; this operation has {}", known.join(", ")),
            };
            Violation::of_parameter(&name, Kind::Unknown, option.place(&rule))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_decoded_and_know_their_place() {
        let request = Request::builder()
            .uri_str("/?$top=5&&%24filter=a+b%2Bc&x&%ff=%41&y=%zz&=")
            .finish();
        let read: Vec<_> = options(&request)
            .map(|option| {
                let value = option.value.map(Cow::into_owned);
                (option.position, option.name.into_owned(), value)
            })
            .collect();
        let option = |position, name: &str, value: Option<&str>| {
            (position, name.to_owned(), value.map(str::to_owned))
        };
        assert_eq!(
            read,
            [
                option(1, "$top", Some("5")),
                option(9, "$filter", Some("a b+c")),
                option(27, "x", Some("")),
                option(29, "%ff", Some("A")),
                option(37, "y", None),
                option(43, "", Some("")),
            ]
        );
    }
    #[test]
    fn names_are_exact_unless_the_request_knows_other_spellings() {
        let mut request = Request::builder().uri_str("/?TOP=1&%54op=2&skip").finish();
        let names = |request: &Request| -> Vec<String> {
            options(request)
                .map(|option| option.name.into_owned())
                .collect()
        };
        assert_eq!(names(&request), ["TOP", "Top", "skip"]);
        request.set_data(QueryNames(|sent| {
            sent.eq_ignore_ascii_case("top").then_some("$top")
        }));
        assert_eq!(names(&request), ["$top", "$top", "skip"]);
    }
}
