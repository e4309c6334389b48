//! タグ, and which leads have them. Each dealer's are their own, so none is shipped. `lead_tags` repeats when a lead was
//! received, which never changes: so the leads of a tag are paged in that order by one index, however many they are.

crate::migration!(
    "m0023_tags",
    "
    CREATE TABLE tags (
        id UUID NOT NULL CONSTRAINT tags_pkey PRIMARY KEY,
        name TEXT NOT NULL,
        tone TEXT NOT NULL CONSTRAINT tags_tone_check CHECK (tone IN ('plain', 'accent', 'ok', 'warn')),
        position INTEGER NOT NULL,
        active BOOLEAN NOT NULL
    );
    CREATE TABLE lead_tags (
        lead_id UUID NOT NULL CONSTRAINT lead_tags_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
        tag_id UUID NOT NULL CONSTRAINT lead_tags_tag_id_fkey REFERENCES tags (id),
        received_at TIMESTAMPTZ NOT NULL,
        CONSTRAINT lead_tags_pkey PRIMARY KEY (lead_id, tag_id)
    );
    CREATE INDEX lead_tags_tag_received_idx ON lead_tags (tag_id, received_at, lead_id);
    INSERT INTO master_versions (master, version) VALUES ('tags', 1);
    "
);
