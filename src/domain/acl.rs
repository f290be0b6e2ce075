//! Who may see an item: the entries of its access control list, and the user who asks.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    item::{AccessControlEntry, PrincipalKind},
    principal::{GroupId, Groups, Principal, UserId},
};

/// A user, with everything by which an entry can name him.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Viewer {
    pub(crate) user: Option<UserId>,
    /// Of the directory; `None` if the token does not say.
    pub(crate) groups: Groups,
    /// Source: Entra, claims `acct` and `upn`.
    pub(crate) is_guest: bool,
    /// External groups that he is in, by nested membership, of each content.
    pub(crate) external_groups: BTreeMap<i64, Arc<BTreeSet<String>>>,
}

impl Viewer {
    /// The user of a token, in no external group yet.
    pub(crate) fn of(principal: &Principal) -> Self {
        Self {
            user: principal.user.clone(),
            groups: principal.groups.clone(),
            is_guest: principal.is_guest,
            external_groups: BTreeMap::new(),
        }
    }

    /// Every term of an entry that names him in a content.
    pub(crate) fn terms(&self, content: i64) -> Vec<String> {
        let mut terms = vec![term(PrincipalKind::Everyone, "", content)];
        if !self.is_guest {
            terms.push(term(PrincipalKind::EveryoneExceptGuests, "", content));
        }
        let user = self.user.iter().map(UserId::as_str);
        terms.extend(user.map(|id| term(PrincipalKind::User, id, content)));
        let groups = self.groups.iter().flat_map(|groups| groups.iter());
        let groups = groups.map(GroupId::as_str);
        terms.extend(groups.map(|id| term(PrincipalKind::Group, id, content)));
        let external = self.external_groups.get(&content).into_iter();
        let external = external.flat_map(|groups| groups.iter());
        terms.extend(external.map(|id| term(PrincipalKind::ExternalGroup, id, content)));
        terms
    }

    /// What an entry that denies may name besides, for him to be denied: if nobody knows who he is, any user, if nobody knows his
    /// groups, any group, and an external group if nobody knows one of the two.
    pub(crate) fn denied_terms(&self) -> impl Iterator<Item = &'static str> {
        let user = self.user.is_none().then_some(DENIES_A_USER);
        let group = self.groups.is_none().then_some(DENIES_A_GROUP);
        let external = (!self.knows_external_groups()).then_some(DENIES_AN_EXTERNAL_GROUP);
        [user, group, external].into_iter().flatten()
    }

    /// A user is in an external group by himself, or by a group of the directory.
    fn knows_external_groups(&self) -> bool {
        self.user.is_some() && self.groups.is_some()
    }

    /// Whether an entry names him. One that denies names whoever it may be about, see [`Self::denied_terms`].
    pub(crate) fn is_named_by(&self, entry: &AccessControlEntry, content: i64) -> bool {
        let is_known = match entry.r#type {
            PrincipalKind::User => self.user.is_some(),
            PrincipalKind::Group => self.groups.is_some(),
            PrincipalKind::ExternalGroup => self.knows_external_groups(),
            PrincipalKind::Everyone | PrincipalKind::EveryoneExceptGuests => true,
        };
        self.names(entry, content) || (entry.deny && !is_known)
    }

    fn names(&self, entry: &AccessControlEntry, content: i64) -> bool {
        let is_same = |id: &str| id.eq_ignore_ascii_case(&entry.value);
        match entry.r#type {
            PrincipalKind::Everyone => true,
            PrincipalKind::EveryoneExceptGuests => !self.is_guest,
            PrincipalKind::User => self.user.as_ref().is_some_and(|id| is_same(id.as_str())),
            PrincipalKind::Group => {
                let mut groups = self.groups.iter().flat_map(|groups| groups.iter());
                groups.any(|id| is_same(id.as_str()))
            }
            PrincipalKind::ExternalGroup => {
                let groups = self.external_groups.get(&content);
                groups.is_some_and(|groups| groups.contains(&entry.value))
            }
        }
    }

    /// Whether he may see an item. Source: Graph, "Deny takes precedence over grant".
    pub(crate) fn may_see(&self, acl: &[AccessControlEntry], content: i64) -> bool {
        let mut is_granted = false;
        for entry in acl {
            if self.is_named_by(entry, content) {
                if entry.deny {
                    return false;
                }
                is_granted = true;
            }
        }
        is_granted
    }
}

/// The terms of every item that denies a user, a group or an external group.
const DENIES_A_USER: &str = "?u";
const DENIES_A_GROUP: &str = "?g";
const DENIES_AN_EXTERNAL_GROUP: &str = "?x";

