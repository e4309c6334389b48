//! What the public sent becomes a submission, and a lead at once unless a person has to look at it first.

use std::collections::BTreeMap;
use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header;
use noren_domain::event::{Change, EventKind, Subject};
use noren_domain::form::{
    Answers, Circumstances, Form, Input, Reading, SENDERS_KEY, Submission, SubmissionState, Visit,
};
use noren_domain::lead::Opening;
use noren_domain::timeline::Via;
use noren_domain::{FormSubmissionId, LeadId, Timestamp};
use noren_persistence::{Actor, Tx, form_submissions};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::idempotency::optional_key;
use crate::leads::{Asked, open_for_visitor};
use crate::{Error, frame};

/// What came, from whichever page.
#[derive(Clone, Default)]
pub struct Sent {
    pub answers: Answers,
    /// Whether the words of consent that stood on the page were agreed to.
    pub consented: bool,
    /// What stands in the field that people do not see.
    pub honeypot: String,
    pub ticket: String,
    pub visit: Visit,
}

/// The request that brought it.
pub struct Letter {
    pub content_type: String,
    pub raw: String,
    pub origin: Option<String>,
    pub address: String,
    /// What quotas count it by.
    pub sender: String,
    /// The sender's own key for repeats.
    pub key: Option<String>,
}

impl Letter {
    /// # Errors
    /// `IdempotencyKeyRequired` for a key that is none.
    pub fn of(app: &App, request: &HttpRequest, content_type: &str, raw: &[u8]) -> Result<Self, Error> {
        let origin = request.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok());
        Ok(Self {
            content_type: content_type.to_owned(),
            // PostgreSQL keeps no NUL.
            raw: String::from_utf8_lossy(raw).replace('\0', "\u{fffd}"),
            origin: origin.map(str::to_owned),
            address: app.peer(request).map(|address| address.to_string()).unwrap_or_default(),
            sender: app.sender(request),
            key: optional_key(request)?,
        })
    }
}

/// What a page of the form is given and sends back: when it was opened, and which words of consent stood on it.
#[derive(Serialize, Deserialize)]
struct Ticket {
    opened: Timestamp,
    consent_version: i32,
    unique: u64,
}

/// Takes a submission in. Whether it was new, known, held or a repeat is not told to the sender.
///
/// # Errors
/// `RateLimited`, `Invalid` with every broken input, `IdempotencyMismatch` for a key that was used for something else.
pub async fn take(app: &App, form: &Form, sent: Sent, letter: Letter) -> Result<(), Error> {
    let is_quiet = app.limits.admit_submission(&letter.sender, form.id)?;
    let ticket = ticket_of(app, form, &sent.ticket);
    let shown = ticket.as_ref().map_or(form.consent_version, |ticket| ticket.consent_version);
    let reading = form.read(&sent.answers, sent.consented.then_some(shown)).map_err(noren_domain::Error::from)?;
    let now = app.clock.now();
    let came = Circumstances {
        honeypot_filled: !sent.honeypot.is_empty(),
        filled_in: ticket.as_ref().map(|ticket| now - ticket.opened),
        in_flood: !is_quiet,
    };
    let suspicions = came.suspicions(reading.message.as_deref());
    let key = repeat_key(&letter, ticket.is_some().then_some(&sent.ticket));
    let submission = Submission { suspicions, key, ..to_submission(form, sent, letter, now) };
    let state = if submission.suspicions.is_empty() { SubmissionState::Accepted } else { SubmissionState::Held };
    let submission = Submission { state, ..submission };
    let actor = Actor {
        name: format!("form:{}", form.id),
        session_id: None,
        request_id: Some(frame::current().request_id),
        at: now,
    };
    app.db.write(actor, async |tx| keep(tx, form, reading.clone(), submission.clone()).await).await
}

/// What a page of the form is given. One that comes back with a ticket has been open since then.
///
/// # Errors
/// `Internal`, which no ticket ends in.
pub fn ticket(app: &App, form: &Form, before: &str) -> Result<String, Error> {
    let (opened, unique) = match ticket_of(app, form, before) {
        Some(ticket) => (ticket.opened, ticket.unique),
        None => (app.clock.now(), rand::random()),
    };
    app.cursors("form", &form.key)?.seal(&Ticket { opened, consent_version: form.consent_version, unique })
}

/// Whether the words of consent that a page showed are no longer those of the form.
pub fn shows_other_consent(app: &App, form: &Form, ticket: &str) -> bool {
    ticket_of(app, form, ticket).is_some_and(|ticket| ticket.consent_version != form.consent_version)
}

fn ticket_of(app: &App, form: &Form, ticket: &str) -> Option<Ticket> {
    app.cursors("form", &form.key).ok()?.open(ticket).ok()
}

