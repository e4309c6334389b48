//! What is true in Noren: ids, money, entities and the rules over them.
//!
//! Pure by design: no I/O, no clock and no randomness (minting ids is behind the feature `mint`), so that the tablet
//! and the server judge with the very same code.

pub mod access;
pub mod api_client;
pub mod clock;
pub mod code;
pub mod company;
pub mod company_name;
pub mod contact;
pub mod customer;
pub mod customer_view;
pub mod error;
pub mod event;
pub mod external_system;
pub mod form;
pub mod hold;
pub mod id;
pub mod intake;
pub mod kana;
pub mod language;
pub mod lead;
pub mod lead_source;
pub mod money;
pub mod note;
pub mod outbox;
pub mod phone;
pub mod pin;
pub mod postal;
pub mod results;
pub mod saved_filter;
pub mod search;
pub mod staff;
pub mod staff_record;
pub mod store;
pub mod sync;
pub mod tag;
pub mod text;
pub mod throttle;
pub mod timeline;
pub mod vehicle;
pub mod viewer;
pub mod vocabulary;

pub use clock::Timestamp;
pub use error::{Error, FieldError, Invalid};
pub use id::{
    AccessEventId, ApiClientId, AuditVerificationId, CorrectionRequestId, ExtremeConflictId, ExtremeIntakeId, FormId,
    FormSubmissionId, HoldId, InquiryId, InvitationId, LeadId, OutboxMessageId, PasskeyId, SavedFilterId, SessionId,
    StaffId, StoreId, TagId, TimelineEntryId,
};
pub use money::Yen;
