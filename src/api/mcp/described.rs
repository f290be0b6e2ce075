//! How a tool is described to clients.

use rmcp::model::{Tool, ToolAnnotations};

use super::schemas::Schema;

/// A tool that reads, and nothing beyond this server.
pub(super) fn read_only(
    name: &'static str,
    title: &str,
    description: &'static str,
    input: Schema,
    output: Schema,
) -> Tool {
    let annotations = ToolAnnotations::with_title(title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    Tool::new(name, description, input)
        .with_title(title)
        .with_raw_output_schema(output)
        .with_annotations(annotations)
}
