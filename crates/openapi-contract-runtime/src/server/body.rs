//! The JSON body of a request, taken when the caller is known to be allowed and read within bounds.

use poem::{Request, RequestBody, http::HeaderMap, http::header};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, Registry},
};

use super::{
    describe::{Described, reference, register},
    json,
    memory::{BodyLimits, RequestMemory},
    read,
    read::{FromJson, Read},
    rejection::{Rejection, Target},
    upload::{self, Coding, Content},
};

/// The media types that a body of JSON may be sent as.
pub trait MediaTypes: 'static {
    /// In the order of the document.
    const ALL: &'static [&'static str];
    /// Those that are read and not described.
    const ALSO: &'static [&'static str] = &[];
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
    memory: RequestMemory,
    marker: std::marker::PhantomData<fn() -> (T, M)>,
}

impl<T: FromJson + Send + 'static, M> JsonBody<T, M> {
    /// Reads it to its end, and by the rules of the document.
    ///
    /// # Errors
    /// A body of another media type, too large, or not JSON.
    pub async fn read(self) -> Result<Read<T>, Rejection> {
        let Self {
            body,
            media,
            memory,
            ..
        } = self;
        let limits = memory.limits();
        // A body of an unknown kind is read to its end all the same: that it is too large is told first.
        let coding = media.as_ref().copied().unwrap_or(Coding::Identity);
        let sent = upload::receive(body, coding, &memory).await?;
        let mut content = Content::new(media?, sent);
        if content.is_small()? {
            return understand(content, limits);
        }
        memory.hold_received(content.memory(limits.bytes)).await?;
        // A large body takes long. The call may be given up meanwhile: what is read holds its memory.
        let reading = tokio::task::spawn_blocking(move || {
            let read = understand(content, limits);
            drop(memory);
            read
        });
        reading
            .await
            .unwrap_or_else(|error| match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(Rejection::BodyInterrupted),
            })
    }
}

fn understand<T: FromJson>(content: Content, limits: BodyLimits) -> Result<Read<T>, Rejection> {
    let body = content.into_bytes(limits.bytes)?;
    if body.is_empty() {
        return Err(Rejection::EmptyBody);
    }
    let node = json::parse(&body, limits).map_err(|malformed| Rejection::Malformed {
        target: Target::Body(malformed.pointer),
        reason: malformed.reason,
        duplicate: malformed.duplicate,
    })?;
    Ok(read::read(node))
}

fn check_media(headers: &HeaderMap, accepted: &[&[&str]]) -> Result<Coding, Rejection> {
    let coding = Coding::of(headers)?;
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .ok_or(Rejection::ContentTypeMissing)?;
    // Parameters such as `odata.metadata` or `charset` do not change what is read: JSON is UTF-8 (RFC 8259, 8.1).
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if accepted
        .iter()
        .flat_map(|names| names.iter())
        .any(|accepted| media_type.eq_ignore_ascii_case(accepted))
    {
        return Ok(coding);
    }
    Err(Rejection::ContentTypeUnsupported {
        given: content_type,
    })
}

impl<'a, T: FromJson + Described + Send, M: MediaTypes> ApiExtractor<'a> for JsonBody<T, M> {
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
            media: check_media(request.headers(), &[M::ALL, M::ALSO]),
            memory: RequestMemory::of(request),
            marker: std::marker::PhantomData,
        })
    }
}
