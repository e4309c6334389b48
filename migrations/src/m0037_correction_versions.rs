//! 修正依頼: how often each was changed, apart from what becomes of its message.

crate::migration!(
    "m0037_correction_versions",
    "
    ALTER TABLE correction_requests ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
    "
);
