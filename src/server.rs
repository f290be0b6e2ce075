//! Composition root and the HTTP listener.

use std::error::Error;

use crate::config::Config;

/// Serves until it is asked to stop.
///
/// # Errors
/// When the data directory, the listener or the development issuer cannot be opened.
pub async fn serve(config: Config) -> Result<(), Box<dyn Error + Send + Sync>> {
    Err(format!("nothing listens on {} yet", config.listen).into())
}
