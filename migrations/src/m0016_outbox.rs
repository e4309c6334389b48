//! 送信箱: what must leave Noren, and the counters of its order.

crate::migration!(
    "m0016_outbox",
    "
    CREATE TABLE outbox_messages (
        id UUID NOT NULL CONSTRAINT outbox_messages_pkey PRIMARY KEY,
        destination TEXT NOT NULL,
        aggregate TEXT NOT NULL,
        sequence BIGINT NOT NULL,
        key TEXT NOT NULL CONSTRAINT outbox_messages_key_key UNIQUE,
        kind TEXT NOT NULL,
        payload JSONB NOT NULL,
        state TEXT NOT NULL CONSTRAINT outbox_messages_state_check
            CHECK (state IN ('waiting', 'leased', 'done', 'dead', 'paused', 'discarded')),
        attempt INTEGER NOT NULL,
        losses INTEGER NOT NULL,
        since TIMESTAMPTZ NOT NULL,
        next_at TIMESTAMPTZ NOT NULL,
        lease_until TIMESTAMPTZ,
        worker UUID,
        last_error TEXT,
        created_at TIMESTAMPTZ NOT NULL,
        settled_at TIMESTAMPTZ,
        version BIGINT NOT NULL,
        CONSTRAINT outbox_messages_sequence_key UNIQUE (destination, aggregate, sequence)
    );
    CREATE INDEX outbox_messages_state_idx ON outbox_messages (state, next_at);
    CREATE TABLE outbox_sequences (
        destination TEXT NOT NULL,
        aggregate TEXT NOT NULL,
        last BIGINT NOT NULL,
        CONSTRAINT outbox_sequences_pkey PRIMARY KEY (destination, aggregate)
    );
    "
);
