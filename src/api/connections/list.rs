//! `GET /external/connections`: query options to a query, a page to an answer.

use crate::{
    domain::{
        external_connection::ConnectionProperty,
        store::{ListQuery, Order, Position, Scope},
    },
    odata::{
        filter::{self, Filter},
        next_link::next_link,
        orderby::{self, Direction},
    },
};

use super::{
    super::{
        Api, ApiError, Call,
        generated::{ListConnectionsParams, types::ExternalConnectionCollection},
    },
    convert::{self, Selection, TYPE_NAME},
};

impl Api {
    pub(super) async fn list(
        &self,
        call: &Call,
        params: ListConnectionsParams,
    ) -> Result<ExternalConnectionCollection, ApiError> {
        let selection = Selection::parse(params.select.as_deref())?;
        let filter = filter(params.filter.as_deref())?;
        let order = order(params.orderby.as_deref())?;
        let after = self.position(call, &params, order)?;
        let query = ListQuery {
            filter,
            order,
            after,
            skip: unsigned(params.skip.unwrap_or(0)),
            top: unsigned(params.top),
            count: params.count == Some(true),
        };
        let scope = Scope::from(&call.principal);
        let page = self.store.list_connections(&scope, query).await?;
        let entity = |connection| convert::entity(connection, &selection);
        Ok(ExternalConnectionCollection {
            odata_context: selection.set_context(&call.request),
            odata_count: page.count.map(wire_count),
            odata_next_link: page
                .next
                .map(|next| self.next_link(call, &params, &selection, order, &next)),
            value: page.items.into_iter().map(entity).collect(),
        })
    }

    /// The place where a skip token says to go on.
    fn position(
        &self,
        call: &Call,
        params: &ListConnectionsParams,
        order: Order,
    ) -> Result<Option<Position>, ApiError> {
        let Some(token) = &params.skiptoken else {
            return Ok(None);
        };
        let refuse = |message| Err(ApiError::invalid_option("$skiptoken", message));
        if params.skip.is_some() {
            return refuse(
                "$skip and $skiptoken cannot be combined: @odata.nextLink has only the latter.",
            );
        }
        let position = self
            .skip_tokens
            .verify(&binding(call, params, &words(order)), token);
        let position = match (position.as_deref(), order.name) {
            (Some([id]), None) => Some(Position {
                name: None,
                id: id.clone(),
            }),
            (Some([id, name]), Some(_)) => Some(Position {
                name: Some(name.clone()),
                id: id.clone(),
            }),
            _ => None,
        };
        match position {
            Some(position) => Ok(Some(position)),
            None => refuse(
                "The skip token is not valid for this request: follow @odata.nextLink as it is, with the same token.",
            ),
        }
    }

    /// The request again, behind the page. `$skip` has done its work. Lists of properties are written anew: with the
    /// spaces and repetitions of the request, encoded, a link could be longer than a request may be.
    fn next_link(
        &self,
        call: &Call,
        params: &ListConnectionsParams,
        selection: &Selection,
        order: Order,
        next: &Position,
    ) -> String {
        let orderby = words(order);
        let mut position = vec![next.id.as_str()];
        position.extend(next.name.as_deref());
        let token = self
            .skip_tokens
            .sign(&binding(call, params, &orderby), &position);
        let select = selection.words();
        let top = params.top.to_string();
        let count = params.count.map(|count| count.to_string());
        let options = [
            ("$select", params.select.as_ref().map(|_| select.as_str())),
            ("$filter", params.filter.as_deref()),
            (
                "$orderby",
                params.orderby.as_ref().map(|_| orderby.as_str()),
            ),
            ("$top", Some(top.as_str())),
            ("$count", count.as_deref()),
            ("$skiptoken", Some(token.as_str())),
        ];
        let given: Vec<_> = options
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        next_link(
            &format!("{}{}", call.request.origin, call.request.uri.path()),
            &given,
        )
    }
}

/// What a skip token is good for: one collection, as one caller sees it, in one filter and order.
fn binding<'a>(
    call: &'a Call,
    params: &'a ListConnectionsParams,
    orderby: &'a str,
) -> [&'a str; 5] {
    let reach = match call.principal.reach {
        crate::domain::principal::Reach::Tenant => "",
        crate::domain::principal::Reach::Owned => call.principal.app.as_str(),
    };
    [
        "connections",
        call.principal.tenant.as_str(),
        reach,
        params.filter.as_deref().unwrap_or_default(),
        orderby,
    ]
}

/// # Errors
/// A `$filter` that is malformed or not supported.
pub(super) fn filter(option: Option<&str>) -> Result<Option<Filter<ConnectionProperty>>, ApiError> {
    let Some(text) = option else { return Ok(None) };
    Ok(Some(filter::parse(
        text,
        TYPE_NAME,
        ConnectionProperty::from_name,
    )?))
}

/// By `id`, unless asked otherwise. Nothing behind `id` matters: it is unique.
fn order(option: Option<&str>) -> Result<Order, ApiError> {
    let ascending = Order {
        name: None,
        id: Direction::Ascending,
    };
    let Some(text) = option else {
        return Ok(ascending);
    };
    let mut order = ascending;
    let mut unique = false;
    for (key, direction) in orderby::parse(text, TYPE_NAME, sort_key)? {
        match key {
            _ if unique => {}
            SortKey::Name => order.name = Some(direction),
            SortKey::Id => {
                order.id = direction;
                unique = true;
            }
        }
    }
    Ok(order)
}

#[derive(Clone, Copy, PartialEq)]
enum SortKey {
    Id,
    Name,
}

fn sort_key(name: &str) -> Option<orderby::Property<SortKey>> {
    Some(match ConnectionProperty::from_name(name)? {
        ConnectionProperty::Id => orderby::Property::Sortable(SortKey::Id),
        ConnectionProperty::Name => orderby::Property::Sortable(SortKey::Name),
        ConnectionProperty::Description | ConnectionProperty::State => orderby::Property::Other,
    })
}

/// An order in the words of `$orderby`.
fn words(order: Order) -> String {
    let word = |property: &str, direction| match direction {
        Direction::Ascending => property.to_owned(),
        Direction::Descending => format!("{property} desc"),
    };
    match order.name {
        Some(direction) => word("name", direction) + "," + &word("id", order.id),
        None => word("id", order.id),
    }
}

/// The document bounds it from below by 0 or 1.
fn unsigned(value: i32) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

fn wire_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
