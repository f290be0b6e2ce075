//! What is printed after the start: where everything is, and a first request to paste.

use std::{
    error::Error,
    io::{self, IsTerminal, Write},
    path::Path,
};

use crate::server::Server;

/// Prints to standard output: it is for the person at the terminal, not for the log.
pub(super) fn print(server: &Server) -> Result<(), Box<dyn Error + Send + Sync>> {
    let config = &server.config;
    let (url, api_urls) = (server.url(), server.api_urls());
    let dir = &config.data.path;
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let mut out = io::stdout().lock();
    writeln!(out, "graph-connections {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "  API            {}", api_urls.join("  "))?;
    writeln!(out, "  Documentation  {url}/docs")?;
    writeln!(out, "  Explore        {url}/explore")?;
    writeln!(out, "  Data           {}", dir.display())?;
    for issuer in config.issuers.iter() {
        writeln!(
            out,
            "  Issuer         {}  audiences: {}  tenants: {}",
            issuer.url,
            issuer.audiences.join(", "),
            issuer.tenants
        )?;
    }
    if !config.development_issuer_is_on() {
        if config.issuers.is_empty() {
            writeln!(
                out,
                "  No token issuer: the development issuer is off, so every request will be refused (401)."
            )?;
        }
        return Ok(out.flush()?);
    }
    // Anything but a terminal is a log or a file, which others read and keep.
    let token = if out.is_terminal() {
        server.development_token()?
    } else {
        format!("$(graph-connections token --data {})", quoted(&dir))
    };
    writeln!(
        out,
        "\nCreate a first connection, with a token of the development issuer:\n"
    )?;
    writeln!(
        out,
        "curl -i {}/external/connections -H \"Authorization: Bearer {token}\" -H 'Content-Type: application/json' \
         -d '{{\"id\":\"contosohr\",\"name\":\"Contoso HR\",\"description\":\"Connection to index Contoso HR system\"}}'\n",
        api_urls.first().map_or("", String::as_str),
    )?;
    Ok(out.flush()?)
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
