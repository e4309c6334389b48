//! What EXTREME keeps of a customer's cars, the newest first. Who sees the customer sees it, whichever store did the work.

use noren_domain::code::CustomerCode;
use noren_domain::customer::{Inspection, MaintenanceRecord, Purchase};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect};

use super::rows;
use crate::entity::{inspection, maintenance_record, purchase};
use crate::{Conn, Error, Page, PageRequest, Position};

/// The cars that a customer bought, page by page.
///
/// # Errors
/// Database errors.
pub async fn purchases(
    conn: &impl Conn,
    code: &CustomerCode,
    page: &PageRequest<String>,
) -> Result<Page<Purchase, String>, Error> {
    use purchase::Column::{CustomerCode as Of, PurchaseNumber, PurchasedOn};
    let theirs =
        purchase::Entity::find().filter(Of.eq(code.as_str())).filter(behind(PurchasedOn, PurchaseNumber, page));
    let newest = theirs.order_by_desc(PurchasedOn).order_by_desc(PurchaseNumber).limit(page.limit + 1);
    let records = newest.all(conn.inner()).await?.into_iter().map(rows::purchase).collect::<Result<Vec<_>, _>>()?;
    let position =
        |one: &Purchase| Position { sort: one.purchased_on.to_string(), id: one.purchase_number.to_string() };
    Ok(Page::cut(records, page.limit, position))
}

/// 整備・鈑金・修理 of a customer's cars, page by page.
///
/// # Errors
/// Database errors.
pub async fn maintenance_records(
    conn: &impl Conn,
    code: &CustomerCode,
    page: &PageRequest<String>,
) -> Result<Page<MaintenanceRecord, String>, Error> {
    use maintenance_record::Column::{CustomerCode as Of, ReceivedOn, RecordNumber};
    let theirs =
        maintenance_record::Entity::find().filter(Of.eq(code.as_str())).filter(behind(ReceivedOn, RecordNumber, page));
    let newest = theirs.order_by_desc(ReceivedOn).order_by_desc(RecordNumber).limit(page.limit + 1);
    let records =
        newest.all(conn.inner()).await?.into_iter().map(rows::maintenance_record).collect::<Result<Vec<_>, _>>()?;
    let position =
        |one: &MaintenanceRecord| Position { sort: one.received_on.to_string(), id: one.record_number.to_string() };
    Ok(Page::cut(records, page.limit, position))
}

/// 車検・法定点検 of a customer's cars, page by page.
///
/// # Errors
/// Database errors.
pub async fn inspections(
    conn: &impl Conn,
    code: &CustomerCode,
    page: &PageRequest<String>,
) -> Result<Page<Inspection, String>, Error> {
    use inspection::Column::{CustomerCode as Of, InspectionNumber, PerformedOn};
    let theirs =
        inspection::Entity::find().filter(Of.eq(code.as_str())).filter(behind(PerformedOn, InspectionNumber, page));
    let newest = theirs.order_by_desc(PerformedOn).order_by_desc(InspectionNumber).limit(page.limit + 1);
    let records = newest.all(conn.inner()).await?.into_iter().map(rows::inspection).collect::<Result<Vec<_>, _>>()?;
    let position =
        |one: &Inspection| Position { sort: one.performed_on.to_string(), id: one.inspection_number.to_string() };
    Ok(Page::cut(records, page.limit, position))
}

fn behind<C: IntoSimpleExpr + Copy>(day: C, number: C, page: &PageRequest<String>) -> Condition {
    let Some(Position { sort: last_day, id: last }) = &page.after else { return Condition::all() };
    let value = || Expr::val(last_day.as_str());
    let same =
        Condition::all().add(day.into_simple_expr().eq(value())).add(number.into_simple_expr().lt(last.as_str()));
    Condition::any().add(day.into_simple_expr().lt(value())).add(same)
}
