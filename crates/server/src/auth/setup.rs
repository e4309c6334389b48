//! `GET` and `POST /setup`: the first administrator of an empty house. Who they are is shown by a code that only the console of
//! the server has said, so that a stranger on the network cannot be the first.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::auth::SignedIn;
use noren_api::setup::{NewHouse, Setup};
use noren_domain::staff::{Role, Staff, StaffProfile, StaffStatus};
use noren_domain::timeline::FieldChange;
use noren_domain::{StaffId, Timestamp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Actor, Tx, company, staff};

use super::guess::Guess;
use super::invitation::InvitationSecret;
use super::tablet::Tablet;
use super::{login, password};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;

/// Opens an empty house: the address at which its first administrator comes in, by a new code that takes the place of the one
/// before. Nothing where people work already.
///
/// # Errors
/// Database errors.
pub async fn open_house(app: &App) -> Result<Option<String>, Error> {
    let secret = InvitationSecret::mint();
    let opened = app.db.write(Actor::system(app.clock.now()), async |tx| {
        company::lock(tx).await?;
        if staff::exist(tx).await? {
            return Ok::<_, Error>(false);
        }
        company::set_setup_code(tx, Some(secret.hash())).await?;
        Ok(true)
    });
    Ok(opened.await?.then(|| format!("{}/setup#{}", app.config.base_url, secret.shown())))
}

/// Ask whether the house is empty
///
/// Whether it waits for its first administrator.
#[utoipa::path(tag = "setup", responses((status = 200, body = Setup)))]
#[get("/setup")]
pub async fn read_setup(app: Data<App>) -> Result<Json<Setup>, Error> {
    Ok(Json(Setup { open: !staff::exist(&app.db).await? }))
}

/// Become the first administrator
///
/// With the code that the server's console has said. It is spent by it, and the new administrator is signed in.
#[utoipa::path(tag = "setup", request_body = NewHouse, responses((status = 200, body = SignedIn),
    (status = 409, description = "Somebody has come first")))]
#[post("/setup")]
pub async fn set_up(app: Data<App>, request: HttpRequest, new: Valid<NewHouse>) -> Result<HttpResponse, Error> {
    Guess::from(&app, &request).admit(&app).await?;
    let now = app.clock.now();
    let secret = InvitationSecret::typed(&new.code);
    // Before the hash, which takes a while; and once more before anything is written.
    app.db.write(Actor::system(now), async |tx| require_first(tx, &secret).await).await?;
    let person = founder(&new, now)?;
    let known = password::known(&app, &person).await?;
    password::check(&new.password, &known).map_err(|code| Error::field("password", code))?;
    let hash = password::hash(&new.password).await?;
    let tablet = Tablet::of_or_new(&request);
    let session = login::session(&request, &tablet, &person, now);
    let opened = app.db.write(login::actor(&person, &session, now), async |tx| {
        require_first(tx, &secret).await?;
        staff::insert(tx, &person, Some(hash.clone())).await?;
        company::set_setup_code(tx, None).await?;
        let (subject, role) = (format!("staff:{}", person.id), FieldChange::to("role", person.role.as_str()));
        tx.audit(Entry { chain: Chain::Company, action: "staff.created", subject, changes: vec![role] });
        login::open(tx, &session).await
    });
    let token = opened.await?;
    metrics::counter!("noren_auth_total", "outcome" => "set_up").increment(1);
    tablet.remember(login::answer(&app, person, &session, &token).await?)
}

/// Nobody is there yet, and the code is the console's. The company's row is locked, so that of two who come at once one is first.
async fn require_first(tx: &Tx, secret: &InvitationSecret) -> Result<(), Error> {
    let (_, code) = company::lock(tx).await?;
    if staff::exist(tx).await? {
        return Err(noren_domain::Error::SetupOver.into());
    }
    if code.as_deref() == Some(secret.hash().as_slice()) { Ok(()) } else { Err(Error::field("code", "setup.code")) }
}

/// The person, who works nowhere before there is a store.
fn founder(new: &NewHouse, now: Timestamp) -> Result<Staff, Error> {
    let NewHouse { name, kana, mail, .. } = new.clone();
    let id = StaffId::mint(now);
    let code = format!("ADMIN-{}", id.0.simple());
    let typed = StaffProfile { code, name, kana, mail, role: Role::Administrator, stores: Vec::new() };
    let StaffProfile { code, name, kana, mail, role, stores } =
        typed.check_before_stores().map_err(noren_domain::Error::from)?;
    let (status, has_pin) = (StaffStatus::Active, false);
    Ok(Staff { id, code, name, kana, mail, role, status, stores, has_pin, created_at: now, version: 1 })
}
