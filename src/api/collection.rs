//! The plan of every collection: query options become a query over the properties of its entities, a page becomes an
//! answer. A resource says what its [`Collection`] is and how a row becomes an entity of the document.

use std::borrow::Cow;

use openapi_contract_runtime::SMALL_BYTES;

use crate::{
    domain::{
        principal::AppId,
        store::{ListQuery, Order, Page, Position, StoreFuture},
    },
    odata::{
        context,
        filter::{self, Filter},
        next_link::next_link,
        orderby::{self, Direction},
        property, select,
        skip_token::Signer,
    },
};

use super::{
    error::ApiError,
    generated::types,
    request::{Metadata, RequestContext},
    service::Call,
};

/// A page ends early once its texts are about this long, *bytes*: the number of entities alone does not bound its memory.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// A collection of the document; `P` are the properties that queries can name.
pub(super) struct Collection<P: 'static> {
    /// The name of the entities' type in messages.
    pub(super) entity_type: &'static str,
    /// The name in context URLs.
    pub(super) entity_set: Cow<'static, str>,
    /// The path below the service root.
    pub(super) path: Cow<'static, str>,
    /// The members of an entity in answers, in the order of the document.
    pub(super) members: &'static [&'static str],
    /// What `$filter` can name.
    pub(super) properties: &'static [(&'static str, P)],
    /// The property that tells entities apart. `$orderby` can name it.
    pub(super) id: (&'static str, P),
    /// The property that `$orderby` can name besides.
    pub(super) name: Option<(&'static str, P)>,
}

/// The query options of a list, as the rules of the document let them through.
#[derive(Default)]
pub(super) struct QueryOptions<'a> {
    pub(super) select: Option<&'a str>,
    pub(super) filter: Option<&'a str>,
    pub(super) orderby: Option<&'a str>,
    /// 1 or more.
    pub(super) top: i32,
    /// 0 or more.
    pub(super) skip: Option<i32>,
    pub(super) skiptoken: Option<&'a str>,
    pub(super) count: Option<bool>,
}

impl<'a> QueryOptions<'a> {
    /// Those of a list in the order of identifiers.
    pub(super) fn in_order(
        select: Option<&'a str>,
        top: i32,
        skiptoken: Option<&'a str>,
        count: Option<bool>,
    ) -> Self {
        Self {
            select,
            top,
            skiptoken,
            count,
            ..Self::default()
        }
    }
}

/// A list request whose query options have been read.
struct List<'a, P: 'static> {
    collection: &'a Collection<P>,
    call: &'a Call,
    options: QueryOptions<'a>,
    selection: Selection,
    /// The order in the words of `$orderby`.
    orderby: String,
    skip_tokens: &'a Signer,
}

/// A page as the document describes every collection; converted to the generated type.
pub(super) struct Answer<E> {
    pub(super) context: Option<String>,
    pub(super) count: Option<i64>,
    pub(super) next_link: Option<String>,
    pub(super) value: Vec<E>,
}

/// The answer in the type that the document has for it.
macro_rules! collections {
    ($($collection:ident of $entity:ident;)+) => {$(
        impl From<Answer<types::$entity>> for types::$collection {
            fn from(answer: Answer<types::$entity>) -> Self {
                Self {
                    odata_context: answer.context,
                    odata_count: answer.count,
                    odata_next_link: answer.next_link,
                    value: answer.value,
                }
            }
        }
    )+};
}

collections! {
    ExternalConnectionCollection of ExternalConnection;
    ConnectionOperationCollection of ConnectionOperation;
    ExternalItemCollection of ExternalItem;
    ActivityCollection of Activity;
    ExternalGroupCollection of ExternalGroup;
    GroupMemberCollection of GroupMember;
}

/// The members that an answer has.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Selection(Option<Vec<&'static str>>);

impl Selection {
    pub(super) fn has(&self, member: &str) -> bool {
        self.0
            .as_ref()
            .is_none_or(|selected| selected.contains(&member))
    }

