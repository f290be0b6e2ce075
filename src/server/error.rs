//! Why a server does not start.

use std::{error::Error, io, net::SocketAddr};

use bounded_listener::TlsError;

use crate::config::DataDirError;

type Cause = Box<dyn Error + Send + Sync>;

/// Why a server does not start, or gives no token. The causes say what is wrong and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The data directory cannot be created.
    #[error(transparent)]
    DataDirectory(#[from] DataDirError),
    /// The store cannot be opened: another process uses it, it is damaged, or a newer version wrote it.
    #[error("cannot open the store")]
    Store(#[source] Cause),
    /// The address cannot be bound.
    #[error("cannot listen on {address}")]
    Listen {
        /// The configured address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The certificate or its key cannot be used.
    #[error("cannot set up TLS")]
    Tls(#[from] TlsError),
    /// The key of the development issuer cannot be read, created or used.
    #[error("cannot use the development issuer")]
    DevelopmentIssuer(#[source] Cause),
    /// A token was requested, and the development issuer is off.
    #[error("the development issuer is off")]
    NoDevelopmentIssuer,
    /// The key that signs next links cannot be read or created.
    #[error("cannot use the key of next links")]
    SkipTokenKey(#[source] Cause),
    /// There are no certificates to verify external issuers by.
    #[error("cannot connect to external issuers")]
    ExternalIssuers(#[source] Cause),
}
