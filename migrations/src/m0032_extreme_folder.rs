//! The folder into which an EXTREME puts its files: who looks into it just now, and what was seen there, until it has stopped growing.

crate::migration!(
    "m0032_extreme_folder",
    "
    CREATE TABLE extreme_folder_leases (
        folder TEXT NOT NULL CONSTRAINT extreme_folder_leases_pkey PRIMARY KEY,
        lease_holder UUID,
        lease_until TIMESTAMPTZ
    );
    INSERT INTO extreme_folder_leases (folder) VALUES ('extreme');

    CREATE TABLE extreme_folder_files (
        name TEXT NOT NULL CONSTRAINT extreme_folder_files_pkey PRIMARY KEY,
        size BIGINT NOT NULL,
        modified_at TIMESTAMPTZ NOT NULL,
        seen_at TIMESTAMPTZ NOT NULL,
        intake_id UUID CONSTRAINT extreme_folder_files_intake_id_fkey REFERENCES extreme_intakes (id)
    );
    "
);
