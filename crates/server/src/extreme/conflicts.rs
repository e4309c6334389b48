//! `/integrations/extreme/conflicts`: what EXTREME and Noren do not agree on, for a person to settle.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use noren_api::Page;
use noren_api::extreme::{ExtremeConflict, ExtremeSide, SettleConflict};
use noren_domain::ExtremeConflictId;
use noren_domain::staff_record::{ConflictState, Dispute, Named, Said, Settlement};
use noren_domain::timeline::FieldChange;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::extreme_conflicts::{self as conflicts, Conflict};
use noren_persistence::{Tx, extreme_staff};

use super::staff::{ask_again, give_way};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, Valid};
use crate::permissions::{ListExtremeConflicts, SettleExtremeConflict};

/// List conflicts with EXTREME
///
/// Those that wait for a person first. One that is over, because both sides say the same, is gone.
#[utoipa::path(tag = "extreme", responses((status = 200, body = Page<ExtremeConflict>)))]
#[get("/integrations/extreme/conflicts")]
pub async fn list_extreme_conflicts(
    _: Allowed<ListExtremeConflicts>,
    app: Data<App>,
) -> Result<Json<Page<ExtremeConflict>>, Error> {
    let bonds = extreme_staff::bonds(&app.db).await?;
    let refusal = |code: &str| bonds.get(code).and_then(|bond| bond.refusal.clone()).map(|refusal| refusal.code);
    let items = conflicts::all(&app.db).await?.into_iter().map(|conflict| {
        let refusal = refusal(&conflict.staff_code);
        to_wire(conflict, refusal)
    });
    Ok(Json(Page { items: items.collect(), next: None }))
}

/// Settle a conflict with EXTREME
///
/// EXTREME's word is taken at once; Noren's is kept, and EXTREME is told of the wish; or both stay. While both say what they say now,
/// nobody is asked again.
#[utoipa::path(tag = "extreme", params(("id" = ExtremeConflictId, Path)), request_body = SettleConflict,
    responses((status = 200, body = ExtremeConflict)))]
#[post("/integrations/extreme/conflicts/{id}/settle")]
pub async fn settle_extreme_conflict(
    who: Allowed<SettleExtremeConflict>,
    app: Data<App>,
    id: Id<ExtremeConflictId>,
    version: IfMatch,
    wanted: Valid<SettleConflict>,
) -> Result<HttpResponse, Error> {
    let settlement = wanted.settlement;
    let settled = app.db.write(who.actor(&app), async |tx| settle(tx, (id.0, version.0), settlement).await);
    let settled = settled.await?;
    if let (Some(link), ConflictState::Kept) = (&app.extreme, settled.state) {
        link.hurry();
    }
    let etag = ("etag", format!("\"{}\"", settled.version));
    Ok(HttpResponse::Ok().insert_header(etag).json(to_wire(settled, None)))
}

async fn settle(tx: &Tx, (id, version): (ExtremeConflictId, i64), wanted: Settlement) -> Result<Conflict, Error> {
    let mut conflict = conflicts::lock(tx, id).await?.ok_or(Error::NotFound)?;
    if conflict.version != version {
        let version = conflict.version;
        return Err(Error::stale(&to_wire(conflict, None), version));
    }
    if !conflict.dispute.ways().contains(&wanted) {
        return Err(Error::field("settlement", "settlement.not_offered"));
    }
    let change = FieldChange::to(conflict.dispute.as_str(), wanted.as_str());
    let subject = format!("extreme:{}", conflict.staff_code);
    tx.audit(Entry { chain: Chain::Company, action: "extreme.conflict_settled", subject, changes: vec![change] });
    match wanted {
        Settlement::Leave => conflicts::settle(tx, &mut conflict, ConflictState::Left).await?,
        Settlement::KeepOurs => {
            conflicts::settle(tx, &mut conflict, ConflictState::Kept).await?;
            if conflict.dispute == Dispute::NotTaken {
                ask_again(tx, &conflict.staff_code).await?;
            }
        }
        Settlement::TakeTheirs => {
            conflicts::settle(tx, &mut conflict, ConflictState::Left).await?;
            give_way(tx, &conflict).await?;
            conflict.state = ConflictState::Taken;
        }
    }
    Ok(conflict)
}

fn to_wire(conflict: Conflict, refusal: Option<String>) -> ExtremeConflict {
    let Conflict { id, staff_code, dispute, mark: _, theirs, ours, state, told_at, found_at, settled_at, version } =
        conflict;
    ExtremeConflict {
        id,
        staff_code,
        dispute,
        theirs: to_side(theirs),
        ours: ours.map(to_side),
        refusal: refusal.filter(|_| dispute == Dispute::NotTaken),
        state,
        ways: dispute.ways().to_vec(),
        found_at,
        settled_at,
        told_at,
        version,
    }
}

fn to_side(said: Said) -> ExtremeSide {
    let Said { named: Named { name, kana }, store_code, employment } = said;
    ExtremeSide { name, kana, store_code, employment }
}