    /// The selection in the words of `$select`.
    fn words(&self) -> String {
        match &self.0 {
            None => "*".to_owned(),
            Some(selected) => selected.join(","),
        }
    }
}

impl<P: Copy + PartialEq> Collection<P> {
    /// # Errors
    /// A `$select` that is malformed or names no property.
    pub(super) fn selection(&self, option: Option<&str>) -> Result<Selection, ApiError> {
        let Some(text) = option else {
            return Ok(Selection::default());
        };
        let members = self.members.iter().copied();
        let properties: Vec<_> = members.filter(|member| !member.starts_with('@')).collect();
        let selected = select::parse(text, self.entity_type, &properties)?;
        Ok(Selection(
            (selected.len() < properties.len()).then_some(selected),
        ))
    }

    /// # Errors
    /// A `$filter` that is malformed or not supported.
    pub(super) fn filter(&self, option: Option<&str>) -> Result<Option<Filter<P>>, ApiError> {
        let resolve = |name: &str| property(self.properties, name);
        let parse = |text| filter::parse(text, self.entity_type, resolve);
        Ok(option.map(parse).transpose()?)
    }

    /// Answers a list: reads the query options, then a page of rows, each of which becomes an entity.
    ///
    /// # Errors
    /// A query option that is malformed or not supported, or that does not go with the others; an error of the store.
    pub(super) async fn list<'s, T, E>(
        &self,
        call: &Call,
        options: QueryOptions<'_>,
        skip_tokens: &Signer,
        read: impl Fn(ListQuery<P>) -> StoreFuture<'s, Page<T>>,
        entity: impl Fn(T, &Selection) -> E,
    ) -> Result<Answer<E>, ApiError> {
        let order = self.order(options.orderby)?;
        let list = List {
            collection: self,
            call,
            selection: self.selection(options.select)?,
            orderby: self.words(order),
            options,
            skip_tokens,
        };
        let query = ListQuery {
            filter: self.filter(list.options.filter)?,
            order,
            after: list.position(order)?,
            skip: unsigned(list.options.skip.unwrap_or_default()),
            top: unsigned(list.options.top),
            bytes: SMALL_BYTES,
            count: list.options.count == Some(true),
        };
        let page = list.page(query, read).await?;
        let entity = |row| entity(row, &list.selection);
        Ok(Answer {
            context: self.context(&call.request, &list.selection),
            count: page.count.map(|count| count.try_into().unwrap_or(i64::MAX)),
            next_link: page.next.map(|next| list.next_link(&next)),
            value: page.items.into_iter().map(entity).collect(),
        })
    }

    /// The context URL of one entity, unless the client wants none.
    pub(super) fn entity_context(
        &self,
        request: &RequestContext,
        selection: &Selection,
    ) -> Option<String> {
        Some(self.context(request, selection)? + context::ENTITY)
    }

    fn context(&self, request: &RequestContext, selection: &Selection) -> Option<String> {
        let root = request.service_root();
        let url = || context::entity_set(&root, &self.entity_set, selection.0.as_deref());
        (request.metadata == Metadata::Minimal).then(url)
    }

    /// The absolute address of an entity. Identifiers have nothing to encode.
    pub(super) fn location(&self, request: &RequestContext, id: &str) -> String {
        format!("{}{}/{id}", request.service_root(), self.path)
    }

    /// By identifier, unless asked otherwise. Properties after the identifier have no effect: it is unique.
    fn order(&self, option: Option<&str>) -> Result<Order, ApiError> {
        let mut order = Order {
            name: None,
            id: Direction::Ascending,
        };
        let Some(text) = option else {
            return Ok(order);
        };
        let resolve = |name: &str| property(self.properties, name);
        let is_sortable = |property| {
            let mut sortable = [self.id].into_iter().chain(self.name);
            sortable.any(|(_, other)| other == property)
        };
        let properties = orderby::parse(text, self.entity_type, resolve, is_sortable)?;
        for (property, direction) in properties {
            if property == self.id.1 {
                order.id = direction;
                break;
            }
            order.name = Some(direction);
        }
        Ok(order)
    }

    /// An order in the words of `$orderby`.
    fn words(&self, order: Order) -> String {
        let word = |(name, _): (&str, P), direction| match direction {
            Direction::Ascending => name.to_owned(),
            Direction::Descending => format!("{name} desc"),
        };
        let id = word(self.id, order.id);
        match self.name.zip(order.name) {
            Some((name, direction)) => word(name, direction) + "," + &id,
            None => id,
        }
    }
}

