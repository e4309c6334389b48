//! `POST` and `GET /customers/{customer_code}/correction-requests`: 修正依頼.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::customers::{CorrectionRequest as Wire, NewCorrectionRequest};
use noren_api::{Page, PageQuery};
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::customer::{CorrectionRequest, CorrectionState, Customer, TypedWish, Wish, check_wishes};
use noren_domain::outbox::{Errand, Payload};
use noren_domain::staff::Role;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_domain::{CorrectionRequestId, OutboxMessageId, StoreId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, correction_requests, customers, outbox, staff, stores};
use serde_json::Value;

use super::{Sought, moved, sought};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, Valid, ValidQuery};
use crate::idempotency::{Created, Creating, Repeatable, id_in};
use crate::permissions::{ListCorrectionRequests, RequestCorrection, ResendCorrection};

/// Ask for a correction
///
/// A wish to change what EXTREME masters about a customer (修正依頼). It waits in the outbox until EXTREME has it; a person there
/// decides, and what they accept arrives with the customer's next state.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path)), request_body = NewCorrectionRequest,
    responses((status = 201, body = Wire)))]
#[post("/customers/{customer_code}/correction-requests")]
pub async fn request_correction(
    who: Allowed<RequestCorrection>,
    app: Data<App>,
    code: Id<CustomerCode>,
    new: Creating<NewCorrectionRequest>,
) -> Result<HttpResponse, Error> {
    let made = new.key.once(&app, &who, async |tx| {
        let wish = ask(tx, &who.viewer, &code.0, new.body.clone()).await?;
        let location = format!("/api/v1/customers/{}/correction-requests", code.0);
        Ok(Created { location, version: None, body: to_wire(tx, wish).await? })
    });
    Ok(made.await?.respond())
}

async fn ask(
    tx: &Tx,
    viewer: &Viewer,
    code: &CustomerCode,
    new: NewCorrectionRequest,
) -> Result<CorrectionRequest, Error> {
    let customer = customers::find(tx, viewer, code).await?.ok_or(Error::NotFound)?.record;
    let staff_id = viewer.staff_id().ok_or(Error::Forbidden)?;
    let (wishes, remark) = checked(&customer, new)?;
    let (id, outbox_message_id) = (CorrectionRequestId::mint(tx.at()), OutboxMessageId::mint(tx.at()));
    let errand = Errand::CorrectionRequest { correction_request_id: id, customer_code: code.clone() };
    outbox::insert(tx, outbox_message_id, &Payload::Extreme(errand)).await?;
    let wish = CorrectionRequest {
        id,
        customer_code: code.clone(),
        staff_id,
        wishes,
        note: remark,
        requested_at: tx.at(),
        state: CorrectionState::Waiting,
        outbox_message_id,
        correction_number: None,
        decided_at: None,
        reason: None,
        entered_by: None,
        version: 1,
    };
    correction_requests::insert(tx, &wish).await?;
    note(tx, &customer, &wish, "customer.correction_requested").await?;
    Ok(wish)
}

/// Mend a correction request and send it again
///
/// For one that EXTREME did not take and that nobody sends any more. It goes as another request, under another key. For who wished it,
/// and for managers.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path), ("id" = CorrectionRequestId, Path)),
    request_body = NewCorrectionRequest,
    responses((status = 200, body = Wire), (status = 409, description = "It is on its way, or has arrived")))]
#[post("/customers/{customer_code}/correction-requests/{id}/resend")]
pub async fn resend_correction(
    who: Allowed<ResendCorrection>,
    app: Data<App>,
    path: Id<(CustomerCode, CorrectionRequestId)>,
    new: Valid<NewCorrectionRequest>,
) -> Result<HttpResponse, Error> {
    let (code, id) = path.0;
    let resent = app.db.write(who.actor(&app), async |tx| {
        let wish = mend(tx, &who.viewer, (&code, id), new.0.clone()).await?;
        to_wire(tx, wish).await
    });
    Ok(HttpResponse::Ok().json(resent.await?))
}

