//! `GET /customers/{customer_code}`: live first, the copy second.

use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::customers::Customer as Wire;
use noren_api::extreme::Origin;
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::customer::Customer;
use noren_domain::sync::{Changes, Recorded, Stream};
use noren_domain::viewer::Viewer;
use noren_persistence::customers::{self, Kept};
use noren_persistence::{Actor, copies};

use super::{Sought, moved, sought, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::extreme::{Link, origin};
use crate::permissions::ReadCustomer;

/// How long the answer waits until what EXTREME has just said is kept.
const PATIENCE: Duration = Duration::from_millis(300);

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
    // What integrators ask, however much that is, costs EXTREME nothing that a customer would wait for.
    let link = app.extreme.as_ref().filter(|_| viewer.staff_id().is_some());
    let said = match link {
        Some(link) => ask(link, &known).await,
        None => Said::Nothing,
    };
    match said {
        Said::AsKnown => Ok((known, origin::live(app))),
        Said::Changed(recorded) => {
            keep(app, &recorded).await;
            let kept = customers::find(&app.db, viewer, &known.record.customer_code).await?.ok_or(Error::NotFound)?;
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

/// What EXTREME says of a customer.
enum Said {
    AsKnown,
    /// They are otherwise than was known.
    Changed(Box<Recorded<Customer>>),
    /// There is no such customer any more.
    Gone,
    /// It cannot be asked just now.
    Nothing,
}

async fn ask(link: &Link, known: &Kept<Customer>) -> Said {
    let code = &known.record.customer_code;
    match link.gateway.customer(code, Some(known.revision)).await {
        // An older state than is known, or another customer than was asked for, says nothing of how this one is now.
        Ok(Some(live)) if live.revision < known.revision || live.record.customer_code != *code => Said::Nothing,
        Ok(Some(live)) => Said::Changed(Box::new(live)),
        Ok(None) => Said::AsKnown,
        Err(noren_extreme::Error::NotFound) => Said::Gone,
        Err(error) => {
            tracing::debug!(error = %error, "extreme.not_live");
            Said::Nothing
        }
    }
}

/// Keeps what was just said beside what the stream brings; the higher revision stays, whoever is first.
async fn keep(app: &App, recorded: &Recorded<Customer>) {
    let news = Changes { items: vec![recorded.clone()], tombstones: Vec::new(), next: String::new(), more: false };
    let kept = app.db.write(Actor::system(app.clock.now()), async |tx| copies::keep(tx, &news, tx.at()).await);
    match tokio::time::timeout(PATIENCE, kept).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::warn!(error = %error, "customer.not_kept"),
        Err(_elapsed) => tracing::warn!("customer.kept_later"),
    }
}
