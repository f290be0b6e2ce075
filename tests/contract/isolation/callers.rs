//! Who calls: what stands in the token, and whether it counts.

use serde_json::{Value, json};

use super::{Operation, world};
use crate::minting::{Issuer, PERMISSIONS, PERSONAL_TENANT, now_s};

/// One kind of caller.
pub struct Caller {
    pub name: &'static str,
    pub stands: Stands,
    /// Which permissions it holds.
    holds: Holds,
    /// The token from claims in which everything is good.
    token: fn(&Issuer, Value) -> Option<String>,
}

/// What the server should make of the token.
pub enum Stands {
    /// It does not count, and the answer says so.
    Refused(&'static str),
    /// It is one of a personal Microsoft account, which no operation supports.
    Personal,
    In {
        tenant: &'static str,
        app: &'static str,
    },
}

enum Holds {
    Everything,
    /// Whatever the operation does not list.
    AllOthers,
    /// Permissions with this ending.
    Ending(&'static str),
}

/// Whether an app calls on behalf of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Delegated,
    Application,
}

impl Kind {
    /// As the document has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Delegated => "delegated",
            Self::Application => "application",
        }
    }
}

const OTHER_TENANT: &str = "elsewhere";

pub const CALLERS: [Caller; 12] = [
    Caller {
        name: "no token",
        stands: Stands::Refused("Access token is empty."),
        holds: Holds::Everything,
        token: |_, _| None,
    },
    Caller {
        name: "expired",
        stands: Stands::Refused("Lifetime validation failed, the token is expired."),
        holds: Holds::Everything,
        token: |issuer, claims| Some(issuer.token(with(claims, json!({ "exp": now_s() - 61 })))),
    },
    Caller {
        name: "wrong audience",
        stands: Stands::Refused("Access token validation failure. Invalid audience."),
        holds: Holds::Everything,
        token: |issuer, claims| {
            let aud = json!({ "aud": "https://management.azure.com" });
            Some(issuer.token(with(claims, aud)))
        },
    },
    Caller {
        name: "wrong issuer",
        stands: Stands::Refused("Access token validation failure. Invalid issuer."),
        holds: Holds::Everything,
        token: |issuer, claims| {
            let iss = json!({ "iss": "https://login.microsoftonline.com/contoso/v2.0" });
            Some(issuer.token(with(claims, iss)))
        },
    },
    good("no permission", Holds::AllOthers, world::OWNER),
    good("read-only", Holds::Ending(".Read.All"), "reader"),
    good("OwnedBy stranger", Holds::Ending(".OwnedBy"), "stranger"),
    good("OwnedBy owner", Holds::Ending(".OwnedBy"), world::OWNER),
    good("listed app", Holds::Ending(".OwnedBy"), world::LISTED),
    good("All", Holds::Ending(".ReadWrite.All"), "admin"),
    Caller {
        // Of the same name as the owner, and with every permission.
        name: "other tenant",
        stands: Stands::In {
            tenant: OTHER_TENANT,
            app: world::OWNER,
        },
        holds: Holds::Everything,
        token: signed,
    },
    Caller {
        name: "personal account",
        stands: Stands::Personal,
        holds: Holds::Everything,
        token: signed,
    },
];

const fn good(name: &'static str, holds: Holds, app: &'static str) -> Caller {
    Caller {
        name,
        stands: Stands::In {
            tenant: world::TENANT,
            app,
        },
        holds,
        token: signed,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "one of the ways to make a token")]
fn signed(issuer: &Issuer, claims: Value) -> Option<String> {
    Some(issuer.token(claims))
}

fn with(mut claims: Value, change: Value) -> Value {
    let (claims_of, Value::Object(change)) = (claims.as_object_mut(), change) else {
        panic!("not an object")
    };
    claims_of.expect("an object").extend(change);
    claims
}

impl Caller {
    pub fn permissions(&self, operation: &Operation) -> Vec<&'static str> {
        let scopes = operation.scopes();
        let held = PERMISSIONS.into_iter().filter(|name| match self.holds {
            Holds::Everything => true,
            Holds::AllOthers => !scopes.contains(name),
            Holds::Ending(ending) => name.ends_with(ending),
        });
        held.collect()
    }

    /// A token for a call of the operation in the world whose tenant is `here`.
    pub fn token(
        &self,
        issuer: &Issuer,
        operation: &Operation,
        kind: Kind,
        here: &str,
    ) -> Option<String> {
        let (tenant, app) = match self.stands {
            Stands::Refused(_) => (here.to_owned(), world::OWNER),
            Stands::Personal => (PERSONAL_TENANT.to_owned(), world::OWNER),
            Stands::In { tenant, app } if tenant == world::TENANT => (here.to_owned(), app),
            Stands::In { tenant, app } => (format!("{tenant}-of-{here}"), app),
        };
        let held = self.permissions(operation);
        let mut claims = json!({
            "iss": format!("{}/{tenant}/v2.0", issuer.name),
            "tid": tenant,
            "appid": app,
        });
        match kind {
            Kind::Delegated => claims["scp"] = json!(held.join(" ")),
            Kind::Application => {
                claims["scp"] = Value::Null;
                claims["roles"] = json!(held);
            }
        }
        (self.token)(issuer, claims)
    }
}