async fn mend(
    tx: &Tx,
    viewer: &Viewer,
    (code, id): (&CustomerCode, CorrectionRequestId),
    new: NewCorrectionRequest,
) -> Result<CorrectionRequest, Error> {
    let customer = customers::find(tx, viewer, code).await?.ok_or(Error::NotFound)?.record;
    let known = correction_requests::find(tx, id).await?.filter(|wish| wish.customer_code == *code);
    let mut wish = known.ok_or(Error::NotFound)?;
    if viewer.role == Role::Salesperson && viewer.staff_id() != Some(wish.staff_id) {
        return Err(Error::Forbidden);
    }
    let mut message = outbox::lock(tx, wish.outbox_message_id).await?.ok_or(Error::NotFound)?;
    message.mended(OutboxMessageId::mint(tx.at()).to_string(), tx.at())?;
    (wish.wishes, wish.note) = checked(&customer, new)?;
    correction_requests::mend(tx, &wish).await?;
    outbox::update(tx, &mut message).await?;
    note(tx, &customer, &wish, "customer.correction_mended").await?;
    correction_requests::find(tx, id).await?.ok_or(Error::NotFound)
}

fn checked(customer: &Customer, new: NewCorrectionRequest) -> Result<(Vec<Wish>, Option<String>), Error> {
    let typed = new.wishes.into_iter().map(|wish| TypedWish { field: wish.field, wanted: wish.wanted }).collect();
    Ok(check_wishes(customer, typed, new.note).map_err(noren_domain::Error::from)?)
}

/// Which members, and not what they were or should be: that goes with the customer when EXTREME lets them go.
async fn note(tx: &Tx, customer: &Customer, wish: &CorrectionRequest, action: &'static str) -> Result<(), Error> {
    let named = wish.wishes.iter().map(|wish| wish.field.as_str()).collect::<Vec<_>>().join(", ");
    let store = stores::by_code(tx).await?.get(customer.store_code.as_str()).copied();
    let (subject, changes) = (format!("customer:{}", wish.customer_code), vec![FieldChange::to("fields", named)]);
    tx.audit(Entry { chain: chain(store), action, subject, changes });
    Ok(())
}

fn chain(store: Option<StoreId>) -> Chain {
    store.map_or(Chain::Company, Chain::Store)
}

/// List a customer's correction requests
///
/// The newest first, with what became of them.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path), PageQuery),
    responses((status = 200, body = Page<Wire>), (status = 301, description = "Part of another customer by now")))]
#[get("/customers/{customer_code}/correction-requests")]
pub async fn list_correction_requests(
    who: Allowed<ListCorrectionRequests>,
    app: Data<App>,
    request: HttpRequest,
    code: Id<CustomerCode>,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    if let Sought::Merged(into) = sought(&app, &who.viewer, &code.0).await? {
        return Ok(moved(&request, &into));
    }
    let PageQuery { after, limit } = query.0;
    let cursors = app.cursors("correction-requests", &code.0)?;
    let page = correction_requests::of_customer(&app.db, &code.0, &cursors.page(after.as_deref(), limit)?).await?;
    let next = cursors.next(page.next)?;
    app.saw_customers(&who, &request, AccessKind::CustomerDetail, vec![code.0.clone()]);
    Ok(app.page(&request, &Page { items: to_wires(&app.db, page.items).await?, next }))
}

impl Repeatable for Wire {
    async fn require_visible(tx: &Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        let wish = correction_requests::find(tx, id_in(made, "id")?).await?.ok_or(Error::NotFound)?;
        customers::find(tx, viewer, &wish.customer_code).await?.map(|_| ()).ok_or(Error::NotFound)
    }
}

async fn to_wire(conn: &impl Conn, wish: CorrectionRequest) -> Result<Wire, Error> {
    to_wires(conn, vec![wish]).await?.pop().ok_or(Error::NotFound)
}

async fn to_wires(conn: &impl Conn, wishes: Vec<CorrectionRequest>) -> Result<Vec<Wire>, Error> {
    let people: Vec<_> = wishes.iter().flat_map(|wish| wish.entered_by.into_iter().chain([wish.staff_id])).collect();
    let people = staff::names(conn, &people).await?;
    let one = |wish: CorrectionRequest| Wire {
        id: wish.id,
        customer_code: wish.customer_code,
        staff_id: wish.staff_id,
        staff_name: people.get(&wish.staff_id).cloned(),
        wishes: wish.wishes,
        note: wish.note,
        state: wish.state,
        requested_at: wish.requested_at,
        correction_number: wish.correction_number,
        decided_at: wish.decided_at,
        reason: wish.reason,
        entered_by_name: wish.entered_by.and_then(|by| people.get(&by).cloned()),
    };
    Ok(wishes.into_iter().map(one).collect())
}
