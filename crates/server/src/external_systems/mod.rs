//! 外部連携コード: other systems, what they call our cars and customers, and where they have them.

mod codes;
mod master;

use utoipa_actix_web::service_config::ServiceConfig;

/// All operations on other systems and their codes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(master::list_external_systems)
        .service(master::read_external_system_master)
        .service(master::edit_external_system_master)
        .service(codes::list_vehicle_external_links)
        .service(codes::set_vehicle_external_code)
        .service(codes::remove_vehicle_external_code)
        .service(codes::list_customer_external_links)
        .service(codes::set_customer_external_code)
        .service(codes::remove_customer_external_code);
}
