//! 送信箱: what must leave Noren. `letters` says what is sent, `worker` sends it, and here an administrator sees what became of it.

mod destinations;
mod errands;
mod hold_errands;
mod letters;
mod words;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::Page;
use noren_api::outbox::{OutboxFilter, OutboxMessage as Wire};
use noren_domain::OutboxMessageId;
use noren_domain::outbox::{Errand, OutboxMessage, OutboxState, Payload};
use noren_messaging::{Correspondent, Folder, Sender, Smtp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, correction_requests, holds, outbox, staff};
use rand::RngExt;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::config::Config;
use crate::extract::{Id, IfMatch, ValidQuery};
use crate::permissions::{DiscardOutboxMessage, ListOutboxMessages, ReadOutboxMessage, RetryOutboxMessage};

pub use errands::NOT_CONFIGURED;
pub use letters::{WayIn, asked_language, tell_of_new_password};
pub use worker::{run, stop};

/// What the senders of this process need.
pub struct Outbox {
    mail: Arc<dyn Sender>,
    /// What the codes of mailed invitations are derived from.
    code_key: [u8; 32],
    /// Whom a lease belongs to.
    worker: Uuid,
}

impl Outbox {
    /// Nothing if no mail can be sent as the configuration says.
    pub fn new(config: &Config, code_key: [u8; 32]) -> Option<Self> {
        let mail = &config.mail;
        let from = Correspondent { name: mail.from_name.clone(), address: mail.from.clone() };
        let patience = Duration::from_secs(mail.seconds);
        let sender: Arc<dyn Sender> = match &mail.smtp_url {
            Some(url) => Arc::new(Smtp::new(url, mail.tls, from, own_host(&config.base_url), patience)?),
            None => Arc::new(Folder::new(mail.folder.clone(), from)),
        };
        Some(Self { mail: sender, code_key, worker: Uuid::from_u128(rand::rng().random()) })
    }
}

/// The host of the base address, which is what this server calls itself.
fn own_host(base_url: &str) -> &str {
    let authority = base_url.split_once("://").map_or(base_url, |(_, authority)| authority);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// All operations on the outbox.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_outbox_messages)
        .service(read_outbox_message)
        .service(retry_outbox_message)
        .service(discard_outbox_message)
        .service(destinations::list_outbox_destinations)
        .service(destinations::pause_outbox_destination)
        .service(destinations::resume_outbox_destination);
}

/// List outbox messages
///
/// The newest first. What was sent is forgotten after thirty days.
#[utoipa::path(tag = "outbox", params(OutboxFilter), responses((status = 200, body = Page<Wire>)))]
#[get("/outbox-messages")]
pub async fn list_outbox_messages(
    _: Allowed<ListOutboxMessages>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<OutboxFilter>,
) -> Result<HttpResponse, Error> {
    let OutboxFilter { state, open, destination, after, limit } = query.0;
    let cursors = app.cursors("outbox-messages", &(state, open, destination))?;
    let Some(states) = wanted(state, open) else {
        return Ok(app.page(&request, &Page::<Wire> { items: Vec::new(), next: None }));
    };
    let wanted = outbox::Filter { states, destination };
    let page = outbox::page(&app.db, &wanted, &cursors.page(after.as_deref(), limit)?).await?;
    let next = cursors.next(page.next)?;
    let mut items = Vec::with_capacity(page.items.len());
    for message in page.items {
        items.push(to_wire(&app.db, message).await?);
    }
    Ok(app.page(&request, &Page { items, next }))
}

/// The states that are asked for, of which an empty list is all; nothing when no message can fit.
fn wanted(state: Option<OutboxState>, open: Option<bool>) -> Option<Vec<OutboxState>> {
    let of_kind = match open {
        Some(true) => OutboxState::OPEN.to_vec(),
        Some(false) => OutboxState::SETTLED.to_vec(),
        None => Vec::new(),
    };
    match state {
        None => Some(of_kind),
        Some(state) if of_kind.is_empty() || of_kind.contains(&state) => Some(vec![state]),
        Some(_) => None,
    }
}

/// Read an outbox message
#[utoipa::path(tag = "outbox", params(("id" = OutboxMessageId, Path)), responses((status = 200, body = Wire)))]
#[get("/outbox-messages/{id}")]
pub async fn read_outbox_message(
    _: Allowed<ReadOutboxMessage>,
    app: Data<App>,
    id: Id<OutboxMessageId>,
) -> Result<HttpResponse, Error> {
    let message = outbox::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    answer(&app.db, message).await
}

