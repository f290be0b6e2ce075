//! Every setting of the server: default, unit, flag and environment variable.
//!
//! A flag `--some-name` has the variable `GRAPH_CONNECTIONS_SOME_NAME` ([`with_variable`]); the flag wins. Values are
//! checked here, before anything starts.

mod issuers;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use clap::{Arg, Args, Command, FromArgMatches, ValueEnum, builder::RangedU64ValueParser};
use ipnet::IpNet;
use poem::http::Uri;
use tempfile::TempDir;

pub use issuers::IssuerError;
pub(crate) use issuers::Issuers;

use crate::domain::{limits::Limits, operation::Pace};
pub use crate::logging::{LogFilter, LogFormat, LogSettings};

/// Origin of the development issuer if no other is known: the default of `--listen`.
pub(crate) const DEFAULT_ORIGIN: &str = "http://127.0.0.1:8080";

/// Settings of the server.
#[derive(Debug, Clone, Args)]
#[command(mut_args = with_variable)]
pub struct Config {
    /// Address and port to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    #[command(flatten)]
    pub(crate) data: DataDir,

    /// URL at which clients reach the server, used in links [default: taken from each request]
    #[arg(long, value_name = "URL")]
    pub public_url: Option<PublicUrl>,

    /// TLS certificate chain (PEM), reloaded on SIGHUP [default: no TLS]
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// Private key of the TLS certificate (PEM) [default: no TLS]
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// Reverse proxies (CIDR) whose X-Forwarded-* headers are trusted
    #[arg(
        long,
        value_name = "CIDR,…",
        value_delimiter = ',',
        value_parser = address_range,
        default_value = "127.0.0.0/8,::1/128"
    )]
    pub trusted_proxies: Vec<IpNet>,

    #[command(flatten)]
    pub(crate) issuers: Issuers,

    /// Built-in issuer, which gives a token to anyone who asks; auto: only when listening on loopback without --issuer,
    /// and not through proxies
    #[arg(long, value_name = "MODE", default_value = "auto")]
    pub development_issuer: DevelopmentIssuerMode,

    /// Host names at which the development issuer answers, besides localhost, IP addresses and the public URL [default:
    /// none]
    #[arg(long, value_name = "HOST,…", value_delimiter = ',')]
    pub allowed_hosts: Vec<String>,

    /// Origins whose pages may call the API from a browser (CORS), or * for all [default: none]
    #[arg(long, value_name = "ORIGIN,…", value_delimiter = ',', value_parser = cors_origin)]
    pub cors_origins: Vec<String>,

    /// Client connections open at once; further ones wait until one closes
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = client_connections(),
        default_value = "2048"
    )]
    pub max_client_connections: usize,

    /// Client connections open at once from one address (IPv6: one /64 network); further ones are closed [default:
    /// one eighth of the maximum; seven eighths for a trusted proxy]
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = client_connections()
    )]
    pub max_client_connections_per_address: Option<usize>,

    /// Time that open requests have to finish when the server stops, e.g. 500ms, 20s or 2m
    #[arg(
        long,
        value_name = "DURATION",
        value_parser = humantime::parse_duration,
        default_value = "20s"
    )]
    pub shutdown_timeout: Duration,

    /// When the operation that registers a schema is done: immediate, after=15m, after-polls=3 (that often it is in progress),
    /// fail=CODE (it fails) or manual (when POST …/operations/{id}/end says so)
    #[arg(long, value_name = "PACE", default_value = "immediate")]
    pub(crate) schema_operations: Pace,

    /// Quotas and rates: unlimited, or those that Graph documented in a year, graph-2021, graph-2023 or graph-2026
    #[arg(long, value_name = "PROFILE", default_value = "unlimited")]
    pub(crate) limits: Limits,

    #[command(flatten)]
    #[expect(
        missing_docs,
        reason = "clap would take it for the help of the command"
    )]
    pub log: LogSettings,
}

