//! `POST /staff/{id}/invitations` and `…/invitation-mails`: a way in, for somebody new or for who forgot the password.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::TimeDelta;
use noren_api::staff::{IssuedInvitation, MailedInvitation};
use noren_domain::outbox::About;
use noren_domain::staff::StaffStatus;
use noren_domain::viewer::Viewer;
use noren_domain::{InvitationId, StaffId};
use noren_persistence::invitations::Invitation;
use noren_persistence::{Tx, invitations, staff};
use serde_json::Value;

use super::record;
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, InvitationSecret};
use crate::extract::Id;
use crate::idempotency::{Created, Once, Repeatable, RequestKey};
use crate::outbox::{WayIn, asked_language};
use crate::permissions::{InviteStaff, InviteStaffByMail};

/// Long enough for a week's absence.
const LIFE: TimeDelta = TimeDelta::days(7);

/// Invite a person
///
/// The answer is the only place where the code is ever shown, to be handed over on paper or on the screen. Whoever has it within
/// seven days chooses the person's password, once. A new invitation ends the one before. A repeat with the same Idempotency-Key is
/// answered with a code that is no longer whole.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 201, body = IssuedInvitation)))]
#[post("/staff/{id}/invitations")]
pub async fn invite_staff(
    who: Allowed<InviteStaff>,
    app: Data<App>,
    id: Id<StaffId>,
    key: RequestKey,
) -> Result<HttpResponse, Error> {
    let secret = InvitationSecret::mint();
    let expires_at = app.clock.now() + LIFE;
    let made = key.once(&app, &who, async |tx| {
        invite(tx, id.0, &secret).await?;
        // What is stored for a repeat is not the code.
        let kept = IssuedInvitation {
            staff_id: id.0,
            code: "…".to_owned(),
            url: format!("{}/join#", app.config.base_url),
            expires_at,
        };
        Ok(Created { location: format!("/api/v1/staff/{}", id.0), version: None, body: kept })
    });
    match made.await? {
        Once::Made(answer, kept) => Ok(HttpResponse::Created()
            .insert_header(("location", answer.location.unwrap_or_default()))
            .insert_header(("content-encoding", "identity"))
            .json(IssuedInvitation { code: secret.shown(), url: secret.url(&app.config.base_url), ..kept })),
        repeated @ Once::Repeated(_) => Ok(repeated.respond()),
    }
}

async fn invite(tx: &Tx, id: StaffId, secret: &InvitationSecret) -> Result<(), Error> {
    require_active(tx, id).await?;
    let (created_at, expires_at) = (tx.at(), tx.at() + LIFE);
    let invitation =
        Invitation { id: InvitationId::mint(created_at), staff_id: id, created_at, expires_at, ended_at: None };
    invitations::replace(tx, &invitation, secret.hash()).await?;
    record(tx, id, "staff.invited", Vec::new());
    Ok(())
}

/// Invite a person by mail
///
/// Sends a link that is good once and for seven days to the address that the person signs in with, and ends the invitation before.
/// Nobody else learns the code. The mail is written in the first language of `Accept-Language` that there is. Refused where no
/// mail server is set.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 201, body = MailedInvitation)))]
#[post("/staff/{id}/invitation-mails")]
pub async fn invite_staff_by_mail(
    who: Allowed<InviteStaffByMail>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<StaffId>,
    key: RequestKey,
) -> Result<HttpResponse, Error> {
    if !app.config.mail.is_set_up {
        return Err(Error::MailNotSetUp);
    }
    let way = WayIn {
        to: id.0,
        language: asked_language(&request),
        life: LIFE,
        about: |invitation_id| About::Invitation { invitation_id },
    };
    let made = key.once(&app, &who, async |tx| {
        require_active(tx, way.to).await?;
        let (outbox_message_id, expires_at) = way.post(tx, &app).await?;
        record(tx, way.to, "staff.invited", Vec::new());
        let body = MailedInvitation { staff_id: way.to, outbox_message_id, expires_at };
        Ok(Created { location: format!("/api/v1/outbox-messages/{outbox_message_id}"), version: Some(1), body })
    });
    Ok(made.await?.respond())
}

/// The person, locked: whoever is suspended or has left is reinstated first.
async fn require_active(tx: &Tx, id: StaffId) -> Result<(), Error> {
    let person = staff::lock_account(tx, id).await?.ok_or(Error::NotFound)?.staff;
    let active = person.status == StaffStatus::Active;
    if active { Ok(()) } else { Err(noren_domain::Error::StaffNotActive.into()) }
}

impl Repeatable for MailedInvitation {
    /// Staff concern the whole company; who may invite may see whom.
    async fn require_visible(_: &Tx, _: &Viewer, _: &Value) -> Result<(), Error> {
        Ok(())
    }
}

impl Repeatable for IssuedInvitation {
    /// Staff concern the whole company; who may invite may see whom.
    async fn require_visible(_: &Tx, _: &Viewer, _: &Value) -> Result<(), Error> {
        Ok(())
    }
}
