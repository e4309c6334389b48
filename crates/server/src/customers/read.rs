//! `GET /customers/{customer_code}`: live first, the copy second.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::customers::Customer as Wire;
use noren_api::extreme::Origin;
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::customer::Customer;
use noren_domain::sync::Stream;
use noren_domain::viewer::Viewer;
use noren_persistence::customers::{self, Kept};

use super::{Sought, moved, sought, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::extreme::live::{self, Said};
use crate::extreme::origin;
use crate::permissions::ReadCustomer;

/// Read a customer
///
/// Asked of EXTREME just now, and out of the copy with its age where EXTREME does not answer within 800 ms; `origin` says which. An
/// integrator's key is answered out of the copy. A customer who has become part of another one is answered 301 with the place of
/// that one, and so is everything below.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path)),
    responses((status = 200, body = Wire), (status = 301, description = "Part of another customer by now")))]
#[get("/customers/{customer_code}")]
pub async fn read_customer(
    who: Allowed<ReadCustomer>,
    app: Data<App>,
    request: HttpRequest,
    code: Id<CustomerCode>,
) -> Result<HttpResponse, Error> {
    let known = match sought(&app, &who.viewer, &code.0).await? {
        Sought::Here(kept) => *kept,
        Sought::Merged(into) => return Ok(moved(&request, &into)),
    };
    let (kept, origin) = now(&app, &who.viewer, known).await?;
    app.saw_customers(&who, &request, AccessKind::CustomerDetail, vec![kept.record.customer_code.clone()]);
    Ok(HttpResponse::Ok().json(wire::customer(&app, kept, origin).await?))
}

/// The customer as they are now, or as they were when they were last known. Who has gone to another store may not be seen any more.
async fn now(app: &App, viewer: &Viewer, known: Kept<Customer>) -> Result<(Kept<Customer>, Origin), Error> {
    let (code, revision) = (known.record.customer_code.clone(), Some(known.revision));
    let said = match live::link(app, viewer) {
        Some(link) => live::heard(app, (code.as_str(), revision), link.gateway.customer(&code, revision).await).await,
        None => Said::Nothing,
    };
    match said {
        Said::AsKnown => Ok((known, origin::live(app))),
        Said::Changed(recorded) => {
            let kept = customers::find(&app.db, viewer, &code).await?.ok_or(Error::NotFound)?;
            let origin = if kept.revision >= recorded.revision {
                origin::live(app)
            } else {
                origin::of_record(app, Stream::Customers, kept.read_at).await?
            };
            Ok((kept, origin))
        }
        Said::Gone => Err(Error::NotFound),
        Said::Nothing => {
            let origin = origin::of_record(app, Stream::Customers, known.read_at).await?;
            Ok((known, origin))
        }
    }
}
