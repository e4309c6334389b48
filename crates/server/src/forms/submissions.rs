//! `/form-submissions`: what was sent, and what a person makes of the part that was held.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::Page;
use noren_api::forms::{Consent, Submission as Wire, SubmissionCounts, SubmissionFilter};
use noren_domain::access::AccessKind;
use noren_domain::event::{Change, EventKind, Subject};
use noren_domain::form::{Form, Submission, SubmissionState};
use noren_domain::viewer::Viewer;
use noren_domain::{FormId, FormSubmissionId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, form_submissions, forms, stores};

use super::take;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, ValidQuery};
use crate::idempotency::{Created, RequestKey};
use crate::permissions::{
    AcceptFormSubmission, CountFormSubmissions, DismissFormSubmission, ListFormSubmissions, ReadFormSubmission,
};

/// List form submissions
///
/// The newest first, as received.
#[utoipa::path(tag = "forms", params(SubmissionFilter), responses((status = 200, body = Page<Wire>)))]
#[get("/form-submissions")]
pub async fn list_form_submissions(
    who: Allowed<ListFormSubmissions>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<SubmissionFilter>,
) -> Result<HttpResponse, Error> {
    let SubmissionFilter { state, after, limit } = query.0;
    let cursors = app.cursors("form-submissions", &(&state, &who.viewer.principal.to_string()))?;
    let wanted = cursors.page(after.as_deref(), limit)?;
    let page = form_submissions::page(&app.db, &who.viewer, state, &wanted).await?;
    let next = cursors.next(page.next)?;
    let seen = page.items.iter().map(|submission| submission.id.0).collect();
    app.saw(&who, &request, AccessKind::FormSubmission, seen);
    Ok(app.page(&request, &Page { items: to_wire(&app.db, page.items).await?, next }))
}

/// Count form submissions
///
/// How many wait for a person.
#[utoipa::path(tag = "forms", responses((status = 200, body = SubmissionCounts)))]
#[get("/form-submission-counts")]
pub async fn count_form_submissions(
    who: Allowed<CountFormSubmissions>,
    app: Data<App>,
) -> Result<Json<SubmissionCounts>, Error> {
    Ok(Json(SubmissionCounts { held: form_submissions::count_held(&app.db, &who.viewer).await? }))
}

/// Read a form submission
#[utoipa::path(tag = "forms", params(("id" = FormSubmissionId, Path)), responses((status = 200, body = Wire)))]
#[get("/form-submissions/{id}")]
pub async fn read_form_submission(
    who: Allowed<ReadFormSubmission>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<FormSubmissionId>,
) -> Result<HttpResponse, Error> {
    let submission = form_submissions::find(&app.db, &who.viewer, id.0).await?.ok_or(Error::NotFound)?;
    app.saw(&who, &request, AccessKind::FormSubmission, vec![submission.id.0]);
    let etag = ("etag", format!("\"{}\"", submission.version));
    Ok(HttpResponse::Ok().insert_header(etag).json(one(&app.db, submission).await?))
}

/// Accept a form submission
///
/// Somebody meant it: it opens a lead, whose clock runs since it was sent.
#[utoipa::path(tag = "forms", params(("id" = FormSubmissionId, Path)), responses((status = 201, body = Wire)))]
#[post("/form-submissions/{id}/accept")]
pub async fn accept_form_submission(
    who: Allowed<AcceptFormSubmission>,
    app: Data<App>,
    id: Id<FormSubmissionId>,
    key: RequestKey,
) -> Result<HttpResponse, Error> {
    let made = key.once(&app, &who, async |tx| {
        let (form, submission) = held(tx, &who.viewer, id.0).await?;
        stores::hold(tx, &who.viewer, submission.store_id).await?.ok_or(Error::NotFound)?.require_open()?;
        let reading = form.read_kept(&submission.answers).map_err(noren_domain::Error::from)?;
        let lead = take::open_lead(tx, &form, reading, &submission).await?;
        settle(tx, &who.viewer, &submission, SubmissionState::Accepted).await?;
        form_submissions::link(tx, submission.id, lead).await?;
        created(tx, &who.viewer, submission.id).await
    });
    Ok(made.await?.respond())
}

