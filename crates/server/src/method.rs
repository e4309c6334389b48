//! What no route took: a wrong method (405 with `Allow`), OPTIONS, a page of the SPA, or nothing (404).

use actix_web::http::{Method, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::app::App;
use crate::{Error, forms, spa};

/// Pages outside the document that answer GET alone.
const PAGES: &[&str] = &["/healthz", "/readyz", "/metrics", "/docs", "/api/openapi.json"];

/// The default service. Routing answers 404 for a wrong method, so the generated document is asked.
///
/// # Errors
/// `MethodNotAllowed` or `NotFound`.
pub async fn fall_back(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let path = request.path();
    let mut methods = app.document.methods(path);
    let is_ours = ["/api/", "/public/", "/docs/"].iter().any(|ours| path.starts_with(ours)) || PAGES.contains(&path);
    if methods.is_empty() && (PAGES.contains(&path) || !is_ours) {
        methods = vec!["GET", "HEAD"];
    }
    if methods.is_empty() {
        return Err(Error::NotFound);
    }
    let allow = listed(&methods);
    let asks_for_a_site = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    match *request.method() {
        Method::OPTIONS if asks_for_a_site && path.starts_with("/public/v1/forms/") => {
            forms::preflight(&app, &request, allow).await
        }
        Method::OPTIONS => Ok(HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish()),
        Method::GET if !is_ours => spa::serve(&request),
        Method::GET if PAGES.contains(&path) => Err(Error::NotFound),
        _ => Err(Error::MethodNotAllowed { allow }),
    }
}

/// Why a path with something else than an id in its place is refused: its last part may be a word that other methods know.
#[must_use]
pub fn refusal(request: &HttpRequest) -> Error {
    let document = request.app_data::<Data<App>>().map(|app| app.document);
    match document.map(|document| document.methods(request.path())) {
        Some(methods) if !methods.is_empty() && !methods.contains(&request.method().as_str()) => {
            Error::MethodNotAllowed { allow: listed(&methods) }
        }
        _ => Error::NotFound,
    }
}

fn listed(methods: &[&str]) -> String {
    [methods, &["OPTIONS"]].concat().join(", ")
}
