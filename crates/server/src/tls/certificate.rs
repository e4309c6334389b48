//! A certificate and its key out of the operator's files, and what is wrong with them.

use std::fs;
use std::path::Path;

use chrono::DateTime;
use noren_domain::Timestamp;
use rustls::client::verify_server_name;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::names::Host;

/// What a certificate says of itself.
pub struct Facts {
    pub begins: Timestamp,
    pub ends: Timestamp,
    pub public_key: Vec<u8>,
}

/// # Errors
/// When it is none.
pub fn facts(certificate: &CertificateDer<'_>) -> Result<Facts, &'static str> {
    let not_one = "there is no certificate of version 3 in it";
    let (_, parsed) = X509Certificate::from_der(certificate).map_err(|_| not_one)?;
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(not_one);
    let validity = parsed.validity();
    Ok(Facts {
        begins: instant(validity.not_before.timestamp())?,
        ends: instant(validity.not_after.timestamp())?,
        public_key: parsed.public_key().subject_public_key.data.to_vec(),
    })
}

/// The two files as they are now.
#[derive(PartialEq, Eq)]
pub struct Files {
    chain: Vec<u8>,
    key: Vec<u8>,
}

impl Files {
    /// # Errors
    /// Each file that cannot be read, by the name of its setting.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, Vec<String>> {
        let read = |name: &str, path: &Path| fs::read(path).map_err(|error| format!("{name}: {error}"));
        match (read("tls_certificate", certificate), read("tls_key", key)) {
            (Ok(chain), Ok(key)) => Ok(Self { chain, key }),
            (chain, key) => Err([chain.err(), key.err()].into_iter().flatten().collect()),
        }
    }

    /// The certificate with its key, fit to be shown to browsers that ask for this host.
    ///
    /// # Errors
    /// Everything that a browser would stumble over, by the name of the setting.
    pub fn certified(
        &self,
        host: &Host,
        now: Timestamp,
        provider: &CryptoProvider,
    ) -> Result<CertifiedKey, Vec<String>> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&self.chain).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty());
        let chain = chain.ok_or_else(|| vec!["tls_certificate: no certificate in PEM is in it".to_owned()]);
        let key = PrivateKeyDer::from_pem_slice(&self.key);
        let key = key.map_err(|_| vec!["tls_key: no private key in PEM is in it".to_owned()]);
        let (chain, key) = match (chain, key) {
            (Ok(chain), Ok(key)) => (chain, key),
            (chain, key) => return Err([chain.err(), key.err()].into_iter().flatten().flatten().collect()),
        };
        let mut problems = Vec::new();
        for certificate in &chain {
            problems.extend(out_of_time(certificate, now).map(|problem| format!("tls_certificate: {problem}")));
        }
        if !is_for(&chain[0], host) {
            problems.push("tls_certificate: it is not for the host of base_url".to_owned());
        }
        match CertifiedKey::from_der(chain, key, provider) {
            Ok(certified) if problems.is_empty() => Ok(certified),
            Ok(_) => Err(problems),
            Err(rustls::Error::InconsistentKeys(_)) => {
                problems.push("tls_key: it is not the key of tls_certificate".to_owned());
                Err(problems)
            }
            Err(error) => {
                problems.push(format!("tls_key: {error}"));
                Err(problems)
            }
        }
    }
}

fn out_of_time(certificate: &CertificateDer<'_>, now: Timestamp) -> Option<String> {
    match facts(certificate) {
        Err(problem) => Some(problem.to_owned()),
        Ok(facts) if facts.ends < now => Some(format!("it ended on {}", facts.ends.date_naive())),
        Ok(facts) if facts.begins > now => Some(format!("it begins on {}", facts.begins.date_naive())),
        Ok(_) => None,
    }
}

fn is_for(certificate: &CertificateDer<'_>, host: &Host) -> bool {
    let name = match host {
        Host::Address(address) => Ok(ServerName::from(*address)),
        Host::Name(name) => ServerName::try_from(name.as_str()),
    };
    let parsed = ParsedCertificate::try_from(certificate);
    parsed.is_ok_and(|parsed| name.is_ok_and(|name| verify_server_name(&parsed, &name).is_ok()))
}
