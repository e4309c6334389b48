//! `PUT` and `DELETE /company/logo`, and `/photos/{sha256}`, where anybody sees it.

use actix_web::http::{Method, header};
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, delete, get, put};
use noren_api::company::Company as Wire;
use noren_domain::company::Logo;
use noren_domain::timeline::FieldChange;
use noren_persistence::company;

use super::{answer, record, seen};
use crate::app::App;
use crate::auth::Allowed;
use crate::body::picture_body;
use crate::extract::IfMatch;
use crate::permissions::{RemoveCompanyLogo, SetCompanyLogo};
use crate::{Error, health, pictures};

/// Enough for paper at the size of a business card.
const LONGEST: u32 = 1_024;

/// The bytes of a picture.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct PictureFile(Bytes);

impl PictureFile {
    async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Error> {
        Ok(Self(picture_body(request, payload.into_inner()).await?))
    }
}

/// Whether the body is a picture, which takes its time on a tablet's network.
pub fn is_upload(method: &Method, path: &str) -> bool {
    *method == Method::PUT && path == "/api/v1/company/logo"
}

/// Set the company's logo
///
/// PNG, JPEG or WebP of 15 MiB and 40 megapixels at most. It is made small and written anew as a PNG without anything that a
/// camera wrote into it.
#[utoipa::path(tag = "masters", responses((status = 200, body = Wire)),
    request_body(content((PictureFile = "image/png"), (PictureFile = "image/jpeg"), (PictureFile = "image/webp"))))]
#[put("/company/logo")]
pub async fn set_company_logo(
    who: Allowed<SetCompanyLogo>,
    app: Data<App>,
    request: HttpRequest,
    version: IfMatch,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    app.limits.admit_upload(who.quota_key())?;
    health::require_room(&app)?;
    let PictureFile(sent) = PictureFile::read(&request, payload).await?;
    let picture = pictures::shrink(sent, LONGEST).await?;
    // A file that no row names does no harm; a row without its file would.
    let hash = app.files.put_photo(picture.png).await?;
    let logo = Logo { hash, width: picture.width, height: picture.height };
    put(&app, &who, version.0, Some(logo)).await
}

/// Remove the company's logo
#[utoipa::path(tag = "masters", responses((status = 200, body = Wire)))]
#[delete("/company/logo")]
pub async fn remove_company_logo(
    who: Allowed<RemoveCompanyLogo>,
    app: Data<App>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    put(&app, &who, version.0, None).await
}

async fn put(app: &App, who: &crate::auth::Caller, version: i64, logo: Option<Logo>) -> Result<HttpResponse, Error> {
    let put = app.db.write(who.actor(app), async |tx| {
        let mut company = seen(tx, version).await?;
        if company.logo == logo {
            return Ok::<_, Error>(company);
        }
        let hash = |logo: &Option<Logo>| logo.as_ref().map(|logo| logo.hash.clone());
        let change = FieldChange { field: "logo".to_owned(), before: hash(&company.logo), after: hash(&logo) };
        company.logo.clone_from(&logo);
        company::update(tx, &mut company).await?;
        record(tx, "company.edited", vec![change]);
        Ok(company)
    });
    Ok(answer(put.await?))
}

/// Where a logo is seen.
pub fn url(logo: &Logo) -> String {
    format!("/photos/{}", logo.hash)
}

/// A picture by the hash of its bytes; whoever has the address may see it.
#[get("/photos/{sha256}")]
pub async fn show_photo(app: Data<App>, hash: Path<String>) -> Result<HttpResponse, Error> {
    let picture = app.files.photo(&hash).await?.ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(pictures::kind_of(&picture))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(picture))
}
