//! Where stores are, and when they are open.

crate::migration!(
    "m0013_stores",
    "
    ALTER TABLE stores ADD COLUMN postal_code TEXT;
    ALTER TABLE stores ADD COLUMN prefecture TEXT;
    ALTER TABLE stores ADD COLUMN city TEXT;
    ALTER TABLE stores ADD COLUMN town TEXT;
    ALTER TABLE stores ADD COLUMN street TEXT;
    ALTER TABLE stores ADD COLUMN building TEXT;
    ALTER TABLE stores ADD COLUMN phone JSONB;
    ALTER TABLE stores ADD COLUMN hours JSONB NOT NULL DEFAULT '[]';
    ALTER TABLE stores ADD COLUMN holidays JSONB NOT NULL DEFAULT '[]';
    "
);