/// Dismiss a form submission
///
/// Nobody meant it. It is forgotten after thirty days.
#[utoipa::path(tag = "forms", params(("id" = FormSubmissionId, Path)), responses((status = 201, body = Wire)))]
#[post("/form-submissions/{id}/dismiss")]
pub async fn dismiss_form_submission(
    who: Allowed<DismissFormSubmission>,
    app: Data<App>,
    id: Id<FormSubmissionId>,
    key: RequestKey,
) -> Result<HttpResponse, Error> {
    let made = key.once(&app, &who, async |tx| {
        let (_, submission) = held(tx, &who.viewer, id.0).await?;
        settle(tx, &who.viewer, &submission, SubmissionState::Dismissed).await?;
        created(tx, &who.viewer, submission.id).await
    });
    Ok(made.await?.respond())
}

async fn held(tx: &Tx, viewer: &Viewer, id: FormSubmissionId) -> Result<(Form, Submission), Error> {
    let submission = form_submissions::find(tx, viewer, id).await?.ok_or(Error::NotFound)?;
    if submission.state != SubmissionState::Held {
        return Err(Error::Settled);
    }
    let form = forms::by_id(tx, submission.form_id).await?.ok_or(Error::NotFound)?;
    Ok((form, submission))
}

async fn settle(tx: &Tx, viewer: &Viewer, submission: &Submission, state: SubmissionState) -> Result<(), Error> {
    let settled = form_submissions::settle(tx, submission.id, state).await;
    settled.map_err(|error| match error {
        noren_persistence::Error::Stale => Error::Settled,
        other => other.into(),
    })?;
    let action = match state {
        SubmissionState::Accepted => "form_submission.accepted",
        SubmissionState::Dismissed | SubmissionState::Held => "form_submission.dismissed",
    };
    let (chain, subject) = (Chain::Store(submission.store_id), format!("form_submission:{}", submission.id));
    tx.audit(Entry { chain, action, subject, changes: Vec::new() });
    tx.announce(Change {
        kind: EventKind::FormSubmissionSettled,
        store_id: submission.store_id,
        subject: Subject::FormSubmission(submission.id),
        version: submission.version + 1,
        staff_id: viewer.staff_id(),
        mentions: Vec::new(),
    });
    Ok(())
}

async fn created(tx: &Tx, viewer: &Viewer, id: FormSubmissionId) -> Result<Created<Wire>, Error> {
    let submission = form_submissions::find(tx, viewer, id).await?.ok_or(Error::NotFound)?;
    let (location, version) = (format!("/api/v1/form-submissions/{id}"), Some(submission.version));
    Ok(Created { location, version, body: one(tx, submission).await? })
}

async fn one(conn: &impl Conn, submission: Submission) -> Result<Wire, Error> {
    to_wire(conn, vec![submission]).await?.pop().ok_or(Error::NotFound)
}

async fn to_wire(conn: &impl Conn, submissions: Vec<Submission>) -> Result<Vec<Wire>, Error> {
    let mut of: Vec<FormId> = submissions.iter().map(|submission| submission.form_id).collect();
    of.sort_unstable();
    of.dedup();
    let (names, consents) = (forms::names(conn, &of).await?, forms::consents(conn, &of).await?);
    let wire = |submission: Submission| {
        let Submission {
            id,
            form_id,
            state,
            suspicions,
            answers,
            visit,
            origin,
            raw,
            received_at,
            lead_id,
            version,
            ..
        } = submission;
        let agreed = submission.consent_version.and_then(|version| {
            let text = consents.get(&(form_id, version))?.clone();
            Some(Consent { text, version })
        });
        let form_name = names.get(&form_id).cloned().unwrap_or_default();
        Wire {
            id,
            form_id,
            form_name,
            state,
            suspicions,
            answers,
            consent: agreed,
            visit,
            origin,
            raw,
            received_at,
            lead_id,
            version,
        }
    };
    Ok(submissions.into_iter().map(wire).collect())
}
