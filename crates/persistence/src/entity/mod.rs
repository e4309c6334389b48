//! Rows, one file per table. They are private to this crate.

pub mod api_client;
pub mod api_client_store;
pub mod audit_event;
pub mod audit_head;
pub mod audit_value;
pub mod event;
pub mod form;
pub mod form_consent;
pub mod form_submission;
pub mod idempotency_key;
pub mod inquiry;
pub mod invitation;
pub mod lead;
pub mod lead_source;
pub mod master_version;
pub mod mention;
pub mod note_to_self;
pub mod postal_code;
pub mod refresh_token;
pub mod session;
pub mod staff;
pub mod staff_store;
pub mod store;
pub mod throttle;
pub mod timeline_entry;
