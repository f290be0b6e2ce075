//! One request out, one whole answer in, never more of it than there is room for.

use reqwest::{Body, Client, Request, Response};

use super::failure;

/// How much of a success is read. A page of 999 connections with long descriptions has a tenth of it.
const SUCCESS_BYTES: usize = 64 * 1024 * 1024;

/// Why there is no whole answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The request did not arrive, or the answer did not, or not whole.
    Transport(reqwest::Error),
    /// The body goes on beyond so many bytes.
    TooLong(usize),
}

impl From<reqwest::Error> for NoAnswer {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error)
    }
}

/// The answer to a request of the API: a success as it is, a failure with an `ODataError` as its body.
pub(super) async fn of_service(http: &Client, request: Request) -> Result<Response, NoAnswer> {
    let response = http.execute(request).await?;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        return Ok(failure::readable(response).await);
    }
    whole(response, SUCCESS_BYTES).await
}

/// The response with all of its body in memory.
pub(super) async fn whole(mut response: Response, limit: usize) -> Result<Response, NoAnswer> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(NoAnswer::TooLong(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(with_body(response, body))
}

/// The response with another body.
pub(super) fn with_body(response: Response, body: Vec<u8>) -> Response {
    let (parts, _) = http::Response::<Body>::from(response).into_parts();
    http::Response::from_parts(parts, body).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(body: &str) -> Response {
        http::Response::new(body.to_owned()).into()
    }

    #[tokio::test]
    async fn body_is_read_up_to_its_limit() {
        let read = whole(response("four"), 4).await.unwrap();
        assert_eq!(read.text().await.unwrap(), "four");
        let error = whole(response("four!"), 4).await.unwrap_err();
        assert!(matches!(error, NoAnswer::TooLong(4)));
    }
}
