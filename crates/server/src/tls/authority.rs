//! The local authority: a key and a certificate in the data folder that a shop's tablets are told to trust, and the
//! certificates of this server that it signs. It can vouch for private names and addresses alone.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use noren_domain::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType, date_time_ymd,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};

use super::certificate;
use super::names::{self, Host, PRIVATE_DOMAINS, PRIVATE_NETWORKS};
use crate::secrets;

const AUTHORITY_DAYS: i64 = 3650;
/// Browsers take no more than 397 days; less leaves a stolen key of less use.
const LEAF_DAYS: i64 = 90;
const RENEWED_BEFORE: TimeDelta = TimeDelta::days(30);
/// Tablets whose clocks are behind.
const BEGUN_BEFORE: TimeDelta = TimeDelta::days(1);

pub struct Authority {
    pub certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
    ends: Timestamp,
}

/// A certificate of this server, kept in memory alone: the next start makes another.
pub struct Leaf {
    pub hosts: BTreeSet<Host>,
    pub certificate: CertificateDer<'static>,
    pub key: PrivateKeyDer<'static>,
    ends: Timestamp,
}

impl Authority {
    /// Takes the authority from its folder, where it is made on first use.
    ///
    /// # Errors
    /// A sentence for the operator: a file that cannot be read or written, or an authority that has ended.
    pub fn load(data_dir: &Path, now: Timestamp) -> Result<Self, String> {
        let folder = data_dir.join("tls");
        secrets::make_private(&folder).map_err(said(&folder))?;
        let (key_file, file) = (folder.join("authority.key"), folder.join("authority.crt"));
        let key = kept(&key_file, || {
            secrets::write_private(&key_file, &KeyPair::generate().map_err(io::Error::other)?.serialize_pem())
        })?;
        let key = KeyPair::from_pem(&key).map_err(said(&key_file))?;
        let pem = kept(&file, || write_new(&file, &authority(now).self_signed(&key).map_err(io::Error::other)?.pem()))?;
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(said(&file))?;
        let facts = certificate::facts(&certificate).map_err(said(&file))?;
        if facts.public_key != key.public_key_raw() {
            return Err(format!("{} is not of the key beside it", file.display()));
        }
        if facts.ends - BEGUN_BEFORE <= now {
            return Err(format!(
                "the local authority has ended; delete {} and have the tablets trust the new one",
                folder.display()
            ));
        }
        let issuer = Issuer::from_ca_cert_der(&certificate, key).map_err(said(&file))?;
        Ok(Self { certificate, issuer, ends: facts.ends })
    }

    /// Makes a certificate for these hosts.
    ///
    /// # Errors
    /// When it cannot be made, which nobody can mend.
    pub fn issue(&self, hosts: BTreeSet<Host>, now: Timestamp) -> Result<Leaf, rcgen::Error> {
        let key = KeyPair::generate()?;
        let ends = (now + TimeDelta::days(LEAF_DAYS)).min(self.ends);
        let mut params = CertificateParams::default();
        params.subject_alt_names = hosts.iter().map(alternative).collect::<Result<_, _>>()?;
        params.distinguished_name = called(&names::name());
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.not_before = date_time_ymd(1970, 1, 1) + since_1970(now - BEGUN_BEFORE);
        params.not_after = date_time_ymd(1970, 1, 1) + since_1970(ends);
        let certificate = params.signed_by(&key, &self.issuer)?.der().clone();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
        Ok(Leaf { hosts, certificate, key, ends })
    }

    /// What a person compares: the SHA-256 of the certificate, in pairs of digits.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(&self.certificate);
        digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    }
}

impl Leaf {
    /// Whether another is due: it ends soon, or the machine is called something else now.
    pub fn is_stale(&self, hosts: &BTreeSet<Host>, now: Timestamp) -> bool {
        self.hosts != *hosts || self.ends - RENEWED_BEFORE <= now
    }
}

fn authority(now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = called(&format!("Noren ({})", names::name()));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let domains = PRIVATE_DOMAINS.iter().map(|domain| GeneralSubtree::DnsName((*domain).to_owned()));
    let networks = PRIVATE_NETWORKS
        .iter()
        .map(|(network, length)| GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(*network, *length)));
    params.name_constraints =
        Some(NameConstraints { permitted_subtrees: domains.chain(networks).collect(), excluded_subtrees: Vec::new() });
    params.not_before = date_time_ymd(1970, 1, 1) + since_1970(now - BEGUN_BEFORE);
    params.not_after = date_time_ymd(1970, 1, 1) + since_1970(now + TimeDelta::days(AUTHORITY_DAYS));
    params
}

fn called(name: &str) -> DistinguishedName {
    let mut called = DistinguishedName::new();
    called.push(DnType::CommonName, name);
    called.push(DnType::OrganizationName, "Noren");
    called
}

fn alternative(host: &Host) -> Result<SanType, rcgen::Error> {
    Ok(match host {
        Host::Address(address) => SanType::IpAddress(*address),
        Host::Name(name) => SanType::DnsName(name.as_str().try_into()?),
    })
}

/// How long an instant is after the first one that certificates are counted from here, in whole seconds.
fn since_1970(instant: Timestamp) -> Duration {
    Duration::from_secs(instant.timestamp().unsigned_abs())
}

/// The text of a file, which is made where there is none; another process may be the first to do so.
fn kept(path: &Path, make: impl FnOnce() -> io::Result<()>) -> Result<String, String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        read => return read.map_err(said(path)),
    }
    match make() {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(said(path)(error)),
        _ => fs::read_to_string(path).map_err(said(path)),
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn said<E: Display>(path: &Path) -> impl FnOnce(E) -> String {
    move |error| format!("{}: {error}", path.display())
}
