//! `--issuer`, `--audience` and `--tenants`: three flags that belong together, repeated for each issuer.
//!
//! The order decides: an `--audience` belongs to the `--issuer` before it. With a single issuer any order will do, and
//! each of the three may be a flag or a variable. Variables have no order, so several issuers need flags.

use std::ops::Range;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches, error::ErrorKind};

use crate::auth::{ExternalIssuer, IssuerUrl};

/// External issuers whose tokens are accepted.
#[derive(Debug, Clone)]
pub(crate) struct Issuers(Vec<ExternalIssuer>);

impl Issuers {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &ExternalIssuer> {
        self.0.iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The flags as clap reads them.
#[derive(Debug, Args)]
struct Flags {
    /// OpenID Connect issuer whose tokens are accepted; repeatable, each followed by its --audience [default: none]
    #[arg(long, env = "GRAPH_CONNECTIONS_ISSUER", value_name = "URL")]
    issuer: Vec<IssuerUrl>,

    /// Values that the claim aud of the issuer's tokens may have [default: none]
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_AUDIENCE",
        value_name = "AUDIENCE,…",
        value_delimiter = ','
    )]
    audience: Vec<String>,

    /// Tenants that the issuer may issue tokens for, or any [default: the tenant in the issuer's URL]
    #[arg(
        long,
        env = "GRAPH_CONNECTIONS_TENANTS",
        value_name = "TENANT,…",
        value_delimiter = ','
    )]
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
        let ranges = ranges(&indices(matches, "issuer"));
        let audiences = IndexedValues::new(flags.audience, indices(matches, "audience"));
        let tenants = IndexedValues::new(flags.tenants, indices(matches, "tenants"));
        let first = ranges.first().map_or(usize::MAX, |range| range.start);
        for (flag, values) in [("audience", &audiences), ("tenants", &tenants)] {
            if values.begin_before(first) {
                return Err(invalid(&format!("--{flag} must follow its --issuer")));
            }
        }
        let mut issuers: Vec<ExternalIssuer> = Vec::new();
        for (url, range) in flags.issuer.into_iter().zip(&ranges) {
            // The first would hide the second.
            if issuers.iter().any(|other| other.url.name() == url.name()) {
                return Err(invalid(&format!("--issuer {url} is given twice")));
            }
            let issuer = ExternalIssuer::new(url, audiences.within(range), tenants.within(range));
            issuers.push(issuer.map_err(|what| invalid(&format!("--issuer {what}")))?);
        }
        Ok(Self(issuers))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Values of one flag with their indices among all arguments.
struct IndexedValues(Vec<(usize, String)>);

impl IndexedValues {
    fn new(values: Vec<String>, indices: Vec<usize>) -> Self {
        Self(indices.into_iter().zip(values).collect())
    }

    fn begin_before(&self, index: usize) -> bool {
        self.0.first().is_some_and(|(first, _)| *first < index)
    }

    fn within(&self, range: &Range<usize>) -> Vec<String> {
        let values = self.0.iter().filter(|(index, _)| range.contains(index));
        values.map(|(_, value)| value.clone()).collect()
    }
}

/// From each issuer to the next; everything, if there is only one.
fn ranges(issuers: &[usize]) -> Vec<Range<usize>> {
    let alone = issuers.len() == 1;
    let starts = issuers.iter().map(|&start| if alone { 0 } else { start });
    let ends = issuers.iter().skip(1).copied().chain([usize::MAX]);
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

fn indices(matches: &ArgMatches, flag: &str) -> Vec<usize> {
    matches
        .indices_of(flag)
        .map_or_else(Vec::new, Iterator::collect)
}

fn invalid(what: &str) -> Error {
    Error::raw(
        ErrorKind::ValueValidation,
        format!(
            "{what}
"
        ),
    )
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
