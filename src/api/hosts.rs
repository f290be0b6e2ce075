//! The names under which the development issuer answers.
//!
//! A page of any site can have its own name resolve to this machine (DNS rebinding), and browsers then let it read what the
//! server answers. Such a request carries the site's name in `Host`; what no DNS server decides is safe.

use std::net::Ipv6Addr;

use poem::{
    Request,
    http::uri::{Authority, Uri},
};

use super::request::authority;

/// Names of this server, besides `localhost` and IP addresses.
#[derive(Debug, Clone)]
pub(crate) struct AllowedHosts(Vec<String>);

impl AllowedHosts {
    /// Names in any case, without ports; the host of the public URL is one too.
    pub(crate) fn new(names: &[String], public_url: Option<&str>) -> Self {
        let public = public_url.and_then(|url| url.parse::<Uri>().ok());
        let public = public.as_ref().and_then(Uri::host).map(str::to_owned);
        let names = names.iter().cloned().chain(public);
        Self(names.map(|name| name.to_ascii_lowercase()).collect())
    }

    /// Goes by the address that the client asked for. What a proxy says of it would not do: pages can set that header.
    pub(crate) fn allow(&self, request: &Request) -> bool {
        authority(request).is_none_or(|authority| self.allow_host(authority))
    }

    fn allow_host(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else {
            return false;
        };
        let host = authority.host().to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        host == "localhost"
            // RFC 6761, section 6.3: names below it are loopback as well.
            || host.ends_with(".localhost")
            || is_address(host)
            || self.0.iter().any(|name| name == host)
    }
}

fn is_address(host: &str) -> bool {
    let v6 = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    match v6 {
        Some(v6) => v6.parse::<Ipv6Addr>().is_ok(),
        None => host.parse::<std::net::Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_dns_could_give_away_are_refused() {
        let hosts = AllowedHosts::new(
            &["Graph.Internal".to_owned()],
            Some("https://graph.contoso.com:8443"),
        );
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
            ("1.2.3", false),
            ("[::1", false),
            ("", false),
        ] {
            assert_eq!(hosts.allow_host(host), allowed, "{host}");
        }
    }
}
