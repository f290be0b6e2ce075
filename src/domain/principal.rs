//! Who is calling, and how far the permission used for this call reaches.

use std::sync::Arc;

/// Identifiers of a directory: ASCII letters are compared without case and kept in lower case; others are not folded, or
/// KELVIN SIGN would be a `k`.
macro_rules! identifiers {
    ($($(#[$documentation:meta])* $name:ident;)+) => {$(
        $(#[$documentation])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(String);

        impl $name {
            pub(crate) fn new(id: &str) -> Self {
                Self(id.to_ascii_lowercase())
            }

            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}

identifiers! {
    /// A tenant (the claim `tid`). Never empty.
    TenantId;
    /// A client application (the claim `appid` or `azp`).
    AppId;
    /// A user (the claim `oid`).
    UserId;
    /// A group of the directory (a member of the claim `groups`).
    GroupId;
}

/// The longest identifier of a tenant, an app or a user; real ones are GUIDs of 36 characters.
const MAX_IDENTIFIER_CHARS: usize = 64;

/// What [`is_identifier`] demands.
pub(crate) const IDENTIFIER_RULE: &str = "must be 1 to 64 ASCII letters, digits, '.', '_' or '-'";

/// Wider than the GUIDs of Entra, so that a developer can speak of tenant `contoso`; narrow enough to stand in
/// a URL and a log line as it is.
pub(crate) fn is_identifier(text: &str) -> bool {
    (1..=MAX_IDENTIFIER_CHARS).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

/// The caller of one operation, with the permission already checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Principal {
    pub(crate) tenant: TenantId,
    pub(crate) app: AppId,
    /// For whom the app acts. `None` if it acts for itself, or the token does not say for whom.
    pub(crate) user: Option<UserId>,
    pub(crate) groups: Groups,
    /// The user is a guest of the tenant, whom the ACL type `everyoneExceptGuests` leaves out. `false` for an application, and if the
    /// token does not say.
    /// Sources: Graph, `acl` resource type; Entra, optional claims reference, `acct`.
    pub(crate) is_guest: bool,
    pub(crate) reach: Reach,
}

/// The groups of the directory that the user is a member of. `None` if the token does not say, as when they are too many for
/// it: a rule that excludes the members of a group must then be taken to exclude the user.
pub(crate) type Groups = Option<Arc<[GroupId]>>;

/// Which connections of the tenant a permission covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// `….All`: every connection of the tenant.
    Tenant,
    /// `….OwnedBy`: connections that the calling app created or is authorized for.
    Owned,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_bounded() {
        let long = "a".repeat(65);
        for bad in ["", " ", "a b", "a/b", "é", "\u{212a}", "a\n", long.as_str()] {
            assert!(!is_identifier(bad), "{bad:?}");
        }
        for good in ["a", "9188040d-6c67-4c5b-b112-36a304b66dad", &long[..64]] {
            assert!(is_identifier(good), "{good}");
        }
    }

    #[test]
    fn identifiers_fold_ascii_alone() {
        assert_eq!(AppId::new("APP"), AppId::new("app"));
        assert_ne!(AppId::new("\u{212a}elvin"), AppId::new("kelvin"));
    }
}
