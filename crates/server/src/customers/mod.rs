//! `/customers`: 顧客 as EXTREME has them, out of the copy and, for one customer, live; and what Noren adds. One file per operation.

mod corrections;
mod list;
mod read;
mod records;
mod timeline;
pub(crate) mod wire;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use noren_domain::code::CustomerCode;
use noren_domain::customer::Customer;
use noren_domain::viewer::Viewer;
use noren_persistence::customers::{self, Kept};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::app::App;

/// All operations on customers.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_customers)
        .service(read::read_customer)
        .service(records::list_purchases)
        .service(records::list_maintenance_records)
        .service(records::list_inspections)
        .service(timeline::read_customer_timeline)
        .service(corrections::request_correction)
        .service(corrections::resend_correction)
        .service(corrections::list_correction_requests);
}

/// A customer by a code.
enum Sought {
    Here(Box<Kept<Customer>>),
    /// They have become part of another customer, whom the viewer may see.
    Merged(CustomerCode),
}

/// The customer, if the viewer may see them; who may not be seen is not there.
async fn sought(app: &App, viewer: &Viewer, code: &CustomerCode) -> Result<Sought, Error> {
    if let Some(kept) = customers::find(&app.db, viewer, code).await? {
        return Ok(Sought::Here(Box::new(kept)));
    }
    let into = customers::merged_into(&app.db, code).await?.ok_or(Error::NotFound)?;
    customers::find(&app.db, viewer, &into).await?.map(|_| Sought::Merged(into)).ok_or(Error::NotFound)
}

/// Sends whoever asks on to the customer whom this one has become part of.
fn moved(request: &HttpRequest, into: &CustomerCode) -> HttpResponse {
    let place = match request.path().strip_prefix("/api/v1/customers/").and_then(|rest| rest.split_once('/')) {
        Some((_, rest)) => format!("/api/v1/customers/{into}/{rest}"),
        None => format!("/api/v1/customers/{into}"),
    };
    let query = request.query_string();
    let place = if query.is_empty() { place } else { format!("{place}?{query}") };
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, place)).finish()
}
