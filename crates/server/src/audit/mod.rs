//! 監査: who changed what, the export of it, and whether the chains still hold.

mod export;
mod list;
pub(crate) mod names;
pub(crate) mod verifications;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use list::span;

/// All operations on the audit.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_audit_events)
        .service(export::export_audit_events)
        .service(verifications::verify_audit)
        .service(verifications::list_audit_verifications)
        .service(verifications::read_audit_verification);
}
