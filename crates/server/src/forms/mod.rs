//! `/forms`: フォーム, from the settings to what the public sends.

mod page;
mod public;
mod settings;
mod submissions;
mod take;
mod words;

pub use public::preflight;
pub use settings::random_key;

use actix_web::web::ServiceConfig as Pages;
use noren_domain::form::Form;
use noren_domain::viewer::Viewer;
use noren_domain::{FormId, FormSubmissionId};
use noren_persistence::{Conn, forms};
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::idempotency::{Repeatable, id_in};

/// What staff settle and look at.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(settings::list_forms)
        .service(settings::create_form)
        .service(settings::preview_form)
        .service(settings::read_form)
        .service(settings::edit_form)
        .service(submissions::list_form_submissions)
        .service(submissions::count_form_submissions)
        .service(submissions::read_form_submission)
        .service(submissions::accept_form_submission)
        .service(submissions::dismiss_form_submission);
}

/// What the public and the sites of a form ask and send.
pub fn public_routes(config: &mut ServiceConfig<'_>) {
    config.service(public::describe_form).service(public::submit_form).service(public::find_place);
}

/// The hosted page, and what other sites load.
pub fn pages(config: &mut Pages) {
    config
        .service(page::show)
        .service(page::fill_address)
        .service(page::send)
        .service(page::begin_anew)
        .service(page::thank)
        .service(page::style)
        .service(page::script)
        .service(page::embed);
}

async fn visible(conn: &impl Conn, viewer: &Viewer, id: FormId) -> Result<Form, Error> {
    forms::find(conn, viewer, id).await?.ok_or(Error::NotFound)
}

/// The form behind a public address, while it takes submissions.
async fn open(conn: &impl Conn, key: &str) -> Result<Form, Error> {
    if !settings::is_key(key) {
        return Err(Error::NotFound);
    }
    forms::by_key(conn, key).await?.filter(|form| form.content.active).ok_or(Error::NotFound)
}

impl Repeatable for noren_api::forms::Form {
    async fn require_visible(tx: &noren_persistence::Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        visible(tx, viewer, id_in(made, "id")?).await.map(|_| ())
    }
}

impl Repeatable for noren_api::forms::Submission {
    async fn require_visible(tx: &noren_persistence::Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        let id: FormSubmissionId = id_in(made, "id")?;
        let found = noren_persistence::form_submissions::find(tx, viewer, id).await?;
        found.map(|_| ()).ok_or(Error::NotFound)
    }
}
