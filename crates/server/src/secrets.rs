//! The one secret key, and the keys for single purposes that are derived from it.

use std::io::Write;
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use hkdf::Hkdf;
use noren_persistence::audit::AuditKey;
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::config::Config;

/// Bytes.
const NONCE: usize = 24;

/// Keys for single purposes.
#[derive(Clone)]
pub struct Keys {
    pub access_token: [u8; 32],
    pub cursor: [u8; 32],
    /// What the codes of mailed invitations are derived from.
    pub mailed_code: [u8; 32],
    pub audit: AuditKey,
    pub seal: Seal,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("secret_key: 64 hexadecimal digits are expected")]
    Malformed,
    #[error("the secret key cannot be kept in {path}: {source}")]
    File { path: String, source: std::io::Error },
}

impl Keys {
    /// Takes the key from the configuration, or from the data folder, where one is made at the first start.
    ///
    /// # Errors
    /// When the key is malformed or its file cannot be read or written.
    pub fn load(config: &Config) -> Result<Self, Error> {
        let text = match &config.secret_key {
            Some(key) => key.clone(),
            None => kept(&config.data_dir)?,
        };
        let key = parse(text.expose_secret()).ok_or(Error::Malformed)?;
        let derive = |purpose: &str| {
            let mut derived = [0_u8; 32];
            let expanded = Hkdf::<Sha256>::new(None, &key).expand(purpose.as_bytes(), &mut derived);
            expanded.map(|()| derived).map_err(|_| Error::Malformed)
        };
        Ok(Self {
            access_token: derive("noren access token v1")?,
            cursor: derive("noren cursor v1")?,
            mailed_code: derive("noren mailed code v1")?,
            audit: AuditKey(derive("noren audit chain v1")?),
            seal: Seal(derive("noren second factor v1")?),
        })
    }
}

/// Encrypts what has to be read again: XChaCha20-Poly1305, whose nonces are long enough to be drawn.
#[derive(Clone)]
pub struct Seal([u8; 32]);

impl Seal {
    /// The text so that it can be opened for the same `owner` alone: nonce and ciphertext.
    ///
    /// # Errors
    /// `Internal`, for a text of gigabytes.
    pub fn seal(&self, owner: &[u8], text: &[u8]) -> Result<Vec<u8>, crate::Error> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let sealed = XChaCha20Poly1305::new(&self.0.into()).encrypt(&nonce.into(), Payload { msg: text, aad: owner });
        let sealed = sealed.map_err(|error| crate::Error::Internal(error.to_string()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// # Errors
    /// `Internal` for what was altered, is another owner's, or was sealed with another key.
    pub fn open(&self, owner: &[u8], sealed: &[u8]) -> Result<Vec<u8>, crate::Error> {
        let broken = || crate::Error::Internal("a sealed secret does not open: is the secret key another one?".into());
        let (nonce, text) = sealed.split_first_chunk::<NONCE>().ok_or_else(broken)?;
        let opened =
            XChaCha20Poly1305::new(&self.0.into()).decrypt(&(*nonce).into(), Payload { msg: text, aad: owner });
        opened.map_err(|_| broken())
    }
}

fn kept(folder: &Path) -> Result<SecretString, Error> {
    let path = folder.join("secret.key");
    let failed = |source| Error::File { path: path.display().to_string(), source };
    match std::fs::read_to_string(&path) {
        Ok(text) => return Ok(text.trim().to_owned().into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let key: String = rand::rng().random::<[u8; 32]>().iter().map(|byte| format!("{byte:02x}")).collect();
    make_private(folder).map_err(failed)?;
    write_private(&path, &key).map_err(failed)?;
    Ok(key.into())
}

/// Makes a folder that only its owner can enter; one that exists is left as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a file that only its owner can read.
///
/// # Errors
/// When it exists already or cannot be written.
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let mut key = [0_u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_then_kept() {
        let folder = std::env::temp_dir().join(format!("noren-secrets-{}", std::process::id()));
        let config = Config { data_dir: folder.clone(), ..Config::with(&[]).unwrap() };
        let (first, second) = (Keys::load(&config).unwrap(), Keys::load(&config).unwrap());
        assert_eq!(first.access_token, second.access_token);
        assert_ne!(first.access_token, first.cursor);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner_and_with_its_key() {
        let (seal, other) = (Seal([1; 32]), Seal([2; 32]));
        let sealed = seal.seal(b"owner", b"secret").unwrap();
        assert_eq!(seal.open(b"owner", &sealed).unwrap(), b"secret");
        assert_ne!(sealed, seal.seal(b"owner", b"secret").unwrap());
        assert!(seal.open(b"another", &sealed).is_err() && other.open(b"owner", &sealed).is_err());
        assert!(seal.open(b"owner", &sealed[..10]).is_err() && seal.open(b"owner", &[0; 60]).is_err());
    }

    #[test]
    fn a_short_key_is_refused() {
        let config = Config { secret_key: Some("abc".to_owned().into()), ..Config::with(&[]).unwrap() };
        assert!(matches!(Keys::load(&config), Err(Error::Malformed)));
    }
}
