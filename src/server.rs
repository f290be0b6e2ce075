//! The composition root: the one place that names an engine, an authenticator, the API and the listener together.
//!
//! Installs no signal handler, prints nothing and ends no process: the program does that (`cli`). What happens is
//! logged with `tracing`.

mod error;
mod handler;
mod skip_token_key;

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use bounded_listener::{Listener, Settings};
use poem::{EndpointExt, IntoEndpoint};
use tokio::task::spawn_blocking;

use crate::{
    api::{self, Api, Cors, Front, Mcp, Origin},
    auth::{Authenticator, KNOWN_PERMISSIONS, TENANT_PLACEHOLDER, TrustedIssuer},
    config::{Config, DevelopmentIssuerMode},
    development::{
        DEMO_APP, DEMO_TENANT, DEMO_USER, DevelopmentIssuer, Endpoints, Guard, Subject,
        TokenRequest, page_settings,
    },
    domain::{
        clock::{Clock, SystemClock},
        search::SearchIndex,
    },
    odata::skip_token::Signer,
    search::Index,
    store,
};

use self::handler::FrontHandler;

pub use bounded_listener::{Tls, TlsError};
pub use error::ServerError;

/// Memory for the bodies that are received, all together, and as much again for responses, bytes.
const BODY_MEMORY_BYTES: usize = 32 * 1_024 * 1_024;

/// Long enough to try things out, and for a run of tests.
const DEVELOPMENT_TOKEN_LIFETIME: Duration = Duration::from_hours(24);

/// A server that listens, and serves once [`Self::serve`] is called. It needs a tokio runtime with time and I/O.
///
/// Dropping it releases the address and the data directory.
pub struct Server {
    listener: Listener,
    tls: Option<Arc<Tls>>,
    handler: FrontHandler,
    development_issuer: Option<Arc<DevelopmentIssuer>>,
    stopping: Arc<AtomicBool>,
    // Dropped last: it may own the data directory.
    pub(crate) config: Config,
}

/// What [`Server::builder`] returns.
#[must_use = "nothing is opened before `bind` is called"]
pub struct ServerBuilder {
    config: Config,
}

impl ServerBuilder {
    /// Opens the data directory and the store, and binds the address: clients can connect from now on, and are served
    /// once [`Server::serve`] is called. That an external issuer cannot be reached is not an error.
    ///
    /// # Errors
    ///
    /// [`ServerError`] says what cannot be opened.
    pub async fn bind(self) -> Result<Server, ServerError> {
        let config = self.config;
        let dir = config.data.open()?.to_owned();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let store = store::open(&dir).await;
        let store = store.map_err(|error| ServerError::Store(error.into()))?;
        let index: Arc<dyn SearchIndex> = Arc::new(Index::open(&dir, Arc::clone(&store)));
        let (listener, tls) = listen(&config).await?;
        let opened = open_keys(config.clone(), dir, Arc::clone(&clock)).await;
        let (development_issuer, skip_tokens) = opened?;
        let trusted = trusted_issuers(&config, development_issuer.as_deref(), &clock)?;
        let issuers = issuer_urls(&config, development_issuer.as_deref());
        let authenticator = Arc::new(Authenticator::new(trusted, Arc::clone(&clock)));
        let stopping = Arc::new(AtomicBool::new(false));
        let origin = Origin {
            public_url: config
                .public_url
                .as_ref()
                .map(|url| url.as_str().to_owned()),
            trusted_proxies: config.trusted_proxies.clone(),
        };
        let token_source = development_issuer.is_some().then(page_settings);
        let site = api::site(
            Arc::clone(&store),
            Arc::clone(&index),
            Arc::clone(&stopping),
            token_source.as_ref(),
        );
        let site = match &development_issuer {
            Some(issuer) => endpoints(Arc::clone(issuer), &origin, &config).mount(site),
            None => site,
        };
        let surface = Arc::new(api::Surface::default());
        let api = Api {
            authenticator,
            store,
            index,
            clock: Arc::clone(&clock),
            skip_tokens,
            schema_pace: config.schema_operations.clone(),
            limits: config.limits,
            throttle: api::Throttle::new(config.limits),
            surface: Arc::clone(&surface),
        };
        let api = Arc::new(api);
        let cors = Cors(config.cors_origins.clone());
        let guard = guard(&config, &origin);
        let mcp = Mcp {
            api: Arc::clone(&api),
            issuers,
            cors: cors.clone(),
            is_own_name: Box::new(move |authority| guard.is_own(authority)),
        };
        let front = Front {
            api: api.service().into_endpoint(),
            site: mcp.mount(site),
            origin,
            clock: Arc::clone(&clock),
            memory: api::body_memory(BODY_MEMORY_BYTES),
            memory_of_parts: api::body_memory(BODY_MEMORY_BYTES),
            cors,
        };
        let front = Arc::new(front.boxed());
        // Weak: the front holds what holds it.
        let _ = surface.set(Arc::downgrade(&front));
        Ok(Server {
            listener,
            tls,
            handler: FrontHandler { front, clock },
            development_issuer,
            stopping,
            config,
        })
    }
}

