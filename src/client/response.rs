//! Requests and responses whose size is bounded.

use reqwest::{Body, Client, Request, Response};

/// How much of a success is read. A page of 999 connections with long descriptions has a tenth of it.
const SUCCESS_BYTES: usize = 64 * 1024 * 1024;

/// Why there is no complete response.
#[derive(Debug)]
pub(super) enum NoResponse {
    /// The request was not sent, or the response did not arrive completely.
    Transport(reqwest::Error),
    /// The body is longer than so many bytes.
    TooLong(usize),
}

impl From<reqwest::Error> for NoResponse {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error)
    }
}

/// Sends a request. The body of a success is read completely; that of an error is left to be read within its own bound.
pub(super) async fn send(http: &Client, request: Request) -> Result<Response, NoResponse> {
    let response = http.execute(request).await?;
    if is_error(&response) {
        return Ok(response);
    }
    read(response, SUCCESS_BYTES).await
}

pub(super) fn is_error(response: &Response) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

/// The response with all of its body in memory.
pub(super) async fn read(mut response: Response, limit: usize) -> Result<Response, NoResponse> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(NoResponse::TooLong(limit));
        }
        body.extend_from_slice(&chunk);
    }
    let (parts, _) = http::Response::<Body>::from(response).into_parts();
    Ok(http::Response::from_parts(parts, body).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(body: &str) -> Response {
        http::Response::new(body.to_owned()).into()
    }

    #[tokio::test]
    async fn body_is_read_up_to_its_limit() {
        let whole = read(response("four"), 4).await.unwrap();
        assert_eq!(whole.text().await.unwrap(), "four");
        let error = read(response("four!"), 4).await.unwrap_err();
        assert!(matches!(error, NoResponse::TooLong(4)));
    }
}
