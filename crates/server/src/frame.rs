//! What surrounds every request: its id, the log line, metrics, security headers, and the end of panics.

use std::cell::RefCell;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpResponse, ResponseError};
use futures_util::FutureExt;
use noren_domain::viewer::Principal;
use rand::RngExt;

use crate::app::App;
use crate::auth::Caller;
use crate::deadline::Pace;
use crate::lasting::lasting;
use crate::limits::Remaining;
use crate::seats::Seat;
use crate::{Error, company, deadline, extreme, live, tls};

/// How long a handler may work once it has the body.
const WORK: Duration = Duration::from_secs(10);
const MAX_URI: usize = 8 * 1024;
const MAX_HEADERS: usize = 16 * 1024;

/// What problems and log lines need to know of the request they are about.
#[derive(Clone, Default)]
pub struct Context {
    pub request_id: String,
    /// The caller's trace (W3C Trace Context), or a new one.
    pub trace_id: String,
    pub base_url: Rc<str>,
}

tokio::task_local! {
    static CONTEXT: RefCell<Context>;
}

/// The context of the request in work; empty outside of one.
pub fn current() -> Context {
    CONTEXT.try_with(|context| context.borrow().clone()).unwrap_or_default()
}

/// The middleware around everything.
///
/// # Errors
/// None: whatever goes wrong inside has become a problem.
pub async fn frame(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = request.app_data::<Data<App>>().cloned();
    let Some(app) = app else { return Err(Error::Internal("the app is not set up".into()).into()) };
    let request_id = request_id(request.headers());
    let trace_id = trace_id(request.headers());
    let context =
        Context { request_id: request_id.clone(), trace_id, base_url: Rc::from(app.config.base_url.as_str()) };
    let https = is_https_for_good(&app, &request);
    let started = Instant::now();
    let method = request.method().clone();
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let is_upload = company::is_upload(&method, request.path()) || extreme::is_upload(&method, request.path());
    let pace = if is_upload {
        Pace::UPLOAD
    } else {
        Pace { limit: Duration::from_secs(app.config.limits.body_seconds), steady: None }
    };
    let limit = if deadline::on_body(&mut request, pace) { pace.limit + WORK } else { WORK };
    let mut outcome = CONTEXT
        .scope(RefCell::new(context), async move {
            let outcome = match tls::moved(&app, &request) {
                Some(moved) => Ok(request.into_response(moved)),
                None => answer(request, next, limit).await,
            };
            let seconds = started.elapsed().as_secs_f64();
            match &outcome {
                Ok(response) => observe(response, &method, seconds),
                Err(broken) => observe_broken(broken.status().as_u16(), &method, seconds),
            }
            outcome
        })
        .await;
    match &mut outcome {
        Ok(response) => {
            let remaining = response.request().extensions().get::<Remaining>().copied();
            dress(response.headers_mut(), &request_id, https);
            if let Some(remaining) = remaining {
                remaining.write(response.headers_mut());
            }
        }
        Err(broken) => dress(broken.headers_mut(), &request_id, https),
    }
    outcome.map_err(|broken| InternalError::from_response("answered", broken).into())
}

/// Whether browsers are to come by https alone from now on. Not where our own authority vouches for names that this machine
/// shares with whatever else runs on it: `localhost` on every port would be held to it for two years.
fn is_https_for_good(app: &App, request: &ServiceRequest) -> bool {
    match app.config.tls {
        tls::Setting::Off => app.config.base_url.starts_with("https://"),
        tls::Setting::Local => false,
        tls::Setting::Files { .. } => tls::speaks_tls(request),
    }
}

/// The answer of the handlers, or of their failure to answer.
async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    limit: Duration,
) -> Result<ServiceResponse<BoxBody>, HttpResponse> {
    if let Some(error) = refuse(&request) {
        return Ok(request.into_response(error.error_response()).map_into_boxed_body());
    }
    match tokio::time::timeout(limit, AssertUnwindSafe(lasting(next.call(request))).catch_unwind()).await {
        Ok(Ok(Ok(response))) => Ok(response.map_into_boxed_body()),
        Ok(Ok(Err(error))) => Err(error.error_response()),
        Ok(Err(_panic)) => Err(Error::Panicked.error_response()),
        Err(_elapsed) => Err(Error::Busy.error_response()),
    }
}

fn observe(response: &ServiceResponse, method: &Method, seconds: f64) {
    let status = response.status().as_u16();
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let ms = seconds * 1e3;
    if route.starts_with("/api") || status >= 400 {
        let extensions = response.request().extensions();
        let caller = extensions.get::<Caller>();
        let (staff_id, api_client_id) = match caller.map(|caller| caller.viewer.principal) {
            Some(Principal::Staff(id)) => (Some(id.to_string()), None),
            Some(Principal::ApiClient(id)) => (None, Some(id.to_string())),
            None => (None, None),
        };
        let session = caller.and_then(Caller::session_hash);
        tracing::info!(%method, route, status, ms, staff_id, api_client_id, session, "request");
    } else {
        tracing::debug!(%method, route, status, ms, "request");
    }
    count(method, &route, status, seconds);
}

/// A handler that panicked or was cut off took its request with it, and with that the name of its route.
fn observe_broken(status: u16, method: &Method, seconds: f64) {
    tracing::info!(%method, route = "broken", status, ms = seconds * 1e3, "request");
    count(method, "broken", status, seconds);
}

