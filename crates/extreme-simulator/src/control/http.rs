//! `/control`: the levers over HTTP. There is no sign-in, so it belongs on loopback; bodies must be JSON, which a page of some other
//! site cannot send.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, Json, JsonConfig, Path, ServiceConfig};
use actix_web::{HttpResponse, ResponseError};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Control, Decision, Error};
use crate::clock::Pace;
use crate::config::Settings;
use crate::extreme::Extreme;
use crate::faults::Fault;
use crate::http::Answer;
use crate::operations::OPERATIONS;
use crate::problem::Problem;
use crate::stream::Stream;

/// Serves the levers, where they are enabled.
pub fn routes(config: &mut ServiceConfig, extreme: &Arc<Extreme>) {
    if !extreme.control {
        return;
    }
    let unreadable = |error: actix_web::error::JsonPayloadError, _: &_| {
        let text = error.to_string();
        Unreadable(text).into()
    };
    let scope = web::scope("/control")
        .app_data(Data::new(Control::of(Arc::clone(extreme))))
        .app_data(JsonConfig::default().limit(1 << 20).error_handler(unreadable))
        .route("/faults", web::get().to(list_faults))
        .route("/faults", web::post().to(add_fault))
        .route("/faults", web::delete().to(clear_faults))
        .route("/faults/{id}", web::delete().to(clear_fault))
        .route("/requests", web::get().to(read_counts))
        .route("/requests", web::delete().to(reset_counts))
        .route("/clock", web::get().to(read_clock))
        .route("/clock", web::put().to(set_clock))
        .route("/clock/turn", web::post().to(turn_clock))
        .route("/settings", web::get().to(read_settings))
        .route("/settings", web::put().to(set_settings))
        .route("/tokens", web::delete().to(forget_tokens))
        .route("/movement", web::post().to(advance))
        .route("/corrections/{number}", web::post().to(decide))
        .route("/holds/{hold_id}", web::delete().to(release_hold))
        .route("/vehicles/{stock_number}/holds", web::post().to(place_hold))
        .route("/customers/{customer_code}/merge", web::post().to(merge_customers))
        .route("/{stream}/{key}", web::get().to(read_record))
        .route("/{stream}/{key}", web::put().to(put_record))
        .route("/{stream}/{key}", web::post().to(edit_record))
        .route("/{stream}/{key}", web::delete().to(delete_record));
    config.service(scope);
}

type Levers = Data<Control>;
type Outcome = Result<HttpResponse, Error>;

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Store => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let code = match self {
            Self::NotFound => "not_found",
            Self::Refused(code) => code,
            Self::Store => "internal",
        };
        problem(&Problem::new(self.status_code(), code))
    }
}

/// A body that is no such JSON.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unreadable(String);

impl ResponseError for Unreadable {
    fn error_response(&self) -> HttpResponse {
        problem(&Problem::bad_request("body.unreadable").with("detail", self.0.as_str().into()))
    }
}

fn problem(problem: &Problem) -> HttpResponse {
    let answer = Answer::problem(problem, "control");
    HttpResponse::build(problem.status).content_type(answer.content_type).body(answer.body)
}

fn done() -> Outcome {
    Ok(HttpResponse::NoContent().finish())
}

fn show(body: &impl serde::Serialize) -> Outcome {
    Ok(HttpResponse::Ok().json(body))
}

/// Runs what waits for the store off the threads that serve requests.
async fn work<T: Send + 'static>(act: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    web::block(act).await.unwrap_or(Err(Error::Store))
}

async fn list_faults(levers: Levers) -> Outcome {
    show(&levers.faults())
}

async fn add_fault(levers: Levers, fault: Json<Fault>) -> Outcome {
    let known = |name: &String| OPERATIONS.iter().any(|operation| operation.id == name);
    if !fault.operations.iter().all(known) {
        return Err(Error::Refused("operation.unknown"));
    }
    let id = levers.add_fault(fault.into_inner());
    Ok(HttpResponse::Created().json(json!({"id": id})))
}

