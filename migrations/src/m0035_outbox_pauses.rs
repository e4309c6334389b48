//! 送信箱: where nothing is sent because a person has said so.

super::migration!(
    "m0035_outbox_pauses",
    "
    CREATE TABLE outbox_pauses (
        destination TEXT NOT NULL CONSTRAINT outbox_pauses_pkey PRIMARY KEY,
        paused_at TIMESTAMPTZ NOT NULL,
        staff_id UUID NOT NULL CONSTRAINT outbox_pauses_staff_id_fkey REFERENCES staff (id),
        reason TEXT
    );
"
);
