//! The web build, embedded: hashed assets are kept for ever, the shell never.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::{Embed, EmbeddedFile};

use crate::Error;

#[derive(Embed)]
#[folder = "../../dist"]
#[allow_missing = true]
#[exclude = ".stamp"]
struct Dist;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'; object-src 'none'; report-to csp";
const REPORTS: &str = "csp=\"/public/v1/csp-reports\"";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const NOT_BUILT: &str = "<!doctype html><title>Noren</title><p>The web part is not built. Run: cargo xtask web";

/// A file of the build, or the shell for every address that the SPA knows.
///
/// # Errors
/// `NotFound` for an asset that is not in this build.
pub fn serve(request: &HttpRequest) -> Result<HttpResponse, Error> {
    let path = request.path().trim_start_matches('/');
    let is_file = path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let name = if is_file { path } else { "index.html" };
    let Some((file, encoding)) = choose(name, request) else {
        let missing = HttpResponse::ServiceUnavailable().content_type("text/html; charset=utf-8").body(NOT_BUILT);
        return if is_file { Err(Error::NotFound) } else { Ok(missing) };
    };
    let mut response = HttpResponse::Ok();
    response.content_type(content_type(name)).insert_header((header::VARY, "accept-encoding"));
    response.insert_header((header::CONTENT_ENCODING, encoding));
    let caching = if name.starts_with("assets/") { FOR_EVER } else { "no-cache" };
    response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static(caching)));
    response.insert_header((header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)));
    response.insert_header(("reporting-endpoints", REPORTS));
    Ok(response.body(file.data.into_owned()))
}

/// The smallest form that the browser takes; the build wrote a compressed copy beside each text.
fn choose(name: &str, request: &HttpRequest) -> Option<(EmbeddedFile, &'static str)> {
    let accepted =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |encoding: &str| {
        accepted.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == encoding))
    };
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if let Some(file) = takes(encoding).then(|| Dist::get(&format!("{name}.{ending}"))).flatten() {
            return Some((file, encoding));
        }
    }
    Dist::get(name).map(|file| (file, "identity"))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
