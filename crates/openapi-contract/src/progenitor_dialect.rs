//! The document in the dialect that progenitor understands.
//!
//! progenitor and typify read a schema as a closed truth about every message. Some of what a document says is then lost (`null`
//! apart from absence, `[]` apart from absence, the discriminator of a union) and some of it turns into types that nobody wants to
//! write (one newtype per bounded string). Each rewrite here is a small function with its reason; together they are a pure function
//! from document to document. None of them may refuse on the wire what the original allows; the one that has to, the first name of a
//! union's variant, is made good by [`discriminator_aliases`].
//!
//! This module knows OpenAPI and progenitor's habits. It does not know which service the document describes.

mod components;
mod in_place;
mod names;
mod operations;
mod schemas;
#[cfg(test)]
mod tests;
mod walk;

use serde_json::Value;

use crate::or_null;

/// The module that is written by hand, as if it were a crate: typify knows types of crates only. Its path is put in its place when
/// the client is printed.
pub(crate) const FACADE_CRATE: &str = "openapi-contract-client";
pub(crate) const FACADE: &str = "openapi_contract_client";
/// The type that stands for a member that a PATCH sets or clears.
const PATCH_TYPE: &str = "openapi_contract_client::Patch";

pub(crate) use walk::reachable;

/// The rewritten document. The order matters: types in place are named first, then compositions flattened, so that the rest sees whole objects, the
/// document's defaults go before a union of one gets its own, and which members an update can clear is read before lists are
/// called nullable for another reason.
pub(crate) fn rewrite(document: &Value) -> Value {
    let mut document = document.clone();
    in_place::name_types(&mut document);
    names::give_way(&mut document);
    walk::each_description(&mut document, &mut |text| text.retain(|c| c != '\r'));
    walk::each_schema(&mut document, &mut or_null::flag);
    operations::read_text_as_json(&mut document);
    components::flatten_compositions(&mut document);
    components::drop_read_only_members(&mut document);
    walk::each_schema(&mut document, &mut |schema| {
        schemas::drop_validation(schema);
        schemas::drop_default(schema);
        schemas::unwrap_reference(schema);
        schemas::keep_extra_members(schema);
    });
    components::let_references_be_null(&mut document);
    components::tell_variants_apart(&mut document);
    components::let_updates_clear_members(&mut document);
    walk::each_schema(&mut document, &mut schemas::let_lists_be_absent);
    operations::write_lists_as_text(&mut document);
    operations::keep_json_bodies(&mut document);
    operations::keep_one_success(&mut document);
    operations::fold_error_statuses(&mut document);
    document
}

/// The values of the discriminator that name the same schema, by the first of them. A client sends the first and reads all.
pub(crate) fn discriminator_aliases(document: &Value) -> Vec<(String, Vec<String>)> {
    components::discriminators(document)
        .into_iter()
        .flat_map(|discriminator| discriminator.variants)
        .filter_map(|variant| {
            let (first, rest) = variant.values.split_first()?;
            (!rest.is_empty()).then(|| (first.clone(), rest.to_vec()))
        })
        .collect()
}
