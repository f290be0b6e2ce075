//! `connectionOperation`: what a request began and did not wait for. How long it takes, and how it ends, is a setting: a
//! connector is tested against a slow service as well as against one that fails.

use std::{fmt, str::FromStr, time::Duration};

use uuid::Uuid;

use super::{Resource, external_connection::ConnectionId};

pub(crate) const RESOURCE: Resource = Resource("ConnectionOperation");

/// The longest time that an operation can be told to take: a day.
const LONGEST: Duration = Duration::from_hours(24);

/// The namespace of identifiers of operations (RFC 9562, section 6.5). They are stored, and one is the document's example: it stays.
const NAMESPACE: Uuid = Uuid::from_u128(0x58a7_3c1e_9b0d_4f62_8e35_d1c4_a06b_f927);

/// An operation as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation {
    /// Counts the operations of the connection, from 1.
    pub(crate) number: u32,
    pub(crate) id: String,
    pub(crate) progress: Progress,
}

impl Operation {
    /// The one of this number. Its identifier is a UUID like Graph's, but always the same, so that an example can name it.
    pub(crate) fn new(connection: &ConnectionId, number: u32, progress: Progress) -> Self {
        let name = format!("{}/{number}", connection.as_str().to_ascii_lowercase());
        Self {
            number,
            id: Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string(),
            progress,
        }
    }
}

/// How far an operation is. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    /// In progress until then.
    Until(i64),
    /// In progress until it has been asked for so often.
    Polls(u32),
    /// In progress until somebody says that it is done.
    Manual,
    Completed,
    /// With one of Graph's error codes.
    Failed(String),
}

impl Progress {
    pub(crate) fn is_done(&self) -> bool {
        matches!(self, Self::Completed | Self::Failed(_))
    }
}

/// Properties that queries can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OperationProperty {
    Id,
}

impl OperationProperty {
    pub(crate) const NAMES: &[(&str, Self)] = &[("id", Self::Id)];
}

/// How the operations of one kind go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Done when the request that begins it is answered.
    #[default]
    Immediate,
    After(Duration),
    /// The number of times that it is answered as being in progress.
    AfterPolls(u32),
    /// Fails at once.
    Fail(String),
    Manual,
}

impl Pace {
    /// An operation that begins now, milliseconds since 1970.
    pub(crate) fn begin(&self, now_ms: i64) -> Progress {
        match self {
            Self::Immediate => Progress::Completed,
            Self::After(time) => {
                let time = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
                Progress::Until(now_ms.saturating_add(time))
            }
            Self::AfterPolls(polls) => Progress::Polls(*polls),
            Self::Fail(code) => Progress::Failed(code.clone()),
            Self::Manual => Progress::Manual,
        }
    }
}

/// What [`Pace`] is written as.
pub(crate) const PACE_RULE: &str = "must be immediate, manual, after=TIME such as after=15m (at most 24h), \
     after-polls=N (1 to 1000), or fail=CODE, a code of 1 to 64 ASCII letters and digits";

impl FromStr for Pace {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pace = match text.split_once('=') {
            None if text == "immediate" => Some(Self::Immediate),
            None if text == "manual" => Some(Self::Manual),
            Some(("after", time)) => humantime::parse_duration(time)
                .ok()
                .filter(|time| *time <= LONGEST)
                .map(Self::After),
            Some(("after-polls", number)) => number
                .parse()
                .ok()
                .filter(|number| (1..=1_000).contains(number))
                .map(Self::AfterPolls),
            Some(("fail", code)) => {
                let is_code = !code.is_empty()
                    && code.len() <= 64
                    && code.bytes().all(|b| b.is_ascii_alphanumeric());
                is_code.then(|| Self::Fail(code.to_owned()))
            }
            _ => None,
        };
        pace.ok_or(PACE_RULE)
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Immediate => f.write_str("immediate"),
            Self::After(time) => write!(f, "after={}", humantime::format_duration(*time)),
            Self::AfterPolls(polls) => write!(f, "after-polls={polls}"),
            Self::Fail(code) => write!(f, "fail={code}"),
            Self::Manual => f.write_str("manual"),
        }
    }
}
