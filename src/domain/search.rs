//! Search: what is asked, by which rules of the schemas it is read, and what an index is asked for.

mod aggregation;
mod answer;
mod explain;
mod grounding;
mod index;
mod moment;
mod names;
mod plan;
mod query;
mod request;
mod retrieval;
mod service;
mod sorting;

pub(crate) use answer::{Bucket, BucketsOf, Hit, SearchAnswer};
pub(crate) use explain::{
    Coverage, ExplainRequest, ExplainedEntry, ExplainedPart, ExplainedQuery, Explanation,
    QueryOutcome,
};
pub(crate) use grounding::{FetchedItem, Heading};
pub(crate) use index::{Burden, Extract, Found, IndexState, Located, SearchIndex};
pub(crate) use moment::{moment, ticks};
pub(crate) use plan::{Collapse, Facet, Interval, Matcher, Plan, SortKey, Target, Test};
pub(crate) use request::{Aggregation, BucketOrder, CollapseProperty, SearchRequest, Sort};
pub(crate) use retrieval::{RetrievalExtract, RetrievalHit, RetrievalRequest};
pub(crate) use service::Searching;
