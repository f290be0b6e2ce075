//! The arguments of a tool: read by the rules of the document, as the body of the request that the tool stands for.

use openapi_contract_runtime::{BodyLimits, FromJson, Read, Rejection, Target, parse, read};
use serde_json::{Map, Value};

use crate::{
    api::error::ApiError,
    domain::{Error, Violation, external_connection::ConnectionId},
};

/// What a client sent, without the members that are `null`: that is how some say that they are not there.
#[derive(Debug, Clone)]
pub(super) struct Arguments(Map<String, Value>);

impl Arguments {
    /// # Errors
    /// There are others than the tool has.
    pub(super) fn new(
        given: Option<Map<String, Value>>,
        known: &Map<String, Value>,
    ) -> Result<Self, ApiError> {
        let mut given = given.unwrap_or_default();
        given.retain(|_, value| !value.is_null());
        let unknown = given.keys().filter(|name| !known.contains_key(*name));
        let names: Vec<_> = known.keys().map(|name| format!("'{name}'")).collect();
        let broken: Vec<_> = unknown
            .take(SHOWN)
            .map(|name| {
                let name: String = name.chars().take(SHOWN_CHARACTERS).collect();
                let rule = format!("is no argument of this tool; it has {}", names.join(", "));
                Violation::new(format!("/{name}"), rule)
            })
            .collect();
        if broken.is_empty() {
            Ok(Self(given))
        } else {
            Err(Error::Invalid(broken).into())
        }
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    /// The identifiers of the connections that are named; `None`: all of the tenant. What is no list is for the document to refuse.
    pub(super) fn take_connections(&mut self) -> Option<Value> {
        let connections = self.take("connections");
        connections.filter(|given| given.as_array().is_none_or(|given| !given.is_empty()))
    }

    /// Connection and item of an identifier that a search gave.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn take_id(&mut self) -> Result<(ConnectionId, String), ApiError> {
        let id = self.take("id");
        let parts = id.as_ref().and_then(Value::as_str);
        let parts = parts.and_then(|id| id.split_once('/'));
        let parts = parts.filter(|(connection, item)| !connection.is_empty() && !item.is_empty());
        let Some((connection, item)) = parts else {
            let rule = "must be an identifier as search gives it, such as contosohr/TSP228082938";
            return Err(Error::Invalid(vec![Violation::new("/id", rule)]).into());
        };
        Ok((
            ConnectionId::existing(connection.to_owned()),
            item.to_owned(),
        ))
    }

    /// The rest, with these members, as a body of the document.
    ///
    /// # Errors
    /// The rules that are broken.
    pub(super) fn into_body<T: FromJson>(
        mut self,
        members: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Result<T, ApiError> {
        let members = members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        self.0.extend(members);
        let text = Value::Object(self.0).to_string();
        let node = parse(text.as_bytes(), BodyLimits::default());
        let node = node.map_err(|malformed| Rejection::Malformed {
            target: Target::Body(malformed.pointer),
            reason: malformed.reason,
            duplicate: malformed.duplicate,
        })?;
        let Read { value, .. } = read::<T>(node);
        Ok(value.map_err(Rejection::Invalid)?)
    }
}

/// Unknown arguments that are named, and characters of a name that are.
const SHOWN: usize = 10;
const SHOWN_CHARACTERS: usize = 64;

/// Where a rule of the request that a tool stands for is broken, as the tool has it.
pub(super) fn pointer(of_request: &str) -> String {
    const RENAMED: [(&str, &str); 4] = [
        ("/query/queryString", "/query"),
        ("/contentSources", "/connections"),
        (
            "/dataSourceConfiguration/externalItem/connections",
            "/connections",
        ),
        ("item-id", "/id"),
    ];
    let renamed = RENAMED.iter().find_map(|(request, tool)| {
        let rest = of_request.strip_prefix(request)?;
        Some(format!(
            "{tool}{}",
            rest.strip_suffix("/connectionId").unwrap_or(rest)
        ))
    });
    renamed.unwrap_or_else(|| of_request.to_owned())
}