/// What an index has of the entries of an item: the terms of those that grant, and of those that deny.
pub(crate) fn terms(acl: &[AccessControlEntry], content: i64) -> (Vec<String>, Vec<String>) {
    let (mut grants, mut denies) = (Vec::new(), Vec::new());
    for entry in acl {
        let term = term(entry.r#type, &entry.value, content);
        if entry.deny {
            denies.push(term);
            let kind = match entry.r#type {
                PrincipalKind::User => Some(DENIES_A_USER),
                PrincipalKind::Group => Some(DENIES_A_GROUP),
                PrincipalKind::ExternalGroup => Some(DENIES_AN_EXTERNAL_GROUP),
                PrincipalKind::Everyone | PrincipalKind::EveryoneExceptGuests => None,
            };
            denies.extend(kind.map(str::to_owned));
        } else {
            grants.push(term);
        }
    }
    (grants, denies)
}

/// External groups are those of the content; the value of who is everyone says nothing.
fn term(kind: PrincipalKind, value: &str, content: i64) -> String {
    match kind {
        PrincipalKind::Everyone => "e".to_owned(),
        PrincipalKind::EveryoneExceptGuests => "m".to_owned(),
        PrincipalKind::User => format!("u{}", value.to_ascii_lowercase()),
        PrincipalKind::Group => format!("g{}", value.to_ascii_lowercase()),
        PrincipalKind::ExternalGroup => format!("x{content}/{value}"),
    }
}

/// The rule that decided whether a viewer sees an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// An entry grants, and none denies.
    Granted,
    /// An entry denies, whatever others grant.
    Denied,
    /// No entry names the viewer.
    NotNamed,
}

impl Verdict {
    pub(crate) fn of(viewer: &Viewer, acl: &[AccessControlEntry], content: i64) -> Self {
        if viewer.may_see(acl, content) {
            return Self::Granted;
        }
        let is_named = |entry: &AccessControlEntry| viewer.is_named_by(entry, content);
        if acl.iter().any(is_named) {
            Self::Denied
        } else {
            Self::NotNamed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(r#type: PrincipalKind, value: &str, deny: bool) -> AccessControlEntry {
        let value = value.to_owned();
        AccessControlEntry {
            r#type,
            value,
            deny,
        }
    }

    /// A user of two groups, in an external group of content 7.
    fn viewer() -> Viewer {
        Viewer {
            user: Some(UserId::new("U1")),
            groups: Some([GroupId::new("G1"), GroupId::new("G2")].into()),
            is_guest: false,
            external_groups: BTreeMap::from([(7, Arc::new(["Sales".to_owned()].into()))]),
        }
    }

    #[test]
    fn terms_and_entries_name_the_same_viewers() {
        use PrincipalKind::{Everyone, EveryoneExceptGuests, ExternalGroup, Group, User};
        let guest = Viewer {
            is_guest: true,
            ..viewer()
        };
        let unknown = Viewer {
            groups: None,
            ..viewer()
        };
        let nobody = Viewer {
            user: None,
            external_groups: BTreeMap::new(),
            ..unknown.clone()
        };
        let without_user = Viewer {
            user: None,
            ..viewer()
        };
        let entries = [
            (User, "u1"),
            (User, "U2"),
            (Group, "g2"),
            (Group, "g3"),
            (Group, "u1"),
            (Everyone, "anything"),
            (EveryoneExceptGuests, ""),
            (ExternalGroup, "Sales"),
            (ExternalGroup, "sales"),
        ];
        for viewer in [viewer(), guest, unknown, nobody, without_user] {
            for (kind, value) in entries {
                for deny in [false, true] {
                    for content in [7, 8] {
                        let entry = entry(kind, value, deny);
                        let (grants, denies) = terms(std::slice::from_ref(&entry), content);
                        let mut asked = viewer.terms(content);
                        if deny {
                            asked.extend(viewer.denied_terms().map(str::to_owned));
                        }
                        let found = if deny { denies } else { grants };
                        let found = found.iter().any(|term| asked.contains(term));
                        let named = viewer.is_named_by(&entry, content);
                        assert_eq!(found, named, "{viewer:?} {entry:?} {content}");
                    }
                }
            }
        }
    }

    #[test]
    fn deny_beats_grant_in_any_order() {
        let grant = entry(PrincipalKind::User, "u1", false);
        let deny = entry(PrincipalKind::Group, "g1", true);
        let other = entry(PrincipalKind::Group, "g9", true);
        let verdict = |acl: &[&AccessControlEntry]| {
            let acl: Vec<_> = acl.iter().map(|entry| (*entry).clone()).collect();
            Verdict::of(&viewer(), &acl, 7)
        };
        assert_eq!(verdict(&[&grant]), Verdict::Granted);
        assert_eq!(verdict(&[&grant, &other]), Verdict::Granted);
        assert_eq!(verdict(&[&grant, &deny]), Verdict::Denied);
        assert_eq!(verdict(&[&deny, &grant]), Verdict::Denied);
        assert_eq!(verdict(&[&other]), Verdict::NotNamed);
        assert_eq!(verdict(&[]), Verdict::NotNamed);
    }
}
