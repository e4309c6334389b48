//! ファイル取込: files of an EXTREME that can only write them, taken whole or refused with the reasons.
//!
//! A file is kept as it came before anything else. What is in it becomes copies in one unit of work, by the very machinery that keeps
//! what the streams bring; who looks meanwhile sees all of it or nothing.

mod ask;
mod columns;
mod export;
mod folder;
mod hand_in;
mod list;
mod take;
mod wire;

use tokio::sync::{Mutex, Notify};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub use folder::{look, watch};
pub use hand_in::is_upload;
pub use take::{run, take_all};

/// All operations on files.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(hand_in::hand_in_extreme_file)
        .service(list::list_extreme_intakes)
        .service(list::read_extreme_intake)
        .service(list::list_extreme_intake_reasons)
        .service(export::export_extreme_intake_file)
        .service(export::export_extreme_intake_reasons)
        .service(ask::allow_extreme_intake)
        .service(ask::dismiss_extreme_intake)
        .service(columns::read_extreme_column_map)
        .service(columns::set_extreme_column_map);
}

/// The intake of this process.
pub struct Intakes {
    /// Who this process is when it takes the lease of a stream.
    pub(super) holder: Uuid,
    /// Held by whoever takes files in this process: one is in memory at a time.
    pub(super) turn: Mutex<()>,
    /// Told when a file waits.
    pub(super) wanted: Notify,
}

impl Intakes {
    #[must_use]
    pub fn new(holder: Uuid) -> Self {
        Self { holder, turn: Mutex::new(()), wanted: Notify::new() }
    }
}
