//! What a newcomer reads after the start: where everything is, and a first request to paste.

use std::{
    io::{self, IsTerminal, Write},
    net::SocketAddr,
    path::Path,
    time::Duration,
};

use crate::{
    api::generated::SERVERS,
    auth::{
        DEMO_APP, DEMO_TENANT, DEMO_USER, DevelopmentIssuer, KNOWN_PERMISSIONS, Subject,
        TokenRequest,
    },
    config::Config,
};

/// Long enough to try things out.
const TOKEN_LIFETIME: Duration = Duration::from_hours(24);

/// Prints to standard output: it is for the person at the terminal, not for the log.
pub(super) fn print(
    config: &Config,
    address: SocketAddr,
    dir: &Path,
    issuer: Option<&DevelopmentIssuer>,
) -> io::Result<()> {
    let url = match &config.public_url {
        Some(url) => url.as_str().to_owned(),
        None => format!("{}://{}", config.scheme(), reachable(address)),
    };
    let bases: Vec<String> = SERVERS
        .iter()
        .map(|server| format!("{url}{server}"))
        .collect();
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let mut out = io::stdout().lock();
    writeln!(out, "graph-connections {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "  API            {}", bases.join("  "))?;
    writeln!(out, "  Documentation  {url}/docs")?;
    writeln!(out, "  Data           {}", dir.display())?;
    for trusted in config.issuers.iter() {
        writeln!(
            out,
            "  Issuer         {}  audiences: {}  tenants: {}",
            trusted.url,
            trusted.audiences.join(", "),
            trusted.tenants
        )?;
    }
    let Some(issuer) = issuer else {
        if config.issuers.is_empty() {
            writeln!(
                out,
                "  No token issuer: the development issuer is off, so every request will be refused (401)."
            )?;
        }
        return out.flush();
    };
    // What is no terminal is a log or a file, which others read and keep.
    let token = if out.is_terminal() {
        mint(issuer)?
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
        bases.first().map_or("", String::as_str),
    )?;
    out.flush()
}

fn mint(issuer: &DevelopmentIssuer) -> io::Result<String> {
    let token = issuer.mint(&TokenRequest {
        tenant: DEMO_TENANT.to_owned(),
        app: DEMO_APP.to_owned(),
        subject: Subject::User(DEMO_USER.to_owned()),
        groups: Vec::new(),
        permissions: KNOWN_PERMISSIONS
            .iter()
            .map(|&permission| permission.to_owned())
            .collect(),
        lifetime: TOKEN_LIFETIME,
    });
    token.map_err(io::Error::other)
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

/// Nobody connects to "any address".
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => ([127, 0, 0, 1], v4.port()).into(),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => {
            ([0, 0, 0, 0, 0, 0, 0, 1], v6.port()).into()
        }
        _ => address,
    }
}
