//! What one client, and all of them together, may take of the listener.

use std::time::Duration;

use ipnet::IpNet;

/// The bounds of connections, request heads, bodies and responses.
///
/// The defaults suit a service with small requests that is reached over the internet.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Connections open at once. Further ones wait in the kernel's queue until one closes. Default: 2,048.
    pub connections: usize,
    /// Connections open at once from one address (IPv6: one /64 network). Further ones are closed without a response.
    /// Default: `None`, which is an eighth of `connections`, far more than a browser or a connection pool opens, and
    /// seven eighths for an address of `proxies`: no address keeps all others out.
    pub connections_per_address: Option<usize>,
    /// Addresses of reverse proxies, each of which speaks for many clients. Default: none.
    pub proxies: Vec<IpNet>,

    /// Path and query of a request, *bytes*. Default: 8 KiB. RFC 9110, section 4.1, asks for at least 8,000.
    pub uri_bytes: usize,
    /// Header section, *bytes*, counted as HTTP/1.1 writes it. Default: 80 KiB, for a token that names many groups.
    pub header_bytes: usize,
    /// Header lines. Default: 100.
    pub header_fields: usize,
    /// Time for a request head to arrive completely, counted from when the connection opened or the previous response
    /// was sent. An idle HTTP/1.1 connection is closed after this time, too. Default: 10 s.
    pub head_timeout: Duration,

    /// Minimum rate of a request body, *bytes per second*, over each `body_span`. Default: 32 KiB, so
    /// that 4 MB have about two minutes.
    pub body_bytes_per_s: u32,
    /// The span of waiting over which the rate of a request body is measured. A body that ends within it may arrive at
    /// any rate. Default: 10 s.
    pub body_span: Duration,

    /// How long the server waits for a client to take each 32 KiB of its responses before it drops the connection.
    /// Default: 30 s.
    pub response_timeout: Duration,
    /// Minimum rate at which a response as a whole must be taken, *bytes per second*, once `response_timeout` is over.
    /// It applies to responses of HTTP/1.1 of more than 64 KiB, and to all responses of HTTP/2, where a closed
    /// flow-control window keeps a response from the socket. Default: 64 KiB.
    pub response_bytes_per_s: u32,

    /// Requests open at once on one HTTP/2 connection. Default: 100.
    pub http2_streams: u32,
    /// An HTTP/2 connection without a new request for this long is told to go away (GOAWAY). Default: 1 min.
    pub http2_idle_timeout: Duration,
    /// Time that a connection has to finish its open requests once it was told to go away. Default: 5 min.
    pub close_timeout: Duration,

    /// Time that open requests have to finish once the listener is asked to stop. Default: 20 s.
    pub drain_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connections: 2_048,
            connections_per_address: None,
            proxies: Vec::new(),
            uri_bytes: 8 * 1_024,
            header_bytes: 80 * 1_024,
            header_fields: 100,
            head_timeout: Duration::from_secs(10),
            body_bytes_per_s: 32 * 1_024,
            body_span: Duration::from_secs(10),
            response_timeout: Duration::from_secs(30),
            response_bytes_per_s: 64 * 1_024,
            http2_streams: 100,
            http2_idle_timeout: Duration::from_mins(1),
            close_timeout: Duration::from_mins(5),
            drain_timeout: Duration::from_secs(20),
        }
    }
}

/// Descriptors for everything but connections: databases, logs, sockets that are being closed.
const OTHER_FILES: usize = 128;

impl Settings {
    /// Raises the process's limit of open files so that each connection has a descriptor. If the system refuses, lowers
    /// `connections` instead, and logs a warning: running out of descriptors would also keep the program from its
    /// files.
    #[must_use]
    pub fn fit_open_file_limit(mut self) -> Self {
        let wanted = self.connections + OTHER_FILES;
        match rlimit::increase_nofile_limit(wanted as u64) {
            Ok(limit) if limit < wanted as u64 => {
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                self.connections = limit.saturating_sub(OTHER_FILES).max(1);
                tracing::warn!(
                    connections = self.connections,
                    "fewer connections than configured: the system limits open files (ulimit -n)"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the limit of open files is unknown"),
        }
        self
    }
}
