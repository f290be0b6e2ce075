//! TLS: the certificate and its key, read from files at the start and whenever the program asks for it.

use std::{
    error::Error,
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

/// Protocols to agree on during the handshake (RFC 7301), the preferred one first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// A certificate and its private key, for [`Listener::with_tls`](crate::Listener::with_tls).
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Reads two PEM files: the certificate chain, leaf first, and the private key of the leaf.
    ///
    /// # Errors
    /// [`TlsError`]: a file cannot be read or used.
    pub async fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        Ok(Self {
            current: RwLock::new(Arc::new(read(certificate, key).await?)),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        })
    }

    /// Reads both files again, for new connections. Open connections keep their certificate.
    ///
    /// # Errors
    /// [`TlsError`]: a file cannot be read or used. The previous certificate stays in use.
    pub async fn reload(&self) -> Result<(), TlsError> {
        let new = Arc::new(read(&self.certificate, &self.key).await?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    pub(crate) async fn accept<S>(&self, stream: S) -> io::Result<TlsStream<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let current = Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner));
        TlsAcceptor::from(current).accept(stream).await
    }
}

/// Reads both files on a thread that may block.
async fn read(certificate: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let (certificate, key) = (certificate.to_owned(), key.to_owned());
    let read = tokio::task::spawn_blocking(move || read_blocking(&certificate, &key));
    read.await.expect("reading does not panic")
}

fn read_blocking(certificate: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let not_pem = |path: &Path| {
        let path = path.to_owned();
        move |source: pem::Error| TlsError::Pem {
            path,
            source: source.into(),
        }
    };
    let chain = CertificateDer::pem_slice_iter(&content(certificate)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(not_pem(certificate))?;
    let private_key = PrivateKeyDer::from_pem_slice(&content(key)?).map_err(not_pem(key))?;
    let unusable = |source: rustls::Error| TlsError::Pair {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
        source: source.into(),
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

/// Why a certificate or key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A path leads to a pipe, a directory or a device.
    #[error("{path} is not a regular file")]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// A file has no PEM in it, or not what is expected there.
    #[error("{path} is not PEM of the expected kind")]
    Pem {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// There is no certificate, or the key belongs to another one.
    #[error("the certificate {certificate} and the key {key} cannot be used together")]
    Pair {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_that_cannot_be_used_are_named() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = |name: &str| dir.path().join(name);
        fs::write(path("text"), "no PEM").expect("written");
        for (certificate, key, words) in [
            ("absent", "text", "cannot read"),
            (".", "text", "not a regular file"),
            ("text", ".", "not a regular file"),
            ("text", "text", "text is not PEM"),
        ] {
            let Err(error) = Tls::open(&path(certificate), &path(key)).await else {
                panic!("{certificate} and {key} are accepted");
            };
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
