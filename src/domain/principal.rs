//! Who is calling, and how far the permission used for this call reaches.

/// A tenant (the `tid` claim). Never empty; compared as written, GUIDs in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TenantId(String);

impl TenantId {
    pub(crate) fn new(tid: &str) -> Self {
        Self(tid.to_ascii_lowercase())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A client application (the `appid` or `azp` claim). ASCII letters are compared without case and kept in lower case; others
/// are not folded, or KELVIN SIGN would be a `k`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct AppId(String);

impl AppId {
    pub(crate) fn new(app: &str) -> Self {
        Self(app.to_ascii_lowercase())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The caller of one operation, with the permission already checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Principal {
    pub(crate) tenant: TenantId,
    pub(crate) app: AppId,
    pub(crate) reach: Reach,
}

/// Which connections of the tenant a permission covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// `….All`: every connection of the tenant.
    Tenant,
    /// `….OwnedBy`: connections that the calling app created or is authorized for.
    Owned,
}
