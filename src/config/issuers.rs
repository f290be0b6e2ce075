//! `--issuer`, `--audience` and `--tenants`: three flags that belong together, repeated for each issuer.
//!
//! The order decides: an `--audience` belongs to the `--issuer` before it. With a single issuer any order will do, and
//! each of the three may be a flag or a variable. Variables have no order, so several issuers need flags.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches, error::ErrorKind};

use crate::auth::{ExternalIssuer, IssuerUrl};

/// External issuers whose tokens are accepted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Issuers(Vec<ExternalIssuer>);

/// What is wrong with what was said of an issuer; names the flag.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct IssuerError(pub(super) String);

impl Issuers {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &ExternalIssuer> {
        self.0.iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(
        &mut self,
        url: IssuerUrl,
        audiences: Vec<String>,
        tenants: Vec<String>,
    ) -> Result<(), IssuerError> {
        // The first would hide the second.
        if self.iter().any(|other| other.url.name() == url.name()) {
            return Err(IssuerError(format!("--issuer {url} is given twice")));
        }
        let issuer = ExternalIssuer::new(url, audiences, tenants);
        let issuer = issuer.map_err(|what| IssuerError(format!("--issuer {what}")))?;
        self.0.push(issuer);
        Ok(())
    }
}

/// The flags as clap reads them.
#[derive(Debug, Args)]
struct Flags {
    /// OpenID Connect issuer whose tokens are accepted; repeatable, each followed by its --audience [default: none]
    #[arg(long, value_name = "URL")]
    issuer: Vec<IssuerUrl>,

    /// Values that the claim aud of the issuer's tokens may have [default: none]
    #[arg(long, value_name = "AUDIENCE,…", value_delimiter = ',')]
    audience: Vec<String>,

    /// Tenants that the issuer may issue tokens for, or any [default: the tenant in the issuer's URL]
    #[arg(long, value_name = "TENANT,…", value_delimiter = ',')]
    tenants: Vec<String>,
}

impl Args for Issuers {
    fn augment_args(command: Command) -> Command {
        Flags::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Flags::augment_args_for_update(command)
    }
}

impl FromArgMatches for Issuers {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let flags = Flags::from_arg_matches(matches)?;
        let mut issuers = indexed(matches, "issuer", flags.issuer);
        let audiences = indexed(matches, "audience", flags.audience);
        let tenants = indexed(matches, "tenants", flags.tenants);
        // Everything belongs to an issuer that is alone.
        if let [(index, _)] = &mut issuers[..] {
            *index = 0;
        }
        let first = issuers.first().map_or(usize::MAX, |&(index, _)| index);
        for (flag, values) in [("audience", &audiences), ("tenants", &tenants)] {
            if values.iter().any(|&(index, _)| index < first) {
                return Err(invalid(&format!("--{flag} must follow its --issuer")));
            }
        }
        let ends = issuers.iter().skip(1).map(|&(index, _)| index);
        let ends: Vec<_> = ends.chain([usize::MAX]).collect();
        let mut all = Self::default();
        for ((start, url), end) in issuers.into_iter().zip(ends) {
            let within = |values: &[(usize, String)]| {
                let values = values.iter().filter(|(at, _)| (start..end).contains(at));
                values.map(|(_, value)| value.clone()).collect()
            };
            all.add(url, within(&audiences), within(&tenants))
                .map_err(|error| invalid(&error.to_string()))?;
        }
        Ok(all)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The values of a flag with their indices among all arguments.
fn indexed<T>(matches: &ArgMatches, flag: &str, values: Vec<T>) -> Vec<(usize, T)> {
    let indices = matches.indices_of(flag).unwrap_or_default();
    indices.zip(values).collect()
}

fn invalid(what: &str) -> Error {
    Error::raw(ErrorKind::ValueValidation, format!("{what}\n"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        issuers: Issuers,
    }

    const T: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

    /// One line an issuer.
    fn parse(line: &str) -> Result<Vec<String>, String> {
        let arguments = line.replace("{T}", T);
        let arguments = std::iter::once("program").chain(arguments.split_whitespace());
        let program = Program::try_parse_from(arguments).map_err(|e| e.to_string())?;
        let told = program.issuers.iter().map(|issuer| {
            let audiences = issuer.audiences.join(",");
            format!("{} for {audiences} of {}", issuer.url, issuer.tenants)
        });
        Ok(told.collect())
    }

    #[test]
    fn audiences_and_tenants_belong_to_the_issuer_before_them() {
        for (line, expected) in [
            ("", &[][..]),
            (
                "--issuer https://h/{T}/v2.0 --audience a",
                &["https://h/{T}/v2.0 for a of {T}"],
            ),
            (
                "--audience a,b --tenants any --issuer https://h --audience c",
                &["https://h for a,b,c of any"],
            ),
            (
                "--issuer https://h/{T}/v2.0 --audience a --issuer https://g --tenants t,u --audience b,c",
                &[
                    "https://h/{T}/v2.0 for a of {T}",
                    "https://g for b,c of t, u",
                ],
            ),
            (
                "--issuer https://h --audience a --audience b --tenants any --issuer https://g/{T} --audience=c --tenants=t",
                &["https://h for a,b of any", "https://g/{T} for c of t"],
            ),
        ] {
            let expected: Vec<String> = expected.iter().map(|e| e.replace("{T}", T)).collect();
            assert_eq!(parse(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn what_is_missing_or_ambiguous_is_refused() {
        for (line, part) in [
            ("--audience a", "--audience must follow"),
            ("--tenants any", "--tenants must follow"),
            ("--issuer https://h/{T}", "https://h/{T} needs --audience"),
            (
                "--issuer https://h/{T} --audience= --tenants t",
                "needs --audience",
            ),
            ("--issuer https://h/{T} --audience a,", "needs --audience"),
            ("--issuer https://h --audience a", "needs --tenants"),
            (
                "--issuer https://login.microsoftonline.com/common/v2.0 --audience a",
                "names no tenant",
            ),
            (
                "--issuer https://login.microsoftonline.com/contoso.com/v2.0 --audience a",
                "names no tenant",
            ),
            (
                "--issuer https://h/{T} --issuer https://g/{T} --audience a",
                "https://h/{T} needs --audience",
            ),
            (
                "--issuer https://h/{T} --audience a --audience b --issuer https://g/{T}",
                "https://g/{T} needs --audience",
            ),
            (
                "--audience a --issuer https://h/{T} --audience b --issuer https://g/{T} --audience c",
                "--audience must follow",
            ),
            (
                "--issuer https://h/{T} --audience a --issuer https://h/{T} --audience b",
                "twice",
            ),
            (
                "--issuer https://h/common --audience a --tenants any --issuer https://h/organizations --audience b --tenants any",
                "https://h/organizations is given twice",
            ),
            (
                "--issuer https://h --audience a --tenants any,t",
                "not both",
            ),
            (
                "--issuer https://h --audience a --tenants t/u",
                "'t/u' must be 1 to 64",
            ),
            ("--issuer http://h --audience a --tenants t", "https://"),
            ("--issuer h --audience a --tenants t", "not a URL"),
        ] {
            let message = parse(line).expect_err(line);
            assert!(
                message.contains(&part.replace("{T}", T)),
                "{line}: {message}"
            );
        }
    }
}
