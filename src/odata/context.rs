//! Context URLs: what `@odata.context` says about an answer.
//!
//! Source: OData 4.01 protocol, "Context URL": collection of entities, entity, and the projected ones.

/// The context URL of a collection. `select` is the list of properties, if the request chose some.
///
/// `service_root` includes the version and ends without a slash.
pub(crate) fn entity_set(service_root: &str, set: &str, select: Option<&[&str]>) -> String {
    match select {
        None => format!("{service_root}/$metadata#{set}"),
        Some(properties) => format!("{service_root}/$metadata#{set}({})", properties.join(",")),
    }
}

/// What stands behind the context URL of a collection in that of one of its entities.
pub(crate) const ENTITY: &str = "/$entity";

#[cfg(test)]
mod tests {
    use super::entity_set;

    /// Fixtures: the observed contexts of Graph for all and for projected connections.
    #[test]
    fn names_the_set_and_the_selected_properties() {
        let root = "https://graph.microsoft.com/v1.0";
        let cases: [(Option<&[&str]>, &str); 3] = [
            (None, "connections"),
            (Some(&["id"]), "connections(id)"),
            (Some(&["id", "name"]), "connections(id,name)"),
        ];
        for (select, fragment) in cases {
            assert_eq!(
                entity_set(root, "connections", select),
                format!("https://graph.microsoft.com/v1.0/$metadata#{fragment}")
            );
        }
    }
}
