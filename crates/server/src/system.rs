//! `GET /system`: what runs here and how it fares, for administrators.

use std::sync::atomic::Ordering;

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::system::{DatabaseFacts, DatabaseKind, Part, PartHealth, System};
use noren_persistence::About;

use crate::app::App;
use crate::auth::Allowed;
use crate::permissions::ReadSystem;
use crate::{Error, health};

/// Read the server's state
///
/// Of the process that answers; where several share a database, the others may be of another version.
#[utoipa::path(tag = "system", responses((status = 200, body = System)))]
#[get("/system")]
pub async fn read_system(_: Allowed<ReadSystem>, app: Data<App>) -> Result<Json<System>, Error> {
    let About { is_postgres, version, migration } = app.db.about().await?;
    let kind = if is_postgres { DatabaseKind::Postgresql } else { DatabaseKind::Sqlite };
    Ok(Json(System {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("NOREN_COMMIT").map(str::to_owned),
        started_at: app.started_at,
        database: DatabaseFacts { kind, version, migration },
        disk: health::disk(&app.config.data_dir),
        parts: parts(&app).await,
    }))
}

async fn parts(app: &App) -> Vec<PartHealth> {
    let (database, schema) = match health::schema(app).await {
        Ok(current) => (true, current),
        Err(_) => (false, false),
    };
    let disk = !health::is_disk_full(&app.config.data_dir);
    let events = app.live.is_reading() && !app.draining.load(Ordering::Relaxed);
    let parts = [(Part::Database, database), (Part::Schema, schema), (Part::Disk, disk), (Part::Events, events)];
    parts.into_iter().map(|(part, healthy)| PartHealth { part, healthy }).collect()
}
