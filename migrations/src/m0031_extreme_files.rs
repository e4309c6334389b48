//! Files of EXTREME's: each with what became of it and why, and by kind which of its columns is what.
//!
//! The bytes of a file are no column: they lie among the files of the house, under their hash.

crate::migration!(
    "m0031_extreme_files",
    "
    ALTER TABLE extreme_streams ADD COLUMN file_at TIMESTAMPTZ;

    CREATE TABLE extreme_intakes (
        id UUID NOT NULL CONSTRAINT extreme_intakes_pkey PRIMARY KEY,
        stream TEXT NOT NULL,
        file_name TEXT NOT NULL,
        origin TEXT NOT NULL CONSTRAINT extreme_intakes_origin_check CHECK (origin IN ('folder', 'upload')),
        hash TEXT NOT NULL,
        size BIGINT NOT NULL,
        written_at TIMESTAMPTZ NOT NULL,
        handed_in_at TIMESTAMPTZ NOT NULL,
        handed_in_by TEXT NOT NULL,
        state TEXT NOT NULL CONSTRAINT extreme_intakes_state_check
            CHECK (state IN ('waiting', 'asking', 'taken', 'refused', 'repeated')),
        headings JSONB NOT NULL,
        first_rows JSONB NOT NULL,
        counts JSONB NOT NULL,
        map_version BIGINT,
        repeats UUID CONSTRAINT extreme_intakes_repeats_fkey REFERENCES extreme_intakes (id),
        allowed_gone BIGINT,
        attempts INTEGER NOT NULL,
        lease_until TIMESTAMPTZ,
        over_at TIMESTAMPTZ,
        version BIGINT NOT NULL
    );
    CREATE INDEX extreme_intakes_hash_idx ON extreme_intakes (hash);
    CREATE INDEX extreme_intakes_stream_idx ON extreme_intakes (stream, id);
    CREATE INDEX extreme_intakes_waiting_idx ON extreme_intakes (id) WHERE state = 'waiting';

    CREATE TABLE extreme_intake_reasons (
        intake_id UUID NOT NULL CONSTRAINT extreme_intake_reasons_intake_id_fkey
            REFERENCES extreme_intakes (id) ON DELETE CASCADE,
        place BIGINT NOT NULL,
        row_number BIGINT NOT NULL,
        heading TEXT NOT NULL,
        written TEXT NOT NULL,
        code TEXT NOT NULL,
        CONSTRAINT extreme_intake_reasons_pkey PRIMARY KEY (intake_id, place)
    );

    CREATE TABLE extreme_column_maps (
        stream TEXT NOT NULL CONSTRAINT extreme_column_maps_pkey PRIMARY KEY,
        choices JSONB NOT NULL,
        whole_stock BOOLEAN NOT NULL,
        version BIGINT NOT NULL
    );
    INSERT INTO extreme_column_maps (stream, choices, whole_stock, version) VALUES
        ('vehicles', '{}', FALSE, 1), ('sales', '{}', FALSE, 1), ('stock_purchases', '{}', FALSE, 1),
        ('customers', '{}', FALSE, 1), ('purchases', '{}', FALSE, 1), ('maintenance_records', '{}', FALSE, 1),
        ('inspections', '{}', FALSE, 1), ('staff', '{}', FALSE, 1);
    "
);
