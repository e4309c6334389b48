//! `GET /customers/{customer_code}/purchases`, `/maintenance-records` and `/inspections`, out of the copies.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::PageQuery;
use noren_api::customers::{Inspection, MaintenanceRecord, Purchase, RecordPage};
use noren_api::extreme::Origin;
use noren_domain::access::AccessKind;
use noren_domain::clock::japan_date;
use noren_domain::code::CustomerCode;
use noren_domain::sync::Stream;
use noren_persistence::{PageRequest, customers};
use serde::Serialize;

use super::wire::{self, Codes};
use super::{Sought, moved, sought};
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::cursor::Cursors;
use crate::extract::{Id, ValidQuery};
use crate::extreme::{live, origin};
use crate::permissions::{ListInspections, ListMaintenanceRecords, ListPurchases};

/// List a customer's purchases
///
/// The cars that they bought, the last first; a car without `owned_until` is one that they have.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path), PageQuery),
    responses((status = 200, body = RecordPage<Purchase>), (status = 301, description = "Part of another customer by now")))]
#[get("/customers/{customer_code}/purchases")]
pub async fn list_purchases(
    who: Allowed<ListPurchases>,
    app: Data<App>,
    request: HttpRequest,
    code: Id<CustomerCode>,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    let list = match Asked::of(&app, &who, &request, &code.0, query.0).await? {
        Ok(list) => list,
        Err(moved) => return Ok(moved),
    };
    let page = customers::purchases(&app.db, &code.0, &list.wanted).await?;
    let codes = Codes::of(&app, page.items.iter().map(|bought| bought.staff_code.as_ref())).await?;
    let today = japan_date(app.clock.now());
    let items = page.items.into_iter().map(|bought| wire::purchase(bought, &codes, today)).collect();
    list.answer(Stream::Purchases, items, list.cursors.next(page.next)?).await
}

/// List a customer's maintenance records
///
/// 整備・鈑金・修理 of their cars with its lines, the last first. The first page is asked of EXTREME just now, and out of the copy with its
/// age where EXTREME does not answer within 800 ms; `origin` says which.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path), PageQuery),
    responses((status = 200, body = RecordPage<MaintenanceRecord>), (status = 301, description = "Part of another customer by now")))]
#[get("/customers/{customer_code}/maintenance-records")]
pub async fn list_maintenance_records(
    who: Allowed<ListMaintenanceRecords>,
    app: Data<App>,
    request: HttpRequest,
    code: Id<CustomerCode>,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    let list = match Asked::of(&app, &who, &request, &code.0, query.0).await? {
        Ok(list) => list,
        Err(moved) => return Ok(moved),
    };
    let is_live = match live::link(&app, &who.viewer).filter(|_| list.wanted.after.is_none()) {
        Some(link) => live::heard_all(&app, link.gateway.maintenance_of(&code.0).await).await,
        None => false,
    };
    let page = customers::maintenance_records(&app.db, &code.0, &list.wanted).await?;
    let codes = Codes::of(&app, page.items.iter().map(|work| work.staff_code.as_ref())).await?;
    let items = page.items.into_iter().map(|work| wire::maintenance_record(work, &codes)).collect();
    let next = list.cursors.next(page.next)?;
    if is_live {
        Ok(list.respond(origin::live(&app), items, next.as_deref()))
    } else {
        list.answer(Stream::MaintenanceRecords, items, next).await
    }
}

/// List a customer's inspections
///
/// 車検・法定点検 of their cars, the last first.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path), PageQuery),
    responses((status = 200, body = RecordPage<Inspection>), (status = 301, description = "Part of another customer by now")))]
#[get("/customers/{customer_code}/inspections")]
pub async fn list_inspections(
    who: Allowed<ListInspections>,
    app: Data<App>,
    request: HttpRequest,
    code: Id<CustomerCode>,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    let list = match Asked::of(&app, &who, &request, &code.0, query.0).await? {
        Ok(list) => list,
        Err(moved) => return Ok(moved),
    };
    let page = customers::inspections(&app.db, &code.0, &list.wanted).await?;
    let codes = Codes::of(&app, page.items.iter().map(|done| done.staff_code.as_ref())).await?;
    let items = page.items.into_iter().map(|done| wire::inspection(done, &codes)).collect();
    list.answer(Stream::Inspections, items, list.cursors.next(page.next)?).await
}

/// A page of the records of a customer, as it is asked for.
struct Asked<'a> {
    app: &'a App,
    request: &'a HttpRequest,
    cursors: Cursors<'a>,
    wanted: PageRequest<String>,
}

impl<'a> Asked<'a> {
    /// What is asked, noted as a look at the customer; or where they are by now.
    async fn of(
        app: &'a App,
        who: &Caller,
        request: &'a HttpRequest,
        code: &CustomerCode,
        query: PageQuery,
    ) -> Result<Result<Self, HttpResponse>, Error> {
        if let Sought::Merged(into) = sought(app, &who.viewer, code).await? {
            return Ok(Err(moved(request, &into)));
        }
        let PageQuery { after, limit } = query;
        let cursors = app.cursors(request.path(), &())?;
        let wanted = cursors.page(after.as_deref(), limit)?;
        app.saw_customers(who, request, AccessKind::CustomerDetail, vec![code.clone()]);
        Ok(Ok(Self { app, request, cursors, wanted }))
    }

    async fn answer<T: Serialize>(
        &self,
        stream: Stream,
        items: Vec<T>,
        next: Option<String>,
    ) -> Result<HttpResponse, Error> {
        Ok(self.respond(origin::of_copy(self.app, stream).await?, items, next.as_deref()))
    }

    fn respond<T: Serialize>(&self, origin: Origin, items: Vec<T>, next: Option<&str>) -> HttpResponse {
        self.app.linked(self.request, next, &RecordPage { items, next: next.map(str::to_owned), origin })
    }
}
