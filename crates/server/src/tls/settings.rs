//! What the configuration says of TLS, and what does not fit together in it.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use super::Setting;
use super::names::{self, Host};
use crate::config::Reader;

/// The settings of the listeners.
pub struct Wanted {
    pub tls: Setting,
    pub http_listen: Option<SocketAddr>,
}

/// Reads `tls`, `tls_certificate`, `tls_key` and `http_listen`.
pub fn read(reader: &mut Reader, listen: SocketAddr) -> Wanted {
    let local =
        reader.fitting("tls", "`local` (or nothing, with certificate files of your own)", |text| text == "local");
    let certificate = reader.optional("tls_certificate").map(PathBuf::from);
    let key = reader.optional("tls_key").map(PathBuf::from);
    let http_listen = reader.optional("http_listen");
    let http_listen: Option<SocketAddr> =
        http_listen.and_then(|text| reader.parse("http_listen", "an address and port", &text));
    if local.is_some() && (certificate.is_some() || key.is_some()) {
        reader.problem("tls: either `local` or certificate files, not both");
    }
    let tls = match (local, certificate, key) {
        (Some(_), ..) => Setting::Local,
        (None, Some(certificate), Some(key)) => Setting::Files { certificate, key },
        (None, Some(_), None) => {
            reader.problem("tls_key: the key of tls_certificate is expected");
            Setting::Off
        }
        (None, None, Some(_)) => {
            reader.problem("tls_certificate: the certificate of tls_key is expected");
            Setting::Off
        }
        (None, None, None) => {
            if http_listen.is_some() {
                reader.problem("http_listen: it sends callers over to TLS, which is not set up; plain http has listen");
            }
            Setting::Off
        }
    };
    if http_listen.is_some_and(|address| address == listen && address.port() != 0) {
        reader.problem("http_listen: another address than that of listen is expected");
    }
    Wanted { tls, http_listen }
}

/// The base address: the one given, where it fits, or what follows from the listener.
pub fn base_url(reader: &mut Reader, given: Option<String>, tls: &Setting, listen: SocketAddr) -> String {
    if *tls != Setting::Off && given.as_ref().is_some_and(|url| !url.starts_with("https://")) {
        reader.problem("base_url: an https address is expected where the server speaks TLS");
    }
    if *tls == Setting::Local && given.as_ref().and_then(|url| Host::of_url(url)).is_some_and(|host| !host.is_private())
    {
        reader.problem(
            "base_url: the local authority vouches for addresses of private networks and for names under .local, \
             .internal and .home.arpa; other names want certificate files",
        );
    }
    if let Some(url) = given {
        return url;
    }
    match tls {
        Setting::Off => format!("http://{listen}"),
        Setting::Local => format!("https://{}", SocketAddr::new(reachable(listen.ip()), listen.port())),
        Setting::Files { .. } => {
            reader.problem("base_url: the https address that the certificate is for is expected");
            format!("https://{listen}")
        }
    }
}

/// The address to tell others, where the server listens on all of them.
fn reachable(listen: IpAddr) -> IpAddr {
    if listen.is_unspecified() { names::lan_address(listen).unwrap_or_else(|| [127, 0, 0, 1].into()) } else { listen }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::tls::Setting;

    fn refused(values: &[(&str, &str)]) -> Vec<String> {
        let problems = Config::with(values).err().map(|problems| problems.0).unwrap_or_default();
        problems.iter().filter_map(|problem| Some(problem.split_once(':')?.0.to_owned())).collect()
    }

    #[test]
    fn what_does_not_fit_together_is_named() {
        for (values, expected) in [
            (&[("tls", "local")][..], &[][..]),
            (&[("tls", "local"), ("http_listen", "0.0.0.0:8081"), ("base_url", "https://shop.local")], &[]),
            (&[("tls_certificate", "a"), ("tls_key", "b"), ("base_url", "https://noren.example")], &[]),
            (&[("tls", "on")], &["tls"]),
            (&[("tls", "local"), ("tls_key", "b")], &["tls"]),
            (&[("tls_key", "b"), ("workers", "0")], &["tls_certificate", "workers"]),
            (&[("tls_certificate", "a")], &["tls_key"]),
            (&[("tls_certificate", "a"), ("tls_key", "b")], &["base_url"]),
            (&[("tls", "local"), ("base_url", "http://shop.local")], &["base_url"]),
            (&[("tls", "local"), ("base_url", "https://noren.example")], &["base_url"]),
            (&[("http_listen", "0.0.0.0:8081")], &["http_listen"]),
            (&[("tls", "local"), ("http_listen", "127.0.0.1:8080")], &["http_listen"]),
            (&[("tls", "local"), ("http_listen", "everywhere")], &["http_listen"]),
        ] {
            assert_eq!(refused(values), expected, "{values:?}");
        }
    }

    #[test]
    fn the_base_address_follows_the_listener() {
        let base_url = |values: &[(&str, &str)]| Config::with(values).unwrap().base_url;
        assert_eq!(base_url(&[("tls", "local")]), "https://127.0.0.1:8080");
        assert_eq!(base_url(&[("tls", "local"), ("listen", "192.168.1.20:443")]), "https://192.168.1.20");
        let everywhere = base_url(&[("tls", "local"), ("listen", "0.0.0.0:8443")]);
        assert!(everywhere.starts_with("https://") && !everywhere.contains("0.0.0.0"), "{everywhere}");
        assert!(!everywhere.contains('['), "it hears nothing of IPv6: {everywhere}");
        assert_eq!(Config::with(&[]).unwrap().tls, Setting::Off);
    }
}
