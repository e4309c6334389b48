//! Sessions whose screen is turned to a customer, and to whom.

crate::migration!(
    "m0033_customer_view",
    "
    ALTER TABLE sessions ADD COLUMN customer_view_since TIMESTAMPTZ;
    ALTER TABLE sessions ADD COLUMN customer_view_lead_id UUID
        CONSTRAINT sessions_customer_view_lead_id_fkey REFERENCES leads (id);
    "
);
