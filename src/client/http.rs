//! The HTTP clients of this module, which send secrets.

use std::{net::IpAddr, time::Duration};

use reqwest::{Url, redirect};

use super::error::Error;

const USER_AGENT: &str = concat!("graph-connections/", env!("CARGO_PKG_VERSION"));

/// An HTTP client for requests to the origin of this URL.
///
/// It follows no redirect: that would hand the request to an address that the caller did not name. And it asks no proxy for this
/// machine, whatever the environment says: what goes to loopback in the clear is not for others to read.
pub(super) fn client(
    url: &Url,
    connect_timeout: Duration,
    timeout: Duration,
) -> Result<reqwest::Client, Error> {
    let client = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        .timeout(timeout)
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none());
    let client = if is_loopback(url) {
        client.no_proxy()
    } else {
        client
    };
    let built = client.build();
    built.map_err(|cause| Error::transport(cause, None))
}

/// Whether the URL leads to this machine and never beyond it.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    // A dot at the end says that the name is whole (RFC 1034, section 3.1).
    let host = host.strip_suffix('.').unwrap_or(host);
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    // Names below it are loopback as well: RFC 6761, section 6.3.
    let is_local = host == "localhost" || host.ends_with(".localhost");
    is_local || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_what_stays_on_the_machine() {
        for (url, expected) in [
            ("http://127.0.0.1:8080/v1.0", true),
            ("http://127.255.0.1", true),
            ("http://127.1", true),
            ("http://localhost.:8080", true),
            ("http://tenant.localhost", true),
            ("http://notlocalhost", false),
            ("http://[::1]:8080", true),
            ("http://[::ffff:127.0.0.1]", true),
            ("https://LOCALHOST", true),
            ("http://localhost.example", false),
            ("http://127.0.0.1.example", false),
            ("http://192.168.1.2", false),
            ("http://[2001:db8::1]", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
