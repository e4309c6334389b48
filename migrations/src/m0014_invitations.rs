//! Ways in that administrators give to staff. Their secrets are kept as hashes alone.

crate::migration!(
    "m0014_invitations",
    "
    CREATE TABLE invitations (
        id UUID NOT NULL CONSTRAINT invitations_pkey PRIMARY KEY,
        staff_id UUID NOT NULL CONSTRAINT invitations_staff_id_fkey REFERENCES staff (id) ON DELETE CASCADE,
        hash BYTEA NOT NULL CONSTRAINT invitations_hash_key UNIQUE,
        created_at TIMESTAMPTZ NOT NULL,
        expires_at TIMESTAMPTZ NOT NULL,
        ended_at TIMESTAMPTZ
    );
    CREATE INDEX invitations_staff_id_idx ON invitations (staff_id, ended_at);
    CREATE INDEX invitations_expires_at_idx ON invitations (expires_at);
    "
);
