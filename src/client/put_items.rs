//! Many items: several requests at a time, several items in a request.

mod batch;
mod item_put;

use futures_util::{FutureExt, Stream, StreamExt, stream, stream::BoxStream};
use serde::Serialize;

use self::item_put::ItemPut;
use super::{error::Error, generated::Client};

/// Requests at a time, unless set.
const CONCURRENCY: usize = 4;

/// Puts many items; made by [`Client::put_items`].
#[must_use = "nothing is put until `send` is called and its stream is read"]
pub struct PutItems<'a, S> {
    client: &'a Client,
    connection_id: String,
    items: S,
    concurrency: usize,
}

impl Client {
    /// Creates or replaces many items of a connection: pairs of an identifier and an item, which may be a
    /// [`types::ExternalItemPut`](super::types::ExternalItemPut) or other JSON of its form.
    ///
    /// Items that are ready together go in one `$batch`, up to 20 and 3.5 MB; a single one, and one that is too large for a batch, goes
    /// alone. Each is retried by the client's [`RetryPolicy`](super::RetryPolicy). Those of a batch that are throttled go together again
    /// after the longest `Retry-After` among them, as long as some are put within the policy's time.
    ///
    /// ```no_run
    /// # use graph_connections::client::{Client, Error};
    /// use graph_connections::client::{StreamExt, stream, types::ExternalItemPut};
    ///
    /// # async fn example(client: Client, tickets: Vec<(String, ExternalItemPut)>) {
    /// let mut results = client.put_items("contosohr", stream::iter(tickets)).concurrency(8).send();
    /// while let Some((id, result)) = results.next().await {
    ///     if let Err(error) = result {
    ///         eprintln!("{id}: {error}");
    ///     }
    /// }
    /// # }
    /// ```
    pub fn put_items<'a, S, I, B>(&'a self, connection_id: &str, items: S) -> PutItems<'a, S>
    where
        S: Stream<Item = (I, B)> + Send + 'a,
        I: AsRef<str> + Send + 'a,
        B: Serialize + Send + 'a,
    {
        PutItems {
            client: self,
            connection_id: connection_id.to_owned(),
            items,
            concurrency: CONCURRENCY,
        }
    }
}

impl<'a, S, I, B> PutItems<'a, S>
where
    S: Stream<Item = (I, B)> + Send + 'a,
    I: AsRef<str> + Send + 'a,
    B: Serialize + Send + 'a,
{
    /// How many requests are under way at a time: 4 unless set; 0 means 1. No more than 20 times as many items are in memory.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// The results, one for each item and in the order of the items: its identifier, and whether it was put.
    ///
    /// Items are taken and sent as the stream is read. Dropping it abandons the requests under way: their items may have been put
    /// or not, and can be put again. An identifier should come once: of two items with the same one, either may be put last.
    ///
    /// # Errors
    ///
    /// Those of every call, for each item on its own: an [`Error::Service`] names the members that break a rule. If a whole batch
    /// fails, each of its items has its error. [`Error::InvalidRequest`] if the identifier is none or the item cannot be written as JSON.
    pub fn send(self) -> BoxStream<'a, (I, Result<(), Error>)> {
        let Self {
            client,
            connection_id,
            items,
            concurrency,
        } = self;
        let puts = items.map(move |(id, item)| {
            let put = ItemPut::new(client, &connection_id, id.as_ref(), &item);
            (id, put)
        });
        ready_together(puts)
            .map(|puts| client.put_all(puts))
            .buffered(concurrency.max(1))
            .flat_map(stream::iter)
            .boxed()
    }
}

type Put<I> = (I, Result<ItemPut, Error>);

/// The items that are ready at the same time, as many as a batch takes. The last one may be too large for it.
fn ready_together<'a, I: Send + 'a>(
    puts: impl Stream<Item = Put<I>> + Send + 'a,
) -> impl Stream<Item = Vec<Put<I>>> + Send + 'a {
    let size = |(_, put): &Put<I>| put.as_ref().map_or(0, ItemPut::bytes);
    stream::unfold(puts.boxed().fuse(), move |mut puts| async move {
        let mut together = vec![puts.next().await?];
        let mut bytes = size(&together[0]);
        while together.len() < batch::ITEMS && bytes < batch::BYTES {
            let Some(Some(put)) = puts.next().now_or_never() else {
                break;
            };
            bytes += size(&put);
            together.push(put);
        }
        Some((together, puts))
    })
}

impl Client {
    /// Puts items that were ready together, one batch after the other.
    async fn put_all<I>(&self, puts: Vec<Put<I>>) -> Vec<(I, Result<(), Error>)> {
        let mut results = Vec::with_capacity(puts.len());
        let mut batches = vec![Vec::new()];
        let mut bytes = 0;
        for (index, (id, put)) in puts.into_iter().enumerate() {
            let refused = put.map(|put| {
                bytes += put.bytes();
                if bytes > batch::BYTES {
                    bytes = put.bytes();
                    batches.push(Vec::new());
                }
                let last = batches.last_mut().expect("there is one from the start");
                last.push((index, put));
            });
            results.push((id, refused));
        }
        for batch in batches {
            for (index, outcome) in self.put_batch(batch).await {
                results[index].1 = outcome;
            }
        }
        results
    }
}
