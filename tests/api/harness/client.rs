//! Clients of HTTP, over TLS where somebody is trusted, and by the clock that the test turns.

use std::sync::Arc;
use std::time::Duration;

use noren_server::clock::Clock;
use reqwest::redirect::Policy;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, RootCertStore};

/// Whom a client believes, and when it thinks it is.
pub struct Trust {
    pub roots: Vec<CertificateDer<'static>>,
    pub clock: Arc<dyn Clock>,
}

/// Tells the time to rustls.
struct Time(Arc<dyn Clock>);

impl std::fmt::Debug for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Time")
    }
}

impl TimeProvider for Time {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.now().timestamp()).unwrap();
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

impl Trust {
    pub fn tls(&self) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        for root in &self.roots {
            roots.add(root.clone()).unwrap();
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_details(provider, Arc::new(Time(Arc::clone(&self.clock))));
        config.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots).with_no_client_auth()
    }

    /// A client that is sent nowhere else and remembers nothing.
    pub fn client(&self) -> reqwest::Client {
        self.client_sent(Policy::none())
    }

    /// A client that goes where it is sent, as browsers do.
    pub fn follower(&self) -> reqwest::Client {
        self.client_sent(Policy::default())
    }

    fn client_sent(&self, policy: Policy) -> reqwest::Client {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).redirect(policy);
        client.tls_info(true).tls_backend_preconfigured(self.tls()).build().unwrap()
    }
}
