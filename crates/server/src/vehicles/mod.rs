//! `/vehicles`: 在庫 as EXTREME has it, out of the copy and, for one car, live. One file per operation.

mod availability;
mod compare;
mod filter;
mod interested;
mod list;
mod overview;
mod photos;
mod read;
mod saved;
mod wire;

pub(crate) use photos::Turns;
use utoipa_actix_web::service_config::ServiceConfig;
pub(crate) use wire::rows;

/// All operations on the stock.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_vehicles)
        .service(overview::read_vehicle_overview)
        .service(read::read_vehicle)
        .service(availability::read_availability)
        .service(compare::compare_vehicles)
        .service(photos::read_vehicle_photo)
        .service(interested::list_interested_leads)
        .service(saved::list_vehicle_filters)
        .service(saved::create_vehicle_filter)
        .service(saved::edit_vehicle_filter)
        .service(saved::delete_vehicle_filter);
}

/// What is no part of the document: pictures, for whoever has their address.
pub fn pages(config: &mut actix_web::web::ServiceConfig) {
    config.service(photos::show_vehicle_photo);
}
