//! `/integrations/extreme/status`, `…/freshness` and `…/sync`: how Noren gets on with EXTREME.

use std::sync::PoisonError;
use std::time::Duration;

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use noren_api::extreme::{
    Breaker, ConnectionState, Direction, ExtremeComparison, ExtremeConnection, ExtremeFailure, ExtremeFreshness,
    ExtremeRefusal, ExtremeStatus, ExtremeStream, ExtremeSync, Origin,
};
use noren_domain::Timestamp;
use noren_domain::sync::{Freshness, Stream, Way, too_much_left_over};
use noren_domain::viewer::Viewer;
use noren_extreme::{BreakerState, Pulse};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::extreme::{self, Comparison, Failure, Refusal, StreamState};
use noren_persistence::{Tx, copies, extreme_conflicts};
use serde_json::Value;

use super::Link;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::idempotency::{Created, Repeatable, RequestKey};
use crate::permissions::{ReadExtremeFreshness, ReadExtremeStatus, SyncExtreme};

/// How many records that were left out are told.
const REFUSALS: usize = 200;
/// Failures that say nothing of the way to EXTREME.
const NOT_OF_THE_WAY: [&str; 3] = ["extreme.records", "extreme.cursor_expired", "database"];

/// Read how Noren gets on with EXTREME
///
/// The connection as this server sees it, each kind of record by itself, and what a person is to look at.
#[utoipa::path(tag = "extreme", responses((status = 200, body = ExtremeStatus)))]
#[get("/integrations/extreme/status")]
pub async fn read_extreme_status(_: Allowed<ReadExtremeStatus>, app: Data<App>) -> Result<Json<ExtremeStatus>, Error> {
    let (states, counts) = (known(&app, extreme::all(&app.db).await?), copies::counts(&app.db).await?);
    let records = |stream: Stream| counts.iter().find(|(of, _)| *of == stream).map_or(0, |(_, records)| *records);
    let now = app.clock.now();
    let mut streams: Vec<ExtremeStream> =
        states.iter().map(|state| to_stream(state, records(state.stream), now)).collect();
    streams.sort_by_key(|stream| Stream::ALL.iter().position(|of| *of == stream.stream));
    let refusals = extreme::refusals(&app.db).await?.into_iter().take(REFUSALS);
    Ok(Json(ExtremeStatus {
        connection: app.extreme.as_ref().map(|link| connection(link, &states, now)),
        streams,
        refusals: refusals.map(to_refusal).collect(),
        open_conflicts: extreme_conflicts::count_open(&app.db).await?,
    }))
}

/// Read how old what EXTREME masters is
///
/// Cheap; for the mark that stands on every page.
#[utoipa::path(tag = "extreme", responses((status = 200, body = ExtremeFreshness)))]
#[get("/integrations/extreme/freshness")]
pub async fn read_extreme_freshness(
    _: Allowed<ReadExtremeFreshness>,
    app: Data<App>,
) -> Result<Json<ExtremeFreshness>, Error> {
    let states = known(&app, extreme::all(&app.db).await?);
    // One that was never read to its end is older than any other.
    let Some(oldest) = states.iter().min_by_key(|state| state.read_at) else {
        return Ok(Json(ExtremeFreshness { configured: false, origin: None }));
    };
    let (as_of, way) = (oldest.read_at, oldest.way());
    let freshness = Freshness::of(way, as_of, app.clock.now());
    Ok(Json(ExtremeFreshness { configured: true, origin: Some(Origin { freshness, as_of, way }) }))
}

/// The streams that come from EXTREME: all of them where it is connected, and otherwise those that files bring.
fn known(app: &App, states: Vec<StreamState>) -> Vec<StreamState> {
    states.into_iter().filter(|state| app.extreme.is_some() || state.way() == Way::File).collect()
}

/// Synchronise with EXTREME now
///
/// Begins a round and answers at once; the status says how it goes on. While one is under way, nothing is asked twice.
#[utoipa::path(tag = "extreme", responses((status = 202, body = ExtremeSync)))]
#[post("/integrations/extreme/sync")]
pub async fn sync_extreme(who: Allowed<SyncExtreme>, app: Data<App>, key: RequestKey) -> Result<HttpResponse, Error> {
    let Some(link) = &app.extreme else { return Err(Error::NotFound) };
    let asked = key.once(&app, &who, async |tx| {
        let subject = "extreme".to_owned();
        tx.audit(Entry { chain: Chain::Company, action: "extreme.sync_asked", subject, changes: Vec::new() });
        let location = "/api/v1/integrations/extreme/status".to_owned();
        Ok(Created { location, version: None, body: ExtremeSync { asked_at: tx.at() } })
    });
    let asked = asked.await?;
    link.hurry();
    Ok(asked.respond())
}

