//! `/me/customer-view`: the screen is turned to a customer, and back by whoever turned it. It is a state of the session: every tab of it
//! is turned, a reload changes nothing, and what no customer is to see is refused in `caller.rs`.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use noren_api::customer_view::{CustomerView as Wire, TurnBack, TurnTo, ViewedLead};
use noren_domain::access::AccessKind;
use noren_domain::customer_view::CustomerView;
use noren_domain::staff::Staff;
use noren_domain::text::tidy;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, SessionId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::sessions::Session;
use noren_persistence::{Actor, Tx, leads, sessions, staff};

use super::guess::Guess;
use super::password_change::{require_unchanged, verified};
use super::refresh_cookie::require_same_site;
use super::sessions::person;
use super::unlock::Try;
use super::{Allowed, Caller, password, require_alive};
use crate::Error;
use crate::app::App;
use crate::extract::Valid;
use crate::permissions::{EnterCustomerView, LeaveCustomerView, ReadCustomerView};

/// Read the customer view
///
/// To whom the session's screen is turned, as they see themselves. Where it is turned to nobody there is none.
#[utoipa::path(tag = "auth", responses((status = 200, body = Wire), (status = 404, description = "It is turned to nobody")))]
#[get("/me/customer-view")]
pub async fn read_customer_view(
    who: Allowed<ReadCustomerView>,
    app: Data<App>,
    request: HttpRequest,
) -> Result<Json<Wire>, Error> {
    let view = who.viewer.customer_view.ok_or(Error::NotFound)?;
    shown(&app, &who, &request, view).await
}

/// Turn the screen to a customer
///
/// From now on the session sees cars without what they have cost or how long they stand there, the lead that is named here, and nothing
/// else. What is turned already stays so; to turn it to somebody else it is turned back first. Wants the header `X-Noren` from a page of
/// this origin: what has no screen has none to turn.
#[utoipa::path(tag = "auth", request_body = TurnTo, responses((status = 200, body = Wire)),
    params(("X-Noren" = String, Header, description = "Any value; no other site can send it")))]
#[put("/me/customer-view")]
pub async fn enter_customer_view(
    who: Allowed<EnterCustomerView>,
    app: Data<App>,
    request: HttpRequest,
    to: Valid<TurnTo>,
) -> Result<Json<Wire>, Error> {
    require_same_site(request.headers(), &app.config.base_url)?;
    let turned = app.db.write(who.actor(&app), async |tx| enter(tx, &who, to.lead_id).await);
    let view = turned.await?;
    shown(&app, &who, &request, view).await
}

async fn enter(tx: &Tx, who: &Caller, lead: Option<LeadId>) -> Result<CustomerView, Error> {
    let (session, staff) = person(who)?;
    let session = held(tx, session.id, staff).await?;
    if let Some(view) = session.customer_view {
        // Whoever holds the tablet now is not led on to somebody else.
        return if view.lead == lead { Ok(view) } else { Err(Error::CustomerView) };
    }
    if let Some(lead) = lead {
        leads::find(tx, &who.viewer, lead).await?.ok_or_else(|| Error::field("lead_id", "unknown"))?;
    }
    let view = CustomerView { since: tx.at(), lead };
    sessions::turn(tx, session.id, Some(view)).await?;
    let to = lead.map(|lead| FieldChange::to("lead_id", lead.to_string()));
    record(tx, staff, "session.customer_view_entered", to.into_iter().collect());
    Ok(view)
}

async fn shown(app: &App, who: &Caller, request: &HttpRequest, view: CustomerView) -> Result<Json<Wire>, Error> {
    let viewer = Viewer { customer_view: Some(view), ..who.viewer.clone() };
    let lead = match view.lead {
        Some(lead) => leads::find(&app.db, &viewer, lead).await?,
        None => None,
    };
    app.saw(who, request, AccessKind::LeadDetail, lead.iter().map(|lead| lead.id.0).collect());
    let lead = lead.map(|lead| ViewedLead { lead_id: lead.id, name: lead.profile.name, company: lead.profile.company });
    Ok(Json(Wire { since: view.since, lead }))
}

/// Turn the screen back
///
/// By the PIN of the person, or by the password of who has none. The fifth wrong PIN in a row ends the session. What is not turned stays
/// as it is.
#[utoipa::path(tag = "auth", request_body = TurnBack, responses((status = 204)))]
#[post("/me/customer-view/leave")]
pub async fn leave_customer_view(
    who: Allowed<LeaveCustomerView>,
    app: Data<App>,
    proof: Valid<TurnBack>,
) -> Result<HttpResponse, Error> {
    let (session, staff) = person(&who)?;
    if session.customer_view.is_some() {
        let TurnBack { pin, current_password } = proof.0;
        if staff.has_pin {
            let pin = pin.ok_or_else(|| Error::field("pin", "required"))?;
            by_pin(&app, &who, (session, staff), &pin).await?;
        } else {
            let typed = current_password.ok_or_else(|| Error::field("current_password", "required"))?;
            by_password(&app, &who, (session, staff), &typed).await?;
        }
    }
    Ok(HttpResponse::NoContent().finish())
}

/// As a locked screen is opened: counted before it is looked at, and with as many tries.
async fn by_pin(app: &App, who: &Caller, (session, staff): (&Session, &Staff), typed: &str) -> Result<(), Error> {
    let system = || Actor::system(app.clock.now());
    let try_of = Try { id: session.id, tablet: session.tablet };
    let (tries, hash) = app.db.write(system(), async |tx| try_of.count(tx).await).await?.ok_or(Error::SessionEnded)?;
    if !password::verify(&tidy(typed), Some(&hash)).await? {
        let refused = app.db.write(system(), async |tx| try_of.fail(tx, tries).await).await?;
        // Whoever calls is known; what is wrong is the field.
        return Err(if matches!(refused, Error::PinWrong) { Error::field("pin", "pin.wrong") } else { refused });
    }
    let turned = app.db.write(who.actor(app), async |tx| {
        let account = staff::account(tx, staff.id).await?.ok_or(Error::SessionEnded)?;
        if account.pin_hash.as_deref() != Some(hash.as_str()) {
            return Err(Error::SessionEnded);
        }
        turn_back(tx, session.id, staff).await
    });
    turned.await
}

async fn by_password(app: &App, who: &Caller, (session, staff): (&Session, &Staff), typed: &str) -> Result<(), Error> {
    let verified_by = verified(app, staff, typed).await?;
    let turned = app.db.write(who.actor(app), async |tx| {
        require_unchanged(tx, staff, &verified_by).await?;
        Guess::by_person(staff.id, tx.at()).was_right(tx).await?;
        turn_back(tx, session.id, staff).await
    });
    turned.await
}

async fn turn_back(tx: &Tx, id: SessionId, staff: &Staff) -> Result<(), Error> {
    let session = held(tx, id, staff).await?;
    sessions::turn(tx, session.id, None).await?;
    record(tx, staff, "session.customer_view_left", Vec::new());
    Ok(())
}

/// The session as it stays until the unit of work ends, if it still speaks for the person.
async fn held(tx: &Tx, id: SessionId, staff: &Staff) -> Result<Session, Error> {
    let session = sessions::hold(tx, id).await?.ok_or(Error::SessionEnded)?;
    require_alive(&session, staff, tx.at())?;
    Ok(session)
}

fn record(tx: &Tx, staff: &Staff, action: &'static str, changes: Vec<FieldChange>) {
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("staff:{}", staff.id), changes });
}
