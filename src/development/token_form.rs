//! The client credentials grant of OAuth 2.0: from a form to the token that it asks for.
//!
//! Every secret and every assertion is accepted, because a development issuer knows no client; one must be there, so that
//! a client that forgets it fails here as it would at Entra. Knows the form and the `Authorization` header, no more HTTP.
//!
//! The token is the client's own, as the grant has it, unless the form has a `user`: that member, `groups` and `guest` are an extension,
//! for a page in development mode that acts as one user or another. Another grant would not do, since none names groups.
//!
//! Sources: RFC 6749 sections 2.3.1, 3.2, 4.4 and 5.2; RFC 7521 section 4.2; RFC 7523 section 2.2.

use std::{collections::HashMap, time::Duration};

use poem::{
    http::{HeaderMap, header::AUTHORIZATION},
    web::headers::{Authorization, HeaderMapExt, authorization::Basic},
};

use super::{
    issuer::{Subject, TokenRequest},
    names::{identifier, user_name},
};

/// As Entra answers: an hour, less the second in which it was made.
pub(super) const LIFETIME_S: u64 = 3599;

/// Ending of the scope that means "all that has been granted". Source: Entra, client credentials flow.
const DEFAULT_SCOPE: &str = "/.default";

/// What clients with a certificate send: a JWT that they have signed.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The two versions of Entra's token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// `/oauth2/token`: the form names a `resource`, and the token has every permission.
    V1,
    /// `/oauth2/v2.0/token`: the form names a `scope`.
    V2,
}

/// Error codes of RFC 6749 section 5.2.
pub(super) const INVALID_REQUEST: &str = "invalid_request";
pub(super) const INVALID_CLIENT: &str = "invalid_client";
const INVALID_SCOPE: &str = "invalid_scope";
const UNSUPPORTED_GRANT_TYPE: &str = "unsupported_grant_type";

/// What is wrong with a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OAuthError {
    pub(super) code: &'static str,
    pub(super) description: String,
}

fn refuse<T>(code: &'static str, description: impl Into<String>) -> Result<T, OAuthError> {
    Err(OAuthError {
        code,
        description: description.into(),
    })
}

/// The form of a request to a token endpoint.
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// RFC 6749 section 3.2: a member without value counts as absent, one that occurs twice is an error.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, OAuthError> {
        let mut members = HashMap::new();
        for (name, value) in form_urlencoded::parse(bytes) {
            if !value.is_empty() && members.insert(name.into(), value.into()).is_some() {
                return refuse(INVALID_REQUEST, "a member of the form occurs twice");
            }
        }
        Ok(Self(members))
    }

    pub(super) fn member(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The token that the form asks for. `known`: the permissions that can be asked for.
    pub(super) fn request(
        &self,
        version: Version,
        tenant: String,
        headers: &HeaderMap,
        known: &[&str],
    ) -> Result<TokenRequest, OAuthError> {
        match self.member("grant_type") {
            Some("client_credentials") => {}
            Some(_) => {
                return refuse(
                    UNSUPPORTED_GRANT_TYPE,
                    "'grant_type' must be 'client_credentials'",
                );
            }
            None => return refuse(INVALID_REQUEST, "'grant_type' is missing"),
        }
        let client = self.client(headers)?;
        let app = identifier(&client)
            .or_else(|rule| refuse(INVALID_CLIENT, format!("the client id {rule}")))?;
        let scope = match version {
            Version::V1 => "",
            Version::V2 => self.member("scope").unwrap_or_default(),
        };
        Ok(TokenRequest {
            tenant,
            app,
            subject: self.subject()?,
            groups: self.groups()?,
            permissions: permissions(scope, known)?,
            lifetime: Duration::from_secs(LIFETIME_S),
        })
    }

    /// `user` is a user principal name or an object id, `guest` true or false.
    fn subject(&self) -> Result<Subject, OAuthError> {
        let user = self.member("user").map(user_name).transpose();
        let user = user.or_else(|rule| refuse(INVALID_REQUEST, format!("'user' {rule}")))?;
        let is_guest = match self.member("guest") {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return refuse(INVALID_REQUEST, "'guest' must be 'true' or 'false'"),
        };
        match user {
            Some(user) if is_guest => Ok(Subject::Guest(user)),
            Some(user) => Ok(Subject::User(user)),
            None if is_guest => refuse(INVALID_REQUEST, "'guest' requires 'user'"),
            None => Ok(Subject::App),
        }
    }

    /// `groups` separates them by commas.
    fn groups(&self) -> Result<Vec<String>, OAuthError> {
        let groups = self.member("groups").into_iter();
        let groups: Result<_, _> = groups
            .flat_map(|all| all.split(','))
            .map(identifier)
            .collect();
        groups.or_else(|rule| refuse(INVALID_REQUEST, format!("each of 'groups' {rule}")))
    }

    /// The id of the client, which must authenticate in one way.
    fn client(&self, headers: &HeaderMap) -> Result<String, OAuthError> {
        let header = headers.contains_key(AUTHORIZATION);
        let secret = self.member("client_secret").is_some();
        let assertion = self.member("client_assertion").is_some();
        let ways = [header, secret, assertion];
        match ways.into_iter().filter(|&used| used).count() {
            1 => {}
            0 => {
                return refuse(
                    INVALID_CLIENT,
                    "'client_secret' or 'client_assertion' is missing; any value is accepted",
                );
            }
            _ => {
                return refuse(
                    INVALID_REQUEST,
                    "the client must authenticate in one way: by a header, a secret or an assertion",
                );
            }
        }
        if assertion && self.member("client_assertion_type") != Some(JWT_BEARER) {
            let rule = format!("'client_assertion_type' must be '{JWT_BEARER}'");
            return refuse(INVALID_REQUEST, rule);
        }
        match (self.member("client_id"), client_of_header(headers)?) {
            (Some(id), Some(client)) if id != client => {
                let rule = "'client_id' is not the client of the header";
                refuse(INVALID_REQUEST, rule)
            }
            (_, Some(client)) => Ok(client),
            (Some(id), None) => Ok(id.to_owned()),
            (None, None) => refuse(INVALID_CLIENT, "'client_id' is missing"),
        }
    }
}

