//! Screens that are locked, and the PINs that unlock them on the tablet where the person signed in.

crate::migration!(
    "m0015_pins",
    "
    ALTER TABLE staff ADD COLUMN pin_hash TEXT;
    ALTER TABLE sessions ADD COLUMN tablet BYTEA;
    ALTER TABLE sessions ADD COLUMN locked_at TIMESTAMPTZ;
    ALTER TABLE sessions ADD COLUMN wrong_pins INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX sessions_tablet_idx ON sessions (tablet);
    "
);
