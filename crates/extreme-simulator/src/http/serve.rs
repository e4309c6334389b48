//! The way of one request: faults that come before, limits, who calls, the operation, faults that come after.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{self, Bytes, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::stream;

use super::answer::Answer;
use super::call::{Call, Sent};
use super::requests::Past;
use super::wire;
use crate::access::Caller;
use crate::clock::Time;
use crate::extreme::Extreme;
use crate::faults::{Delivery, Drawn, Instead};
use crate::operations::{Needs, OPERATIONS, Operation};
use crate::problem::Problem;

/// Under which the contract is served.
pub const ROOT: &str = "/extreme/v1";

/// Larger bodies are refused; the contract's largest are a few kilobytes.
const MOST_BODY: usize = 256 * 1024;

/// Serves the contract, and problems for what it does not know.
pub fn routes(config: &mut ServiceConfig, extreme: &Arc<Extreme>) {
    let mut paths: Vec<&'static str> = OPERATIONS.iter().map(|operation| operation.path).collect();
    paths.dedup();
    for path in paths {
        let extreme = Arc::clone(extreme);
        let resource = web::resource(format!("{ROOT}{path}"));
        config.service(resource.to(move |request: HttpRequest, payload: Payload| {
            let extreme = Arc::clone(&extreme);
            async move { at_path(&extreme, path, &request, payload).await }
        }));
    }
}

/// What is no path of the contract.
pub async fn unknown(request: HttpRequest) -> HttpResponse {
    respond(Answer::problem(&Problem::not_found(), &request_id(&request)), None)
}

async fn at_path(extreme: &Arc<Extreme>, path: &str, request: &HttpRequest, payload: Payload) -> HttpResponse {
    let here = || OPERATIONS.iter().filter(|operation| operation.path == path);
    match here().find(|operation| operation.method == request.method()) {
        Some(operation) => serve(extreme, operation, request, payload).await,
        None => {
            let methods: Vec<&str> = here().map(|operation| operation.method.as_str()).collect();
            let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method.unknown");
            let problem = problem.with_header("allow", methods.join(", "));
            respond(Answer::problem(&problem, &request_id(request)), None)
        }
    }
}

async fn serve(
    extreme: &Arc<Extreme>,
    operation: &'static Operation,
    request: &HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let id = request_id(request);
    let drawn = extreme.faults.draw(operation);
    let now = extreme.clock.now() + drawn.skew();
    let delivery = if extreme.faults.is_out() {
        Delivery::Nothing
    } else {
        actix_web::rt::time::sleep(drawn.wait()).await;
        answer(extreme, operation, request, payload, &drawn, (now, &id)).await
    };
    let outcome = delivery.outcome();
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    extreme.requests.note(Past { at: now, operation: operation.id.to_owned(), path, outcome });
    deliver(delivery, request, now, &id)
}

async fn answer(
    extreme: &Arc<Extreme>,
    operation: &'static Operation,
    request: &HttpRequest,
    payload: Payload,
    drawn: &Drawn,
    (now, id): (Time, &str),
) -> Delivery {
    match drawn.instead() {
        Some(Instead::Problem(problem)) => return Delivery::Whole(Answer::problem(&problem, id)),
        Some(Instead::Answer(answer)) => return Delivery::Whole(answer),
        Some(Instead::Nothing) => return Delivery::Nothing,
        None => {}
    }
    let settings = extreme.settings();
    let _turn = match extreme.limiter.enter(settings.requests_per_minute, settings.concurrent) {
        Ok(turn) => turn,
        Err(wait) => return Delivery::Whole(Answer::problem(&Problem::too_many(wait), id)),
    };
    let outcome = match read(request, payload).await {
        Ok(sent) => run(extreme, operation, sent, drawn, now).await,
        Err(problem) => Err(problem),
    };
    drawn.twist(outcome.unwrap_or_else(|problem| Answer::problem(&problem, id)))
}

