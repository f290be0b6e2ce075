//! Several items in one request (Graph, JSON batching).

use std::{collections::HashMap, time::Duration};

use progenitor_client::ClientInfo;
use reqwest::{Response, StatusCode, Url};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::item_put::{ItemPut, outcome};
use crate::client::{
    error::Error,
    generated::{
        Client,
        types::{BatchMethod, BatchRequest, BatchResponse, BatchResponsePart},
    },
    random,
    retry::Attempts,
};

/// Requests in a batch. Source: Graph, JSON batching.
pub(super) const ITEMS: usize = 20;
/// The body of a batch, bytes. A request may have 4 MB, and so may the answer, which repeats the items and says a little more.
pub(super) const BYTES: usize = 3_500_000;

/// Items by the numbers that the caller knows them by.
type Numbered<T> = Vec<(usize, T)>;

/// The body of `runBatch`, as [`BatchRequest`] has it, with items that are written already.
#[derive(Serialize)]
struct Batch<'a> {
    requests: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    id: String,
    method: BatchMethod,
    url: &'a str,
    headers: Headers,
    body: &'a RawValue,
}

#[derive(Serialize)]
struct Headers {
    #[serde(rename = "Content-Type")]
    content_type: &'static str,
}

impl Client {
    /// Puts items in a batch, and those that the service has no time for in further ones, by the retry policy of one call. It begins
    /// anew whenever an item has been put, and while items are throttled its time counts, not its attempts: where many batches share a
    /// rate, one may have to wait for several others.
    ///
    /// A single item goes without a batch. So do items whose batch is refused as a whole, or whose answers together are too large.
    pub(super) async fn put_batch(
        &self,
        mut puts: Numbered<ItemPut>,
    ) -> Numbered<Result<(), Error>> {
        if puts.len() < 2 {
            return self.put_one_by_one(puts).await;
        }
        let mut outcomes = Vec::with_capacity(puts.len());
        // A put is idempotent, and so is a batch of them.
        let mut attempts = Attempts::new(self.inner().retry, true);
        loop {
            let id = random::uuid();
            let mut answers = match self.run_puts(&puts, id, &mut attempts).await {
                Ok(answers) => answers,
                // One of them may be to blame: too large, or JSON that the service does not read.
                Err(error) if error.status().is_some_and(may_be_of_one) => {
                    outcomes.extend(self.put_one_by_one(puts).await);
                    return outcomes;
                }
                Err(error) => {
                    outcomes.extend(puts.iter().map(|(number, _)| (*number, Err(error.clone()))));
                    return outcomes;
                }
            };
            let (mut again, mut alone, mut longest) = (Vec::new(), Vec::new(), Duration::ZERO);
            let (sent, mut is_throttled) = (puts.len(), true);
            for (number, put) in puts {
                let Some(answer) = answers.remove(&number) else {
                    let error = Error::decode("no answer to a request of the batch", Some(id));
                    outcomes.push((number, Err(error)));
                    continue;
                };
                if answer.status() == StatusCode::INSUFFICIENT_STORAGE {
                    alone.push((number, put));
                } else if let Some(wait) = attempts.wait(Ok(&answer)) {
                    longest = longest.max(wait);
                    is_throttled &= answer.status() == StatusCode::TOO_MANY_REQUESTS;
                    again.push((number, put));
                } else {
                    outcomes.push((number, outcome(answer, id).await));
                }
            }
            outcomes.extend(self.put_one_by_one(alone).await);
            if again.is_empty() {
                return outcomes;
            }
            if again.len() < sent {
                attempts = Attempts::new(self.inner().retry, true);
            }
            attempts.pause(longest).await;
            if is_throttled {
                attempts.number -= 1;
            }
            puts = again;
        }
    }

    async fn put_one_by_one(&self, puts: Numbered<ItemPut>) -> Numbered<Result<(), Error>> {
        let mut outcomes = Vec::with_capacity(puts.len());
        for (number, put) in puts {
            outcomes.push((number, put.send(self).await));
        }
        outcomes
    }

    /// The answers to a batch of these items, by their numbers.
    async fn run_puts(
        &self,
        puts: &[(usize, ItemPut)],
        id: Uuid,
        attempts: &mut Attempts,
    ) -> Result<HashMap<usize, Response>, Error> {
        let base_url = Url::parse(self.baseurl()).expect("the client's builder has checked it");
        let requests = puts.iter().map(|(number, put)| Part {
            id: number.to_string(),
            method: BatchMethod::Put,
            url: put.path(&base_url),
            headers: Headers {
                content_type: "application/json",
            },
            body: &put.json,
        });
        let batch = Batch {
            requests: requests.collect(),
        };
        let body = serde_json::to_vec(&batch).expect("texts, and items that were written before");
        let run = self.run_batch().body(BatchRequest {
            requests: Vec::new(),
        });
        let (mut request, operation) = run
            .into_request()
            .map_err(|error| Error::generated(error, id))?;
        *request.body_mut() = Some(body.into());
        let response = self.exchange(request, &operation, id, attempts).await?;
        if response.status() != StatusCode::OK {
            outcome(response, id).await?;
            return Ok(HashMap::new());
        }
        let body = response.bytes().await;
        let body = body.map_err(|cause| Error::transport(cause, Some(id)))?;
        let answers: BatchResponse = serde_json::from_slice(&body)
            .map_err(|cause| Error::decode(&cause.to_string(), Some(id)))?;
        let answers = answers.responses.into_iter();
        Ok(answers.filter_map(of_part).collect())
    }
}

fn may_be_of_one(status: StatusCode) -> bool {
    [StatusCode::BAD_REQUEST, StatusCode::PAYLOAD_TOO_LARGE].contains(&status)
}

/// The answer to one request of a batch as if it had come alone; `None` if it cannot be one.
fn of_part(part: BatchResponsePart) -> Option<(usize, Response)> {
    let number = part.id.parse().ok()?;
    let mut response = http::Response::builder().status(u16::try_from(part.status).ok()?);
    for (name, value) in part.headers.into_iter().flat_map(|headers| headers.0) {
        response = response.header(name, value);
    }
    let body = part.body.map(|body| body.to_string()).unwrap_or_default();
    Some((number, response.body(body).ok()?.into()))
}