impl Config {
    /// The default settings, for a server in this process: on a free port of loopback, with its data in `dir`. Neither
    /// the command line nor the environment is read.
    ///
    /// # Panics
    ///
    /// Never: the defaults are valid.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        let command = Self::augment_args(Command::new("")).mut_args(|flag| flag.env(None));
        let matches = command.try_get_matches_from([""]);
        let matches = matches.expect("the defaults are valid");
        let mut config = Self::from_arg_matches(&matches).expect("the defaults are valid");
        config.listen.set_port(0);
        config.data.path = dir.into();
        config
    }

    /// The same with its data in a new directory, which is removed when the last clone and the servers made with it are
    /// dropped.
    ///
    /// # Errors
    ///
    /// The system's directory for temporary files cannot be written to.
    pub fn temporary() -> io::Result<Self> {
        let dir = tempfile::tempdir()?;
        let mut config = Self::new(dir.path());
        config.data.temporary = Some(Arc::new(dir));
        Ok(config)
    }

    /// Accepts the tokens of another issuer, on terms that `docs/tokens.md` explains: its URL is that of `--issuer`, the
    /// `audiences` are those of `--audience`. `tenants` are those of `--tenants`; none stands for the tenant in the URL.
    ///
    /// # Errors
    ///
    /// [`IssuerError`] names the flag whose value is missing or cannot be used.
    pub fn add_issuer(
        &mut self,
        url: &str,
        audiences: &[&str],
        tenants: &[&str],
    ) -> Result<(), IssuerError> {
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let parsed = url.parse();
        let url = parsed.map_err(|rule| IssuerError(format!("--issuer '{url}': {rule}")))?;
        self.issuers.add(url, owned(audiences), owned(tenants))
    }

    /// How registering a schema goes: as `--schema-operations` has it, such as `after-polls=3`.
    ///
    /// # Errors
    ///
    /// [`SettingError`] says what it must be.
    pub fn schema_operations(&mut self, pace: &str) -> Result<(), SettingError> {
        self.schema_operations = setting("--schema-operations", pace)?;
        Ok(())
    }

    /// The quotas and rates: as `--limits` has them, such as `graph-2026`.
    ///
    /// # Errors
    ///
    /// [`SettingError`] says what it must be.
    pub fn limits(&mut self, profile: &str) -> Result<(), SettingError> {
        self.limits = setting("--limits", profile)?;
        Ok(())
    }

    /// Whether the development issuer answers, and its tokens are accepted.
    pub fn development_issuer_is_on(&self) -> bool {
        match self.development_issuer {
            // An operator who names an issuer trusts no other.
            DevelopmentIssuerMode::Auto => {
                self.listen.ip().is_loopback() && self.issuers.is_empty()
            }
            DevelopmentIssuerMode::On => true,
            DevelopmentIssuerMode::Off => false,
        }
    }

    /// The files of the certificate and of its key, if TLS is configured.
    pub(crate) fn tls(&self) -> Option<(&Path, &Path)> {
        self.tls_cert.as_deref().zip(self.tls_key.as_deref())
    }

    /// `https` or `http`: what the server itself speaks.
    pub(crate) fn scheme(&self) -> &'static str {
        if self.tls().is_some() {
            "https"
        } else {
            "http"
        }
    }

    /// The origin that a new development issuer is named after.
    pub(crate) fn origin(&self) -> String {
        match &self.public_url {
            Some(url) => url.as_str().to_owned(),
            // Neither "any address" nor "any port" is where a client would go.
            None if self.listen.ip().is_unspecified() || self.listen.port() == 0 => {
                DEFAULT_ORIGIN.to_owned()
            }
            None => format!("{}://{}", self.scheme(), self.listen),
        }
    }
}

/// A value that a setting cannot have; names the flag and the rule.
#[derive(Debug, thiserror::Error)]
#[error("{flag} '{value}' {rule}")]
pub struct SettingError {
    flag: &'static str,
    value: String,
    rule: &'static str,
}

fn setting<T: FromStr<Err = &'static str>>(
    flag: &'static str,
    value: &str,
) -> Result<T, SettingError> {
    value.parse().map_err(|rule| SettingError {
        flag,
        value: value.to_owned(),
        rule,
    })
}

