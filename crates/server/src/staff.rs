//! `GET /staff`: the colleagues who share a store with the caller.

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::Page;
use noren_api::staff::StaffMember;
use noren_domain::staff::Staff;
use noren_persistence::staff;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::permissions::ListStaff;

/// List colleagues
///
/// Everybody who shares a store with the caller, those who have left included, by reading.
#[utoipa::path(tag = "masters", responses((status = 200, body = Page<StaffMember>)))]
#[get("/staff")]
pub async fn list_staff(who: Allowed<ListStaff>, app: Data<App>) -> Result<Json<Page<StaffMember>>, Error> {
    let colleagues = staff::colleagues(&app.db, &who.viewer).await?;
    Ok(Json(Page { items: colleagues.into_iter().map(to_wire).collect(), next: None }))
}

fn to_wire(staff: Staff) -> StaffMember {
    let Staff { id, code, name, kana, role, status, stores, mail: _, created_at: _, version: _ } = staff;
    StaffMember { id, code, name, kana, role, status, store_ids: stores }
}
