//! `/vehicles/{stock_number}/external-…` and `/customers/{customer_code}/external-…`: the codes, and the links that they make.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, delete, get, put};
use noren_api::Page;
use noren_api::external_systems::{ExternalCode, ExternalLink};
use noren_domain::access::AccessKind;
use noren_domain::code::{CustomerCode, StockNumber};
use noren_domain::external_system::{self, Subject, SystemKey};
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, customers, external_systems, vehicles};

use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::extract::{Id, Valid};
use crate::permissions::{
    ListCustomerExternalLinks, ListVehicleExternalLinks, RemoveCustomerExternalCode, RemoveVehicleExternalCode,
    SetCustomerExternalCode, SetVehicleExternalCode,
};

/// List a vehicle's links to other systems
///
/// Of every system that is shown and knows vehicles, with its code where somebody has told it.
#[utoipa::path(tag = "stock", params(("stock_number" = StockNumber, Path)), responses((status = 200, body = Page<ExternalLink>)))]
#[get("/vehicles/{stock_number}/external-links")]
pub async fn list_vehicle_external_links(
    who: Allowed<ListVehicleExternalLinks>,
    app: Data<App>,
    number: Id<StockNumber>,
) -> Result<Json<Page<ExternalLink>>, Error> {
    links(&app.db, &who.viewer, &Subject::Vehicle(number.0)).await
}

/// Set what a system calls a vehicle
///
/// In place of what it called it before. The answer is the whole list.
#[utoipa::path(tag = "stock", params(("stock_number" = StockNumber, Path), ("system_key" = SystemKey, Path)),
    request_body = ExternalCode, responses((status = 200, body = Page<ExternalLink>)))]
#[put("/vehicles/{stock_number}/external-codes/{system_key}")]
pub async fn set_vehicle_external_code(
    who: Allowed<SetVehicleExternalCode>,
    app: Data<App>,
    path: Id<(StockNumber, SystemKey)>,
    body: Valid<ExternalCode>,
) -> Result<Json<Page<ExternalLink>>, Error> {
    let (number, key) = path.0;
    change(&app, &who, (Subject::Vehicle(number), key), Some(&body.code)).await
}

/// Remove what a system calls a vehicle
///
/// What was never told stays so. The answer is the whole list.
#[utoipa::path(tag = "stock", params(("stock_number" = StockNumber, Path), ("system_key" = SystemKey, Path)),
    responses((status = 200, body = Page<ExternalLink>)))]
#[delete("/vehicles/{stock_number}/external-codes/{system_key}")]
pub async fn remove_vehicle_external_code(
    who: Allowed<RemoveVehicleExternalCode>,
    app: Data<App>,
    path: Id<(StockNumber, SystemKey)>,
) -> Result<Json<Page<ExternalLink>>, Error> {
    let (number, key) = path.0;
    change(&app, &who, (Subject::Vehicle(number), key), None).await
}

/// List a customer's links to other systems
///
/// Of every system that is shown and knows customers, with its code where somebody has told it.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path)), responses((status = 200, body = Page<ExternalLink>)))]
#[get("/customers/{customer_code}/external-links")]
pub async fn list_customer_external_links(
    who: Allowed<ListCustomerExternalLinks>,
    app: Data<App>,
    request: HttpRequest,
    code: Id<CustomerCode>,
) -> Result<Json<Page<ExternalLink>>, Error> {
    let links = links(&app.db, &who.viewer, &Subject::Customer(code.0.clone())).await?;
    app.saw_customers(&who, &request, AccessKind::CustomerDetail, vec![code.0]);
    Ok(links)
}

/// Set what a system calls a customer
///
/// In place of what it called them before. The answer is the whole list.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path), ("system_key" = SystemKey, Path)),
    request_body = ExternalCode, responses((status = 200, body = Page<ExternalLink>)))]
