//! When whoever has a session last proved who they are. Sessions of before did so when they were opened.

crate::migration!("m0017_fresh_sign_in", "ALTER TABLE sessions ADD COLUMN authenticated_at TIMESTAMPTZ;");
