//! Where the endpoint and its metadata are.

pub(in crate::api) const PATH: &str = "/mcp";
/// Of the metadata of [`PATH`]. Source: RFC 9728, section 3.1.
pub(in crate::api) const METADATA_PATH: &str = "/.well-known/oauth-protected-resource/mcp";

/// Whether pages of origins that the operator names may call a path.
pub(in crate::api) fn is_open(path: &str) -> bool {
    [PATH, METADATA_PATH].contains(&path)
}