/// By what a repeat is known: the sender's own key; else the page with all that was typed, so that one that was gone back to
/// and changed is another. Where nothing tells two inquiries apart, none is taken for a repeat.
fn repeat_key(letter: &Letter, ticket: Option<&String>) -> String {
    match (&letter.key, ticket) {
        (Some(key), _) => format!("{SENDERS_KEY}{key}"),
        (None, Some(ticket)) => hexadecimal(&Sha256::new().chain_update(ticket).chain_update(&letter.raw).finalize()),
        (None, None) => format!("once {:032x}", rand::random::<u128>()),
    }
}

async fn keep(tx: &Tx, form: &Form, reading: Reading, submission: Submission) -> Result<(), Error> {
    let held = submission.state == SubmissionState::Held;
    if !form_submissions::insert(tx, &submission).await? {
        let same = form_submissions::is_repeat(tx, &submission).await?;
        return if same { Ok(()) } else { Err(Error::IdempotencyMismatch) };
    }
    if held {
        tx.announce(Change {
            kind: EventKind::FormSubmissionHeld,
            store_id: submission.store_id,
            subject: Subject::FormSubmission(submission.id),
            version: submission.version,
            staff_id: None,
            mentions: Vec::new(),
        });
        return Ok(());
    }
    let lead = open_lead(tx, form, reading, &submission).await?;
    Ok(form_submissions::link(tx, submission.id, lead).await?)
}

/// Opens the lead of a submission. Its clock runs since the submission came, however late a person has looked at it.
///
/// # Errors
/// Database errors.
pub async fn open_lead(tx: &Tx, form: &Form, reading: Reading, submission: &Submission) -> Result<LeadId, Error> {
    let Reading { profile, message } = reading;
    let opening =
        Opening { id: LeadId::mint(tx.at()), store_id: submission.store_id, received_at: submission.received_at };
    let via = Via { form: form.content.name.clone(), visit: submission.visit.clone() };
    let lead = open_for_visitor(tx, opening, profile, Asked { body: message, via: Some(via) }).await?;
    Ok(lead.id)
}

/// What came, as it is kept; whether it is held, and by what its repeat is known, is still to be said.
fn to_submission(form: &Form, sent: Sent, letter: Letter, now: Timestamp) -> Submission {
    let Letter { content_type, raw, origin, address, sender: _, key: _ } = letter;
    let Sent { answers, consented, visit, .. } = sent;
    Submission {
        id: FormSubmissionId::mint(now),
        form_id: form.id,
        store_id: form.content.store_id,
        key: String::new(),
        state: SubmissionState::Held,
        suspicions: Vec::new(),
        content_type,
        raw,
        answers: form.asked_of(&answers),
        consent_version: (consented && form.content.consent.is_some()).then_some(form.consent_version),
        visit,
        origin: origin.map(|origin| cut(origin, 300)),
        network: network(&address),
        received_at: now,
        settled_at: None,
        lead_id: None,
        version: 1,
    }
}

/// What a plain HTML form posts: the inputs, and the hidden ones around them.
pub fn from_pairs(raw: &[u8]) -> Sent {
    let mut sent = Sent::default();
    for (name, value) in form_urlencoded::parse(raw) {
        let (name, value) = (name.replace('\0', ""), value.replace('\0', ""));
        match name.as_str() {
            "consent" => sent.consented = !value.is_empty(),
            "website" => sent.honeypot = value,
            "ticket" => sent.ticket = value,
            "landing_page" => sent.visit.landing_page = page(value),
            "referrer" => sent.visit.referrer = page(value),
            utm if utm.starts_with("utm_") => drop(sent.visit.campaign.insert(utm.to_owned(), value)),
            other => {
                if let Some(input) = Input::named(other) {
                    sent.answers.0.insert(input, value);
                }
            }
        }
    }
    sent.visit.campaign = campaign(sent.visit.campaign);
    sent
}

/// The address of a page, as long as we keep it.
pub fn page(address: String) -> Option<String> {
    (!address.is_empty()).then(|| cut(address, 2_000))
}

/// Campaign parameters, as many and as long as we keep them.
pub fn campaign(parameters: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let known = parameters.into_iter().filter(|(name, value)| name.starts_with("utm_") && !value.is_empty());
    known.take(10).map(|(name, value)| (cut(name, 40), cut(value, 200))).collect()
}

fn cut(text: String, longest: usize) -> String {
    if text.chars().count() > longest { text.chars().take(longest).collect() } else { text }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An address without its last part: /24 of IPv4, /48 of IPv6.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_loses_what_names_a_person() {
        assert_eq!(network("203.0.113.77"), "203.0.113.0/24");
        assert_eq!(network("2001:db8:1:2::9"), "2001:db8:1::/48");
        assert_eq!(network(""), "");
    }

    #[test]
    fn a_plain_post_is_read_by_the_names_of_its_inputs() {
        let sent =
            from_pairs("name=%E6%B8%A1%E9%82%89&phone=090&consent=on&utm_source=google&shoe=42&referrer=".as_bytes());
        assert_eq!(sent.answers.text(Input::Name), "渡邉");
        assert!(sent.consented);
        assert_eq!(sent.visit.campaign["utm_source"], "google");
        assert_eq!(sent.visit.referrer, None);
    }
}
