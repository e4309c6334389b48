//! The audit chains. The chain holds salted digests; the values stand apart, so that an erasure can empty them.

crate::migration!(
    "m0003_audit",
    "
    CREATE TABLE audit_heads (
        chain TEXT NOT NULL CONSTRAINT audit_heads_pkey PRIMARY KEY,
        sequence BIGINT NOT NULL,
        hash TEXT NOT NULL
    );
    CREATE TABLE audit_events (
        chain TEXT NOT NULL,
        sequence BIGINT NOT NULL,
        at TIMESTAMPTZ NOT NULL,
        actor TEXT NOT NULL,
        session_id UUID,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        request_id TEXT,
        digests JSONB NOT NULL,
        hash TEXT NOT NULL,
        CONSTRAINT audit_events_pkey PRIMARY KEY (chain, sequence)
    );
    CREATE INDEX audit_events_subject_idx ON audit_events (subject);
    CREATE INDEX audit_events_at_idx ON audit_events (at, chain, sequence);
    CREATE TABLE audit_values (
        chain TEXT NOT NULL,
        sequence BIGINT NOT NULL,
        position INTEGER NOT NULL,
        field TEXT NOT NULL,
        salt TEXT,
        before TEXT,
        after TEXT,
        CONSTRAINT audit_values_pkey PRIMARY KEY (chain, sequence, position)
    );
    "
);