/// HTTP Basic, RFC 7617. RFC 6749 wants the two parts form-encoded first; names that [`identifier`] accepts have nothing
/// to encode, and the secret is not compared.
fn client_of_header(headers: &HeaderMap) -> Result<Option<String>, OAuthError> {
    match headers.typed_try_get::<Authorization<Basic>>() {
        Ok(Some(basic)) if basic.password().is_empty() => refuse(
            INVALID_CLIENT,
            "the client secret is empty; any value is accepted",
        ),
        Ok(basic) => Ok(basic.map(|basic| basic.username().to_owned())),
        Err(_) => refuse(
            INVALID_CLIENT,
            "the header 'Authorization' must be 'Basic' with client id and secret",
        ),
    }
}

/// `{anything}/.default` and no scope at all mean every permission; otherwise the scope names them.
fn permissions(scope: &str, known: &[&str]) -> Result<Vec<String>, OAuthError> {
    let names: Vec<&str> = scope.split_ascii_whitespace().collect();
    let default = match names.as_slice() {
        [] => true,
        [scope] => scope.ends_with(DEFAULT_SCOPE),
        _ => false,
    };
    if default {
        return Ok(known.iter().map(|&name| name.to_owned()).collect());
    }
    if names.iter().all(|name| known.contains(name)) {
        return Ok(names.into_iter().map(str::to_owned).collect());
    }
    refuse(
        INVALID_SCOPE,
        format!(
            "'scope' must be '{{resource}}{DEFAULT_SCOPE}' or some of: {}",
            known.join(" ")
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["A.Read", "B.Read"];
    const GOOD: &str = "grant_type=client_credentials&client_id=app&client_secret=s";
    /// `app:s`
    const BASIC: &str = "Basic YXBwOnM=";

    fn read(authorization: Option<&str>, form: &str) -> Result<TokenRequest, OAuthError> {
        let mut headers = HeaderMap::new();
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization.parse().expect("a value"));
        }
        let form = Form::parse(form.as_bytes())?;
        form.request(Version::V2, "t".into(), &headers, KNOWN)
    }

    #[test]
    fn clients_authenticate_in_body_or_header() {
        let grant = "grant_type=client_credentials";
        for (authorization, form) in [
            (None, GOOD.to_owned()),
            (None, format!("{GOOD}&unknown=1&scope=")),
            (Some(BASIC), grant.to_owned()),
            (Some("basic YXBwOnM="), format!("{grant}&client_id=app")),
            (
                None,
                format!(
                    "{grant}&client_id=app&client_assertion_type={JWT_BEARER}&client_assertion=any"
                ),
            ),
        ] {
            let request = read(authorization, &form).expect("a request");
            assert_eq!(request.tenant, "t");
            assert_eq!(request.app, "app");
            assert_eq!(request.subject, Subject::App);
            assert_eq!(request.lifetime.as_secs(), 3599);
        }
    }

    #[test]
    fn user_groups_and_guest_are_of_the_form() {
        let user = |name: &str| Subject::User(name.into());
        let guest = |name: &str| Subject::Guest(name.into());
        for (members, subject, groups) in [
            ("", Subject::App, &[][..]),
            ("user=&groups=&guest=", Subject::App, &[]),
            ("guest=false", Subject::App, &[]),
            ("groups=g1", Subject::App, &["g1"]),
            ("user=amy%40contoso.com", user("amy@contoso.com"), &[]),
            ("user=u&guest=false", user("u"), &[]),
            ("user=u&groups=G1,g2%2Cg3", user("u"), &["G1", "g2", "g3"]),
            ("user=u&groups=g&guest=true", guest("u"), &["g"]),
        ] {
            let request = read(None, &format!("{GOOD}&{members}")).expect(members);
            assert_eq!(request.subject, subject, "{members}");
            assert_eq!(request.groups, groups, "{members}");
        }
        for (members, rule) in [
            ("user=a+b", "'user' must be 1 to 128"),
            ("groups=a%20b", "each of 'groups' must be 1 to 64"),
            ("groups=a,", "each of 'groups' must be 1 to 64"),
            ("groups=a,%20b", "each of 'groups' must be 1 to 64"),
            ("groups=a&groups=b", "a member of the form occurs twice"),
            ("guest=true", "'guest' requires 'user'"),
            ("user=u&guest=1", "'guest' must be 'true' or 'false'"),
            ("user=u&guest=True", "'guest' must be 'true' or 'false'"),
        ] {
            let refused = read(None, &format!("{GOOD}&{members}")).expect_err(members);
            assert_eq!(refused.code, INVALID_REQUEST, "{members}");
            let said = refused.description;
            assert!(said.starts_with(rule), "{members}: {said}");
        }
    }

    #[test]
    fn scopes_name_permissions() {
        for (scope, expected) in [
            ("", Some(KNOWN)),
            ("https://graph.microsoft.com/.default", Some(KNOWN)),
            ("api%3A%2F%2Fx%2F.default", Some(KNOWN)),
            ("B.Read", Some(&["B.Read"])),
            ("A.Read+B.Read", Some(KNOWN)),
            ("A.Read%20B.Read", Some(KNOWN)),
            ("C.Read", None),
            ("a.read", None),
            ("A.Read+x/.default", None),
        ] {
            let read = read(None, &format!("{GOOD}&scope={scope}"));
            match expected {
                Some(expected) => assert_eq!(read.expect(scope).permissions, expected),
                None => assert_eq!(read.expect_err(scope).code, INVALID_SCOPE, "{scope}"),
            }
        }
    }

    #[test]
    fn bad_requests_have_the_codes_of_rfc_6749() {
        let grant = "grant_type=client_credentials";
        for (authorization, form, code) in [
            (None, "", INVALID_REQUEST),
            (None, "grant_type=", INVALID_REQUEST),
            (None, "grant_type=password", UNSUPPORTED_GRANT_TYPE),
            (None, &format!("{GOOD}&client_id=other"), INVALID_REQUEST),
            (None, &format!("{GOOD}&scope=a&scope=b"), INVALID_REQUEST),
            (None, grant, INVALID_CLIENT),
            (None, &format!("{grant}&client_secret=s"), INVALID_CLIENT),
            (
                None,
                &format!("{grant}&client_id=app&client_assertion_type={JWT_BEARER}"),
                INVALID_CLIENT,
            ),
            (
                None,
                &format!("{grant}&client_id=app&client_assertion=a"),
                INVALID_REQUEST,
            ),
            (
                None,
                &format!("{grant}&client_id=app&client_assertion=a&client_assertion_type=saml"),
                INVALID_REQUEST,
            ),
            (
                None,
                &format!("{grant}&client_assertion=a&client_assertion_type={JWT_BEARER}"),
                INVALID_CLIENT,
            ),
            (
                None,
                &format!("{GOOD}&client_assertion=a&client_assertion_type={JWT_BEARER}"),
                INVALID_REQUEST,
            ),
            (None, &format!("{grant}&client_id=app"), INVALID_CLIENT),
            (
                None,
                &format!("{grant}&client_id=app&client_secret="),
                INVALID_CLIENT,
            ),
            (
                None,
                &format!("{grant}&client_id=a%2Fb&client_secret=s"),
                INVALID_CLIENT,
            ),
            (Some(BASIC), GOOD, INVALID_REQUEST),
            (
                Some(BASIC),
                &format!("{grant}&client_id=other"),
                INVALID_REQUEST,
            ),
            (Some("Basic"), grant, INVALID_CLIENT),
            (Some("Basic ***"), grant, INVALID_CLIENT),
            (Some("Basic /////w=="), grant, INVALID_CLIENT),
            (Some("Basic YXBw"), grant, INVALID_CLIENT), // app
            (Some("Basic YXBwOg=="), grant, INVALID_CLIENT), // app:
            (Some("Basic OnM="), grant, INVALID_CLIENT), // :s
            (Some("Bearer YXBwOnM="), grant, INVALID_CLIENT),
        ] {
            let refused = read(authorization, form).expect_err(form);
            assert_eq!(refused.code, code, "{authorization:?} {form}");
        }
    }
}
