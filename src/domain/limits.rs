//! Bounds of the domain, each with its unit and its reason. Those of single members are in the document.

use std::str::FromStr;

/// Length of a client-given connection identifier, characters.
/// Source: Graph, externalConnection resource ("between 3 and 32 characters").
pub(crate) const CONNECTION_ID_CHARS: std::ops::RangeInclusive<usize> = 3..=32;

/// Size of a stored connection, bytes: name, description, authorized apps and settings. Every change rewrites
/// all of it while other writes wait.
pub(crate) const CONNECTION_BYTES: usize = 256 * 1024;

/// Members of an external group. Source: Graph, "Common connector API errors", error 2008.
pub(crate) const GROUP_MEMBERS: u64 = 50_000;

/// External groups of a tenant. Source: Graph, API limits.
pub(crate) const GROUPS: u64 = 100_000;

/// Opening parentheses in a `urlPattern`. Parsing a pattern recurses into nested groups; patterns for URLs have a few
/// groups.
pub(crate) const PATTERN_PARENTHESES: usize = 100;

/// Length of a query, *bytes*, with its template. The document has the bound of what is sent, in characters.
/// Source: SharePoint, "Keyword Query Language (KQL) syntax reference": at most 20,480 characters.
pub(crate) const QUERY_BYTES: usize = 4 * 20_480;

/// How much a tenant may hold and how fast an app may write. `None`: there is no such limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The name of the profile.
    pub(crate) name: &'static str,
    /// Connections of a tenant.
    pub(crate) connections: Option<u64>,
    /// Items of a connection.
    pub(crate) items: Option<u64>,
    /// Writes of items by an app in a connection, per second.
    pub(crate) item_writes: Option<u32>,
    /// Writes of items by an app in a connection that are in progress at once.
    pub(crate) item_writes_at_once: Option<u32>,
    /// Writes of external groups and members by an app, per second.
    pub(crate) group_writes: Option<u32>,
    /// Requests of an app, per second.
    pub(crate) requests: Option<u32>,
}

impl Limits {
    pub(crate) const UNLIMITED: Self = Self {
        name: "unlimited",
        connections: None,
        items: None,
        item_writes: None,
        item_writes_at_once: None,
        group_writes: None,
        requests: None,
    };

    /// What Graph documented, by the year in which it did. Source: Graph, "Microsoft Graph connectors API limits" of July 2021, of
    /// 2023, and of 2026 with "Connectors API overview"; the requests: "Microsoft Graph service-specific throttling limits",
    /// 130,000 in 10 seconds, which are counted here for each tenant.
    const PROFILES: [Self; 4] = [
        Self::UNLIMITED,
        Self {
            name: "graph-2021",
            connections: Some(10),
            items: Some(700_000),
            item_writes: Some(4),
            group_writes: Some(1_000),
            requests: Some(13_000),
            ..Self::UNLIMITED
        },
        Self {
            name: "graph-2023",
            connections: Some(30),
            items: Some(5_000_000),
            item_writes: Some(25),
            group_writes: Some(1_000),
            requests: Some(13_000),
            ..Self::UNLIMITED
        },
        Self {
            name: "graph-2026",
            items: Some(5_000_000),
            item_writes_at_once: Some(25),
            group_writes: Some(1_000),
            requests: Some(13_000),
            ..Self::UNLIMITED
        },
    ];

    /// How many more items a connection takes. Without a limit, as of 2026.
    pub(crate) fn items_remaining(&self, items: u64) -> u64 {
        self.items.unwrap_or(5_000_000).saturating_sub(items)
    }
}

impl FromStr for Limits {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut profiles = Self::PROFILES.into_iter();
        profiles
            .find(|profile| profile.name == name)
            .ok_or("must be unlimited, graph-2021, graph-2023 or graph-2026")
    }
}

impl std::fmt::Display for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
