//! 外部連携コード: other systems, and what they call our cars and customers. A code names its subject by EXTREME's code, whether there is
//! a copy of it or not.

crate::migration!(
    "m0034_external_systems",
    "
    CREATE TABLE external_systems (
        key TEXT NOT NULL CONSTRAINT external_systems_pkey PRIMARY KEY,
        name_ja TEXT NOT NULL,
        name_en TEXT NOT NULL,
        template TEXT NOT NULL,
        covers TEXT NOT NULL CONSTRAINT external_systems_covers_check CHECK (covers IN ('vehicles', 'customers', 'both')),
        position INTEGER NOT NULL,
        active BOOLEAN NOT NULL
    );
    CREATE TABLE external_codes (
        kind TEXT NOT NULL CONSTRAINT external_codes_kind_check CHECK (kind IN ('vehicle', 'customer')),
        subject TEXT NOT NULL,
        system_key TEXT NOT NULL CONSTRAINT external_codes_system_key_fkey REFERENCES external_systems (key),
        code TEXT NOT NULL,
        CONSTRAINT external_codes_pkey PRIMARY KEY (kind, subject, system_key)
    );
    CREATE INDEX external_codes_code_idx ON external_codes (code, kind);
    INSERT INTO master_versions (master, version) VALUES ('external_systems', 1);
    "
);