/// The directory of all durable data.
#[derive(Debug, Clone, Args)]
pub(crate) struct DataDir {
    /// Directory of the database and the keys; created if missing
    #[arg(
        long = "data",
        env = "GRAPH_CONNECTIONS_DATA",
        value_name = "DIR",
        default_value = "./data"
    )]
    pub(crate) path: PathBuf,

    /// Removed with the last clone.
    #[arg(skip)]
    temporary: Option<Arc<TempDir>>,
}

impl DataDir {
    /// The directory. It is created if it is missing, accessible by its owner only.
    pub(crate) fn open(&self) -> Result<&Path, DataDirError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let created = builder.create(&self.path);
        created.map_err(|source| DataDirError {
            path: self.path.clone(),
            source,
        })?;
        Ok(&self.path)
    }
}

/// The data directory cannot be created.
#[derive(Debug, thiserror::Error)]
#[error("cannot create the data directory {path}")]
pub struct DataDirError {
    path: PathBuf,
    source: std::io::Error,
}

/// When the development issuer is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DevelopmentIssuerMode {
    /// Only when listening on loopback and without another issuer.
    Auto,
    /// Always: anyone who reaches the server gets any token.
    On,
    /// Never.
    Off,
}

/// Scheme and authority under which clients reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uri: Uri = text
            .parse()
            .map_err(|_| "not a URL; an example: https://graph.contoso.com")?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) =
            (uri.scheme_str(), uri.authority())
        else {
            return Err("must begin with http:// or https:// and a host");
        };
        let host_alone = !authority.as_str().contains('@') && !authority.host().is_empty();
        if !host_alone || uri.path() != "/" || uri.query().is_some() || text.contains('#') {
            return Err("must have scheme, host and port alone: https://graph.contoso.com:8443");
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }
}

fn with_variable(flag: Arg) -> Arg {
    let Some(name) = flag.get_long() else {
        return flag;
    };
    let variable = format!("GRAPH_CONNECTIONS_{}", name.to_uppercase()).replace('-', "_");
    flag.env(&variable)
}

/// The system may allow fewer, which is logged at the start.
fn client_connections() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=1_000_000)
}

fn cors_origin(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text == "*" {
        return Ok(text.to_owned());
    }
    let url: Result<PublicUrl, _> = text.parse();
    url.map(|url| url.0).map_err(|rule| format!("{rule}; or *"))
}

