//! The composition root: the one place that names an engine, an authenticator and a listener together.

use std::{
    error::Error,
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use openapi_contract_runtime::BodyMemory;
use poem::{IntoEndpoint, Route};
use tokio::net::TcpListener;

use crate::{
    api::{self, Api, Cors, Front, Guard, Origin, Readiness},
    auth::{
        Authenticator, DevelopmentIssuer, KNOWN_PERMISSIONS, TrustedIssuer,
        issuer_endpoints::IssuerEndpoints,
    },
    config::{Config, CorsOrigin},
    domain::{
        clock::{Clock, SystemClock},
        store::Store,
    },
    logging::Causes,
    odata::skip_token::Signer,
    private_file::{PrivateFileError, open_or_create},
    store,
};

use super::{
    banner,
    limits::Limits,
    listener,
    signal::{Hangups, shutdown_signal},
    tls::{Tls, TlsError},
};

/// Serves until it is asked to stop (SIGTERM or Ctrl-C), and then until accepted requests are answered.
///
/// # Errors
/// When the data directory, the store, the listener or the development issuer cannot be opened, or there are no
/// certificates to trust external issuers by. That an issuer cannot be reached stops nothing.
pub async fn serve(config: Config) -> Result<(), Box<dyn Error + Send + Sync>> {
    // Before anything else: a stop during the start is a stop too.
    let stop = shutdown_signal()?;
    let hangups = Hangups::install()?;
    let stopping = Arc::new(AtomicBool::new(false));
    let dir = config.data.open()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = store::open(dir).await?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|source| ListenError {
            address: config.listen.to_string(),
            source,
        })?;
    let address = listener.local_addr()?;
    let issuer = if config.development_issuer_is_on() {
        warn_of_development_issuer(&config);
        let issuer = DevelopmentIssuer::open(dir, &config.origin(), clock.clone())?;
        Some(Arc::new(issuer))
    } else {
        None
    };
    let trusted = trusted_issuers(&config, issuer.as_deref(), &clock)?;
    let authenticator = Arc::new(Authenticator::new(trusted, clock.clone()));
    let origin = Origin {
        public_url: config
            .public_url
            .as_ref()
            .map(|url| url.as_str().to_owned()),
        trusted_proxies: config.trusted_proxies.clone(),
    };
    let limits = Limits {
        connections: config.max_client_connections,
        connections_per_address: config.max_client_connections_per_address,
        proxies: config.trusted_proxies.clone(),
        drain: config.shutdown_timeout,
        ..Limits::default()
    }
    .within_open_files();
    let api = Api::new(
        authenticator,
        store.clone(),
        clock.clone(),
        skip_token_signer(dir)?,
    );
    let front = Front {
        api: api.into_service().into_endpoint(),
        site: site(
            StoreReadiness {
                store,
                stopping: Arc::clone(&stopping),
            },
            issuer.clone(),
            &origin,
            Guard::new(
                &config.allowed_hosts,
                origin.public_url.as_deref(),
                config.development_issuer_is_switched_on(),
            ),
        ),
        origin,
        clock: clock.clone(),
        body_memory: BodyMemory::new(limits.body_memory_bytes),
        cors: cors(&config.cors_origins),
    };
    let tls = open_tls(&config).await?;
    tokio::spawn(reload_on_hangup(hangups, tls.clone()));
    banner::print(&config, address, dir, issuer.as_deref())?;
    let reject = move |rejection, headers: &_| {
        api::rejected_head(rejection, headers, clock.uuid(), clock.now())
    };
    let stop = async move {
        stop.await;
        stopping.store(true, Relaxed);
    };
    listener::serve(listener, tls, front, Box::new(reject), limits, stop).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Where more than this machine may reach the development issuer.
fn warn_of_development_issuer(config: &Config) {
    if config.development_issuer_is_switched_on() {
        if !config.listen.ip().is_loopback() || config.public_url.is_some() {
            tracing::warn!(
                listen = %config.listen,
                "the development issuer gives every token to whoever reaches this server"
            );
        }
    } else if config.public_url.is_some() {
        tracing::warn!(
            "the development issuer is on; behind a proxy it answers only if the proxy says nothing of itself: \
             set --development-issuer to off or on"
        );
    }
}

/// The external issuers, whose keys are fetched from now on, and the development issuer if it is on.
fn trusted_issuers(
    config: &Config,
    development: Option<&DevelopmentIssuer>,
    clock: &Arc<dyn Clock>,
) -> Result<Vec<TrustedIssuer>, reqwest::Error> {
    let mut trusted: Vec<_> = development.iter().map(|issuer| issuer.trusted()).collect();
    for issuer in config.issuers.iter() {
        tracing::info!(
            issuer = %issuer.url,
            audiences = ?issuer.audiences,
            tenants = %issuer.tenants,
            "trusts an issuer"
        );
        trusted.push(TrustedIssuer::external(issuer.clone(), clock.clone())?);
    }
    Ok(trusted)
}

fn cors(origins: &[CorsOrigin]) -> Cors {
    let mut these = Vec::new();
    for origin in origins {
        match origin {
            CorsOrigin::Any => return Cors::All,
            CorsOrigin::One(origin) => these.push(origin.clone()),
        }
    }
    Cors::These(these)
}

/// TLS if it is configured.
async fn open_tls(config: &Config) -> Result<Option<Arc<Tls>>, TlsError> {
    let Some((certificate, key)) = config.tls() else {
        return Ok(None);
    };
    Ok(Some(Arc::new(Tls::open(certificate, key).await?)))
}

/// At SIGHUP, reads the files of TLS again.
async fn reload_on_hangup(mut hangups: Hangups, tls: Option<Arc<Tls>>) {
    loop {
        hangups.next().await;
        let Some(tls) = &tls else {
            tracing::info!("SIGHUP ignored: there is no certificate to read again");
            continue;
        };
        match tls.reload().await {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(error) => {
                tracing::error!(cause = %Causes(&error), "the certificate stays as it was");
            }
        }
    }
}

/// Documentation, health, and the development issuer if it is on.
fn site(
    readiness: StoreReadiness,
    issuer: Option<Arc<DevelopmentIssuer>>,
    origin: &Origin,
    guard: Guard,
) -> Route {
    let route = api::site(Arc::new(readiness), issuer.is_some());
    let Some(issuer) = issuer else { return route };
    let origin = origin.clone();
    let endpoints = IssuerEndpoints {
        issuer,
        permissions: KNOWN_PERMISSIONS,
        base_url: Box::new(move |request| origin.of(request)),
        refusal: Box::new(move |request| guard.refusal(request)),
    };
    endpoints.mount(route)
}

struct StoreReadiness {
    store: Arc<dyn Store>,
    /// The server has been asked to stop. It may still be asked whether it is ready, over a connection that it had.
    stopping: Arc<AtomicBool>,
}

impl Readiness for StoreReadiness {
    async fn ready(&self) -> bool {
        if self.stopping.load(Relaxed) {
            return false;
        }
        match self.store.ready().await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "not ready");
                false
            }
        }
    }
}

/// The key of next links, made once: links outlive a restart.
fn skip_token_signer(dir: &Path) -> Result<Signer, SkipTokenKeyError> {
    let path = dir.join("skip-token.key");
    let key = open_or_create(&path, || {
        let mut key = [0; 32];
        aws_lc_rs::rand::fill(&mut key).map_err(|_| SkipTokenKeyError::Random)?;
        Ok::<_, SkipTokenKeyError>(key.to_vec())
    })?;
    let key = key
        .as_slice()
        .try_into()
        .map_err(|_| SkipTokenKeyError::Length)?;
    Ok(Signer::new(key))
}

#[derive(Debug, thiserror::Error)]
enum SkipTokenKeyError {
    #[error(transparent)]
    File(#[from] PrivateFileError),
    #[error("the machine gives no random bytes")]
    Random,
    #[error(
        "skip-token.key must be 32 bytes; delete it to get a new one (open next links will be refused)"
    )]
    Length,
}

#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}")]
struct ListenError {
    address: String,
    source: io::Error,
}
