//! Collections as streams: page after page over `@odata.nextLink`.

use std::collections::HashSet;

use futures_util::{
    FutureExt, StreamExt, TryStreamExt, future::BoxFuture, stream, stream::BoxStream,
};
use progenitor_client::ResponseValue;

use super::{
    error::Error,
    generated::{
        Client,
        builder::{ListConnections, ListGroups, ListItems, ListMembers, ListOperations},
        types::{
            ConnectionOperation, ConnectionOperationCollection, ExternalConnection,
            ExternalConnectionCollection, ExternalGroup, ExternalGroupCollection, ExternalItem,
            ExternalItemCollection, GroupMember, GroupMemberCollection,
        },
    },
};

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
        options: impl FnOnce(ListConnections<'a>) -> ListConnections<'a>,
    ) -> BoxStream<'a, Result<ExternalConnection, Error>> {
        let first = options(self.list_connections()).send().boxed();
        self.pages("list_connections", first)
    }

    /// All operations of a connection, such as registrations of its schema; read like [`connections`](Self::connections).
    pub fn operations(
        &self,
        connection_id: &str,
    ) -> BoxStream<'_, Result<ConnectionOperation, Error>> {
        self.operations_with(connection_id, |list| list)
    }

    /// The operations with the query options of *list*; read like [`connections`](Self::connections).
    pub fn operations_with<'a>(
        &'a self,
        connection_id: &str,
        options: impl FnOnce(ListOperations<'a>) -> ListOperations<'a>,
    ) -> BoxStream<'a, Result<ConnectionOperation, Error>> {
        let list = self.list_operations().connection_id(connection_id);
        self.pages("list_operations", options(list).send().boxed())
    }

    /// All items of a connection; read like [`connections`](Self::connections).
    ///
    /// ```no_run
    /// # use graph_connections::client::{Client, Error, TryStreamExt};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let mut items = client.items("contosohr");
    /// while let Some(item) = items.try_next().await? {
    ///     println!("{:?}: {:?}", item.id, item.properties);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(&self, connection_id: &str) -> BoxStream<'_, Result<ExternalItem, Error>> {
        self.items_with(connection_id, |list| list)
    }

    /// The items with the query options of *list*; read like [`connections`](Self::connections).
    pub fn items_with<'a>(
        &'a self,
        connection_id: &str,
        options: impl FnOnce(ListItems<'a>) -> ListItems<'a>,
    ) -> BoxStream<'a, Result<ExternalItem, Error>> {
        let list = self.list_items().connection_id(connection_id);
        self.pages("list_items", options(list).send().boxed())
    }

    /// All external groups of a connection; read like [`connections`](Self::connections).
    pub fn groups(&self, connection_id: &str) -> BoxStream<'_, Result<ExternalGroup, Error>> {
        self.groups_with(connection_id, |list| list)
    }

    /// The external groups with the query options of *list*; read like [`connections`](Self::connections).
    pub fn groups_with<'a>(
        &'a self,
        connection_id: &str,
        options: impl FnOnce(ListGroups<'a>) -> ListGroups<'a>,
    ) -> BoxStream<'a, Result<ExternalGroup, Error>> {
        let list = self.list_groups().connection_id(connection_id);
        self.pages("list_groups", options(list).send().boxed())
    }

    /// All members of an external group; read like [`connections`](Self::connections).
    pub fn members(
        &self,
        connection_id: &str,
        group_id: &str,
    ) -> BoxStream<'_, Result<GroupMember, Error>> {
        self.members_with(connection_id, group_id, |list| list)
    }

    /// The members with the query options of *list*; read like [`connections`](Self::connections).
    pub fn members_with<'a>(
        &'a self,
        connection_id: &str,
        group_id: &str,
        options: impl FnOnce(ListMembers<'a>) -> ListMembers<'a>,
    ) -> BoxStream<'a, Result<GroupMember, Error>> {
        let list = self.list_members();
        let list = list.connection_id(connection_id).group_id(group_id);
        self.pages("list_members", options(list).send().boxed())
    }

    /// The entities of the first page, and of those that its next links lead to.
    fn pages<'a, P: Page>(
        &'a self,
        operation_id: &'static str,
        first: BoxFuture<'a, Result<ResponseValue<P>, Error>>,
    ) -> BoxStream<'a, Result<P::Entity, Error>> {
        let links = Links {
            next: Next::First(first),
            followed: HashSet::new(),
        };
        stream::try_unfold(links, move |links| self.page(operation_id, links))
            .map_ok(|entities| stream::iter(entities.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    async fn page<'a, P: Page>(
        &'a self,
        operation_id: &'static str,
        mut links: Links<'a, P>,
    ) -> Result<Option<(Vec<P::Entity>, Links<'a, P>)>, Error> {
        let page = match links.next {
            Next::First(first) => first.await?,
            Next::Link(link) => {
                let url = self.own_url(&link, "next link")?;
                if !links.followed.insert(link) {
                    let reason = "the next link was followed before: the pages have no end";
                    return Err(Error::InvalidRequest(reason.to_owned()));
                }
                self.get(operation_id, url).await?
            }
            Next::Nothing => return Ok(None),
        };
        let (entities, next_link) = page.into_inner().into_parts();
        links.next = next_link.map_or(Next::Nothing, Next::Link);
        Ok(Some((entities, links)))
    }
}

/// Where a stream is.
struct Links<'a, P> {
    next: Next<'a, P>,
    followed: HashSet<String>,
}

/// Where the next page comes from.
enum Next<'a, P> {
    First(BoxFuture<'a, Result<ResponseValue<P>, Error>>),
    Link(String),
    Nothing,
}

/// A page of a collection, as the document has it for each kind of entity.
trait Page: serde::de::DeserializeOwned + Send + 'static {
    type Entity: Send;

    /// The entities, and `@odata.nextLink`.
    fn into_parts(self) -> (Vec<Self::Entity>, Option<String>);
}

macro_rules! pages {
    ($($collection:ty => $entity:ty),+ $(,)?) => {$(
        impl Page for $collection {
            type Entity = $entity;

            fn into_parts(self) -> (Vec<Self::Entity>, Option<String>) {
                (self.value, self.odata_next_link)
            }
        }
    )+};
}

pages! {
    ExternalConnectionCollection => ExternalConnection,
    ConnectionOperationCollection => ConnectionOperation,
    ExternalItemCollection => ExternalItem,
    ExternalGroupCollection => ExternalGroup,
    GroupMemberCollection => GroupMember,
}
