//! Next links: absolute URLs that clients send back as they are.
//!
//! Source: OData 4.01 protocol, "Server-Driven Paging"; RFC 3986 section 3.4.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986: clients, proxies and form decoders disagree about some others, such as
/// `+`.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// `$` is allowed in a query, and clients search the link for `$skiptoken=`.
const NAME: &AsciiSet = &VALUE.remove(b'$');

/// The link to `url`, which is absolute and has no query, with those query options that have a value.
pub(crate) fn next_link(url: &str, options: &[(&str, Option<&str>)]) -> String {
    let mut link = url.to_owned();
    let mut separator = '?';
    for (name, value) in options {
        let Some(value) = value else { continue };
        link.push(separator);
        link.extend(utf8_percent_encode(name, NAME));
        link.push('=');
        link.extend(utf8_percent_encode(value, VALUE));
        separator = '&';
    }
    link
}

#[cfg(test)]
mod tests {
    use super::next_link;

    type Options<'a> = &'a [(&'a str, Option<&'a str>)];

    #[test]
    fn encodes_values_and_keeps_the_dollar_of_names() {
        let url = "https://localhost:8443/v1.0/external/connections";
        let cases: [(Options<'_>, &str); 9] = [
            (&[("$top", None)], ""),
            (&[], ""),
            (&[("$top", Some("2"))], "?$top=2"),
            (
                &[("$skiptoken", Some("AZ-_az09.~"))],
                "?$skiptoken=AZ-_az09.~",
            ),
            (
                &[("$select", Some("id,name")), ("$count", Some("true"))],
                "?$select=id%2Cname&$count=true",
            ),
            (
                &[("$filter", Some("name eq 'it''s a+b & c=d'"))],
                "?$filter=name%20eq%20%27it%27%27s%20a%2Bb%20%26%20c%3Dd%27",
            ),
            (
                &[("$filter", Some("100% #?/"))],
                "?$filter=100%25%20%23%3F%2F",
            ),
            (
                &[("$filter", Some("ä€\r\n\0"))],
                "?$filter=%C3%A4%E2%82%AC%0D%0A%00",
            ),
            (&[("a&b=c", Some(""))], "?a%26b%3Dc="),
        ];
        for (options, query) in cases {
            assert_eq!(next_link(url, options), format!("{url}{query}"));
        }
    }
}