fn address_range(text: &str) -> Result<IpNet, &'static str> {
    let text = text.trim();
    text.parse::<IpAddr>()
        .map(IpNet::from)
        .or_else(|_| text.parse())
        .map_err(|_| "must be an IP address or a range such as 10.0.0.0/8")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        config: Config,
    }

    fn parse(arguments: &[&str]) -> Result<Config, String> {
        Program::try_parse_from([&["program"], arguments].concat())
            .map(|program| program.config)
            .map_err(|e| e.to_string())
    }

    #[test]
    fn defaults_serve_on_loopback() {
        let config = parse(&[]).expect("defaults");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.data.path, Path::new("./data"));
        assert_eq!(config.public_url, None);
        assert!(config.development_issuer_is_on());
        assert_eq!(config.shutdown_timeout, Duration::from_secs(20));
        assert_eq!(config.max_client_connections, 2_048);
        assert_eq!(config.max_client_connections_per_address, None);
        assert_eq!(config.origin(), DEFAULT_ORIGIN);
        let proxies: Vec<_> = config
            .trusted_proxies
            .iter()
            .map(IpNet::to_string)
            .collect();
        assert_eq!(proxies, ["127.0.0.0/8", "::1/128"]);
    }

    #[test]
    fn development_issuer_stays_on_loopback_unless_switched_on() {
        for (listen, mode, on) in [
            ("127.0.0.1:0", "auto", true),
            ("[::1]:0", "auto", true),
            ("0.0.0.0:0", "auto", false),
            ("[::]:0", "auto", false),
            ("192.168.1.2:0", "auto", false),
            ("0.0.0.0:0", "on", true),
            ("127.0.0.1:0", "off", false),
        ] {
            let arguments = ["--listen", listen, "--development-issuer", mode];
            let config = parse(&arguments).expect("good values");
            assert_eq!(config.development_issuer_is_on(), on, "{listen} {mode}");
        }
    }

    #[test]
    fn development_issuer_makes_way_for_another() {
        let issuer = [
            "--issuer",
            "https://h",
            "--audience",
            "a",
            "--tenants",
            "any",
        ];
        for (mode, on) in [("auto", false), ("on", true), ("off", false)] {
            let arguments = [&issuer[..], &["--development-issuer", mode]].concat();
            let config = parse(&arguments).expect("good values");
            assert_eq!(config.development_issuer_is_on(), on, "{mode}");
        }
    }

    #[test]
    fn origin_is_where_clients_go() {
        for (arguments, origin) in [
            (&["--listen", "[::1]:9000"][..], "http://[::1]:9000"),
            (&["--listen", "0.0.0.0:9000"], DEFAULT_ORIGIN),
            (&["--listen", "127.0.0.1:0"], DEFAULT_ORIGIN),
            (&["--public-url", "https://g.example/"], "https://g.example"),
        ] {
            assert_eq!(parse(arguments).expect("good").origin(), origin);
        }
    }

    #[test]
    fn wrong_values_are_named() {
        for (arguments, part) in [
            (["--listen", "8080"], "--listen"),
            (["--listen", "localhost:8080"], "--listen"),
            (["--listen", "127.0.0.1:65536"], "--listen"),
            (["--public-url", "graph.contoso.com"], "http://"),
            (["--public-url", "ftp://graph.contoso.com"], "http://"),
            (["--public-url", "https://u:p@h"], "alone"),
            (["--public-url", "https://h/path"], "alone"),
            (["--public-url", "https://h/?q"], "alone"),
            (["--public-url", "https://h#f"], "alone"),
            (["--public-url", ""], "--public-url"),
            (["--trusted-proxies", "10.0.0.0/33"], "10.0.0.0/8"),
            (["--trusted-proxies", "proxy"], "10.0.0.0/8"),
            (["--development-issuer", "yes"], "auto"),
            (["--max-client-connections", "0"], "1..=1000000"),
            (
                ["--max-client-connections-per-address", "all"],
                "--max-client-connections-per-address",
            ),
            (["--shutdown-timeout", "20"], "--shutdown-timeout"),
            (["--shutdown-timeout", "soon"], "--shutdown-timeout"),
            (["--log-format", "xml"], "json"),
            (["--log", "debgu"], "debgu"),
            (["--log", "poem=loud"], "poem=loud"),
        ] {
            let message = parse(&arguments).expect_err(arguments[1]);
            assert!(message.contains(part), "{arguments:?}: {message}");
        }
    }

    #[test]
    fn proxies_are_addresses_or_ranges() {
        let config = parse(&["--trusted-proxies", "10.0.0.1, 10.1.0.0/16,fd00::/8"]).expect("good");
        let proxies: Vec<_> = config
            .trusted_proxies
            .iter()
            .map(IpNet::to_string)
            .collect();
        assert_eq!(proxies, ["10.0.0.1/32", "10.1.0.0/16", "fd00::/8"]);
    }

    #[test]
    fn temporary_data_is_removed_with_the_last_clone() {
        let config = Config::temporary().expect("a directory");
        let path = config.data.open().expect("it is there").to_owned();
        let clone = config.clone();
        drop(config);
        assert!(path.is_dir());
        drop(clone);
        assert!(!path.exists());
    }

    #[test]
    fn settings_of_a_server_in_this_process_are_the_defaults_on_a_free_port() {
        let defaults = parse(&[]).expect("defaults");
        let config = Config::new("data");
        assert_eq!(config.data.path, Path::new("data"));
        assert_eq!(config.listen.to_string(), "127.0.0.1:0");
        let all_but = |config: &Config| {
            let mut config = config.clone();
            (config.listen, config.data) = (defaults.listen, defaults.data.clone());
            format!("{config:?}")
        };
        assert_eq!(all_but(&config), all_but(&defaults));
    }

    #[test]
    fn data_directory_is_created_and_private() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("a/b");
        let data = Config::new(&path).data;
        assert_eq!(data.open().expect("made"), path);
        assert_eq!(data.open().expect("there"), path);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = path.metadata().expect("metadata").permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
        std::fs::write(path.join("file"), "").expect("a file");
        let data = Config::new(path.join("file")).data;
        assert!(data.open().is_err());
    }
}
