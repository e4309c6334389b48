//! `/integrations/extreme/intakes`: the files, and why one was refused.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::extreme_intakes::{ExtremeIntake as Wire, ExtremeIntakeReason};
use noren_api::{Page, PageQuery};
use noren_domain::ExtremeIntakeId;
use noren_domain::access::AccessKind;
use noren_persistence::extreme_intakes as intakes;

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, ValidQuery};
use crate::permissions::{ListExtremeIntakeReasons, ListExtremeIntakes, ReadExtremeIntake};

/// List files of EXTREME's
///
/// The newest first.
#[utoipa::path(tag = "extreme", params(PageQuery), responses((status = 200, body = Page<Wire>)))]
#[get("/integrations/extreme/intakes")]
pub async fn list_extreme_intakes(
    who: Allowed<ListExtremeIntakes>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    let cursors = app.cursors("extreme-intakes", &())?;
    let page = intakes::page(&app.db, &cursors.page(query.0.after.as_deref(), query.0.limit)?).await?;
    let next = cursors.next(page.next)?;
    let items = wire::to_wire(&app.db, &who.viewer, page.items).await?;
    Ok(app.page(&request, &Page { items, next }))
}

/// Read a file of EXTREME's
///
/// What became of it. Its bytes, and why it was refused, are asked for by themselves.
#[utoipa::path(tag = "extreme", params(("id" = ExtremeIntakeId, Path)), responses((status = 200, body = Wire)))]
#[get("/integrations/extreme/intakes/{id}")]
pub async fn read_extreme_intake(
    who: Allowed<ReadExtremeIntake>,
    app: Data<App>,
    id: Id<ExtremeIntakeId>,
) -> Result<HttpResponse, Error> {
    let intake = intakes::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    let mut wired = wire::to_wire(&app.db, &who.viewer, vec![intake]).await?;
    wired.pop().map(answer).ok_or(Error::NotFound)
}

/// List why a file of EXTREME's was refused
///
/// In the order of its rows; the first thousand reasons.
#[utoipa::path(tag = "extreme", params(("id" = ExtremeIntakeId, Path), PageQuery),
    responses((status = 200, body = Page<ExtremeIntakeReason>)))]
#[get("/integrations/extreme/intakes/{id}/reasons")]
pub async fn list_extreme_intake_reasons(
    who: Allowed<ListExtremeIntakeReasons>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<ExtremeIntakeId>,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    intakes::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    let cursors = app.cursors("extreme-intake-reasons", &id.0)?;
    let page = intakes::reasons(&app.db, id.0, &cursors.page(query.0.after.as_deref(), query.0.limit)?).await?;
    let next = cursors.next(page.next)?;
    // Cells of people's records stand with their reasons.
    if !page.items.is_empty() {
        app.saw(&who, &request, AccessKind::Records, vec![id.0.0]);
    }
    let items = page.items.into_iter().map(|(_, reason)| wire::reason(reason)).collect();
    Ok(app.page(&request, &Page { items, next }))
}

/// A file with its version.
pub fn answer(intake: Wire) -> HttpResponse {
    HttpResponse::Ok().insert_header(("etag", format!("\"{}\"", intake.version))).json(intake)
}
