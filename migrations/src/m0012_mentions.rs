//! Who was mentioned where, until they have looked.

crate::migration!(
    "m0012_mentions",
    "
    CREATE TABLE mentions (
        staff_id UUID NOT NULL CONSTRAINT mentions_staff_id_fkey REFERENCES staff (id),
        entry_id UUID NOT NULL CONSTRAINT mentions_entry_id_fkey REFERENCES timeline_entries (id) ON DELETE CASCADE,
        lead_id UUID NOT NULL CONSTRAINT mentions_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
        at TIMESTAMPTZ NOT NULL,
        seen_at TIMESTAMPTZ,
        CONSTRAINT mentions_pkey PRIMARY KEY (staff_id, entry_id)
    );
    CREATE INDEX mentions_staff_idx ON mentions (staff_id, at, entry_id);
    ALTER TABLE events ADD COLUMN mentions JSONB NOT NULL DEFAULT '[]';
    "
);
