//! What surrounds every request: its id, the log line, metrics, security headers, and the end of panics.

use std::cell::RefCell;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, ResponseError};
use futures_util::FutureExt;
use rand::RngExt;

use crate::app::App;
use crate::auth::Caller;
use crate::limits::Remaining;
use crate::{Error, deadline};

/// How long a handler may work.
const WORK: Duration = Duration::from_secs(10);
const MAX_URI: usize = 8 * 1024;
const MAX_HEADERS: usize = 16 * 1024;

/// What problems need to know of the request they answer.
#[derive(Clone, Default)]
pub struct Context {
    pub request_id: String,
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
) -> Result<ServiceResponse<actix_web::body::BoxBody>, actix_web::Error> {
    let app = request.app_data::<Data<App>>().cloned();
    let Some(app) = app else { return Err(Error::Internal("the app is not set up".into()).into()) };
    let request_id = request_id(request.headers());
    let context = Context { request_id: request_id.clone(), base_url: Rc::from(app.config.base_url.as_str()) };
    let started = Instant::now();
    let method = request.method().clone();
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    deadline::on_body(&mut request, Duration::from_secs(app.config.limits.body_seconds));
    let outcome = CONTEXT
        .scope(RefCell::new(context), async move {
            if let Some(error) = refuse(&request) {
                return Ok(request.into_response(error.error_response()).map_into_boxed_body());
            }
            match tokio::time::timeout(WORK, AssertUnwindSafe(next.call(request)).catch_unwind()).await {
                Ok(Ok(Ok(response))) => Ok(response.map_into_boxed_body()),
                Ok(Ok(Err(error))) => Err(error.error_response()),
                Ok(Err(_panic)) => Err(Error::Panicked.error_response()),
                Err(_elapsed) => Err(Error::Busy.error_response()),
            }
        })
        .await;
    let seconds = started.elapsed().as_secs_f64();
    match outcome {
        Ok(mut response) => {
            observe(&response, &method, &request_id, seconds);
            let remaining = response.request().extensions().get::<Remaining>().cloned();
            dress(response.headers_mut(), &request_id);
            if let Some(remaining) = remaining {
                remaining.write(response.headers_mut());
            }
            Ok(response)
        }
        Err(mut response) => {
            count(&method, "broken", response.status().as_u16(), seconds);
            dress(response.headers_mut(), &request_id);
            Err(InternalError::from_response("answered", response).into())
        }
    }
}

fn observe(response: &ServiceResponse, method: &Method, request_id: &str, seconds: f64) {
    let status = response.status().as_u16();
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let ms = seconds * 1e3;
    let caller = response.request().extensions().get::<Caller>().map(Caller::log_name);
    if route.starts_with("/api") || status >= 400 {
        tracing::info!(request_id, %method, route, status, ms, caller, "request");
    } else {
        tracing::debug!(request_id, %method, route, status, ms, "request");
    }
    count(method, &route, status, seconds);
}

fn count(method: &Method, route: &str, status: u16, seconds: f64) {
    let labels = [("method", method.to_string()), ("route", route.to_owned()), ("status", status.to_string())];
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

/// Addresses and headers past their limits, and callers who accept nothing that we say.
fn refuse(request: &ServiceRequest) -> Option<Error> {
    if request.uri().to_string().len() > MAX_URI {
        return Some(Error::UriTooLong);
    }
    if request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>() > MAX_HEADERS {
        return Some(Error::HeadersTooLarge);
    }
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok())?;
    let json = ["*/*", "application/*", "application/json", "application/problem+json"];
    let accepts = accept.split(',').any(|part| json.contains(&part.split(';').next().unwrap_or_default().trim()));
    (request.path().starts_with("/api/v1/") && !accepts).then_some(Error::NotAcceptable)
}

/// The headers that stand on every answer; pages bring a content policy of their own.
fn dress(headers: &mut HeaderMap, request_id: &str) {
    set(headers, "x-request-id", request_id);
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "same-origin");
    set(headers, "cross-origin-opener-policy", "same-origin");
    set(headers, "cross-origin-resource-policy", "same-origin");
    set(headers, "permissions-policy", PERMISSIONS_POLICY);
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, "content-security-policy", "default-src 'none'; frame-ancestors 'none'");
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
