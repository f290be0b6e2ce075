//! `explain`: why a user sees an item or not, and why a search of his finds it or not.

use std::{
    fmt::{self, Display},
    io::{self, Write},
    process::ExitCode,
};

use clap::Args;

use crate::{
    client::{
        printable,
        types::{
            AccessVerdict, Acl, ExplainedEntry, ExplainedPart, ExplainedQuery, Explanation,
            SearchOutcome,
        },
    },
    development::{identifier, user_name},
};

use super::{Failure, service::ServiceArguments};

/// The user does not see the item, or his search does not find it. Other than the status of a failure, 1, and of wrong arguments, 2.
const EXIT_NO: u8 = 3;

/// What the help ends with, before what it says of credentials.
pub(super) const EXIT_STATUS: &str = "Exit status: 0 if the user sees the item and, with --query, finds it; 3 if not; 1 if that could not be said; 2 for wrong arguments.";

#[derive(Debug, Args)]
pub(super) struct ExplainCommand {
    /// User, by object id; without --token and --client-id also by the name that `token --user` takes
    #[arg(long, value_parser = user_name)]
    user: String,

    /// Item: its connection, a slash and its id
    #[arg(long, value_name = "CONNECTION/ITEM", value_parser = item)]
    item: (String, String),

    /// Search of the user's, in KQL
    #[arg(long, value_name = "KQL")]
    query: Option<String>,

    /// Groups of the user in the directory, by object id; '' for none. Unless set they are not known, and an entry that denies a group
    /// denies the user
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',', value_parser = group)]
    groups: Option<Vec<String>>,

    /// The user is a guest of the tenant
    #[arg(long)]
    guest: bool,

    /// Print the answer of the service, a line of JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    service: ServiceArguments,
}

/// An identifier of an item has no slash.
fn item(given: &str) -> Result<(String, String), &'static str> {
    match given.split_once('/') {
        Some((connection, id)) if !connection.is_empty() && !id.is_empty() => {
            Ok((connection.to_owned(), id.to_owned()))
        }
        _ => Err("must be a connection, a slash and an item, such as contosohr/TSP228082938"),
    }
}

/// A group; empty where there is none.
fn group(given: &str) -> Result<String, String> {
    if given.is_empty() {
        return Ok(String::new());
    }
    identifier(given)
}

impl ExplainCommand {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let client = self.service.client()?;
        let (connection, id) = &self.item;
        let explain = client.explain_item().connection_id(connection).item_id(id);
        let groups = self.groups.map(|mut groups| {
            groups.retain(|group| !group.is_empty());
            groups
        });
        let explain = explain.body_map(|body| {
            body.user(self.service.user_id(&self.user))
                .groups(groups)
                .is_guest(self.guest)
                .query(self.query.clone())
        });
        let explanation = explain.send().await?.into_inner();
        let mut output = io::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut output, &explanation)?;
            writeln!(output)?;
        } else {
            let shown = Shown {
                user: &self.user,
                item: id,
                query: self.query.as_deref().unwrap_or_default(),
                explanation: &explanation,
            };
            write!(output, "{shown}")?;
        }
        let is_found = explanation.query.as_ref().is_none_or(|it| it.is_found);
        Ok(if explanation.is_visible && is_found {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(EXIT_NO)
        })
    }
}

/// An explanation for a person.
struct Shown<'a> {
    user: &'a str,
    item: &'a str,
    query: &'a str,
    explanation: &'a Explanation,
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let explanation = self.explanation;
        let verb = if explanation.is_visible {
            "sees"
        } else {
            "does not see"
        };
        let because = match explanation.verdict {
            AccessVerdict::Granted => "an entry grants, and none denies",
            AccessVerdict::Denied => "an entry denies, whatever others grant",
            AccessVerdict::NotNamed => "no entry names the user",
        };
        let (user, item) = (printable(self.user), printable(self.item));
        writeln!(f, "{user} {verb} {item}: {because}")?;
        for entry in &explanation.entries {
            show_entry(f, entry)?;
        }
        match &explanation.query {
            Some(query) => self.show_query(f, query),
            None => Ok(()),
        }
    }
}

/// A mark of what names the user or is in the item, and of what is not.
fn mark(is_match: bool) -> char {
    if is_match { '+' } else { '-' }
}

fn show_entry(f: &mut fmt::Formatter<'_>, entry: &ExplainedEntry) -> fmt::Result {
    let Acl {
        access_type,
        type_,
        value,
        ..
    } = &entry.acl;
    let mark = mark(entry.is_match);
    let (value, reason) = (printable(value), printable(&entry.reason));
    writeln!(f, "  {mark} {access_type} {type_} {value}: {reason}")?;
    // One group is named by the reason.
    if entry.group_path.len() > 1 {
        let path: Vec<String> = entry.group_path.iter().map(|id| printable(id)).collect();
        writeln!(f, "      by {}", path.join(" > "))?;
    }
    Ok(())
}

impl Shown<'_> {
    fn show_query(&self, f: &mut fmt::Formatter<'_>, query: &ExplainedQuery) -> fmt::Result {
        let verb = if query.is_found {
            "finds"
        } else {
            "does not find"
        };
        let because = match query.outcome {
            SearchOutcome::Found => "found",
            SearchOutcome::ConnectionNotReady => "the connection is not ready",
            SearchOutcome::Trimmed => "trimmed",
            SearchOutcome::NotSearchable => "not searchable",
            SearchOutcome::NotQueryable => "not queryable",
            SearchOutcome::NotMatched => "not matched",
        };
        let (text, reason) = (printable(self.query), printable(&query.reason));
        writeln!(f, "the query {text} {verb} it: {because}, {reason}")?;
        for ExplainedPart {
            text,
            is_match,
            note,
        } in &query.parts
        {
            write!(f, "  {} {}", mark(*is_match), printable(text))?;
            if let Some(note) = note {
                write!(f, ": {}", printable(note))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn items_are_named_with_their_connection() {
        assert_eq!(item("a/b"), Ok(("a".to_owned(), "b".to_owned())));
        assert_eq!(item("a/b/c"), Ok(("a".to_owned(), "b/c".to_owned())));
        for given in ["a", "/b", "a/", ""] {
            assert!(item(given).is_err(), "{given}");
        }
    }

    #[test]
    fn explanation_is_shown_line_by_line() {
        let explanation = json!({
            "isVisible": false,
            "verdict": "denied",
            "entries": [
                { "acl": { "type": "everyone", "value": "everyone", "accessType": "grant" }, "isMatch": true,
                  "reason": "everyone of the tenant", "groupPath": [] },
                { "acl": { "type": "externalGroup", "value": "b", "accessType": "deny" }, "isMatch": true,
                  "reason": "r\u{1b}", "groupPath": ["a", "b"] },
            ],
            "query": { "isFound": false, "outcome": "trimmed", "reason": "r", "parts": [
                { "text": "x", "isMatch": true }, { "text": "y:1", "isMatch": false, "note": "n" },
            ] },
        });
        let explanation = serde_json::from_value(explanation).expect("an explanation");
        let shown = Shown {
            user: "amy",
            item: "i",
            query: "x y:1",
            explanation: &explanation,
        };
        let expected = "amy does not see i: an entry denies, whatever others grant\n  \
            + grant everyone everyone: everyone of the tenant\n  \
            + deny externalGroup b: r\\u{1b}\n      \
            by a > b\n\
            the query x y:1 does not find it: trimmed, r\n  \
            + x\n  \
            - y:1: n\n";
        assert_eq!(shown.to_string(), expected);
    }
}
