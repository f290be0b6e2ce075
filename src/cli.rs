//! The command line: `serve`, which is also what happens without arguments, `token` and `certificate`; with the client,
//! `import`, `export` and `explain`.
//!
//! Only what the user asked for goes to standard output; logs and errors go to standard error.

mod banner;
#[cfg(feature = "client")]
mod explain;
#[cfg(feature = "client")]
mod export;
#[cfg(feature = "client")]
mod import;
#[cfg(feature = "client")]
mod service;
mod signals;

use std::{
    error::Error,
    io::{self, Write},
    process::{ExitCode, exit},
    sync::Arc,
    time::Duration,
};

use bounded_listener::Tls;
use clap::{Args, Parser, Subcommand, builder::PossibleValuesParser};

use crate::{
    auth::KNOWN_PERMISSIONS,
    config::{Config, DEFAULT_ORIGIN, DataDir},
    development::{
        DEMO_APP, DEMO_TENANT, DEMO_USER, DevelopmentIssuer, Subject, TokenRequest, certificate,
        identifier, tenant_name, user_name,
    },
    domain::clock::{Clock, SystemClock},
    logging::Causes,
    server::Server,
};

use self::signals::Signals;

type Failure = Box<dyn Error + Send + Sync>;

/// Longest lifetime of a token: a year.
const MAX_LIFETIME: Duration = Duration::from_hours(365 * 24);

/// What shells report for a program ended by Ctrl-C: 128 plus the number of SIGINT.
const EXIT_INTERRUPTED: i32 = 130;

/// A self-hosted server for the Microsoft Graph external connections API.
#[derive(Debug, Parser)]
#[command(
    name = "graph-connections",
    version,
    after_help = "Without a command: serve."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API
    Serve(Box<Config>),
    /// Print a token of the development issuer
    Token(TokenCommand),
    /// Create a certificate for development, for clients that require https
    Certificate(CertificateCommand),
    /// Put the items of a file into a connection
    #[cfg(feature = "client")]
    #[command(after_help = service::WITHOUT_CREDENTIAL)]
    Import(Box<import::ImportCommand>),
    /// Write the items of a connection to a file, one JSON object in a line
    #[cfg(feature = "client")]
    #[command(after_help = service::WITHOUT_CREDENTIAL)]
    Export(Box<export::ExportCommand>),
    /// Say why a user sees an item or not, and why a search finds it or not
    #[cfg(feature = "client")]
    #[command(after_help = format!("{}\n\n{}", explain::EXIT_STATUS, service::WITHOUT_CREDENTIAL))]
    Explain(Box<explain::ExplainCommand>),
}

/// Without arguments: a delegated token of a demo user, app and tenant, with every permission. The quota and adding activities require
/// --app-only
#[derive(Debug, Args)]
struct TokenCommand {
    /// Tenant (claim tid): a GUID or any other name
    #[arg(long, value_parser = tenant_name, default_value = DEMO_TENANT)]
    tenant: String,

    /// Client application (claim appid): a GUID or any other name
    #[arg(long, value_parser = identifier, default_value = DEMO_APP)]
    app: String,

    /// User of a delegated token, by name or object id
    #[arg(long, value_parser = user_name, default_value = DEMO_USER)]
    user: String,

    /// Groups of the user in the directory (claim groups): GUIDs or any other names [default: none, and no claim]
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',', value_parser = identifier)]
    groups: Vec<String>,

    /// The user is a guest of the tenant (claim acct is 1, and claim upn has #EXT#)
    #[arg(long)]
    guest: bool,

    /// Issue an application token: permissions in roles, no user
    #[arg(long, conflicts_with_all = ["user", "guest"])]
    app_only: bool,

    /// Permissions [default: all]
    #[arg(
        long,
        value_name = "PERMISSION,…",
        value_delimiter = ',',
        value_parser = PossibleValuesParser::new(KNOWN_PERMISSIONS)
    )]
    permissions: Option<Vec<String>>,

    /// Lifetime, e.g. 90s, 30m or 1h; at most 365d
    #[arg(long, value_name = "DURATION", value_parser = lifetime, default_value = "1h")]
    expires: Duration,

    #[command(flatten)]
    data: DataDir,
}

