//! What leaves Noren for people: mail, by a mail server or into a folder.
//!
//! A sender tries once and says what came of it. What is sent to whom, when, and when again is decided elsewhere; no text of
//! another party stands in an error, because mail servers like to repeat the address that they refuse.

mod folder;
mod message;
mod smtp;

use async_trait::async_trait;
use noren_domain::Timestamp;

pub use folder::Folder;
pub use smtp::{Smtp, Tls};

/// One person's mail address, and what they are called.
#[derive(Clone)]
pub struct Correspondent {
    pub name: String,
    pub address: String,
}

/// A mail in plain text.
#[derive(Clone)]
pub struct Mail {
    /// The same at every try, so that who received it twice can tell: it becomes the Message-ID.
    pub key: String,
    pub to: Correspondent,
    pub subject: String,
    pub text: String,
    pub written_at: Timestamp,
}

/// Something that mail can be given to.
#[async_trait]
pub trait Sender: Send + Sync {
    /// # Errors
    /// Why it was not taken, and whether that may change by itself.
    async fn send(&self, mail: &Mail) -> Result<(), Error>;
}

/// Why a mail was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It may be taken later.
    #[error("{0}")]
    Transient(Cause),
    /// It will not be taken, however often it is sent.
    #[error("{0}")]
    Final(Cause),
    /// No mail will be taken before a person has mended the settings.
    #[error("{0}")]
    Misconfigured(Cause),
}

/// What happened, by a stable code that the screens translate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    #[error("mail.address")]
    Address,
    #[error("mail.folder")]
    Folder,
    #[error("smtp.connection")]
    Connection,
    #[error("smtp.tls")]
    Tls,
    #[error("smtp.timeout")]
    Timeout,
    #[error("smtp.protocol")]
    Protocol,
    #[error("smtp.credentials")]
    Credentials,
    /// The mail server's answer, by its code.
    #[error("smtp.{0}")]
    Answer(u16),
}

impl Error {
    #[must_use]
    pub fn cause(self) -> Cause {
        match self {
            Self::Transient(cause) | Self::Final(cause) | Self::Misconfigured(cause) => cause,
        }
    }
}
