//! The JSON body of a request, taken when the caller is known to be allowed and read within bounds.

use poem::{Request, RequestBody, http::HeaderMap, http::header};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, Registry},
};

use super::{
    describe::{Described, reference, register},
    json,
    memory::BodyShare,
    operation::{Rejection, Target},
    read,
    read::FromJson,
    upload::{self, Coding},
};

/// The media types that a body of JSON may be sent as.
pub trait MediaTypes: 'static {
    const ALL: &'static [&'static str];
}

/// `application/json` alone.
pub struct ApplicationJson;

impl MediaTypes for ApplicationJson {
    const ALL: &'static [&'static str] = &["application/json"];
}

/// A body that has not been read yet, JSON by one of the names `M`.
pub struct JsonBody<T, M = ApplicationJson> {
    body: poem::Body,
    media: Result<Coding, Rejection>,
    memory: BodyShare,
    marker: std::marker::PhantomData<fn() -> (T, M)>,
}

impl<T: FromJson, M> JsonBody<T, M> {
    /// # Errors
    /// A body of another media type, too large, not JSON, or that breaks rules of the document.
    pub async fn read(self) -> Result<T, Rejection> {
        // A body of an unknown kind is read to its end all the same: what is too large is told first.
        let coding = self.media.as_ref().copied().unwrap_or(Coding::Identity);
        let sent = upload::receive(self.body, coding, &self.memory).await?;
        let body = self.media?.decode(sent, &self.memory).await?;
        if body.is_empty() {
            return Err(Rejection::EmptyBody);
        }
        let node = json::parse(&body).map_err(|malformed| Rejection::Malformed {
            target: Target::Body(malformed.pointer),
            reason: malformed.reason,
            duplicate: malformed.duplicate,
        })?;
        let read = read::read(node).map_err(Rejection::Broken)?;
        Ok(read.value)
    }
}

fn check_media(headers: &HeaderMap, accepted: &[&str]) -> Result<Coding, Rejection> {
    let coding = Coding::of(headers)?;
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .ok_or(Rejection::ContentTypeMissing)?;
    // Parameters such as `odata.metadata` or `charset` do not change what is read: JSON is UTF-8 (RFC 8259, 8.1).
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if accepted
        .iter()
        .any(|accepted| media_type.eq_ignore_ascii_case(accepted))
    {
        return Ok(coding);
    }
    Err(Rejection::ContentTypeUnsupported {
        given: content_type,
    })
}

impl<'a, T: FromJson + Described, M: MediaTypes> ApiExtractor<'a> for JsonBody<T, M> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register::<T>(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let content = M::ALL.iter().map(|content_type| MetaMediaType {
            content_type,
            schema: reference::<T>(),
        });
        Some(MetaRequest {
            description: None,
            content: content.collect(),
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
            media: check_media(request.headers(), M::ALL),
            memory: request
                .data::<BodyShare>()
                .expect("who calls the service gives every request its share of memory")
                .clone(),
            marker: std::marker::PhantomData,
        })
    }
}
