//! 手入力: who typed a 修正依頼 into EXTREME, where nothing can be sent there.

crate::migration!(
    "m0036_manual_entries",
    "
    ALTER TABLE correction_requests ADD COLUMN entered_by UUID
        CONSTRAINT correction_requests_entered_by_fkey REFERENCES staff (id);
    CREATE INDEX correction_requests_outbox_message_idx ON correction_requests (outbox_message_id);
    "
);
