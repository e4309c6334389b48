//! `/company`: 会社, its logo, and how far its first run came.

mod logo;
mod progress;

use actix_web::web::{Data, ServiceConfig as Pages};
use actix_web::{HttpResponse, get, patch};
use noren_api::company::{Company as Wire, CompanyEdit, CompanyProfile, Logo};
use noren_domain::company::{Company, TypedCompany};
use noren_domain::timeline::FieldChange;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, company};
use utoipa_actix_web::service_config::ServiceConfig;

pub use self::logo::is_upload;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{IfMatch, MergePatch};
use crate::permissions::{EditCompany, ReadCompany};

/// All operations on the company.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(read_company)
        .service(edit_company)
        .service(logo::set_company_logo)
        .service(logo::remove_company_logo)
        .service(progress::set_setup_step);
}

/// What anybody may see of it.
pub fn pages(config: &mut Pages) {
    config.service(logo::show_photo);
}

/// Read the company
///
/// The entity tag is for edits: the first run goes on in the answer and not in the tag.
#[utoipa::path(tag = "masters", responses((status = 200, body = Wire)))]
#[get("/company")]
pub async fn read_company(_: Allowed<ReadCompany>, app: Data<App>) -> Result<HttpResponse, Error> {
    Ok(answer(company::read(&app.db).await?))
}

/// Edit the company
///
/// Only what changes is sent.
#[utoipa::path(tag = "masters", responses((status = 200, body = Wire)),
    request_body(content = CompanyEdit, content_type = "application/merge-patch+json"))]
#[patch("/company")]
pub async fn edit_company(
    who: Allowed<EditCompany>,
    app: Data<App>,
    version: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let mut company = seen(tx, version.0).await?;
        let CompanyEdit { profile } = patch.apply(&CompanyEdit { profile: company.profile.clone().into() })?;
        let profile = TypedCompany::from(profile).check();
        let profile = profile.map_err(|broken| noren_domain::Error::from(broken.inside("profile")))?;
        let changes = company.profile.changes_to(&profile);
        if changes.is_empty() {
            return Ok::<_, Error>(company);
        }
        company.profile = profile;
        company::update(tx, &mut company).await?;
        record(tx, "company.edited", changes);
        Ok(company)
    });
    Ok(answer(edited.await?))
}

/// The company, locked until the unit of work ends, in the version that the caller saw.
async fn seen(tx: &Tx, version: i64) -> Result<Company, Error> {
    let (company, _) = company::lock(tx).await?;
    if company.version == version {
        return Ok(company);
    }
    let version = company.version;
    Err(Error::stale(&to_wire(company), version))
}

fn record(tx: &Tx, action: &'static str, changes: Vec<FieldChange>) {
    tx.audit(Entry { chain: Chain::Company, action, subject: "company".to_owned(), changes });
}

fn answer(company: Company) -> HttpResponse {
    let etag = ("etag", format!("\"{}\"", company.version));
    HttpResponse::Ok().insert_header(etag).json(to_wire(company))
}

fn to_wire(company: Company) -> Wire {
    let Company { profile, logo, setup_step, version } = company;
    let logo = logo.map(|logo| Logo { url: logo::url(&logo), width: logo.width, height: logo.height });
    Wire { profile: CompanyProfile::from(profile), logo, setup_step, version }
}

/// What the public is shown of the dealer at the head of a page.
pub struct Sign {
    pub name: String,
    pub logo: Option<Logo>,
}

impl Sign {
    /// Nothing while the company has no name.
    ///
    /// # Errors
    /// Database errors.
    pub async fn read(conn: &impl Conn) -> Result<Option<Self>, Error> {
        let company = company::read(conn).await?;
        let name = company.profile.shown_name().map(str::to_owned);
        Ok(name.map(|name| Self { name, logo: to_wire(company).logo }))
    }
}