impl<P: Copy + PartialEq> List<'_, P> {
    /// Reads a page: a small one at once, a larger one when there is memory for it in the answer.
    async fn page<'s, T>(
        &self,
        mut query: ListQuery<P>,
        read: impl Fn(ListQuery<P>) -> StoreFuture<'s, Page<T>>,
    ) -> Result<Page<T>, ApiError> {
        loop {
            self.call.memory.hold_answer(query.bytes).await?;
            let page = read(query.clone()).await?;
            let is_whole = query.bytes >= PAGE_BYTES && !page.items.is_empty();
            let Some(left_out) = page.left_out.filter(|_| !is_whole) else {
                return Ok(page);
            };
            // What was read is dropped before anything is waited for, and read anew: a page is of one moment.
            query.bytes = PAGE_BYTES.max(left_out);
        }
    }

    /// The position in the skip token, if the request has one.
    fn position(&self, order: Order) -> Result<Option<Position>, ApiError> {
        let Some(token) = self.options.skiptoken else {
            return Ok(None);
        };
        let refuse = |message| Err(ApiError::invalid_option("$skiptoken", message));
        if self.options.skip.is_some() {
            return refuse(
                "$skip and $skiptoken cannot be combined: @odata.nextLink has only the latter.",
            );
        }
        let position = self.skip_tokens.verify(&self.binding(), token);
        let (id, name) = match (position.as_deref(), order.name) {
            (Some([id]), None) => (id.clone(), None),
            (Some([id, name]), Some(_)) => (id.clone(), Some(name.clone())),
            _ => {
                return refuse(
                    "The skip token is not valid for this request: follow @odata.nextLink as it is, with the same token.",
                );
            }
        };
        Ok(Some(Position { name, id }))
    }

    /// What a skip token is bound to: one collection, what the caller can see of it, one filter and one order.
    fn binding(&self) -> [&str; 5] {
        let scope = &self.call.scope;
        [
            &self.collection.entity_set,
            scope.tenant.as_str(),
            scope.app.as_ref().map_or("", AppId::as_str),
            self.options.filter.unwrap_or_default(),
            &self.orderby,
        ]
    }

    /// The address of the next page: the same query options, without `$skip`, which is applied already. `$select` and
    /// `$orderby` are written in their shortest form: encoded spaces and repetitions could make the link longer than a
    /// request may be.
    fn next_link(&self, next: &Position) -> String {
        let mut position = vec![next.id.as_str()];
        position.extend(next.name.as_deref());
        let token = self.skip_tokens.sign(&self.binding(), &position);
        let select = self.selection.words();
        let top = self.options.top.to_string();
        let count = self.options.count.map(|count| count.to_string());
        let orderby = self.options.orderby.map(|_| self.orderby.as_str());
        let options = [
            ("$select", self.options.select.map(|_| select.as_str())),
            ("$filter", self.options.filter),
            ("$orderby", orderby),
            ("$top", Some(top.as_str())),
            ("$count", count.as_deref()),
            ("$skiptoken", Some(token.as_str())),
        ];
        let request = &self.call.request;
        let url = format!("{}{}", request.origin, request.uri.path());
        next_link(&url, &options)
    }
}

/// The document bounds it from below by 0 or 1.
pub(super) fn unsigned(value: i32) -> u32 {
    u32::try_from(value).unwrap_or_default()
}