/// Replaces an existing certificate; a running server reloads it on SIGHUP.
#[derive(Debug, Args)]
struct CertificateCommand {
    /// DNS names and IP addresses of the server
    #[arg(
        long,
        value_name = "NAME,…",
        value_delimiter = ',',
        default_value = "localhost,127.0.0.1,::1"
    )]
    names: Vec<String>,

    #[command(flatten)]
    data: DataDir,
}

impl Cli {
    /// Runs the command. The exit code is that of a success, but for `explain`, which answers by it.
    ///
    /// # Errors
    /// The command failed. Invalid arguments end the program earlier, with exit code 2.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self.chosen() {
            Command::Serve(config) => serve(*config).await?,
            Command::Token(command) => writeln!(io::stdout(), "{}", command.mint()?)?,
            Command::Certificate(command) => command.make()?,
            #[cfg(feature = "client")]
            Command::Import(command) => command.run().await?,
            #[cfg(feature = "client")]
            Command::Export(command) => command.run().await?,
            #[cfg(feature = "client")]
            Command::Explain(command) => return command.run().await,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn chosen(self) -> Command {
        // Parsed rather than built from constants, because the environment applies here too.
        self.command.unwrap_or_else(|| {
            let serve = Self::parse_from(["graph-connections", "serve"]);
            serve.command.expect("`serve` is a command")
        })
    }
}

/// Runs a server until a signal stops it.
async fn serve(config: Config) -> Result<(), Failure> {
    config.log.start();
    // Before anything else: a signal during the start stops the server, too.
    let signals = Signals::install()?;
    let server = Server::builder(config).bind().await?;
    banner::print(&server)?;
    let tls = server.tls();
    server.serve(until_stopped(signals, tls)).await;
    tracing::info!("stopped");
    Ok(())
}

/// Reads the files of TLS again at SIGHUP; completes when the process is asked to stop. Asked again, it exits at once.
async fn until_stopped(mut signals: Signals, tls: Option<Arc<Tls>>) {
    let name = loop {
        match signals.next().await {
            Some(name) => break name,
            None => drop(tokio::spawn(reload(tls.clone()))),
        }
    };
    tracing::info!(signal = name, "stopping");
    tokio::spawn(async move {
        loop {
            if let Some(name) = signals.next().await {
                tracing::warn!(signal = name, "stopping at once");
                exit(EXIT_INTERRUPTED);
            }
        }
    });
}

async fn reload(tls: Option<Arc<Tls>>) {
    let Some(tls) = tls else {
        tracing::info!("SIGHUP ignored: TLS is not configured");
        return;
    };
    match tls.reload().await {
        Ok(()) => tracing::info!("TLS certificate reloaded"),
        Err(error) => {
            tracing::error!(cause = %Causes(&error), "cannot reload the TLS certificate; the previous one stays in use");
        }
    }
}

impl TokenCommand {
    /// Works while a server uses the same data directory, and without one.
    fn mint(self) -> Result<String, Failure> {
        let dir = self.data.open()?;
        let issuer = DevelopmentIssuer::open(dir, DEFAULT_ORIGIN, Arc::new(SystemClock))?;
        Ok(issuer.mint(&TokenRequest {
            tenant: self.tenant,
            app: self.app,
            subject: if self.app_only {
                Subject::App
            } else if self.guest {
                Subject::Guest(self.user)
            } else {
                Subject::User(self.user)
            },
            groups: self.groups,
            permissions: self
                .permissions
                .unwrap_or_else(|| KNOWN_PERMISSIONS.map(str::to_owned).to_vec()),
            lifetime: self.expires,
        })?)
    }
}

impl CertificateCommand {
    fn make(self) -> Result<(), Failure> {
        let files = certificate::write(self.data.open()?, self.names, SystemClock.now())?;
        writeln!(
            io::stdout(),
            "Serve with it:\n  graph-connections serve --tls-cert {} --tls-key {}\n\
             Let clients trust its root, such as with one of these:\n  \
             curl --cacert {root}\n  NODE_EXTRA_CA_CERTS={root}\n  SSL_CERT_FILE={root}",
            files.certificate.display(),
            files.key.display(),
            root = files.root.display()
        )?;
        Ok(())
    }
}

