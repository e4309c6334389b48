//! What changed, for the screens that are open. An id is drawn from `event_head`, whose row is locked until the commit,
//! so ids count up without gaps in the order in which the changes became visible.

crate::migration!(
    "m0010_events",
    "
    CREATE TABLE event_head (
        one INTEGER NOT NULL CONSTRAINT event_head_pkey PRIMARY KEY CONSTRAINT event_head_one CHECK (one = 1),
        last BIGINT NOT NULL
    );
    INSERT INTO event_head (one, last) VALUES (1, 0);
    CREATE TABLE events (
        id BIGINT NOT NULL CONSTRAINT events_pkey PRIMARY KEY,
        at TIMESTAMPTZ NOT NULL,
        kind TEXT NOT NULL,
        store_id UUID NOT NULL,
        subject_id UUID NOT NULL,
        version BIGINT NOT NULL,
        staff_id UUID
    );
    CREATE INDEX events_at_idx ON events (at);
    "
);
