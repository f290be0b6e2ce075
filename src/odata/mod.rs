//! OData 4 query options, annotations and context URLs. Knows no Graph type.

pub(crate) mod filter;
