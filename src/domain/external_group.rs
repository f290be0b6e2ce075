//! `externalGroup`: groups of the content source, and who is in them.

use uuid::Uuid;

use super::{Error, Resource, Violation};

pub(crate) const RESOURCE: Resource = Resource("Group");
pub(crate) const MEMBER: Resource = Resource("Member");

/// A group as it is stored, without its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExternalGroup {
    pub(crate) id: String,
    pub(crate) display_name: Option<String>,
    pub(crate) description: Option<String>,
}

/// A partial update: `None` leaves a member as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ExternalGroupUpdate {
    pub(crate) display_name: Option<Option<String>>,
    pub(crate) description: Option<Option<String>>,
}

impl ExternalGroupUpdate {
    pub(crate) fn apply(self, to: &mut ExternalGroup) {
        if let Some(name) = self.display_name {
            to.display_name = name;
        }
        if let Some(description) = self.description {
            to.description = description;
        }
    }
}

/// A member of a group. Source: Graph, identity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Member {
    pub(crate) kind: MemberKind,
    /// Of a user or a group of the directory in lower case; of an external group as it was created.
    pub(crate) id: String,
}

/// Source: Graph, identityType.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum MemberKind {
    User,
    Group,
    ExternalGroup,
}

impl Member {
    /// # Errors
    /// A user or a group of the directory whose identifier is no GUID.
    pub(crate) fn new(kind: MemberKind, id: &str) -> Result<Self, Error> {
        if kind == MemberKind::ExternalGroup {
            let id = id.to_owned();
            return Ok(Self { kind, id });
        }
        let Ok(guid) = Uuid::try_parse(id) else {
            // Source of the code: Graph, observed.
            let rule = "must be the object id of the user or group, a GUID, and no name or address; \
                of another external group the type is 'externalGroup'";
            let broken = Violation::new("/id", rule).with_code("InvalidGuidForAadMemberType");
            return Err(Error::Invalid(vec![broken]));
        };
        Ok(Self {
            kind,
            id: guid.hyphenated().to_string(),
        })
    }

    /// A group that is to be a member must be there first. Source: Graph, observed.
    pub(crate) fn absent(&self) -> Error {
        let rule = format!(
            "the connection has no external group '{}': create it before it becomes a member",
            self.id
        );
        Error::Invalid(vec![Violation::new("/id", rule)])
    }
}

/// Properties that queries can name, of groups and of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GroupProperty {
    Id,
}

impl GroupProperty {
    pub(crate) const NAMES: &[(&str, Self)] = &[("id", Self::Id)];
}
