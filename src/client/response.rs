//! Requests and responses whose size is bounded.

use reqwest::{Body, Client, Request, Response};
use uuid::Uuid;

use super::error::Error;

/// How much of a success is read. A page of 999 connections with long descriptions has a tenth of it.
const SUCCESS_BYTES: usize = 64 * 1024 * 1024;

/// Sends a request. The body of a success is read completely; that of an error is left to be read within its own bound.
pub(super) async fn send(http: &Client, request: Request, id: Uuid) -> Result<Response, Error> {
    let response = http.execute(request).await;
    let response = response.map_err(|cause| Error::transport(cause, Some(id)))?;
    if is_error(&response) {
        return Ok(response);
    }
    read(response, SUCCESS_BYTES, Some(id)).await
}

pub(super) fn is_error(response: &Response) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

/// The response with all of its body in memory. `id`: see [`Error::client_request_id`].
pub(super) async fn read(
    mut response: Response,
    limit: usize,
    id: Option<Uuid>,
) -> Result<Response, Error> {
    let mut body = Vec::new();
    let lost = |cause| Error::transport(cause, id);
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        if body.len() + chunk.len() > limit {
            return Err(Error::decode(&format!("longer than {limit} bytes"), id));
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
        let whole = read(response("four"), 4, None).await.unwrap();
        assert_eq!(whole.text().await.unwrap(), "four");
        let error = read(response("four!"), 4, None).await.unwrap_err();
        assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    }
}
