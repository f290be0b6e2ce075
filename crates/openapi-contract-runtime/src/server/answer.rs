//! Answers: generated response enums become HTTP responses, JSON written without a tree in between.

use super::{ToJson, rejection::Rejection};
use poem::{
    IntoResponse, Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaResponses, Registry},
};

/// The response enum of an operation.
pub trait Answer {
    /// The responses of the operation, as poem-openapi describes them.
    fn meta() -> MetaResponses;

    /// Registers the schemas of the bodies.
    fn register(registry: &mut Registry);

    /// The response.
    ///
    /// # Errors
    /// [`Rejection::Undeclared`] for a value that HTTP cannot carry: a defect of the handler.
    fn answer(self) -> Result<Response, Rejection>;
}

/// A response that was made of an `R`, for the description.
pub struct Answered<R> {
    response: Response,
    marker: std::marker::PhantomData<fn() -> R>,
}

impl<R: Answer> Answered<R> {
    /// Makes the response.
    ///
    /// # Errors
    /// As [`Answer::answer`].
    pub fn new(answer: R) -> Result<Self, Rejection> {
        Ok(Self {
            response: answer.answer()?,
            marker: std::marker::PhantomData,
        })
    }
}

impl<R> IntoResponse for Answered<R> {
    fn into_response(self) -> Response {
        self.response
    }
}

impl<R: Answer> ApiResponse for Answered<R> {
    fn meta() -> MetaResponses {
        R::meta()
    }

    fn register(registry: &mut Registry) {
        R::register(registry);
    }
}

/// An answer of JSON.
pub fn json(status: StatusCode, body: &impl ToJson) -> Response {
    let mut bytes = body.to_json_vec();
    // A vector grows by doubling. The answer may wait long to be sent, and its memory is counted by its length.
    bytes.shrink_to_fit();
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json")
        .body(bytes)
}

/// An answer of plain text.
pub fn text(status: StatusCode, body: &impl ToString) -> Response {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/plain")
        .body(body.to_string())
}

/// The response with one more header.
///
/// # Errors
/// A value that HTTP does not allow in a header (RFC 9110, section 5.5).
pub fn with_header(
    mut response: Response,
    name: &'static str,
    value: &impl ToString,
) -> Result<Response, Rejection> {
    let value = HeaderValue::try_from(value.to_string()).map_err(|_| Rejection::Undeclared {
        what: format!("a value of the header {name}"),
    })?;
    let name = HeaderName::try_from(name).map_err(|_| Rejection::Undeclared {
        what: format!("the header {name}"),
    })?;
    response.headers_mut().insert(name, value);
    Ok(response)
}
