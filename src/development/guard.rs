//! Who may ask the development issuer: clients on this machine that call the server by a name of its own.
//!
//! A page of any site can have its own name resolve to this machine (DNS rebinding), and browsers then let it read what the
//! server answers. Such a request carries the site's name in `Host`; names that no DNS server decides are safe. And a
//! reverse proxy on this machine makes a listener on loopback reachable for everyone.

use std::net::IpAddr;

use poem::{
    Request,
    http::{
        StatusCode, Version,
        header::HOST,
        uri::{Authority, Uri},
    },
};

/// Besides `X-Forwarded-*`: headers that proxies add. Sources: RFC 7239, RFC 9110 section 7.6.3, and what proxies document.
const PROXY_HEADERS: [&str; 13] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "cf-ray",
    "cdn-loop",
    "fly-client-ip",
    "x-amzn-trace-id",
    "x-azure-clientip",
    "x-envoy-external-address",
];

#[derive(Debug, Clone)]
pub(crate) struct Guard {
    /// Names of this server in lower case, besides `localhost` and IP addresses.
    hosts: Vec<String>,
    proxies: bool,
}

impl Guard {
    /// `hosts`: names in any case, without ports; the host of the public URL is one too. `proxies`: whether requests that
    /// came through a proxy are answered.
    pub(crate) fn new(hosts: &[String], public_url: Option<&str>, proxies: bool) -> Self {
        let public = public_url.and_then(|url| url.parse::<Uri>().ok());
        let public = public.as_ref().and_then(Uri::host).map(str::to_owned);
        let hosts = hosts.iter().cloned().chain(public);
        Self {
            hosts: hosts.map(|host| host.to_ascii_lowercase()).collect(),
            proxies,
        }
    }

    /// Why the request is not answered, if it is not: status and description.
    pub(crate) fn refusal(&self, request: &Request) -> Option<(StatusCode, &'static str)> {
        if !self.knows_host(request) {
            // RFC 9110 section 15.5.20.
            return Some((
                StatusCode::MISDIRECTED_REQUEST,
                "the development issuer does not answer under this host name; --allowed-hosts adds names",
            ));
        }
        if !self.proxies && came_through_proxy(request) {
            return Some((
                StatusCode::FORBIDDEN,
                "the development issuer does not answer requests that came through a proxy, unless it is switched on \
                 by name: --development-issuer on",
            ));
        }
        None
    }

    /// Every authority in the request must be a name of this server: the `Host` of HTTP/1.1, the `:authority` of HTTP/2 and
    /// that of a target in absolute form. `X-Forwarded-Host` does not count: pages can set it.
    fn knows_host(&self, request: &Request) -> bool {
        let target = request.original_uri().authority().map(Authority::as_str);
        let hosts = request.headers().get_all(HOST).iter();
        // A `Host` that is not text is no name of this server.
        let hosts = hosts.map(|host| host.to_str().unwrap_or_default());
        let mut authorities = target.into_iter().chain(hosts).peekable();
        authorities.peek().is_some() && authorities.all(|authority| self.is_own(authority))
    }

    pub(crate) fn is_own(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else {
            return false;
        };
        let host = authority.host().to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        host == "localhost"
            // RFC 6761, section 6.3: names below it are loopback as well.
            || host.ends_with(".localhost")
            // An authority has brackets around an address or not at all.
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
            || self.hosts.iter().any(|name| name == host)
    }
}

/// No client of OAuth speaks HTTP/1.0 any more, while nginx before 1.29.7 does so to its upstreams unless told otherwise, and adds
/// no header. Newer ones speak HTTP/1.1: without a header they cannot be told from a client.
fn came_through_proxy(request: &Request) -> bool {
    let named = |name: &str| name.starts_with("x-forwarded-") || PROXY_HEADERS.contains(&name);
    request.version() < Version::HTTP_11 || request.headers().keys().any(|it| named(it.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_dns_could_give_away_are_refused() {
        let names = ["Graph.Internal".to_owned()];
        let guard = Guard::new(&names, Some("https://graph.contoso.com:8443"), false);
        let long = format!("{}.evil.example:8080", "a".repeat(238));
        for (host, allowed) in [
            ("localhost", true),
            ("LOCALHOST:8080", true),
            ("localhost.:8080", true),
            ("tenant.localhost:8080", true),
            ("127.0.0.1:8080", true),
            ("192.168.1.2", true),
            ("[::1]:8080", true),
            ("graph.internal:80", true),
            ("graph.contoso.com", true),
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("notlocalhost", false),
            ("graph.internal.evil.example", false),
            ("a~b.evil.example", false),
            (&long, false),
            ("1.2.3", false),
            ("[::1", false),
            ("localhost, evil.example", false),
            ("", false),
        ] {
            assert_eq!(guard.is_own(host), allowed, "{host}");
        }
    }
}
