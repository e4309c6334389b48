//! What this machine is called, and which names the local authority may vouch for: those that nobody owns on the internet.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

use actix_web::http::Uri;

/// Ends of names that are given to no one in public (RFC 6761, 6762, 8375; `internal` by ICANN).
pub const PRIVATE_DOMAINS: &[&str] = &["home.arpa", "internal", "local", "localhost", "test"];
/// Networks whose addresses are used by everybody for themselves.
pub const PRIVATE_NETWORKS: &[(IpAddr, u8)] = &[
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(100, 64, 0, 0)), 10),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
];

/// A host, as it stands in addresses of pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    Address(IpAddr),
    Name(String),
}

impl Host {
    /// The host of a base address.
    pub fn of_url(url: &str) -> Option<Self> {
        Some(Self::parse(url.parse::<Uri>().ok()?.host()?))
    }

    /// The host of a `Host` header, without the port.
    pub fn of_header(header: &str) -> Option<Self> {
        let authority: actix_web::http::uri::Authority = header.parse().ok()?;
        Some(Self::parse(authority.host()))
    }

    fn parse(text: &str) -> Self {
        let bare = text.trim_start_matches('[').trim_end_matches(']');
        bare.parse().map_or_else(|_| Self::Name(text.to_ascii_lowercase()), Self::Address)
    }

    /// Whether the local authority may vouch for it.
    pub fn is_private(&self) -> bool {
        match self {
            Self::Address(address) => {
                PRIVATE_NETWORKS.iter().any(|(network, length)| is_within(*address, *network, *length))
            }
            Self::Name(name) => PRIVATE_DOMAINS
                .iter()
                .any(|domain| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))),
        }
    }

    /// Whether only this machine can mean itself by it.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Address(address) => address.is_loopback(),
            Self::Name(name) => name == "localhost",
        }
    }
}

impl std::fmt::Display for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
            Self::Address(address) => write!(f, "{address}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

fn is_within(address: IpAddr, network: IpAddr, length: u8) -> bool {
    match (address.to_canonical(), network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let (address, network) = (u32::from(address), u32::from(network));
            (address ^ network).checked_shr(32 - u32::from(length)).unwrap_or(0) == 0
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let (address, network) = (u128::from(address), u128::from(network));
            (address ^ network).checked_shr(128 - u32::from(length)).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// Everything that this machine may be called by others or by itself, and `also`; what is not private is left out.
pub fn of_this_machine(also: Option<Host>) -> BTreeSet<Host> {
    let mut hosts = BTreeSet::from([Host::Name("localhost".to_owned()), Host::Address(Ipv4Addr::LOCALHOST.into())]);
    hosts.insert(Host::Address(Ipv6Addr::LOCALHOST.into()));
    hosts.insert(Host::Name(format!("{}.local", name())));
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    hosts.extend(interfaces.into_iter().map(|interface| Host::Address(interface.ip())));
    hosts.extend(also);
    hosts.retain(Host::is_private);
    hosts
}

/// The machine's own name, the first part of it.
pub fn name() -> String {
    let name = rustix::system::uname().nodename().to_string_lossy().to_ascii_lowercase();
    let first = name.split('.').next().unwrap_or_default();
    let plain: String = first.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if plain.is_empty() { "noren".to_owned() } else { plain }
}

/// The address by which others in the shop reach a listener on all addresses of this machine.
pub fn lan_address(listen: IpAddr) -> Option<IpAddr> {
    // Nothing is sent: a datagram socket that is connected has the address from which it would be sent. The destination is
    // of a network for documents, beyond every shop.
    let routed = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        Ok(socket.local_addr()?.ip())
    });
    // Who listens on 0.0.0.0 hears nothing of IPv6.
    let heard = |address: &IpAddr| listen.is_ipv6() || address.is_ipv4();
    let usable = |address: &IpAddr| heard(address) && !address.is_loopback() && Host::Address(*address).is_private();
    routed.ok().filter(usable).or_else(|| {
        let mut own: Vec<IpAddr> =
            if_addrs::get_if_addrs().unwrap_or_default().iter().map(if_addrs::Interface::ip).filter(usable).collect();
        own.sort();
        own.first().copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_owns_in_public_is_vouched_for() {
        for (url, private) in [
            ("https://192.168.1.20:8443", true),
            ("https://172.31.255.255", true),
            ("https://172.32.0.0", false),
            ("https://8.8.8.8", false),
            ("https://[fd00::7]:8443", true),
            ("https://[2001:db8::1]", false),
            ("https://[::1]", true),
            ("https://shop-pc.local", true),
            ("https://local", true),
            ("https://mylocal", false),
            ("https://noren.example", false),
        ] {
            assert_eq!(Host::of_url(url).unwrap().is_private(), private, "{url}");
        }
    }

    #[test]
    fn a_host_is_read_out_of_a_header() {
        let host = |header| Host::of_header(header).map(|host| host.to_string());
        assert_eq!(host("192.168.1.20:8080").as_deref(), Some("192.168.1.20"));
        assert_eq!(host("[fd00::7]:8080").as_deref(), Some("[fd00::7]"));
        assert_eq!(host("Shop-PC.local").as_deref(), Some("shop-pc.local"));
        assert_eq!(host("shop pc"), None);
    }

    #[test]
    fn the_machine_answers_to_itself() {
        let hosts = of_this_machine(Host::of_url("https://noren.example"));
        assert!(hosts.contains(&Host::Name("localhost".to_owned())));
        assert!(hosts.iter().all(Host::is_private), "{hosts:?}");
    }
}
