//! Search as a stream: page after page by `from` and `size`.

use std::{fmt::Display, future::ready};

use futures_util::{Stream, StreamExt, TryStreamExt, stream, stream::BoxStream};

use super::{
    error::Error,
    generated::{
        Client,
        types::{SearchHit, SearchHitsContainer, SearchRequest, SearchRequests},
    },
};

impl Client {
    /// All hits of a search, page after page as the stream is read: from `from` on, `size` in a page. The first error ends it.
    ///
    /// What is written or deleted meanwhile can move hits from one page to another.
    ///
    /// ```no_run
    /// # use graph_connections::client::{Client, Error, TryStreamExt};
    /// use graph_connections::client::types::{SearchEntityType, SearchQuery, SearchRequest};
    ///
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let query = SearchQuery::builder().query_string("gateway priority>=2");
    /// let search = SearchRequest::builder()
    ///     .entity_types([SearchEntityType::ExternalItem])
    ///     .content_sources(vec!["/external/connections/contosohr".to_owned()])
    ///     .query(query);
    /// let mut hits = client.search_hits(search);
    /// while let Some(hit) = hits.try_next().await? {
    ///     println!("{}: {:?}", hit.rank, hit.resource.properties.get("ticketTitle"));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The stream ends with [`Error::InvalidRequest`] if a member of the search is missing or the service says that there are more hits
    /// and gives none; [`Error::Service`] if the search breaks a rule; otherwise with those of every call.
    pub fn search_hits<S>(&self, search: S) -> BoxStream<'_, Result<SearchHit, Error>>
    where
        S: TryInto<SearchRequest>,
        S::Error: Display,
    {
        let first = search
            .try_into()
            .map_err(|missing| Error::InvalidRequest(missing.to_string()));
        stream::once(ready(first))
            .map_ok(|search| self.pages_of_hits(search))
            .try_flatten()
            .map_ok(|hits| stream::iter(hits.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    fn pages_of_hits(
        &self,
        search: SearchRequest,
    ) -> impl Stream<Item = Result<Vec<SearchHit>, Error>> {
        stream::try_unfold(Some(search), async |next| {
            let Some(search) = next else {
                return Ok(None);
            };
            let body = SearchRequests {
                requests: vec![search.clone()],
            };
            let answer = self.search().body(body).send().await?.into_inner();
            let mut containers = answer.value.into_iter().flat_map(|it| it.hits_containers);
            let Some(page) = containers.next() else {
                return Ok(None);
            };
            let next = page
                .more_results_available
                .then(|| behind(search, &page))
                .transpose()?;
            Ok(Some((page.hits, next)))
        })
    }
}

/// The search for what comes behind a page. Its hits may be fewer than the places that it takes: the service leaves out those that
/// were deleted while it read them, and `rank` is a place.
fn behind(search: SearchRequest, page: &SearchHitsContainer) -> Result<SearchRequest, Error> {
    let from = page.hits.last().and_then(|last| {
        let hits = i32::try_from(page.hits.len()).ok()?;
        let behind = search.from.unwrap_or_default().checked_add(hits)?;
        Some(behind.max(last.rank))
    });
    let from = from.ok_or_else(|| {
        let reason = "the service says that there are more hits and gives none";
        Error::InvalidRequest(reason.to_owned())
    })?;
    Ok(SearchRequest {
        from: Some(from),
        ..search
    })
}
