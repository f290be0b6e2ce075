//! The URL of an issuer: whether it can be trusted to lead to the issuer, and what follows from its form.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;
use uuid::Uuid;

use crate::auth::issuer_name::{IssuerName, TENANT_PLACEHOLDER};

/// Below the issuer's own URL. Source: OpenID Connect Discovery 1.0, section 4.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// In the place of a tenant in URLs of Entra: any organization, with or without personal accounts.
const EVERY_TENANT: [&str; 2] = ["common", "organizations"];

/// Of the parts of a URL between slashes: the first segment of its path.
const FIRST_SEGMENT: usize = 3;

/// Where an issuer is, as its operator wrote it: to the letter, its name is compared as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IssuerUrl {
    text: String,
    url: Url,
}

impl IssuerUrl {
    /// What the issuer's discovery document and tokens must call it. OpenID Connect Discovery 1.0, section 4.3, wants the
    /// URL itself. Entra's documents for every tenant are the known exception: there the name has a placeholder.
    pub(crate) fn name(&self) -> IssuerName {
        let mut parts: Vec<&str> = self.text.split('/').collect();
        if let Some(first) = parts.get_mut(FIRST_SEGMENT)
            && EVERY_TENANT.contains(first)
        {
            *first = TENANT_PLACEHOLDER;
        }
        IssuerName::new(parts.join("/"))
    }

    /// The tenant in the URL, which is where Entra has it: a GUID as the first segment of the path.
    pub(super) fn tenant(&self) -> Option<&str> {
        let first = self.text.split('/').nth(FIRST_SEGMENT);
        first.filter(|segment| segment.len() == 36 && Uuid::try_parse(segment).is_ok())
    }

    /// Where the discovery document is. A slash at the end of the issuer's URL does not count.
    pub(super) fn discovery(&self) -> Url {
        let mut url = self.url.clone();
        url.set_path(&format!(
            "{}{WELL_KNOWN}",
            self.url.path().trim_end_matches('/')
        ));
        url
    }

    /// On this machine: no proxy leads there.
    pub(super) fn is_local(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Keys are read over TLS. Plain HTTP is for issuers on this machine, and stays on it.
    pub(super) fn may_have_keys_at(&self, keys: &Url) -> bool {
        keys.scheme() == "https"
            || (self.url.scheme() == "http" && keys.scheme() == "http" && is_loopback(keys))
    }
}

impl fmt::Display for IssuerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for IssuerUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NO_URL: &str =
            "not a URL; an example: https://login.microsoftonline.com/{tenant}/v2.0";
        // What a parser of URLs would correct in silence would make a name that no token has.
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains('\\') {
            return Err(NO_URL);
        }
        let url = Url::parse(text).map_err(|_| NO_URL)?;
        if !text.starts_with(&format!("{}://", url.scheme())) {
            return Err(NO_URL);
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err("must begin with https:// (http:// only on this machine)"),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must have no user and password");
        }
        if text.contains(['?', '#']) {
            return Err("must have no query and no fragment");
        }
        Ok(Self {
            text: text.to_owned(),
            url,
        })
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    // RFC 6761 section 6.3 keeps the name for the machine itself.
    host == "localhost" || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

    fn url(text: &str) -> IssuerUrl {
        text.parse().unwrap_or_else(|rule| panic!("{text}: {rule}"))
    }

    #[test]
    fn name_and_discovery_document_follow_from_the_url() {
        for (text, name, discovery) in [
            (
                "https://login.microsoftonline.com/T/v2.0",
                "https://login.microsoftonline.com/T/v2.0",
                "https://login.microsoftonline.com/T/v2.0/.well-known/openid-configuration",
            ),
            (
                "https://login.microsoftonline.com/organizations/v2.0",
                "https://login.microsoftonline.com/{tenantid}/v2.0",
                "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration",
            ),
            (
                "https://sts.windows.net/common/",
                "https://sts.windows.net/{tenantid}/",
                "https://sts.windows.net/common/.well-known/openid-configuration",
            ),
            (
                "https://common/common/common",
                "https://common/{tenantid}/common",
                "https://common/common/common/.well-known/openid-configuration",
            ),
            (
                "https://common",
                "https://common",
                "https://common/.well-known/openid-configuration",
            ),
            (
                "https://kc.example:8443/realms/common",
                "https://kc.example:8443/realms/common",
                "https://kc.example:8443/realms/common/.well-known/openid-configuration",
            ),
            (
                "http://127.0.0.1:9/",
                "http://127.0.0.1:9/",
                "http://127.0.0.1:9/.well-known/openid-configuration",
            ),
        ] {
            assert_eq!(url(text).to_string(), text);
            assert_eq!(url(text).name().as_str(), name);
            assert_eq!(url(text).discovery().as_str(), discovery);
        }
    }

    #[test]
    fn tenant_is_a_guid_in_the_first_place() {
        for (path, tenant) in [
            (format!("/{T}/v2.0"), Some(T)),
            (format!("/{T}/"), Some(T)),
            (format!("/{T}"), Some(T)),
            (format!("/realms/{T}"), None),
            (format!("/{}", T.replace('-', "")), None),
            ("/organizations/v2.0".to_owned(), None),
            ("/contoso.onmicrosoft.com/v2.0".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(url(&format!("https://h{path}")).tenant(), tenant, "{path}");
        }
    }

    #[test]
    fn only_urls_that_lead_to_the_issuer_are_taken() {
        for bad in [
            "",
            "login.microsoftonline.com/T/v2.0",
            "ftp://h/",
            "http://h/",
            "http://10.0.0.1/",
            "http://127.0.0.1.example/",
            "https://",
            "https:h",
            "HTTPS://h/",
            "https://u@h/",
            "https://u:p@h/",
            "https://h/?a",
            "https://h/#a",
            "https://h/?",
            " https://h/",
            "https://h/a b",
            "https://h\\a",
            "https://h/é",
            "https://h:port/",
        ] {
            assert!(bad.parse::<IssuerUrl>().is_err(), "{bad}");
        }
        for local in ["http://127.0.0.1:1/", "http://[::1]/a", "http://localhost"] {
            assert!(url(local).is_local(), "{local}");
        }
        assert!(url("https://localhost:1").is_local());
        assert!(!url("https://h/localhost").is_local());
    }

    #[test]
    fn keys_come_over_tls_or_from_this_machine() {
        let at = |issuer: &str, keys: &str| {
            let keys = Url::parse(keys).expect("a URL");
            url(issuer).may_have_keys_at(&keys)
        };
        // Google's are on another host than its issuer.
        assert!(at("https://h/", "https://other/keys"));
        assert!(at("http://localhost:1/", "http://127.0.0.1:2/keys"));
        assert!(at("http://localhost:1/", "https://h/keys"));
        assert!(!at("http://localhost:1/", "http://h/keys"));
        assert!(!at("https://h/", "http://h/keys"));
        assert!(!at("https://localhost/", "http://localhost/keys"));
        assert!(!at("https://h/", "file:///etc/passwd"));
        assert!(!at("https://h/", "data:,{}"));
    }
}