impl Server {
    /// A server with these settings, which opens nothing yet.
    pub fn builder(config: Config) -> ServerBuilder {
        ServerBuilder { config }
    }

    /// The address that it listens on, with the port that was chosen for port 0.
    pub fn local_addr(&self) -> SocketAddr {
        self.listener.local_addr()
    }

    /// Where clients reach it, without a slash at the end: [`Config::public_url`], or the address that it listens on.
    pub fn url(&self) -> String {
        match &self.config.public_url {
            Some(url) => url.as_str().to_owned(),
            None => format!(
                "{}://{}",
                self.config.scheme(),
                reachable(self.local_addr())
            ),
        }
    }

    /// The base URL of the API's version 1.0, for clients.
    pub fn api_url(&self) -> String {
        self.api_urls().swap_remove(0)
    }

    /// The base URLs of the API's versions, 1.0 first.
    pub(crate) fn api_urls(&self) -> Vec<String> {
        let versions = api::generated::SERVERS.iter();
        versions
            .map(|version| format!("{}{version}", self.url()))
            .collect()
    }

    /// A delegated token of the development issuer, for a demo user of a demo app with every permission, valid for 24 hours. What takes
    /// an application's token alone, the quota and adding activities, refuses it. For other callers, and for applications, ask the token
    /// endpoint, `/{tenant}/oauth2/v2.0/token`.
    ///
    /// # Errors
    ///
    /// [`ServerError::NoDevelopmentIssuer`] if the development issuer is off.
    pub fn development_token(&self) -> Result<String, ServerError> {
        let issuer = self.development_issuer.as_ref();
        let issuer = issuer.ok_or(ServerError::NoDevelopmentIssuer)?;
        let request = TokenRequest {
            tenant: DEMO_TENANT.to_owned(),
            app: DEMO_APP.to_owned(),
            subject: Subject::User(DEMO_USER.to_owned()),
            groups: Vec::new(),
            permissions: KNOWN_PERMISSIONS.map(str::to_owned).to_vec(),
            lifetime: DEVELOPMENT_TOKEN_LIFETIME,
        };
        let minted = issuer.mint(&request);
        minted.map_err(|error| ServerError::DevelopmentIssuer(error.into()))
    }

    /// The certificate, if it speaks TLS: [`Tls::reload`] reads its files again.
    pub fn tls(&self) -> Option<Arc<Tls>> {
        self.tls.clone()
    }

    /// Serves until `shutdown` completes, and then until open requests are answered, at most for
    /// [`Config::shutdown_timeout`].
    pub async fn serve(self, shutdown: impl Future<Output = ()>) {
        let stopping = self.stopping;
        let shutdown = async move {
            shutdown.await;
            stopping.store(true, Relaxed);
        };
        self.listener.serve(self.handler, shutdown).await;
    }
}

