//! What people prove who they are with besides the password, and the questions that wait for an answer.

crate::migration!(
    "m0022_second_factors",
    "
    CREATE TABLE authenticators (
        staff_id UUID NOT NULL CONSTRAINT authenticators_pkey PRIMARY KEY
            CONSTRAINT authenticators_staff_id_fkey REFERENCES staff (id) ON DELETE CASCADE,
        secret BYTEA NOT NULL,
        last_step BIGINT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL
    );
    CREATE TABLE recovery_codes (
        hash BYTEA NOT NULL CONSTRAINT recovery_codes_pkey PRIMARY KEY,
        staff_id UUID NOT NULL CONSTRAINT recovery_codes_staff_id_fkey REFERENCES staff (id) ON DELETE CASCADE,
        used_at TIMESTAMPTZ
    );
    CREATE INDEX recovery_codes_staff_id_idx ON recovery_codes (staff_id);
    CREATE TABLE passkeys (
        id UUID NOT NULL CONSTRAINT passkeys_pkey PRIMARY KEY,
        staff_id UUID NOT NULL CONSTRAINT passkeys_staff_id_fkey REFERENCES staff (id) ON DELETE CASCADE,
        credential_id BYTEA NOT NULL CONSTRAINT passkeys_credential_id_key UNIQUE,
        credential JSONB NOT NULL,
        name TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        last_used_at TIMESTAMPTZ
    );
    CREATE INDEX passkeys_staff_id_idx ON passkeys (staff_id);
    CREATE TABLE challenges (
        hash BYTEA NOT NULL CONSTRAINT challenges_pkey PRIMARY KEY,
        purpose TEXT NOT NULL,
        staff_id UUID CONSTRAINT challenges_staff_id_fkey REFERENCES staff (id) ON DELETE CASCADE,
        state JSONB NOT NULL,
        tries INTEGER NOT NULL,
        expires_at TIMESTAMPTZ NOT NULL
    );
    CREATE INDEX challenges_staff_id_idx ON challenges (staff_id);
    CREATE INDEX challenges_expires_at_idx ON challenges (expires_at);
    "
);