fn lifetime(text: &str) -> Result<Duration, String> {
    let lifetime = humantime::parse_duration(text).map_err(|e| e.to_string())?;
    if (Duration::from_secs(1)..=MAX_LIFETIME).contains(&lifetime) {
        Ok(lifetime)
    } else {
        Err("must be 1s to 365d".into())
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, error::ErrorKind};

    use super::*;
    use crate::auth::{Authenticator, TENANT_PLACEHOLDER, TrustedIssuer, authorize};

    fn token(arguments: &[&str]) -> Result<TokenCommand, clap::Error> {
        let all = [&["graph-connections", "token"], arguments].concat();
        Cli::try_parse_from(all).map(|cli| match cli.command {
            Some(Command::Token(command)) => command,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn nothing_means_serve() {
        let cli = Cli::try_parse_from(["graph-connections"]).expect("good");
        assert!(matches!(cli.chosen(), Command::Serve(_)));
    }

    #[test]
    fn every_setting_has_a_variable() {
        let mut cli = Cli::command();
        let serve = cli.find_subcommand_mut("serve").expect("a command");
        for argument in serve.get_arguments().filter(|a| a.get_id() != "help") {
            let flag = argument.get_long().expect("a flag");
            let variable = format!(
                "GRAPH_CONNECTIONS_{}",
                flag.to_uppercase().replace('-', "_")
            );
            let env = argument.get_env().and_then(|env| env.to_str());
            assert_eq!(env, Some(variable.as_str()));
            let default = !argument.get_default_values().is_empty();
            let none = [
                "allowed-hosts",
                "audience",
                "cors-origins",
                "issuer",
                "max-client-connections-per-address",
                "public-url",
                "tenants",
                "tls-cert",
                "tls-key",
            ]
            .contains(&flag);
            assert!(default != none, "{flag}");
        }
    }

    #[test]
    fn wrong_arguments_exit_with_2() {
        for arguments in [
            &["--tenant", ""][..],
            &["--tenant", "a b"],
            &["--app", "a/b"],
            &["--user", ""],
            &["--groups", "a b"],
            &["--groups", "a,"],
            &["--permissions", "ExternalItem.Read"],
            &["--permissions", ""],
            &["--permissions", "ExternalItem.Read.All,"],
            &["--expires", "1"],
            &["--expires", "0s"],
            &["--expires", "366d"],
            &["--expires", "9999999999999999999999y"],
            &["--app-only", "--user", "u"],
            &["--app-only", "--guest"],
            &["--guest", "true"],
            &["--unknown"],
            &["extra"],
        ] {
            let error = token(arguments).expect_err(arguments[0]);
            assert_eq!(error.exit_code(), 2, "{arguments:?}");
        }
        let error = Cli::try_parse_from(["graph-connections", "sreve"]).expect_err("unknown");
        assert_eq!(error.kind(), ErrorKind::InvalidSubcommand);
    }

    #[test]
    fn printed_tokens_are_good_for_every_operation() {
        let dir = tempfile::tempdir().expect("a directory");
        let data = dir.path().join("data");
        let data = data.to_str().expect("UTF-8");
        for arguments in [
            &["--data", data][..],
            &["--data", data, "--app-only"],
            &["--data", data, "--tenant", "T", "--app", "A", "--user", "u"],
            &["--data", data, "--guest"],
            &[
                "--data",
                data,
                "--groups",
                "g1,2af7c0de-0000-4000-8000-00000000000b",
            ],
            &[
                "--data",
                data,
                "--permissions",
                "ExternalItem.Read.All,ExternalConnection.Read.All",
                "--expires",
                "30m",
            ],
        ] {
            let bearer = token(arguments).expect("good").mint().expect("a token");
            assert!(bearer.bytes().all(|b| b.is_ascii_graphic()), "one word");
            let clock = Arc::new(SystemClock);
            let issuer = DevelopmentIssuer::open(data.as_ref(), "http://other", clock.clone());
            let issuer = issuer.expect("the same issuer");
            let name = issuer.name(TENANT_PLACEHOLDER);
            let trusted = TrustedIssuer::fixed(name, &issuer.key_set());
            let verified = Authenticator::new(vec![trusted], clock).authenticate_now(&bearer);
            let verified = verified.expect("verified");
            assert_eq!(verified.is_guest, arguments.contains(&"--guest"));
            assert!(authorize(&verified, None, &["ExternalConnection.Read.All"]).is_ok());
        }
    }
}
