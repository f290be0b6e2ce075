//! Collections as streams: page after page over `@odata.nextLink`.

use std::collections::HashSet;

use futures_util::{StreamExt, TryStreamExt, stream, stream::BoxStream};
use progenitor_client::ClientInfo;
use reqwest::Url;

use super::{
    error::Error,
    generated::{Client, builder, types::ExternalConnection},
};

/// Where the next page comes from.
enum Next<'a> {
    First(builder::ListConnections<'a>),
    Link(String),
    Nothing,
}

impl Client {
    /// All connections within reach, page after page as the stream is read. The first error ends it.
    pub fn connections(&self) -> BoxStream<'_, Result<ExternalConnection, Error>> {
        self.connections_with(|list| list)
    }

    /// The connections that the query options of *list* ask for, page after page as the stream is read. The first error ends it.
    ///
    /// ```no_run
    /// # use graph_connections::client::{Client, Error, TryStreamExt};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let ready: Vec<_> = client
    ///     .connections_with(|list| list.filter("state eq 'ready'").orderby("name").top(500))
    ///     .try_collect()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn connections_with<'a>(
        &'a self,
        options: impl FnOnce(builder::ListConnections<'a>) -> builder::ListConnections<'a>,
    ) -> BoxStream<'a, Result<ExternalConnection, Error>> {
        let first = Next::First(options(self.list_connections()));
        // The next links that were followed.
        stream::try_unfold((first, HashSet::new()), |(next, followed)| {
            self.page(next, followed)
        })
        .map_ok(|page| stream::iter(page.into_iter().map(Ok)))
        .try_flatten()
        .boxed()
    }

    async fn page<'a>(
        &self,
        next: Next<'a>,
        mut followed: HashSet<String>,
    ) -> Result<Option<(Vec<ExternalConnection>, (Next<'a>, HashSet<String>))>, Error> {
        let page = match next {
            Next::First(list) => list.send().await?.into_inner(),
            Next::Link(link) => {
                let client = self.at(&link)?;
                if !followed.insert(link) {
                    let reason = "the next link was followed before: the pages have no end";
                    return Err(Error::InvalidRequest(reason.to_owned()));
                }
                client.list_connections().send().await?.into_inner()
            }
            Next::Nothing => return Ok(None),
        };
        let next = page.odata_next_link.map_or(Next::Nothing, Next::Link);
        Ok(Some((page.value, (next, followed))))
    }

    /// A client whose requests go to a next link, which is opaque and taken as it is (OData 4.01 part 1, section 11.2.6.7).
    ///
    /// The requests carry the credential, and the link is what an answer says: it is followed only to the scheme, host and port of
    /// the base URL.
    fn at(&self, link: &str) -> Result<Self, Error> {
        let refused = |reason| Error::InvalidRequest(format!("the next link {reason}"));
        let base = Url::parse(self.baseurl()).expect("the client's builder has checked it");
        let url = Url::parse(link).map_err(|_| refused("is not an absolute URL"))?;
        if url.origin() != base.origin() {
            return Err(refused("leads to another origin than the base URL"));
        }
        // It would go out in place of the token.
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("has a user or a password"));
        }
        let mut client = self.clone();
        client.inner.next_link = Some(url);
        Ok(client)
    }
}
