//! `externalActivity`: what people did with an item.

use super::{
    Error, Resource, Violation,
    external_group::{Member, MemberKind},
    item::instant,
};

pub(crate) const RESOURCE: Resource = Resource("Activity");

/// Activities that are kept of an item: the newest.
pub(crate) const KEPT: u32 = 100;

/// An activity as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Activity {
    /// A member of Graph's `externalActivityType`, checked by the document.
    pub(crate) r#type: String,
    /// In UTC.
    pub(crate) started: String,
    pub(crate) performed_by: Member,
}

/// Properties that queries can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActivityProperty {
    Id,
}

impl ActivityProperty {
    pub(crate) const NAMES: &[(&str, Self)] = &[("id", Self::Id)];
}

impl Activity {
    /// # Errors
    /// A date that is none, or somebody who can be nobody; pointers lead into the activity.
    pub(crate) fn new(
        r#type: &str,
        started: &str,
        kind: MemberKind,
        id: &str,
    ) -> Result<Self, Violation> {
        let Some(started) = instant(started) else {
            let rule = "must be a date in ISO 8601, such as 2026-01-31T09:30:00Z";
            return Err(Violation::new("/startDateTime", rule));
        };
        let performed_by = Member::new(kind, id).map_err(|error| {
            let rule = match error {
                Error::Invalid(broken) => broken.into_iter().map(|it| it.rule).collect(),
                error => error.to_string(),
            };
            Violation::new("/performedBy/id", rule)
        })?;
        Ok(Self {
            r#type: r#type.to_owned(),
            started,
            performed_by,
        })
    }
}
