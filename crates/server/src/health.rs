//! `/healthz`, `/readyz` and `/metrics`.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use noren_api::system::Disk;
use noren_persistence::PoolState;
use noren_persistence::outbox::{self, Figures};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::{Error, extreme};

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_millis(500);
/// With less room than this the database is about to refuse writes.
const LEAST_FREE_PERCENT: u64 = 5;
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The process's recorder of metrics, installed at the first call.
pub fn metrics_handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let builder = PrometheusBuilder::new();
            let builder = match builder.set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS) {
                Ok(builder) => builder,
                Err(_no_buckets) => PrometheusBuilder::new(),
            };
            let recorder = builder.build_recorder();
            let handle = recorder.handle();
            if ::metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("another recorder of metrics is installed");
            }
            handle
        })
        .clone()
}

/// Alive; touches nothing.
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok")
}

/// Ready for work: not stopping, room on the disk, the database answers, its schema is ours.
#[get("/readyz")]
pub async fn readyz(app: Data<App>) -> Result<HttpResponse, Error> {
    if app.draining.load(Ordering::Relaxed) {
        return Err(Error::Busy);
    }
    require_room(&app)?;
    if schema(&app).await? {
        return Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready"));
    }
    tracing::warn!("readyz.migrations_pending");
    Err(Error::Busy)
}

/// Whether the database has the schema of this version.
///
/// # Errors
/// When it does not answer in time.
pub async fn schema(app: &App) -> Result<bool, Error> {
    match tokio::time::timeout(PATIENCE, app.db.is_ready()).await {
        Ok(current) => Ok(current?),
        Err(_elapsed) => Err(Error::Busy),
    }
}

/// Files are refused first, so that the database can be read and written for longer.
///
/// # Errors
/// `DiskFull`.
pub fn require_room(app: &App) -> Result<(), Error> {
    if is_disk_full(&app.config.data_dir) { Err(Error::DiskFull) } else { Ok(()) }
}

/// Whether there is so little room that the database is about to refuse writes.
pub fn is_disk_full(folder: &Path) -> bool {
    let free = disk(folder).and_then(|disk| (disk.free_bytes * 100).checked_div(disk.bytes));
    free.is_some_and(|percent| percent <= LEAST_FREE_PERCENT)
}

/// The disk that holds this folder; nothing where that cannot be said.
pub fn disk(folder: &Path) -> Option<Disk> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(Disk { bytes: disk.f_blocks * disk.f_frsize, free_bytes: disk.f_bavail * disk.f_frsize })
}

/// Prometheus metrics, for loopback or the holder of the token.
#[get("/metrics")]
pub async fn metrics(
    app: Data<App>,
    handle: Data<PrometheusHandle>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let is_local = request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback())
        && !request.headers().contains_key("x-forwarded-for");
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = app.config.metrics_token.as_ref().map(|token| format!("Bearer {}", token.expose_secret()));
    let has_token = token.is_some_and(|token| token.as_bytes().ct_eq(given.as_bytes()).into());
    if !is_local && !has_token {
        return Err(Error::NotFound);
    }
    let PoolState { idle, used } = app.db.pool_state();
    for (state, count) in [("idle", idle), ("used", used)] {
        #[expect(clippy::cast_precision_loss, reason = "a pool has no 2^52 connections")]
        ::metrics::gauge!("noren_db_pool_connections", "state" => state).set(count as f64);
    }
    measure_outbox(&app).await;
    // Without the database the other figures are told all the same.
    let _ = tokio::time::timeout(PATIENCE, extreme::measure(&app)).await;
    metrics_process::Collector::default().collect();
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(handle.render()))
}

/// What waits to be sent, as far as the database says; without it the other figures are told all the same.
#[expect(clippy::cast_precision_loss, reason = "there are no 2^52 messages, and no message is so old")]
async fn measure_outbox(app: &App) {
    let Ok(Ok(figures)) = tokio::time::timeout(PATIENCE, outbox::figures(&app.db)).await else { return };
    for Figures { destination, waiting, dead, oldest } in figures {
        let destination = destination.as_str();
        let age = oldest.map_or(0, |oldest| (app.clock.now() - oldest).num_milliseconds().max(0));
        ::metrics::gauge!("noren_outbox_waiting", "destination" => destination).set(waiting as f64);
        ::metrics::gauge!("noren_outbox_dead", "destination" => destination).set(dead as f64);
        ::metrics::gauge!("noren_outbox_oldest_seconds", "destination" => destination).set(age as f64 / 1000.0);
    }
}
