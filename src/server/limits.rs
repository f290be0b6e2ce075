//! What one client may take of the listener. Rules of the API's content (body sizes, page sizes) are not here.

use std::time::Duration;

use ipnet::IpNet;

/// Bounds of connections and request heads, each with its unit.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Connections open at once. Further ones wait in the kernel's queue until one closes.
    pub(crate) connections: usize,
    /// Connections open at once from one address (IPv6: one /64 network); further ones are closed unanswered.
    /// `None`: an eighth of `connections`, so that one client cannot keep all others out. That is far more than a browser or a
    /// connection pool opens.
    pub(crate) connections_per_address: Option<usize>,
    /// Addresses of reverse proxies, which `connections_per_address` does not bound: each speaks for many clients.
    pub(crate) proxies: Vec<IpNet>,

    /// Path and query of a request, bytes. Longer: 414. RFC 9110 section 4.1 asks for at least 8,000.
    pub(crate) uri_bytes: usize,
    /// Header section, bytes, counted as the lines of HTTP/1.1. Larger: 431.
    pub(crate) header_bytes: usize,
    /// Header lines. More: 431.
    pub(crate) header_fields: usize,

    /// Time for a request head to be complete, counted from when the connection opens or the answer before is sent:
    /// a connection that stays silent that long between two requests is closed as well.
    pub(crate) head_timeout: Duration,
    /// How long a client may be waited for to take each 32 KiB of its answers before the connection is dropped.
    pub(crate) write_stall: Duration,
    /// Rate at which an answer must be taken, bytes per second, once `write_stall` is over: so large ones, whose memory all share,
    /// are gone in a minute or two, and those of HTTP/2, which may wait without anything being written, at all.
    pub(crate) answer_bytes_per_s: u32,
    /// Rate below which a request body is given up, bytes per second, over every `body_grace` of waiting for it.
    pub(crate) body_bytes_per_s: u32,
    /// The span over which the rate is measured; a body that ends within it may come as it likes.
    pub(crate) body_grace: Duration,

    /// Memory for the bodies that are received, all together, and as much again for answers, bytes. Further large ones wait.
    pub(crate) body_memory_bytes: usize,

    /// Requests open at once on one HTTP/2 connection.
    pub(crate) h2_streams: u32,
    /// An HTTP/2 connection that begins no request for this long is told to go away. (HTTP/1.1: `head_timeout`.)
    pub(crate) h2_quiet: Duration,
    /// Time a connection that was told to go away has to finish its open requests.
    pub(crate) finish: Duration,

    /// Time that open requests have to finish once the server is asked to stop.
    pub(crate) drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2_048,
            connections_per_address: None,
            proxies: Vec::new(),
            uri_bytes: 8 * 1_024,
            header_bytes: 32 * 1_024,
            header_fields: 100,
            head_timeout: Duration::from_secs(10),
            write_stall: Duration::from_secs(30),
            answer_bytes_per_s: 64 * 1_024,
            body_bytes_per_s: 4 * 1_024,
            body_grace: Duration::from_secs(10),
            body_memory_bytes: 32 * 1_024 * 1_024,
            h2_streams: 100,
            h2_quiet: Duration::from_mins(1),
            finish: Duration::from_mins(5),
            drain: Duration::from_secs(20),
        }
    }
}

/// Descriptors for all but connections: the store, logs, sockets that wait to be closed.
const OTHER_FILES: usize = 128;

impl Limits {
    /// Asks the system for a descriptor for each connection; where it gives fewer, there are fewer connections. Running out of
    /// descriptors would not only keep clients out but the store from its files.
    pub(super) fn within_open_files(mut self) -> Self {
        let wanted = self.connections + OTHER_FILES;
        match rlimit::increase_nofile_limit(wanted as u64) {
            Ok(given) if given < wanted as u64 => {
                let given = usize::try_from(given).unwrap_or(usize::MAX);
                self.connections = given.saturating_sub(OTHER_FILES).max(1);
                tracing::warn!(
                    connections = self.connections,
                    "fewer connections than usual: the system limits open files (ulimit -n)"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the limit of open files is unknown"),
        }
        self
    }
}
