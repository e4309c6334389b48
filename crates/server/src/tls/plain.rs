//! The plain listener beside the one with TLS: it sends everybody over, but for what a tablet needs before it can trust us,
//! the sign of life, and proxies that are trusted.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::header;

use crate::app::App;

/// Whether the request came over TLS to this very server.
pub fn speaks_tls(request: &ServiceRequest) -> bool {
    request.app_config().secure()
}

/// Where a plain request is to go instead; nothing where it may stay.
pub fn moved(app: &App, request: &ServiceRequest) -> Option<HttpResponse> {
    let tls = app.tls.as_ref()?;
    let path = request.path();
    let is_open = path == "/healthz" || path == "/trust" || path.starts_with("/trust/");
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let is_proxy = app.config.trusted_proxies.iter().any(|proxy| Some(proxy.to_canonical()) == peer);
    if speaks_tls(request) || is_open || is_proxy {
        return None;
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    // Only to ourselves: what else a caller names as host is their affair.
    let base = match (tls.reached_as(host), tls.ports.get()) {
        (Some(host), Some(ports)) => format!("https://{host}:{}", ports.https),
        _ => app.config.base_url.clone(),
    };
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    Some(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("{base}{target}"))).finish())
}
