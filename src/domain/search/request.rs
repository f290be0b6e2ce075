//! One request of `POST /search/query`, as a caller writes it. Source: Graph, searchRequest.

/// Names of properties are as they were sent: names, aliases or labels (`label_title`), in any case.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SearchRequest {
    /// `/external/connections/{id}`, a bare identifier, or `Connectors` for every connection of the tenant.
    pub(crate) content_sources: Vec<String>,
    /// KQL.
    pub(crate) query: String,
    /// Hits that are passed over.
    pub(crate) from: u32,
    /// Hits at most, 0 to 500.
    pub(crate) size: u32,
    /// Empty: every property that can be retrieved.
    pub(crate) fields: Vec<String>,
    pub(crate) sort: Vec<Sort>,
    pub(crate) aggregations: Vec<Aggregation>,
    /// `field:token`, or `field:or("token","token")`, tokens from a former answer.
    pub(crate) aggregation_filters: Vec<String>,
    /// The outermost first.
    pub(crate) collapse: Vec<CollapseProperty>,
}

/// Source: Graph, sortProperty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sort {
    pub(crate) name: String,
    pub(crate) is_descending: bool,
}

/// Source: Graph, aggregationOption and bucketAggregationDefinition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aggregation {
    pub(crate) field: String,
    /// Buckets at most.
    pub(crate) size: u32,
    pub(crate) order: BucketOrder,
    pub(crate) is_descending: bool,
    /// Buckets of fewer items are left out.
    pub(crate) minimum_count: u64,
    /// Only keys that begin with it.
    pub(crate) prefix: Option<String>,
    /// Lower and upper ends, as texts; empty: a bucket for each value. The lower end is included, the upper is not.
    pub(crate) ranges: Vec<(Option<String>, Option<String>)>,
}

impl Aggregation {
    /// The most frequent values first. Source: Graph, aggregationOption without a bucketDefinition.
    pub(crate) fn most_frequent(field: String, size: u32) -> Self {
        Self {
            field,
            size,
            order: BucketOrder::Count,
            is_descending: true,
            minimum_count: 0,
            prefix: None,
            ranges: Vec::new(),
        }
    }
}

/// Source: Graph, bucketAggregationSortProperty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BucketOrder {
    Count,
    KeyAsString,
    KeyAsNumber,
}

/// Source: Graph, collapseProperty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CollapseProperty {
    pub(crate) fields: Vec<String>,
    /// Hits of one value at most, 1 to 32,767.
    pub(crate) limit: u32,
}
