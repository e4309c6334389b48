//! 仮押さえ: claims on cars. `ask` and `change` are what a person does, `list` and `wire` what is shown, `line` is a car's order, and
//! `tend` what time brings.

mod ask;
mod change;
mod line;
mod list;
mod tend;
mod wire;

use noren_domain::hold::Keeper;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;

pub use line::{News, hear};
pub use tend::tend;

/// All operations on holds.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(ask::place_hold)
        .service(list::list_vehicle_holds)
        .service(list::list_holds)
        .service(list::read_hold)
        .service(change::extend_hold)
        .service(change::release_hold);
}

/// Who says whose a car is.
fn keeper(app: &App) -> Keeper {
    if app.extreme.is_some() { Keeper::Extreme } else { Keeper::Noren }
}
