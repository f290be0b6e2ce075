//! TLS: the certificate and its key, read from files, and again when the operator says that they are new.
//!
//! Connections that are open keep what they began with.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{
            CertificateDer, PrivateKeyDer,
            pem::{self, PemObject},
        },
    },
    server::TlsStream,
};

/// What is agreed on during the handshake (RFC 7301), the better one first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

pub(crate) struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Reads both files, which are PEM: the certificate with what it takes to reach its root, and its private key.
    ///
    /// # Errors
    /// [`TlsError`].
    pub(super) async fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        Ok(Self {
            current: RwLock::new(Arc::new(read(certificate, key).await?)),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        })
    }

    /// Reads both files again, for connections from now on. What cannot be read changes nothing.
    ///
    /// # Errors
    /// [`TlsError`].
    pub(super) async fn reload(&self) -> Result<(), TlsError> {
        let new = Arc::new(read(&self.certificate, &self.key).await?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    pub(super) async fn accept<S>(&self, stream: S) -> io::Result<TlsStream<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let current = Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner));
        TlsAcceptor::from(current).accept(stream).await
    }
}

/// Reads both files on a thread that may wait for a disk.
async fn read(certificate: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let (certificate, key) = (certificate.to_owned(), key.to_owned());
    let read = tokio::task::spawn_blocking(move || read_blocking(&certificate, &key));
    read.await.expect("reading does not panic")
}

fn read_blocking(certificate: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let not_pem = |path: &Path| {
        let path = path.to_owned();
        move |source| TlsError::Pem { path, source }
    };
    let chain = CertificateDer::pem_slice_iter(&content(certificate)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(not_pem(certificate))?;
    let private_key = PrivateKeyDer::from_pem_slice(&content(key)?).map_err(not_pem(key))?;
    let unusable = |source| TlsError::Pair {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
        source,
    };
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(chain, private_key)
        })
        .map_err(unusable)?;
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}

/// The content of a regular file. Opening a pipe would wait until somebody writes to it, perhaps for ever.
fn content(path: &Path) -> Result<Vec<u8>, TlsError> {
    let unreadable = |source| TlsError::File {
        path: path.to_owned(),
        source,
    };
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(TlsError::NotAFile {
            path: path.to_owned(),
        });
    }
    fs::read(path).map_err(unreadable)
}

/// Why there can be no TLS.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    #[error("cannot read {path}")]
    File { path: PathBuf, source: io::Error },
    #[error("{path} is not a regular file")]
    NotAFile { path: PathBuf },
    #[error("{path} is not PEM of the expected kind")]
    Pem { path: PathBuf, source: pem::Error },
    #[error("the certificate {certificate} and the key {key} cannot be used together")]
    Pair {
        certificate: PathBuf,
        key: PathBuf,
        source: rustls::Error,
    },
}
