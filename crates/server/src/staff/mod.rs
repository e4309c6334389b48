//! `/staff`: colleagues for everybody; accounts, invitations and hand-overs for administrators.

mod accounts;
mod hand_over;
mod invite;
mod moves;
mod second_factors;

pub use self::accounts::take_in;
pub use self::moves::shut_out;

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::Page;
use noren_api::staff::{OpenLeads, StaffAccount, StaffMember, StaffQuery};
use noren_domain::StaffId;
use noren_domain::staff::Staff;
use noren_domain::timeline::FieldChange;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, invitations, leads, second_factors as factors, sessions, staff};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::permissions::ListStaff;

/// All operations on staff.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_staff)
        .service(accounts::create_staff)
        .service(accounts::read_staff)
        .service(accounts::edit_staff)
        .service(moves::suspend_staff)
        .service(moves::reinstate_staff)
        .service(moves::retire_staff)
        .service(hand_over::hand_over_leads)
        .service(second_factors::reset_second_factors)
        .service(invite::invite_staff)
        .service(invite::invite_staff_by_mail);
}

/// List colleagues
///
/// Everybody who shares a store with the caller, those who have left included, by reading.
#[utoipa::path(tag = "masters", params(StaffQuery), responses((status = 200, body = Page<StaffMember>)))]
#[get("/staff")]
pub async fn list_staff(
    who: Allowed<ListStaff>,
    app: Data<App>,
    wanted: ValidQuery<StaffQuery>,
) -> Result<Json<Page<StaffMember>>, Error> {
    let StaffQuery { q, role, status, store_id } = wanted.0;
    let colleagues = staff::colleagues(&app.db, &who.viewer).await?;
    let wanted = colleagues.into_iter().filter(|person| {
        q.as_deref().is_none_or(|typed| person.matches(typed))
            && role.is_none_or(|role| person.role == role)
            && status.is_none_or(|status| person.status == status)
            && store_id.is_none_or(|store| person.stores.contains(&store))
    });
    Ok(Json(Page { items: wanted.map(to_wire).collect(), next: None }))
}

fn to_wire(staff: Staff) -> StaffMember {
    let Staff { id, code, name, kana, role, status, stores, mail: _, .. } = staff;
    StaffMember { id, code, name, kana, role, status, store_ids: stores }
}

/// The person as an administrator sees them.
async fn account(conn: &impl Conn, app: &App, person: Staff) -> Result<StaffAccount, Error> {
    let now = app.clock.now();
    let open_sessions = sessions::open_of(conn, person.id, now).await?;
    let invited = invitations::open_of(conn, person.id, now).await?;
    let open_leads = leads::open_of(conn, person.id).await?;
    Ok(StaffAccount {
        id: person.id,
        profile: person.profile().into(),
        status: person.status,
        joined: staff::has_password(conn, person.id).await?,
        second_factor: factors::of(conn, person.id).await?.any(),
        invited_until: invited.map(|invitation| invitation.expires_at),
        last_seen_at: open_sessions.first().map(|session| session.last_seen_at),
        open_leads: open_leads.into_iter().map(|(store_id, leads)| OpenLeads { store_id, leads }).collect(),
        mail_reaches: app.config.mail.is_set_up,
        version: person.version,
    })
}

async fn known(conn: &impl Conn, id: StaffId) -> Result<Staff, Error> {
    staff::find(conn, id).await?.ok_or(Error::NotFound)
}

/// The person, locked until the unit of work ends, in the version that the caller saw.
async fn seen(tx: &Tx, app: &App, (id, version): (StaffId, i64)) -> Result<Staff, Error> {
    let person = staff::lock_account(tx, id).await?.ok_or(Error::NotFound)?.staff;
    if person.version == version { Ok(person) } else { Err(stale(tx, app, person).await) }
}

/// The problem of an old version, with the person as they are now.
async fn stale(tx: &Tx, app: &App, person: Staff) -> Error {
    let version = person.version;
    account(tx, app, person).await.map_or_else(|error| error, |current| Error::stale(&current, version))
}

/// Notes in the company's chain what became of a person.
pub fn record(tx: &Tx, id: StaffId, action: &'static str, changes: Vec<FieldChange>) {
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("staff:{id}"), changes });
}
