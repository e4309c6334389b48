//! Stored answers of creating requests, one transaction with their effect.

crate::migration!(
    "m0004_idempotency",
    "
    CREATE TABLE idempotency_keys (
        principal TEXT NOT NULL,
        operation TEXT NOT NULL,
        key TEXT NOT NULL,
        fingerprint BYTEA NOT NULL,
        status INTEGER,
        location TEXT,
        etag TEXT,
        body TEXT,
        created_at TIMESTAMPTZ NOT NULL,
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (principal, operation, key)
    );
    CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);
    "
);