#[put("/customers/{customer_code}/external-codes/{system_key}")]
pub async fn set_customer_external_code(
    who: Allowed<SetCustomerExternalCode>,
    app: Data<App>,
    path: Id<(CustomerCode, SystemKey)>,
    body: Valid<ExternalCode>,
) -> Result<Json<Page<ExternalLink>>, Error> {
    let (code, key) = path.0;
    change(&app, &who, (Subject::Customer(code), key), Some(&body.code)).await
}

/// Remove what a system calls a customer
///
/// What was never told stays so. The answer is the whole list.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path), ("system_key" = SystemKey, Path)),
    responses((status = 200, body = Page<ExternalLink>)))]
#[delete("/customers/{customer_code}/external-codes/{system_key}")]
pub async fn remove_customer_external_code(
    who: Allowed<RemoveCustomerExternalCode>,
    app: Data<App>,
    path: Id<(CustomerCode, SystemKey)>,
) -> Result<Json<Page<ExternalLink>>, Error> {
    let (code, key) = path.0;
    change(&app, &who, (Subject::Customer(code), key), None).await
}

async fn change(
    app: &App,
    who: &Caller,
    (subject, key): (Subject, SystemKey),
    typed: Option<&str>,
) -> Result<Json<Page<ExternalLink>>, Error> {
    let changed = app.db.write(who.actor(app), async |tx| {
        require_visible(tx, &who.viewer, &subject).await?;
        let system = external_systems::find(tx, &key).await?.filter(|system| system.covers.includes(&subject));
        let system = system.ok_or(Error::NotFound)?;
        let code = typed.map(external_system::code).transpose().map_err(|code| Error::field("code", code))?;
        let before = match &code {
            Some(_) if !system.active => return Err(Error::field("code", "system.retired")),
            Some(code) => external_systems::put(tx, &subject, &key, code).await?,
            None => external_systems::remove(tx, &subject, &key).await?,
        };
        if before != code {
            record(tx, &subject, FieldChange { field: key.as_str().to_owned(), before, after: code });
        }
        Ok::<_, Error>(())
    });
    changed.await?;
    links(&app.db, &who.viewer, &subject).await
}

/// Of a customer only that it changed: what a person is called elsewhere goes with them when EXTREME lets them go.
fn record(tx: &Tx, subject: &Subject, change: FieldChange) {
    let (action, subject, change) = match subject {
        Subject::Vehicle(number) => ("vehicle.external_code_changed", format!("vehicle:{number}"), change),
        Subject::Customer(code) => {
            let named = FieldChange::to("fields", change.field);
            ("customer.external_code_changed", format!("customer:{code}"), named)
        }
    };
    tx.audit(Entry { chain: Chain::Company, action, subject, changes: vec![change] });
}

async fn require_visible(conn: &impl Conn, viewer: &Viewer, subject: &Subject) -> Result<(), Error> {
    let is_there = match subject {
        Subject::Vehicle(number) => vehicles::find(conn, viewer, number).await?.is_some(),
        Subject::Customer(code) => customers::find(conn, viewer, code).await?.is_some(),
    };
    if is_there { Ok(()) } else { Err(Error::NotFound) }
}

async fn links(conn: &impl Conn, viewer: &Viewer, subject: &Subject) -> Result<Json<Page<ExternalLink>>, Error> {
    require_visible(conn, viewer, subject).await?;
    let mut codes = external_systems::codes_of(conn, subject).await?;
    let systems = external_systems::all(conn).await?;
    let shown = systems.into_iter().filter(|system| system.active && system.covers.includes(subject));
    let link = |system: external_system::ExternalSystem| {
        let code = codes.remove(&system.key);
        let url = system.link(subject, code.as_deref());
        let external_system::ExternalSystem { key, name_ja, name_en, .. } = system;
        ExternalLink { system_key: key, name_ja, name_en, code, url }
    };
    Ok(Json(Page { items: shown.map(link).collect(), next: None }))
}
