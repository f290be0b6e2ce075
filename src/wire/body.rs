//! The JSON body of a request, taken when the caller is known to be allowed and read within bounds.

use std::io;

use poem::{Request, RequestBody, error::ReadBodyError, http::HeaderMap, http::header};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, Registry},
};

use super::{
    describe::{Described, reference, register},
    json,
    operation::{Rejection, Target},
    read,
    read::FromJson,
};

/// The largest body that is read, bytes. Source: Graph, "use the API": 4 MB.
const MAX_BODY_BYTES: usize = 4_000_000;

/// A body that has not been read yet.
pub(crate) struct JsonBody<T> {
    body: poem::Body,
    media: Result<(), Rejection>,
    marker: std::marker::PhantomData<fn() -> T>,
}

impl<T: FromJson> JsonBody<T> {
    /// # Errors
    /// A body that is not `application/json`, too large, not JSON, or that breaks rules of the document.
    pub(crate) async fn read(self) -> Result<T, Rejection> {
        let Self { body, media, .. } = self;
        let bytes = body
            .into_bytes_limit(MAX_BODY_BYTES)
            .await
            .map_err(unread)?;
        media?;
        if bytes.is_empty() {
            return Err(Rejection::EmptyBody);
        }
        let node = json::parse(&bytes).map_err(|malformed| Rejection::Malformed {
            target: Target::Body(malformed.pointer),
            reason: malformed.reason,
            duplicate: malformed.duplicate,
        })?;
        // The tree holds copies: two copies of a large body are enough.
        drop(bytes);
        read::read(node).map_err(Rejection::Broken)
    }
}

fn unread(error: ReadBodyError) -> Rejection {
    match error {
        ReadBodyError::PayloadTooLarge => Rejection::BodyTooLarge {
            limit_bytes: MAX_BODY_BYTES,
        },
        // The listener gives up on a sender that is too slow.
        ReadBodyError::Io(error) if error.kind() == io::ErrorKind::TimedOut => {
            Rejection::BodyTooSlow {
                reason: error.to_string(),
            }
        }
        _ => Rejection::BodyInterrupted,
    }
}

fn check_media(headers: &HeaderMap) -> Result<(), Rejection> {
    let given = |name| {
        headers
            .get(name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    if let Some(encoding) = given(header::CONTENT_ENCODING)
        .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    {
        return Err(Rejection::ContentEncodingUnsupported { given: encoding });
    }
    let content_type = given(header::CONTENT_TYPE).ok_or(Rejection::ContentTypeMissing)?;
    // Parameters such as `odata.metadata` or `charset` do not change what is read: JSON is UTF-8 (RFC 8259, 8.1).
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Rejection::ContentTypeUnsupported {
        given: content_type,
    })
}

impl<'a, T: FromJson + Described> ApiExtractor<'a> for JsonBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register::<T>(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let json = MetaMediaType {
            content_type: "application/json",
            schema: reference::<T>(),
        };
        Some(MetaRequest {
            description: None,
            content: vec![json],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self {
            body: body.take()?,
            media: check_media(request.headers()),
            marker: std::marker::PhantomData,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_fails_is_refused_for_its_reason() {
        let reason = "too slow".to_owned();
        for (kind, expected) in [
            (io::ErrorKind::TimedOut, Rejection::BodyTooSlow { reason }),
            (io::ErrorKind::Other, Rejection::BodyInterrupted),
        ] {
            let failing = [Ok("{"), Err(io::Error::new(kind, "too slow"))];
            let body = poem::Body::from_bytes_stream(futures_util::stream::iter(failing));
            let error = body.into_bytes_limit(MAX_BODY_BYTES).await;
            assert_eq!(unread(error.expect_err("it fails")), expected);
        }
    }
}
