//! `POST /auth/recovery`: the way back for who forgot the password, by mail.

use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::TimeDelta;
use noren_api::auth::{RecoveryAccepted, RecoveryRequest};
use noren_domain::language::Language;
use noren_domain::outbox::About;
use noren_domain::staff::StaffStatus;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::staff::Account;
use noren_persistence::{Actor, Tx, staff};

use super::guess::Guess;
use crate::app::App;
use crate::extract::Valid;
use crate::outbox::{WayIn, asked_language};
use crate::{Error, frame};

/// Whoever asks reads their mail at once.
const LIFE: TimeDelta = TimeDelta::hours(1);
/// How long every answer takes: longer than the writing that only a known account causes, so that the time tells nothing.
const SAME_TIME: Duration = Duration::from_millis(400);

/// Ask for a new password
///
/// Sends a link that is good once and for an hour to whoever signs in with this mail address, and ends earlier ones. Everybody is
/// answered alike and in the same time, whether there is such an account or not. With the link a password is chosen as with an
/// invitation, which ends all sessions. The mail is written in the first language of `Accept-Language` that there is.
#[utoipa::path(tag = "auth", request_body = RecoveryRequest, responses((status = 202, body = RecoveryAccepted)))]
#[post("/auth/recovery")]
pub async fn request_recovery(
    app: Data<App>,
    request: HttpRequest,
    asked: Valid<RecoveryRequest>,
) -> Result<HttpResponse, Error> {
    let mail = asked.mail.trim().to_lowercase();
    Guess::recovery_from(&app, &request).admit(&app).await?;
    Guess::recovery_of(&mail, app.clock.now()).admit(&app).await?;
    let (posted, ()) = tokio::join!(post_link(&app, &mail, asked_language(&request)), tokio::time::sleep(SAME_TIME));
    posted?;
    metrics::counter!("noren_auth_total", "outcome" => "recovery_asked").increment(1);
    Ok(HttpResponse::Accepted().json(RecoveryAccepted { sends_mail: app.config.mail.is_set_up }))
}

async fn post_link(app: &App, mail: &str, language: Language) -> Result<(), Error> {
    let Some(known) = staff::find_account(&app.db, mail).await?.filter(can_recover) else { return Ok(()) };
    let request_id = Some(frame::current().request_id);
    let actor = Actor { request_id, ..Actor::system(app.clock.now()) };
    let way =
        WayIn { to: known.staff.id, language, life: LIFE, about: |invitation_id| About::Recovery { invitation_id } };
    app.db.write(actor, async |tx| post_once(tx, app, &way).await).await
}

/// They may have been suspended meanwhile.
async fn post_once(tx: &Tx, app: &App, way: &WayIn) -> Result<(), Error> {
    if !staff::lock_account(tx, way.to).await?.as_ref().is_some_and(can_recover) {
        return Ok(());
    }
    way.post(tx, app).await?;
    let subject = format!("staff:{}", way.to);
    tx.audit(Entry { chain: Chain::Company, action: "staff.recovery_asked", subject, changes: Vec::new() });
    Ok(())
}

/// Who was never inside is let in by an administrator.
fn can_recover(account: &Account) -> bool {
    account.staff.status == StaffStatus::Active && account.password_hash.is_some()
}
