//! Mails to staff: when they are owed, and how they become words at the moment of sending.
//!
//! What waits in the database names a person and an invitation. Name and address are read when it is sent, so that a
//! mended address holds; the code of the link is derived from the invitation's id under a key that is not in the database. A copy of
//! the database opens no account, and there is nothing to empty afterwards.

use actix_web::HttpRequest;
use actix_web::http::header;
use chrono::TimeDelta;
use noren_domain::language::Language;
use noren_domain::outbox::{About, Letter, OutboxMessage, Payload};
use noren_domain::staff::{Staff, StaffStatus};
use noren_domain::{InvitationId, OutboxMessageId, StaffId, Timestamp};
use noren_messaging::{Correspondent, Mail};
use noren_persistence::invitations::Invitation;
use noren_persistence::{Tx, invitations, outbox, staff};

use super::words;
use crate::Error;
use crate::app::App;
use crate::auth::InvitationSecret;

/// A mail, or why there is none.
pub enum Written {
    Mail(Mail),
    Needless(&'static str),
}

/// A way in that is sent by mail.
pub struct WayIn {
    pub to: StaffId,
    pub language: Language,
    pub life: TimeDelta,
    pub about: fn(InvitationId) -> About,
}

impl WayIn {
    /// Ends the earlier ways in of the person, and their mails that were not sent.
    ///
    /// # Errors
    /// Database errors.
    pub async fn post(&self, tx: &Tx, app: &App) -> Result<(OutboxMessageId, Timestamp), Error> {
        let (id, created_at, expires_at) = (InvitationId::mint(tx.at()), tx.at(), tx.at() + self.life);
        let invitation = Invitation { id, staff_id: self.to, created_at, expires_at, ended_at: None };
        let secret = InvitationSecret::derived(&app.outbox.code_key, id)?;
        invitations::replace(tx, &invitation, secret.hash()).await?;
        let letter = Letter { to: self.to, language: self.language, about: (self.about)(id) };
        let payload = Payload::Mail(letter);
        outbox::withdraw(tx, &payload).await?;
        Ok((post(tx, &payload).await?, expires_at))
    }
}

/// Tells a person that their password is another one now, whoever changed it.
///
/// # Errors
/// Database errors.
pub async fn tell_of_new_password(tx: &Tx, to: StaffId, language: Language) -> Result<(), noren_persistence::Error> {
    let about = About::PasswordChanged { changed_at: tx.at() };
    post(tx, &Payload::Mail(Letter { to, language, about })).await?;
    Ok(())
}

async fn post(tx: &Tx, payload: &Payload) -> Result<OutboxMessageId, noren_persistence::Error> {
    let id = OutboxMessageId::mint(tx.at());
    outbox::insert(tx, id, payload).await?;
    Ok(id)
}

/// The language that the caller's screens speak.
pub fn asked_language(request: &HttpRequest) -> Language {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::accepted(header.unwrap_or_default())
}

/// The mail as it is sent now.
///
/// # Errors
/// Database errors.
pub async fn write(app: &App, message: &OutboxMessage, letter: &Letter) -> Result<Written, Error> {
    let person = staff::find(&app.db, letter.to).await?;
    let Some(person) = person.filter(|person| person.status == StaffStatus::Active) else {
        return Ok(Written::Needless("recipient.inactive"));
    };
    let base_url = &app.config.base_url;
    let words = match letter.about {
        About::Invitation { invitation_id } => {
            let Some((url, until)) = link(app, invitation_id).await? else { return Ok(Written::Needless("expired")) };
            words::invitation(letter.language, &person, &url, until)
        }
        About::Recovery { invitation_id } => {
            let Some((url, until)) = link(app, invitation_id).await? else { return Ok(Written::Needless("expired")) };
            words::recovery(letter.language, &person, &url, until)
        }
        About::PasswordChanged { changed_at } => {
            words::password_changed(letter.language, &person, base_url, changed_at)
        }
    };
    Ok(Written::Mail(addressed(message, person, words)))
}

/// The link to an invitation that can still be used, and until when.
async fn link(app: &App, id: InvitationId) -> Result<Option<(String, Timestamp)>, Error> {
    let found = invitations::by_id(&app.db, id).await?;
    let Some(open) = found.filter(|invitation| invitation.is_open(app.clock.now())) else { return Ok(None) };
    let code = InvitationSecret::derived(&app.outbox.code_key, id)?;
    Ok(Some((code.url(&app.config.base_url), open.expires_at)))
}

fn addressed(message: &OutboxMessage, person: Staff, (subject, text): (String, String)) -> Mail {
    let to = Correspondent { name: person.name, address: person.mail };
    Mail { key: message.key.clone(), to, subject, text, written_at: message.created_at }
}