/// Runs the operation off the threads that serve requests: the store waits for the disk and for other writers.
async fn run(
    extreme: &Arc<Extreme>,
    operation: &'static Operation,
    sent: Sent,
    drawn: &Drawn,
    now: Time,
) -> Result<Answer, Problem> {
    let (extreme, mix) = (Arc::clone(extreme), drawn.mix());
    let worked = web::block(move || {
        // A wrong clock is only shown: neither holds nor tokens end by it.
        let true_now = extreme.clock.now();
        extreme.end_holds(true_now)?;
        let caller = admit(&extreme, operation, &sent, true_now)?;
        let settings = extreme.settings();
        (operation.run)(&Call { extreme, now, caller, settings, mix, sent })
    });
    worked.await.unwrap_or_else(|_| Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")))
}

fn admit(extreme: &Extreme, operation: &Operation, sent: &Sent, now: Time) -> Result<Caller, Problem> {
    if operation.needs == Needs::Nothing {
        return Ok(Caller::default());
    }
    let caller = match (sent.header("authorization"), sent.header("x-extreme-key")) {
        (Some(authorization), _) => {
            let token = authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            token.and_then(|(_, token)| extreme.access.by_token(token.trim(), now))
        }
        (None, Some(key)) => extreme.access.by_key(key),
        (None, None) => return Err(Problem::unauthorized("token.missing")),
    };
    let caller = caller.ok_or_else(|| Problem::unauthorized("token.invalid"))?;
    match operation.needs {
        Needs::Scope(scope) if !caller.may(scope) => Err(Problem::forbidden(scope.name())),
        _ => Ok(caller),
    }
}

async fn read(request: &HttpRequest, payload: Payload) -> Result<Sent, Problem> {
    let too_large = || Problem::bad_request("body.too_large");
    let body = payload.to_bytes_limited(MOST_BODY).await.map_err(|_| too_large())?;
    let body: Bytes = body.map_err(|_| Problem::bad_request("body.unreadable"))?;
    let segments = request.match_info().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query: HashMap<String, String> =
        form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    Ok(Sent { path: request.path().to_owned(), segments, query, headers: request.headers().clone(), body })
}

/// The caller's own id for the request, or one of ours.
fn request_id(request: &HttpRequest) -> String {
    let own = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    let fits = |id: &&str| (8..=64).contains(&id.len()) && super::check::is_code(id);
    own.filter(fits).map_or_else(|| format!("{:016x}", rand::random::<u64>()), str::to_owned)
}

fn deliver(delivery: Delivery, request: &HttpRequest, now: Time, id: &str) -> HttpResponse {
    match delivery {
        Delivery::Whole(answer) => respond(answer.with_header("x-request-id", id), Some(now)),
        Delivery::CutShort(answer) => cut_short(answer.with_header("x-request-id", id), now),
        Delivery::Nothing => {
            wire::cut(request);
            HttpResponse::Ok().force_close().finish()
        }
    }
}

fn respond(answer: Answer, now: Option<Time>) -> HttpResponse {
    let mut response = begin(&answer, now);
    if answer.status == StatusCode::NOT_MODIFIED.as_u16() { response.finish() } else { response.body(answer.body) }
}

/// Promises the whole body, sends half of it, and breaks off.
fn cut_short(answer: Answer, now: Time) -> HttpResponse {
    let mut response = begin(&answer, Some(now));
    let whole = u64::try_from(answer.body.len()).unwrap_or_default();
    let half = Bytes::from(answer.body).slice(..usize::try_from(whole / 2).unwrap_or_default());
    let parts = stream::unfold(Some(half), |left| async move {
        match left {
            Some(half) if !half.is_empty() => Some((Ok(half), Some(Bytes::new()))),
            // The half is written out while this waits; an error at once would take it along.
            Some(_) => {
                actix_web::rt::time::sleep(Duration::from_millis(20)).await;
                Some((Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted)), None))
            }
            None => None,
        }
    });
    response.body(actix_web::body::SizedStream::new(whole, Box::pin(parts)))
}

fn begin(answer: &Answer, now: Option<Time>) -> HttpResponseBuilder {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    let texts = answer.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let typed = (!answer.content_type.is_empty()).then_some(("content-type", answer.content_type.as_str()));
    let date = now.map(|now| now.to_utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let date = date.as_deref().map(|date| ("date", date));
    for (name, value) in texts.chain(typed).chain(date) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.insert_header((name, value));
        }
    }
    response
}