/// Send an outbox message again
///
/// At once, and with new patience. What is being sent, was sent or was discarded is left as it is.
#[utoipa::path(tag = "outbox", params(("id" = OutboxMessageId, Path)), responses((status = 200, body = Wire)))]
#[post("/outbox-messages/{id}/retry")]
pub async fn retry_outbox_message(
    who: Allowed<RetryOutboxMessage>,
    app: Data<App>,
    id: Id<OutboxMessageId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    decide(&who, &app, (id.0, version.0), "outbox_message.retried", OutboxMessage::retry).await
}

/// Discard an outbox message
///
/// It is not sent any more.
#[utoipa::path(tag = "outbox", params(("id" = OutboxMessageId, Path)), responses((status = 200, body = Wire)))]
#[post("/outbox-messages/{id}/discard")]
pub async fn discard_outbox_message(
    who: Allowed<DiscardOutboxMessage>,
    app: Data<App>,
    id: Id<OutboxMessageId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    decide(&who, &app, (id.0, version.0), "outbox_message.discarded", OutboxMessage::discard).await
}

type Decision = fn(&mut OutboxMessage, noren_domain::Timestamp) -> Result<(), noren_domain::Error>;

async fn decide(
    who: &Caller,
    app: &App,
    (id, version): (OutboxMessageId, i64),
    action: &'static str,
    decision: Decision,
) -> Result<HttpResponse, Error> {
    let decided = app.db.write(who.actor(app), async |tx| {
        let mut message = outbox::lock(tx, id).await?.ok_or(Error::NotFound)?;
        if message.version != version {
            let version = message.version;
            return Err(Error::stale(&to_wire(tx, message).await?, version));
        }
        decision(&mut message, tx.at())?;
        outbox::update(tx, &mut message).await?;
        let subject = format!("outbox_message:{id}");
        tx.audit(Entry { chain: Chain::Company, action, subject, changes: Vec::new() });
        answer(tx, message).await
    });
    decided.await
}

async fn answer(conn: &impl Conn, message: OutboxMessage) -> Result<HttpResponse, Error> {
    let etag = ("etag", format!("\"{}\"", message.version));
    Ok(HttpResponse::Ok().insert_header(etag).json(to_wire(conn, message).await?))
}

async fn to_wire(conn: &impl Conn, message: OutboxMessage) -> Result<Wire, Error> {
    let (destination, kind) = (message.payload.destination(), message.payload.kind());
    let (staff_id, customer_code, stock_number) = match message.payload {
        Payload::Mail(letter) => (Some(letter.to), None, None),
        Payload::Extreme(Errand::CorrectionRequest { correction_request_id: id, customer_code }) => {
            let wish = correction_requests::find(conn, id).await?;
            (wish.map(|wish| wish.staff_id), Some(customer_code), None)
        }
        Payload::Extreme(
            Errand::PlaceHold { hold_id, stock_number }
            | Errand::ExtendHold { hold_id, stock_number }
            | Errand::ReleaseHold { hold_id, stock_number },
        ) => (holds::find(conn, hold_id).await?.map(|hold| hold.staff_id), None, Some(stock_number)),
    };
    let person = match staff_id {
        Some(id) => staff::find(conn, id).await?,
        None => None,
    };
    Ok(Wire {
        id: message.id,
        destination,
        kind,
        staff_id,
        staff_name: person.map(|person| person.name),
        customer_code,
        stock_number,
        state: message.state,
        attempt: message.attempt,
        last_error: message.last_error,
        created_at: message.created_at,
        next_at: message.next_at,
        settled_at: message.settled_at,
        version: message.version,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_calls_itself_by_the_host_of_its_address() {
        for (url, host) in [
            ("https://noren.example", "noren.example"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("http://[::1]:8080", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(own_host(url), host);
        }
    }

    #[test]
    fn a_state_that_does_not_go_with_the_rest_fits_nothing() {
        assert_eq!(wanted(Some(OutboxState::Dead), Some(true)), Some(vec![OutboxState::Dead]));
        assert_eq!(wanted(Some(OutboxState::Dead), Some(false)), None);
        assert_eq!(wanted(None, None), Some(Vec::new()));
    }
}
