//! Masters that are settled as a whole list: each has a version, which an edit names.

crate::migration!(
    "m0021_master_versions",
    "
    CREATE TABLE master_versions (
        master TEXT NOT NULL CONSTRAINT master_versions_pkey PRIMARY KEY,
        version BIGINT NOT NULL
    );
    INSERT INTO master_versions (master, version) VALUES ('lead_sources', 1);
    "
);
