//! Path, query and header parameters. Extraction never fails here: the generated method asks for the values when the
//! caller is known to be allowed, and then tells every broken rule at once.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchemaRef},
};

use super::{
    operation::{Operation, Place},
    rules::{Broken, Kind},
};

/// A parameter of the document.
pub(crate) trait Parameter: Send + Sync + 'static {
    const NAME: &'static str;
    const REQUIRED: bool;
    /// An `Option`, unless it is required or has a default.
    type Value: Send;

    fn schema() -> MetaSchemaRef;

    /// # Errors
    /// The kind of rule that is broken, and the rule in words.
    fn read(raw: Option<&str>) -> Result<Self::Value, (Kind, String)>;
}

macro_rules! extractor {
    ($(#[$doc:meta])* $name:ident, $place:expr, $meta:expr, $raw:path) => {
        $(#[$doc])*
        pub(crate) struct $name<P: Parameter>(Result<P::Value, Broken>);

        impl<P: Parameter> $name<P> {
            /// The value, or `None` with its broken rule added to the others.
            pub(crate) fn read(self, broken: &mut Vec<Broken>) -> Option<P::Value> {
                self.0.map_err(|rule| broken.push(rule)).ok()
            }
        }

        impl<'a, P: Parameter> ApiExtractor<'a> for $name<P> {
            const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
            const PARAM_IS_REQUIRED: bool = P::REQUIRED;
            type ParamType = ();
            type ParamRawType = ();

            fn param_in() -> Option<MetaParamIn> {
                Some($meta)
            }

            fn param_schema_ref() -> Option<MetaSchemaRef> {
                Some(P::schema())
            }

            async fn from_request(
                request: &'a Request,
                _body: &mut RequestBody,
                options: ExtractParamOptions<()>,
            ) -> poem::Result<Self> {
                let value = $raw(request, P::NAME, options.name)
                    .and_then(|raw| P::read(raw.as_deref()))
                    .map_err(|(kind, rule)| Broken::parameter($place, P::NAME, kind, rule));
                Ok(Self(value))
            }
        }
    };
}

extractor!(
    /// A path parameter. The macro of poem-openapi knows path parameters by this name.
    Path, Place::Path, MetaParamIn::Path, path_value
);
extractor!(
    /// A query parameter.
    Query, Place::Query, MetaParamIn::Query, query_value
);
extractor!(
    /// A header parameter.
    Header, Place::Header, MetaParamIn::Header, header_value
);

type Raw<'a> = Result<Option<Cow<'a, str>>, (Kind, String)>;

/// The router has decoded it and knows it by its position.
#[expect(clippy::unnecessary_wraps, reason = "one signature for every place")]
fn path_value<'a>(request: &'a Request, _name: &str, position: &str) -> Raw<'a> {
    Ok(request.raw_path_param(position).map(Cow::Borrowed))
}

fn header_value<'a>(request: &'a Request, name: &str, _position: &str) -> Raw<'a> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err((Kind::Duplicate, "must be given once".into()));
    }
    match value.map(|value| std::str::from_utf8(value.as_bytes())) {
        None => Ok(None),
        Some(Ok(value)) => Ok(Some(Cow::Borrowed(value))),
        Some(Err(_)) => Err((Kind::Value, "must be UTF-8".into())),
    }
}

fn query_value<'a>(request: &'a Request, name: &str, _position: &str) -> Raw<'a> {
    let mut values = options(request)
        .filter(|(option, _)| option.as_deref() == Some(name))
        .map(|(_, value)| value);
    let value = values.next();
    if values.next().is_some() {
        return Err((Kind::Duplicate, "must be given once".into()));
    }
    match value {
        None => Ok(None),
        Some(Some(value)) => Ok(Some(value)),
        Some(None) => Err((Kind::Value, "must be percent-encoded UTF-8".into())),
    }
}

/// The pairs of the query; `None` for what does not decode to UTF-8. A plus is a space, as in forms.
fn options(
    request: &Request,
) -> impl Iterator<Item = (Option<Cow<'_, str>>, Option<Cow<'_, str>>)> {
    fn decode(text: &str) -> Option<Cow<'_, str>> {
        if text.contains('+') {
            let spaced = text.replace('+', " ");
            return percent_decode_str(&spaced)
                .decode_utf8()
                .ok()
                .map(|text| Cow::Owned(text.into_owned()));
        }
        percent_decode_str(text).decode_utf8().ok()
    }
    let query = request.uri().query().unwrap_or_default();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
}

/// Unknown query options that are told at most.
const MAX_UNKNOWN: usize = 5;

/// OData 4.01 part 1, section 6: a request with an option that the service does not support fails.
pub(crate) fn unknown_options(operation: &Operation, request: &Request) -> Vec<Broken> {
    let unknown = options(request).filter_map(|(name, _)| match name {
        Some(name) if operation.query.contains(&name.as_ref()) => None,
        name => Some(name.map_or_else(|| "�".to_owned(), |name| name.chars().take(64).collect())),
    });
    let rule = match operation.query {
        [] => "is not supported: this operation has no query options".to_owned(),
        known => format!("is not supported; this operation has {}", known.join(", ")),
    };
    unknown
        .take(MAX_UNKNOWN)
        .map(|name| Broken::parameter(Place::Query, &name, Kind::Unknown, rule.clone()))
        .collect()
}
