//! `/docs`: the guide to the API, its document, a viewer for that, and a page for every problem.

mod guide;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, ResponseError, get};
use utoipa_swagger_ui::SwaggerUi;

use crate::Error;
use crate::app::App;
use crate::problem::KINDS;

const VIEWER: &str = "/docs/reference";
/// The viewer brings inline styles of its own.
const VIEWER_POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The guide, the document and its viewer.
pub fn routes(config: &mut ServiceConfig) {
    config.service(openapi_json);
    config.service(guide::japanese).service(guide::english).service(guide::example_file).service(guide::style);
    config.service(actix_web::web::redirect("/docs/", "/docs"));
    config.service(
        actix_web::web::scope("")
            .guard(actix_web::guard::fn_guard(|context| context.head().uri.path().starts_with(VIEWER)))
            .wrap(actix_web::middleware::DefaultHeaders::new().add((header::CONTENT_SECURITY_POLICY, VIEWER_POLICY)))
            .wrap(from_fn(no_bare_404))
            .service(actix_web::web::redirect(VIEWER, "/docs/reference/"))
            .service(
                SwaggerUi::new("/docs/reference/{_:.*}").config(utoipa_swagger_ui::Config::from("/api/openapi.json")),
            ),
    );
}

/// The viewer answers for files that it does not have with an empty 404.
async fn no_bare_404(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?;
    if response.status() == StatusCode::NOT_FOUND {
        return Ok(response.into_response(Error::NotFound.error_response()));
    }
    Ok(response.map_into_boxed_body())
}

/// The pages that problems point to.
pub fn problem_pages(config: &mut ServiceConfig) {
    config.service(problem_page);
}

#[get("/api/openapi.json")]
async fn openapi_json(app: Data<App>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json; charset=utf-8").body(app.document.json.clone())
}

#[get("/docs/problems/{code}")]
async fn problem_page(code: Path<String>) -> Result<HttpResponse, Error> {
    let kind = KINDS.iter().find(|kind| kind.code == *code).ok_or(Error::NotFound)?;
    let (code, status, title, help) = (kind.code, kind.status, kind.title, kind.help);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{code}</title>\n<h1>{title}</h1>\n<p><code>{code}</code>, HTTP status {status}</p>\n<p>{help}</p>\n</html>\n"
    );
    let cached = (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header(cached).body(page))
}