impl Repeatable for ExtremeSync {
    const STATUS: u16 = 202;

    /// It says nothing of anybody.
    async fn require_visible(_: &Tx, _: &Viewer, _: &Value) -> Result<(), Error> {
        Ok(())
    }
}

fn connection(link: &Link, states: &[StreamState], now: Timestamp) -> ExtremeConnection {
    let greeting = link.greeting.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let Pulse { breaker, median, slowest } = link.gateway.pulse();
    let well_at = states.iter().filter_map(|state| state.read_at).max();
    let failures: Vec<&Failure> = states
        .iter()
        .filter_map(|state| state.failure.as_ref())
        .filter(|failure| !NOT_OF_THE_WAY.contains(&failure.code.as_str()))
        .collect();
    // One kind of record that does not come says little of the others.
    let is_failing = failures.len() * 2 > states.len();
    let newest = failures.into_iter().max_by_key(|failure| failure.at).filter(|_| is_failing);
    let millis = |time: Option<Duration>| time.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
    ExtremeConnection {
        state: match newest {
            Some(_) => ConnectionState::Failing,
            None if well_at.is_some() || greeting.is_some() => ConnectionState::Connected,
            None => ConnectionState::Unknown,
        },
        greeted_at: greeting.as_ref().map(|greeting| greeting.at),
        clock_skew_seconds: greeting.as_ref().map(|greeting| greeting.skew_seconds),
        version: greeting.map(|greeting| greeting.version),
        breaker: match breaker {
            BreakerState::Closed => Breaker::Closed,
            BreakerState::HalfOpen => Breaker::HalfOpen,
            BreakerState::Open => Breaker::Open,
        },
        median_milliseconds: millis(median),
        slowest_milliseconds: millis(slowest),
        failure: newest.map(|failure| to_failure(failure, well_at)),
        is_reading: states.iter().any(|state| state.leased_until.is_some_and(|until| now < until)),
    }
}

fn to_stream(state: &StreamState, records: u64, now: Timestamp) -> ExtremeStream {
    ExtremeStream {
        stream: state.stream,
        // A file goes one way.
        direction: if state.stream == Stream::Staff && state.way() == Way::Link {
            Direction::Both
        } else {
            Direction::In
        },
        records,
        is_whole: state.is_whole,
        freshness: Freshness::of(state.way(), state.read_at, now),
        read_at: state.read_at,
        lag_seconds: state.read_at.map(|at| (now - at).num_seconds().max(0)),
        changed_at: state.changed_at,
        taken: state.taken,
        stale: state.stale,
        failure: state.failure.as_ref().map(|failure| to_failure(failure, state.read_at)),
        comparison: state.comparison.as_ref().map(to_comparison),
    }
}

fn to_failure(failure: &Failure, well_at: Option<Timestamp>) -> ExtremeFailure {
    let Failure { code, at, times } = failure.clone();
    ExtremeFailure { code, at, times, well_at }
}

fn to_comparison(comparison: &Comparison) -> ExtremeComparison {
    let Comparison { at, there, here, missing, different, left_over } = comparison.clone();
    let too_much_left_over = too_much_left_over(left_over, here);
    ExtremeComparison { at, there, here, missing, different, left_over, too_much_left_over }
}

fn to_refusal(refusal: Refusal) -> ExtremeRefusal {
    let Refusal { stream, key, field, refused_at } = refusal;
    ExtremeRefusal { stream, key, field, refused_at }
}

/// Sets what the metrics say of EXTREME.
///
/// # Errors
/// Database errors.
#[expect(clippy::cast_precision_loss, reason = "there are no 2^52 records, and no copy is so old")]
pub async fn measure(app: &App) -> Result<(), noren_persistence::Error> {
    let Some(link) = &app.extreme else { return Ok(()) };
    metrics::gauge!("noren_extreme_breaker_state").set(match link.gateway.pulse().breaker {
        BreakerState::Closed => 0.0,
        BreakerState::HalfOpen => 1.0,
        BreakerState::Open => 2.0,
    });
    let now = app.clock.now();
    for StreamState { stream, read_at, .. } in extreme::all(&app.db).await? {
        // What was never read to its end lags for ever.
        let lag = read_at.map_or(f64::INFINITY, |at| (now - at).num_seconds().max(0) as f64);
        metrics::gauge!("noren_extreme_sync_lag_seconds", "stream" => stream.as_str()).set(lag);
    }
    metrics::gauge!("noren_extreme_conflicts_open").set(extreme_conflicts::count_open(&app.db).await? as f64);
    for (stream, records) in copies::counts(&app.db).await? {
        metrics::gauge!("noren_extreme_records", "stream" => stream.as_str()).set(records as f64);
    }
    Ok(())
}
