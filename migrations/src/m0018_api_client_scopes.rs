//! What integrators' keys may do and from where, and the secrets that others took the place of. Keys that are there keep all that
//! they could do; so do those that a process of the release before still makes.

crate::migration!(
    "m0018_api_client_scopes",
    r#"
    ALTER TABLE api_clients ADD COLUMN scopes JSONB NOT NULL DEFAULT
        '["leads.read","leads.create","leads.write","events.read","staff.read","stores.read","masters.read"]';
    ALTER TABLE api_clients ADD COLUMN addresses JSONB NOT NULL DEFAULT '[]';
    ALTER TABLE api_clients ADD COLUMN requests_per_minute INTEGER;
    CREATE TABLE api_client_former_secrets (
        key_hash BYTEA NOT NULL CONSTRAINT api_client_former_secrets_pkey PRIMARY KEY,
        api_client_id UUID NOT NULL
            CONSTRAINT api_client_former_secrets_client_fkey REFERENCES api_clients (id) ON DELETE CASCADE,
        ends_at TIMESTAMPTZ NOT NULL
    );
    CREATE INDEX api_client_former_secrets_client_idx ON api_client_former_secrets (api_client_id);
    "#
);
