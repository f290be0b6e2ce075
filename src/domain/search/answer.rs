//! What a search gives.

use crate::domain::{external_connection::ConnectionId, settings::JsonText};

/// Source: Graph, searchHitsContainer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SearchAnswer {
    /// The words that were searched.
    pub(crate) terms: Vec<String>,
    pub(crate) hits: Vec<Hit>,
    /// How many the caller could page through.
    pub(crate) total: u64,
    pub(crate) has_more: bool,
    /// One for each aggregation that was asked for, in order.
    pub(crate) aggregations: Vec<BucketsOf>,
    /// Why nothing was found, as far as the caller may know it.
    pub(crate) hint: Option<String>,
}

/// Source: Graph, searchHit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hit {
    pub(crate) connection: ConnectionId,
    pub(crate) item_id: String,
    /// From 1, over all pages.
    pub(crate) rank: u64,
    /// Of the item's content, with `<c0>` around what matched and `<ddd/>` for what is left out.
    pub(crate) summary: String,
    /// Whether others with the same value of a collapsed property were left out.
    pub(crate) is_collapsed: bool,
    /// The properties that were asked for and can be retrieved: an object.
    pub(crate) properties: JsonText,
}

/// Source: Graph, searchAggregation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BucketsOf {
    /// As it was asked for.
    pub(crate) field: String,
    pub(crate) buckets: Vec<Bucket>,
}

/// Source: Graph, searchBucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    pub(crate) key: String,
    pub(crate) count: u64,
    /// What `aggregationFilters` takes behind the name of the field.
    pub(crate) filter_token: String,
}