fn count(method: &Method, route: &str, status: u16, seconds: f64) {
    // A client may call its method as it likes, and every new name would be a series of its own.
    let known = ["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"];
    let method = known.into_iter().find(|known| *known == method.as_str()).unwrap_or("other");
    let labels = [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
    metrics::histogram!("http_server_request_duration_seconds", &labels).record(seconds);
}

/// Takes the caller's id if it is a plain one, else makes one.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get("x-request-id").and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    given.filter(plain).map_or_else(|| format!("{:032x}", rand::rng().random::<u128>()), str::to_owned)
}

/// The trace of a well-formed `traceparent`, else a new one.
fn trace_id(headers: &HeaderMap) -> String {
    let given = headers.get("traceparent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let parts: Vec<&str> = given.split('-').collect();
    let is_hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    match parts.as_slice() {
        ["00", trace, span, flags]
            if is_hex(trace, 32) && is_hex(span, 16) && is_hex(flags, 2) && trace.bytes().any(|byte| byte != b'0') =>
        {
            (*trace).to_owned()
        }
        _ => format!("{:032x}", rand::rng().random::<u128>()),
    }
}

/// Addresses with too many connections, targets and headers past their limits, and callers who accept nothing that we say.
fn refuse(request: &ServiceRequest) -> Option<Error> {
    if request.conn_data::<Seat>().is_some_and(|seat| seat.is_too_many) {
        return Some(Error::TooManyConnections);
    }
    if request.uri().to_string().len() > MAX_URI {
        return Some(Error::UriTooLong);
    }
    if request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>() > MAX_HEADERS {
        return Some(Error::HeadersTooLarge);
    }
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok())?;
    let json = ["*/*", "application/*", "application/json", "application/problem+json"];
    let accepts = accept.split(',').any(|part| json.contains(&part.split(';').next().unwrap_or_default().trim()));
    let streams = request.path() == live::PATH && accept.contains("text/event-stream");
    let exports = request.path().ends_with("-exports")
        && ["text/csv", "application/x-ndjson"].iter().any(|kind| accept.contains(kind));
    let shows = request.path().starts_with("/api/v1/vehicles/") && request.path().contains("/photos/");
    let shows = shows && accept.contains("image/");
    (request.path().starts_with("/api/v1/") && !accepts && !streams && !exports && !shows)
        .then_some(Error::NotAcceptable)
}

/// The headers that stand on every answer; pages bring a content policy of their own.
fn dress(headers: &mut HeaderMap, request_id: &str, https: bool) {
    if https {
        set(headers, "strict-transport-security", "max-age=63072000; includeSubDomains");
    }
    set(headers, "x-request-id", request_id);
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "same-origin");
    set(headers, "cross-origin-opener-policy", "same-origin");
    // What other sites load says so itself.
    if !headers.contains_key(header::CROSS_ORIGIN_RESOURCE_POLICY) {
        set(headers, "cross-origin-resource-policy", "same-origin");
    }
    set(headers, "permissions-policy", PERMISSIONS_POLICY);
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, "content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    }
    // Handlers say `identity` to keep the compressor away; on the wire no encoding is said by saying nothing.
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding == "identity") {
        headers.remove(header::CONTENT_ENCODING);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, "cache-control", "no-store");
    }
}

/// Camera and geolocation for ourselves, the rest for nobody.
const PERMISSIONS_POLICY: &str = "camera=(self), geolocation=(self), accelerometer=(), autoplay=(), bluetooth=(), \
     display-capture=(), encrypted-media=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service, try_call_service};
    use actix_web::{HttpResponse, web};

    use super::*;
    use crate::clock::SystemClock;
    use crate::config::Config;

    #[test]
    fn a_trace_is_continued_if_it_is_one() {
        let mut headers = HeaderMap::new();
        set(&mut headers, "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assert_eq!(trace_id(&headers), "4bf92f3577b34da6a3ce929d0e0e4736");
        for other in ["", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-<script>-x-01"] {
            set(&mut headers, "traceparent", other);
            let minted = trace_id(&headers);
            assert_eq!(minted.len(), 32, "{other}");
            assert!(!other.contains(&minted), "{other}");
        }
    }

    #[actix_web::test]
    async fn a_panic_is_one_500_and_nothing_more() {
        let folder = std::env::temp_dir().join(format!("noren-frame-{}", std::process::id()));
        let config = Config::with(&[("data_dir", folder.to_str().unwrap())]).unwrap();
        let app = Data::new(App::build(config, Arc::new(SystemClock)).await.unwrap());
        let panics = || async { if true { panic!("on purpose") } else { HttpResponse::Ok().finish() } };
        let routes = actix_web::App::new().app_data(app).wrap(from_fn(frame));
        let routes = routes.route("/panic", web::get().to(panics)).route("/fine", web::get().to(HttpResponse::Ok));
        let service = init_service(routes).await;
        let broken = try_call_service(&service, TestRequest::get().uri("/panic").to_request()).await;
        let response = broken.err().unwrap().error_response();
        assert_eq!(response.status(), 500);
        assert!(response.headers().contains_key("x-request-id"));
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        let problem: noren_api::Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!((problem.code.as_str(), problem.detail), ("internal", None));
        assert_eq!(call_service(&service, TestRequest::get().uri("/fine").to_request()).await.status(), 200);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