async fn clear_faults(levers: Levers) -> Outcome {
    levers.clear_faults();
    done()
}

async fn clear_fault(levers: Levers, id: Path<u64>) -> Outcome {
    levers.clear_fault(*id)?;
    done()
}

async fn read_counts(levers: Levers) -> Outcome {
    show(&levers.counts())
}

async fn reset_counts(levers: Levers) -> Outcome {
    levers.reset_counts();
    done()
}

async fn read_clock(levers: Levers) -> Outcome {
    show(&json!({"now": levers.clock().now(), "pace": levers.clock().pace()}))
}

async fn set_clock(levers: Levers, pace: Json<Pace>) -> Outcome {
    levers.clock().set(*pace);
    read_clock(levers).await
}

#[derive(Deserialize)]
struct Turn {
    seconds: i64,
}

async fn turn_clock(levers: Levers, turn: Json<Turn>) -> Outcome {
    levers.clock().turn(turn.seconds);
    read_clock(levers).await
}

async fn read_settings(levers: Levers) -> Outcome {
    show(&levers.settings())
}

async fn set_settings(levers: Levers, settings: Json<Settings>) -> Outcome {
    levers.set(*settings);
    read_settings(levers).await
}

async fn forget_tokens(levers: Levers) -> Outcome {
    levers.forget_tokens();
    done()
}

#[derive(Deserialize)]
struct Steps {
    steps: u32,
}

async fn advance(levers: Levers, steps: Json<Steps>) -> Outcome {
    work(move || levers.advance(steps.steps)).await?;
    done()
}

async fn decide(levers: Levers, number: Path<String>, decision: Json<Decision>) -> Outcome {
    work(move || levers.decide(&number, &decision)).await?;
    done()
}

#[derive(Deserialize)]
struct OwnHold {
    staff_code: String,
    hours: u32,
}

async fn place_hold(levers: Levers, stock_number: Path<String>, hold: Json<OwnHold>) -> Outcome {
    let hold_id = work(move || levers.place_hold(&stock_number, &hold.staff_code, hold.hours)).await?;
    Ok(HttpResponse::Created().json(json!({"hold_id": hold_id})))
}

async fn release_hold(levers: Levers, hold_id: Path<String>) -> Outcome {
    work(move || levers.release_hold(&hold_id)).await?;
    done()
}

#[derive(Deserialize)]
struct Into {
    into: String,
}

async fn merge_customers(levers: Levers, from: Path<String>, into: Json<Into>) -> Outcome {
    work(move || levers.merge_customers(&from, &into.into)).await?;
    done()
}

async fn read_record(levers: Levers, path: Path<(String, String)>) -> Outcome {
    let (stream, key) = named(path)?;
    show(&work(move || levers.record(stream, &key)).await?)
}

async fn put_record(levers: Levers, path: Path<(String, String)>, record: Json<Value>) -> Outcome {
    let (stream, key) = named(path)?;
    let Value::Object(record) = record.into_inner() else { return Err(Error::Refused("body.unreadable")) };
    let revision = work(move || levers.put(stream, &key, record)).await?;
    show(&json!({"revision": revision}))
}

async fn edit_record(levers: Levers, path: Path<(String, String)>, patch: Json<Value>) -> Outcome {
    let (stream, key) = named(path)?;
    let revision = work(move || levers.edit(stream, &key, &patch)).await?;
    show(&json!({"revision": revision}))
}

async fn delete_record(levers: Levers, path: Path<(String, String)>, _body: Bytes) -> Outcome {
    let (stream, key) = named(path)?;
    work(move || levers.delete(stream, &key)).await?;
    done()
}

fn named(path: Path<(String, String)>) -> Result<(Stream, String), Error> {
    let (stream, key) = path.into_inner();
    Ok((Stream::named(&stream).ok_or(Error::NotFound)?, key))
}
