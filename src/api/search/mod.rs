//! The tag `search`: its handler. `request` makes the domain's searches of the document's, `answer` the document's hits of what was
//! found, `templates` shows how hits look.

mod answer;
mod request;
mod templates;

use openapi_contract_runtime::SMALL_BYTES;

use crate::domain::{
    Error, Violation,
    search::{Heading, SearchAnswer, Searching},
};

use super::{
    error::ApiError,
    generated::{
        SearchApi, SearchParams, SearchResponse,
        types::{self, SearchResultsCollection},
    },
    service::{Api, Call},
};

use self::{
    request::{QUERY_STRING, Search},
    templates::Templates,
};

/// What a hit with its properties takes in most answers, *bytes*.
const HIT_BYTES: usize = 2 * 1_024;

/// The answers to the searches of a request together, *bytes*: a quarter of the memory for all answers.
const ANSWER_BYTES: usize = 8 * 1_024 * 1_024;

impl SearchApi for Api {
    async fn search(&self, call: Call, params: SearchParams) -> Result<SearchResponse, ApiError> {
        let searches = request::searches(params.body.requests)?;
        let found = self.found(&call, &searches).await?;
        let hint = answer::hint(&found);
        let mut value = Vec::new();
        for (search, found) in searches.iter().zip(found) {
            let templates = if search.with_templates {
                self.templates(&call, &found).await?
            } else {
                Templates::default()
            };
            value.push(answer::results(found, search, templates, &call));
        }
        let odata_context = call
            .request
            .context("Collection(microsoft.graph.searchResponse)");
        Ok(SearchResponse::Ok {
            body: SearchResultsCollection {
                odata_context,
                value,
            },
            graph_connections_search_hint: hint,
        })
    }
}

/// A search alone, with the heading of each hit.
///
/// # Errors
/// Pointers lead into the one search.
pub(super) async fn searched(
    api: &Api,
    call: &Call,
    given: types::SearchRequest,
) -> Result<(SearchAnswer, Vec<Heading>), ApiError> {
    let search = request::search(given).map_err(Error::Invalid)?;
    let searching = api.searching();
    let found = searching.search_headings(&call.principal, search.request);
    found.await.map_err(|error| match error {
        Error::TooCostly => ApiError::too_costly_search(QUERY_STRING),
        error => error.into(),
    })
}

impl Api {
    pub(super) fn searching(&self) -> Searching<'_> {
        Searching {
            store: &*self.store,
            index: &*self.index,
        }
    }

    /// What each search finds. What takes more memory in the answer than hits mostly do is dropped, and searched again once there is
    /// memory for it.
    async fn found(&self, call: &Call, searches: &[Search]) -> Result<Vec<SearchAnswer>, ApiError> {
        let hits: usize = searches
            .iter()
            .map(|search| search.request.size as usize)
            .sum();
        let mut held = (hits * HIT_BYTES).max(SMALL_BYTES);
        loop {
            call.memory.hold_answer(held).await?;
            let mut found = Vec::new();
            let mut needed = 0;
            for (index, search) in searches.iter().enumerate() {
                let searching = self.searching();
                let answer = searching.search(&call.principal, &search.request).await;
                let answer = answer.map_err(|error| search.refused(error, index))?;
                needed += answer::bytes(&answer);
                if needed > ANSWER_BYTES {
                    let rule = format!(
                        "must be less, or fields must be fewer: all hits of a request have at most {ANSWER_BYTES} bytes together"
                    );
                    let broken = vec![Violation::new("/size", rule)];
                    return Err(search.refused(Error::Invalid(broken), index));
                }
                found.push(answer);
            }
            if needed <= held {
                return Ok(found);
            }
            held = needed;
        }
    }
}
