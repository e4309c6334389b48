//! A mail as it travels (RFC 5322): Japanese names and subjects in encoded words, the text as UTF-8.

use std::time::SystemTime;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::{Address, Message};

use crate::{Cause, Correspondent, Error, Mail};

/// The mail with everything that it needs on its way.
///
/// # Errors
/// `Address` when one of the two addresses is none.
pub fn compose(from: &Correspondent, mail: &Mail) -> Result<Message, Error> {
    let Mail { key, to, subject, text, written_at } = mail;
    let sender = mailbox(from)?;
    let id = format!("<{key}@{}>", sender.email.domain());
    // Nobody's out-of-office note is wanted (RFC 3834).
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let message = Message::builder()
        .from(sender)
        .to(mailbox(to)?)
        .subject(subject.clone())
        .date(SystemTime::from(*written_at))
        .message_id(Some(id))
        .raw_header(automatic)
        .singlepart(SinglePart::plain(text.clone()));
    message.map_err(|_| Error::Final(Cause::Address))
}

fn mailbox(whom: &Correspondent) -> Result<Mailbox, Error> {
    let address: Address = whom.address.parse().map_err(|_| Error::Final(Cause::Address))?;
    let name = Some(whom.name.clone()).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address))
}
