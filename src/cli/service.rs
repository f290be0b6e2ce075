//! The service that a command is a client of, and who is calling.

use std::{convert::Infallible, fmt, path::Path, str::FromStr, sync::Arc, time::Duration};

use clap::Args;
use reqwest::Url;

use crate::{
    auth::KNOWN_PERMISSIONS,
    client::{
        AccessToken, BoxFuture, Client, ClientCredentials, Credential, CredentialError, is_loopback,
    },
    config::{DEFAULT_ORIGIN, DataDir},
    development::{
        DEMO_APP, DEMO_TENANT, DEMO_USER, DevelopmentIssuer, Subject, TokenRequest, user_id,
    },
    domain::clock::SystemClock,
};

use super::Failure;

/// Where a server without settings is.
const DEFAULT_URL: &str = "http://127.0.0.1:8080/v1.0";

/// The lifetime of a development token. The client replaces it before it ends.
const LIFETIME: Duration = Duration::from_hours(1);

/// What the help of each command ends with.
pub(super) const WITHOUT_CREDENTIAL: &str = "Without --token and --client-id, for a server of this machine: a token of the development issuer in the data \
     directory, as `graph-connections token` prints it.";

#[derive(Debug, Args)]
pub(super) struct ServiceArguments {
    /// Base URL of the API, its version included
    #[arg(long, env = "GRAPH_CONNECTIONS_URL", value_name = "URL", default_value = DEFAULT_URL)]
    url: String,

    /// Access token; rather set the variable, since others may see arguments
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN",
        conflicts_with = "client_id"
    )]
    token: Option<Secret>,

    /// App that gets its tokens by the client credentials grant
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_CLIENT_ID",
        value_name = "ID",
        requires_all = ["client_secret", "token_endpoint"]
    )]
    client_id: Option<String>,

    /// Secret of the app; rather set the variable, since others may see arguments
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        requires = "client_id"
    )]
    client_secret: Option<Secret>,

    /// Tenant of the app in Entra ID
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_TENANT",
        value_name = "TENANT",
        group = "token_endpoint",
        requires = "client_id"
    )]
    tenant: Option<String>,

    /// Token endpoint of another issuer
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_TOKEN_URL",
        value_name = "URL",
        group = "token_endpoint",
        requires = "client_id"
    )]
    token_url: Option<String>,

    /// Scope that the app asks for: that of Microsoft Graph unless set; for a server with --issuer, its application's
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_SCOPE",
        value_name = "SCOPE",
        requires = "client_id"
    )]
    scope: Option<String>,

    #[command(flatten)]
    data: DataDir,
}

impl ServiceArguments {
    pub(super) fn client(&self) -> Result<Client, Failure> {
        let builder = Client::builder(&self.url);
        let builder = match (&self.token, &self.client_id, &self.client_secret) {
            (Some(token), ..) => builder.bearer(&token.0),
            (None, Some(id), Some(secret)) => {
                let credentials = ClientCredentials::new(self.token_url(), id, &secret.0)?;
                builder.credential(match &self.scope {
                    Some(scope) => credentials.scope(scope),
                    None => credentials,
                })
            }
            _ if self.is_local() => builder.credential(DevelopmentToken::open(self.data.open()?)?),
            _ => {
                return Err(
                    "a token is required: set --token or --client-id. A development token is for a server of this \
                     machine alone"
                        .into(),
                );
            }
        };
        Ok(builder.build()?)
    }

    /// The object id of a user. The development issuer's are made of names.
    pub(super) fn user_id(&self, user: &str) -> String {
        if self.token.is_some() || self.client_id.is_some() {
            user.to_owned()
        } else {
            user_id(DEMO_TENANT, user)
        }
    }

    /// Whether the service is on this machine.
    fn is_local(&self) -> bool {
        Url::parse(&self.url).is_ok_and(|url| is_loopback(&url))
    }

    fn token_url(&self) -> String {
        let entra = |tenant: &String| {
            format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token")
        };
        let given = self.token_url.clone();
        let url = given.or_else(|| self.tenant.as_ref().map(entra));
        url.expect("clap requires one of the two")
    }
}

/// What `graph-connections token` prints without arguments.
struct DevelopmentToken(DevelopmentIssuer);

impl DevelopmentToken {
    fn open(data: &Path) -> Result<Self, Failure> {
        let issuer = DevelopmentIssuer::open(data, DEFAULT_ORIGIN, Arc::new(SystemClock))?;
        Ok(Self(issuer))
    }
}

impl Credential for DevelopmentToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        let minted = self.0.mint(&TokenRequest {
            tenant: DEMO_TENANT.to_owned(),
            app: DEMO_APP.to_owned(),
            subject: Subject::User(DEMO_USER.to_owned()),
            groups: Vec::new(),
            permissions: KNOWN_PERMISSIONS.map(str::to_owned).to_vec(),
            lifetime: LIFETIME,
        });
        let token = minted.map_err(CredentialError::new);
        let token = token.and_then(|token| AccessToken::new(token, Some(LIFETIME)));
        Box::pin(async { token })
    }
}

/// A text that `Debug` does not show.
#[derive(Clone)]
struct Secret(String);

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser, error::ErrorKind};

    use super::*;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        service: ServiceArguments,
    }

    fn service(arguments: &[&str]) -> Result<ServiceArguments, clap::Error> {
        let parsed = Program::try_parse_from([&["program"], arguments].concat());
        parsed.map(|program| program.service)
    }

    #[test]
    fn credential_is_one_and_whole() {
        for arguments in [
            &[
                "--token",
                "t",
                "--client-id",
                "a",
                "--client-secret",
                "s",
                "--tenant",
                "t",
            ][..],
            &["--client-id", "a", "--client-secret", "s"],
            &["--client-id", "a", "--tenant", "t"],
            &["--client-secret", "s"],
            &["--tenant", "t"],
            &["--token-url", "https://login.example/token"],
            &[
                "--client-id",
                "a",
                "--client-secret",
                "s",
                "--tenant",
                "t",
                "--token-url",
                "u",
            ],
        ] {
            let error = service(arguments).expect_err("refused");
            let kinds = [
                ErrorKind::ArgumentConflict,
                ErrorKind::MissingRequiredArgument,
            ];
            assert!(kinds.contains(&error.kind()), "{arguments:?}: {error}");
        }
        let app = [
            "--client-id",
            "a",
            "--client-secret",
            "hunter2",
            "--tenant",
            "contoso.com",
        ];
        let app = service(&app).expect("whole");
        let url = "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token";
        assert_eq!(app.token_url(), url);
        assert!(app.client().is_ok());
        assert!(!format!("{app:?}").contains("hunter2"));
    }

    #[test]
    fn development_tokens_stay_on_the_machine() {
        for (url, is_local) in [
            ("http://127.0.0.1:8080/v1.0", true),
            ("https://[::1]/v1.0", true),
            ("https://graph.microsoft.com/v1.0", false),
            ("http://127.0.0.1.example", false),
            ("localhost", false),
        ] {
            let service = service(&["--url", url]).expect("arguments");
            assert_eq!(service.is_local(), is_local, "{url}");
            assert!(is_local || service.client().is_err(), "{url}");
        }
    }

    #[test]
    fn help_does_not_show_secrets_of_the_environment() {
        for name in ["token", "client_secret"] {
            let program = Program::command();
            let argument = program.get_arguments().find(|it| it.get_id() == name);
            assert!(argument.is_some_and(clap::Arg::is_hide_env_values_set));
        }
    }
}
