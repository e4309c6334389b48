//! Sessions, refresh tokens, throttles of guesses, and integrators' keys. Secrets are kept as hashes alone.

crate::migration!(
    "m0002_sign_in",
    "
    CREATE TABLE sessions (
        id UUID NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
        staff_id UUID NOT NULL CONSTRAINT sessions_staff_id_fkey REFERENCES staff (id) ON DELETE CASCADE,
        device TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        last_seen_at TIMESTAMPTZ NOT NULL,
        expires_at TIMESTAMPTZ NOT NULL,
        ended_at TIMESTAMPTZ
    );
    CREATE INDEX sessions_staff_id_idx ON sessions (staff_id);
    CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
    CREATE TABLE refresh_tokens (
        hash BYTEA NOT NULL CONSTRAINT refresh_tokens_pkey PRIMARY KEY,
        session_id UUID NOT NULL CONSTRAINT refresh_tokens_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
        issued_at TIMESTAMPTZ NOT NULL,
        used_at TIMESTAMPTZ,
        successor BYTEA
    );
    CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);
    CREATE TABLE throttles (
        policy TEXT NOT NULL,
        subject TEXT NOT NULL,
        arrival TIMESTAMPTZ NOT NULL,
        failures BIGINT NOT NULL,
        CONSTRAINT throttles_pkey PRIMARY KEY (policy, subject)
    );
    CREATE TABLE api_clients (
        id UUID NOT NULL CONSTRAINT api_clients_pkey PRIMARY KEY,
        name TEXT NOT NULL,
        key_hash BYTEA NOT NULL CONSTRAINT api_clients_key_hash_key UNIQUE,
        created_at TIMESTAMPTZ NOT NULL,
        expires_at TIMESTAMPTZ NOT NULL,
        revoked_at TIMESTAMPTZ,
        last_used_at TIMESTAMPTZ,
        version BIGINT NOT NULL
    );
    CREATE TABLE api_client_stores (
        api_client_id UUID NOT NULL CONSTRAINT api_client_stores_client_fkey REFERENCES api_clients (id) ON DELETE CASCADE,
        store_id UUID NOT NULL CONSTRAINT api_client_stores_store_fkey REFERENCES stores (id),
        CONSTRAINT api_client_stores_pkey PRIMARY KEY (api_client_id, store_id)
    );
    "
);