async fn listen(config: &Config) -> Result<(Listener, Option<Arc<Tls>>), ServerError> {
    let settings = Settings {
        connections: config.max_client_connections,
        connections_per_address: config.max_client_connections_per_address,
        proxies: config.trusted_proxies.clone(),
        drain_timeout: config.shutdown_timeout,
        ..Settings::default()
    };
    let address = config.listen;
    let listener = Listener::bind(address, settings.fit_open_file_limit()).await;
    let listener = listener.map_err(|source| ServerError::Listen { address, source })?;
    let Some((certificate, key)) = config.tls() else {
        return Ok((listener, None));
    };
    let tls = Arc::new(Tls::open(certificate, key).await?);
    Ok((listener.with_tls(Arc::clone(&tls)), Some(tls)))
}

/// The keys in the data directory, made at the first start: of the development issuer, if it is on, and of next links.
async fn open_keys(
    config: Config,
    dir: PathBuf,
    clock: Arc<dyn Clock>,
) -> Result<(Option<Arc<DevelopmentIssuer>>, Signer), ServerError> {
    // Making a key takes a while.
    let opened = spawn_blocking(move || {
        let development_issuer = if config.development_issuer_is_on() {
            warn_of_development_issuer(&config);
            let issuer = DevelopmentIssuer::open(&dir, &config.origin(), clock);
            let issuer = issuer.map_err(|error| ServerError::DevelopmentIssuer(error.into()))?;
            Some(Arc::new(issuer))
        } else {
            None
        };
        let skip_tokens = skip_token_key::open(&dir);
        let skip_tokens = skip_tokens.map_err(|error| ServerError::SkipTokenKey(error.into()))?;
        Ok((development_issuer, skip_tokens))
    });
    opened.await.expect("opening keys does not panic")
}

/// Warns where others than this machine may reach the development issuer.
fn warn_of_development_issuer(config: &Config) {
    if config.development_issuer != DevelopmentIssuerMode::On {
        // Also on loopback: a proxy that adds no header cannot be told from a client.
        tracing::warn!(
            "the development issuer is on, for use on this machine: behind a reverse proxy, set --development-issuer off"
        );
    } else if !config.listen.ip().is_loopback() || config.public_url.is_some() {
        tracing::warn!(
            listen = %config.listen,
            "the development issuer is on: anyone who reaches this server gets any token"
        );
    }
}

/// The external issuers, whose keys are fetched from now on, and the development issuer if it is on.
fn trusted_issuers(
    config: &Config,
    development: Option<&DevelopmentIssuer>,
    clock: &Arc<dyn Clock>,
) -> Result<Vec<TrustedIssuer>, ServerError> {
    let development = development
        .map(|issuer| TrustedIssuer::fixed(issuer.name(TENANT_PLACEHOLDER), &issuer.key_set()));
    let mut trusted: Vec<_> = development.into_iter().collect();
    for issuer in config.issuers.iter() {
        tracing::info!(
            issuer = %issuer.url,
            audiences = ?issuer.audiences,
            tenants = %issuer.tenants,
            "external issuer configured"
        );
        let issuer = TrustedIssuer::external(issuer.clone(), Arc::clone(clock));
        trusted.push(issuer.map_err(|error| ServerError::ExternalIssuers(error.into()))?);
    }
    Ok(trusted)
}

/// The URLs of the issuers whose tokens are accepted. The development issuer is told by that of the demo tenant.
fn issuer_urls(config: &Config, development: Option<&DevelopmentIssuer>) -> Vec<String> {
    let development = development.map(|issuer| issuer.name(DEMO_TENANT));
    let external = config.issuers.iter().map(|issuer| issuer.url.to_string());
    development.into_iter().chain(external).collect()
}

fn guard(config: &Config, origin: &Origin) -> Guard {
    Guard::new(
        &config.allowed_hosts,
        origin.public_url.as_deref(),
        config.development_issuer == DevelopmentIssuerMode::On,
    )
}

fn endpoints(issuer: Arc<DevelopmentIssuer>, origin: &Origin, config: &Config) -> Endpoints {
    let guard = guard(config, origin);
    let origin = origin.clone();
    Endpoints {
        issuer,
        guard,
        permissions: &KNOWN_PERMISSIONS,
        base_url: Box::new(move |request| origin.of(request)),
    }
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
