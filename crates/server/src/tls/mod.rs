//! TLS of our own: which certificate is shown, renewed while the server runs, and the plain listener beside it, which sends
//! everybody over.

mod authority;
mod certificate;
mod names;
mod plain;
mod settings;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use actix_web::web::Data;
use noren_domain::Timestamp;
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use crate::app::App;
use crate::config::{Config, Problems};
use authority::{Authority, Leaf};
use certificate::Files;

pub use names::Host;
pub use plain::{moved, speaks_tls};
pub(crate) use settings::{Wanted, base_url, read};

/// How often it is asked whether another certificate is due.
const LOOK: Duration = Duration::from_secs(60);

/// Which certificate the server shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// None: plain http, on this machine or behind a proxy.
    Off,
    /// `NOREN_TLS=local`: one that the local authority signs.
    Local,
    /// `NOREN_TLS_CERTIFICATE`, `NOREN_TLS_KEY`: the operator's own.
    Files { certificate: PathBuf, key: PathBuf },
}

/// TLS as it is in this process.
pub struct Tls {
    shown: Arc<Shown>,
    origin: Origin,
    host: Option<Host>,
    provider: Arc<CryptoProvider>,
    pub ports: OnceLock<Ports>,
}

/// Where the two listeners listen, known when they do.
#[derive(Clone, Copy)]
pub struct Ports {
    pub https: u16,
    pub http: Option<u16>,
}

enum Origin {
    Local { authority: Box<Authority>, leaf: Mutex<Option<Leaf>> },
    Files { certificate: PathBuf, key: PathBuf, last: Mutex<Option<Files>> },
}

/// The certificate that the next handshake shows.
#[derive(Debug, Default)]
struct Shown(RwLock<Option<Arc<CertifiedKey>>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Tls {
    /// What the configuration asks for, with a certificate to show; nothing where there is to be no TLS.
    ///
    /// # Errors
    /// All that is wrong with the files, by the names of their settings.
    pub fn load(config: &Config, now: Timestamp) -> Result<Option<Self>, Problems> {
        let origin = match &config.tls {
            Setting::Off => return Ok(None),
            Setting::Local => {
                let authority = Authority::load(&config.data_dir, now);
                let authority = authority.map_err(|problem| Problems(vec![format!("tls: {problem}")]))?;
                Origin::Local { authority: Box::new(authority), leaf: Mutex::default() }
            }
            Setting::Files { certificate, key } => {
                Origin::Files { certificate: certificate.clone(), key: key.clone(), last: Mutex::default() }
            }
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let host = Host::of_url(&config.base_url);
        let tls = Self { shown: Arc::default(), origin, host, provider, ports: OnceLock::new() };
        tls.look(now).map_err(Problems)?;
        Ok(Some(tls))
    }

    /// What the listener is given.
    ///
    /// # Errors
    /// Never with the provider that is compiled in.
    pub fn server_config(&self) -> Result<ServerConfig, rustls::Error> {
        let config = ServerConfig::builder_with_provider(Arc::clone(&self.provider));
        let config = config.with_safe_default_protocol_versions()?.with_no_client_auth();
        Ok(config.with_cert_resolver(Arc::<Shown>::clone(&self.shown)))
    }

    /// Shows another certificate where one is due: the present one ends soon, the machine is called something else, or the
    /// files have changed. Answers whether it did; what cannot be used leaves the present one.
    ///
    /// # Errors
    /// Why there is none, by the names of settings.
    pub fn look(&self, now: Timestamp) -> Result<bool, Vec<String>> {
        let next = match &self.origin {
            Origin::Local { authority, leaf } => self.next_leaf(authority, leaf, now)?,
            Origin::Files { certificate, key, last } => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                let files = Files::read(certificate, key)?;
                if last.as_ref() == Some(&files) {
                    return Ok(false);
                }
                let host = self.host.as_ref().ok_or_else(|| vec!["base_url: a host is expected".to_owned()])?;
                let certified = files.certified(host, now, &self.provider);
                *last = Some(files);
                Some(certified?)
            }
        };
        let changed = next.is_some();
        if let Some(next) = next {
            *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(next));
        }
        Ok(changed)
    }

    fn next_leaf(
        &self,
        authority: &Authority,
        leaf: &Mutex<Option<Leaf>>,
        now: Timestamp,
    ) -> Result<Option<CertifiedKey>, Vec<String>> {
        let hosts = names::of_this_machine(self.host.clone());
        let mut leaf = leaf.lock().unwrap_or_else(PoisonError::into_inner);
        if leaf.as_ref().is_some_and(|leaf| !leaf.is_stale(&hosts, now)) {
            return Ok(None);
        }
        let failed = |error: &dyn std::fmt::Display| vec![format!("tls: {error}")];
        let next = authority.issue(hosts, now).map_err(|error| failed(&error))?;
        // With the authority, so that a browser can show which one it does not know.
        let chain = vec![next.certificate.clone(), authority.certificate.clone()];
        let certified = CertifiedKey::from_der(chain, next.key.clone_key(), &self.provider);
        *leaf = Some(next);
        Ok(Some(certified.map_err(|error| failed(&error))?))
    }

    /// The authority whose certificate tablets are to trust, where it is ours: its certificate and its fingerprint.
    pub fn authority(&self) -> Option<(&[u8], String)> {
        match &self.origin {
            Origin::Local { authority, .. } => Some((authority.certificate.as_ref(), authority.fingerprint())),
            Origin::Files { .. } => None,
        }
    }

    /// The hosts that the local authority's certificate is for.
    fn hosts(&self) -> BTreeSet<Host> {
        match &self.origin {
            Origin::Local { leaf, .. } => {
                let leaf = leaf.lock().unwrap_or_else(PoisonError::into_inner);
                leaf.as_ref().map(|leaf| leaf.hosts.clone()).unwrap_or_default()
            }
            Origin::Files { .. } => BTreeSet::new(),
        }
    }

    /// The host by which a caller reached us, if it is one of ours and others can use it too.
    pub fn reached_as(&self, header: Option<&str>) -> Option<Host> {
        Host::of_header(header?).filter(|host| self.hosts().contains(host))
    }
}

/// The machine's own name, which is the authority's too.
#[must_use]
pub fn machine_name() -> String {
    names::name()
}

/// Looks after the certificate until the server stops: every minute, and at once on SIGHUP.
pub async fn keep(app: Data<App>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Some(tls) = &app.tls else { return };
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = hangup.recv() => {}
        }
        match tls.look(app.clock.now()) {
            Ok(true) => tracing::info!("tls.renewed"),
            Ok(false) => {}
            Err(problems) => tracing::error!(problems = problems.join("; "), "tls.not_renewed"),
        }
    }
}
