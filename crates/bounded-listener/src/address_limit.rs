//! How many connections each client address has open.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;

use crate::settings::Settings;

/// How many addresses it takes to open all connections, unless [`Settings::connections_per_address`] is set.
const ADDRESSES_TO_FILL_ALL: usize = 8;

/// Counts the open connections of each address, and admits no more than a limit.
pub(crate) struct AddressLimit {
    limit: usize,
    /// Of a proxy's address, since a proxy speaks for many clients.
    proxy_limit: usize,
    proxies: Vec<IpNet>,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// One counted connection. Dropping it takes it off the count.
pub(crate) struct Admission {
    addresses: Arc<AddressLimit>,
    network: IpAddr,
}

impl AddressLimit {
    pub(crate) fn new(settings: &Settings) -> Arc<Self> {
        let share = (settings.connections / ADDRESSES_TO_FILL_ALL).max(1);
        // Not even a proxy keeps all others out: on one machine, clients have the address of the proxy's range too.
        let all_but_a_share = settings.connections.saturating_sub(share).max(1);
        let set = settings.connections_per_address;
        Arc::new(Self {
            limit: set.unwrap_or(share),
            proxy_limit: set.unwrap_or(all_but_a_share),
            proxies: settings.proxies.clone(),
            open: Mutex::default(),
        })
    }

    /// `None` if the address has reached its limit.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Admission> {
        let address = address.to_canonical();
        let is_proxy = self.proxies.iter().any(|proxy| proxy.contains(&address));
        let limit = if is_proxy {
            self.proxy_limit
        } else {
            self.limit
        };
        let network = network(address);
        let mut open = self.lock();
        let count = open.entry(network).or_default();
        if *count >= limit {
            return None;
        }
        *count += 1;
        Some(Admission {
            addresses: Arc::clone(self),
            network,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        // The counts are valid between any two statements, so a panic elsewhere does no harm.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut open = self.addresses.lock();
        if let Some(count) = open.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.network);
            }
        }
    }
}

/// What counts as one address. A household is given a whole IPv6 /64, so that is one client (RFC 6177).
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
        IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_limit(limit: usize) -> Arc<AddressLimit> {
        AddressLimit::new(&Settings {
            connections_per_address: Some(limit),
            ..Settings::default()
        })
    }

    #[test]
    fn one_address_has_an_eighth_of_all_connections_and_a_proxy_all_but_that() {
        let addresses = AddressLimit::new(&Settings {
            connections: 17,
            proxies: vec!["192.0.2.0/28".parse().expect("a range")],
            ..Settings::default()
        });
        let admit = |address: &str| addresses.admit(address.parse().expect("an address"));
        let _open = [(); 2].map(|()| admit("192.0.2.16").expect("admitted"));
        assert!(admit("192.0.2.16").is_none());
        let _proxy = [(); 15].map(|()| admit("::ffff:192.0.2.1").expect("a proxy"));
        assert!(admit("192.0.2.1").is_none());
        assert!(admit("192.0.2.2").is_some());
    }

    #[test]
    fn address_is_admitted_up_to_the_limit_and_again_after_a_close() {
        let addresses = address_limit(2);
        let admit = |address: &str| addresses.admit(address.parse().expect("an address"));
        let first = admit("192.0.2.1");
        let second = admit("::ffff:192.0.2.1");
        assert!(first.is_some() && second.is_some());
        assert!(admit("192.0.2.1").is_none());
        assert!(admit("192.0.2.2").is_some());
        drop(first);
        assert!(admit("192.0.2.1").is_some());
        drop(second);
        assert!(addresses.lock().is_empty());
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let addresses = address_limit(1);
        let admit = |address: &str| addresses.admit(address.parse().expect("an address"));
        let _first = admit("2001:db8::1");
        assert!(admit("2001:db8::2").is_none());
        assert!(admit("2001:db8:0:1::1").is_some());
    }
}
