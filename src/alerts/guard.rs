//! Keeps webhooks off internal addresses, unless the configuration allows them.
//!
//! The name is resolved here and the connection goes to the very addresses that were checked: a name server that
//! answers differently the second time gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use ipnet::IpNet;

use super::sending::SendError;

/// The addresses of a host, all of which may be reached. Blocks while the name is looked up.
pub(super) fn resolve(host: &str, port: u16, allowed: &[String]) -> Result<Vec<SocketAddr>, SendError> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = (bare, port).to_socket_addrs();
    let found: Vec<_> = found.map_err(|error| SendError::passing(format!("`{bare}` is not found: {error}")))?.collect();
    if found.is_empty() {
        return Err(SendError::passing(format!("`{bare}` has no address")));
    }
    if let Some(refused) = found.iter().find(|address| !may_reach(bare, address.ip(), allowed)) {
        let ip = refused.ip();
        let why = format!("`{bare}` is the internal address {ip}; add it to notify.allowed_addresses to allow this");
        return Err(SendError::lasting(why));
    }
    Ok(found)
}

fn may_reach(host: &str, ip: IpAddr, allowed: &[String]) -> bool {
    let ip = ip.to_canonical();
    let matches = |entry: &String| {
        entry.eq_ignore_ascii_case(host)
            || entry.parse::<IpAddr>().is_ok_and(|allowed| allowed.to_canonical() == ip)
            || entry.parse::<IpNet>().is_ok_and(|network| network.contains(&ip))
    };
    !is_internal(ip) || allowed.iter().any(matches)
}

/// True for an address that is not of the public internet.
pub fn is_internal(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_internal_v4(ip),
        IpAddr::V6(ip) => is_internal_v6(ip),
    }
}

fn is_internal_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        // Shared by providers, for protocols, for measurements, and reserved.
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240
}

fn is_internal_v6(ip: Ipv6Addr) -> bool {
    let head = ip.segments();
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || ip.is_unique_local()
        || ip.is_unicast_link_local()
        // Documentation, and translations that hide an address of the older kind.
        || (head[0], head[1]) == (0x2001, 0xdb8)
        || (head[0], head[1]) == (0x64, 0xff9b)
        || head[0] == 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_public_is_internal() {
        for internal in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
        ] {
            assert!(is_internal(internal.parse().unwrap()), "{internal}");
        }
        for public in ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(!is_internal(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn the_list_allows_by_name_address_and_network() {
        let ip = "192.168.1.20".parse().unwrap();
        let may = |list: &[&str]| {
            may_reach("ntfy.lan", ip, &list.iter().map(|entry| (*entry).to_owned()).collect::<Vec<_>>())
        };
        assert!(!may(&[]) && !may(&["192.168.1.21", "other.lan", "10.0.0.0/8"]));
        assert!(may(&["NTFY.lan"]) && may(&["192.168.1.20"]) && may(&["192.168.0.0/16"]));
        assert!(resolve("127.0.0.1", 80, &[]).is_err_and(|error| error.is_final));
        assert_eq!(resolve("[::1]", 80, &["::1".into()]).unwrap()[0].port(), 80);
    }
}
