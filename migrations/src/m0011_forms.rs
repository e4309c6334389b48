//! フォーム, the words of consent by version, and what was sent, as received.

crate::migration!(
    "m0011_forms",
    "
    CREATE TABLE forms (
        id UUID NOT NULL CONSTRAINT forms_pkey PRIMARY KEY,
        key TEXT NOT NULL CONSTRAINT forms_key_key UNIQUE,
        store_id UUID NOT NULL CONSTRAINT forms_store_id_fkey REFERENCES stores (id),
        source_code TEXT NOT NULL CONSTRAINT forms_source_code_fkey REFERENCES lead_sources (code),
        name TEXT NOT NULL,
        language TEXT NOT NULL CONSTRAINT forms_language_check CHECK (language IN ('ja', 'en')),
        title TEXT NOT NULL,
        intro TEXT,
        thanks TEXT,
        fields JSONB NOT NULL,
        origins JSONB NOT NULL,
        consent TEXT,
        consent_version INTEGER NOT NULL,
        active BOOLEAN NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        updated_at TIMESTAMPTZ NOT NULL,
        version BIGINT NOT NULL
    );
    CREATE TABLE form_consents (
        form_id UUID NOT NULL CONSTRAINT form_consents_form_id_fkey REFERENCES forms (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        text TEXT NOT NULL,
        since TIMESTAMPTZ NOT NULL,
        CONSTRAINT form_consents_pkey PRIMARY KEY (form_id, version)
    );
    CREATE TABLE form_submissions (
        id UUID NOT NULL CONSTRAINT form_submissions_pkey PRIMARY KEY,
        form_id UUID NOT NULL CONSTRAINT form_submissions_form_id_fkey REFERENCES forms (id),
        store_id UUID NOT NULL CONSTRAINT form_submissions_store_id_fkey REFERENCES stores (id),
        key TEXT NOT NULL,
        state TEXT NOT NULL CONSTRAINT form_submissions_state_check CHECK (state IN ('held', 'accepted', 'dismissed')),
        suspicions JSONB NOT NULL,
        content_type TEXT NOT NULL,
        raw TEXT NOT NULL,
        answers JSONB NOT NULL,
        consent_version INTEGER,
        landing_page TEXT,
        referrer TEXT,
        campaign JSONB NOT NULL,
        origin TEXT,
        network TEXT NOT NULL,
        received_at TIMESTAMPTZ NOT NULL,
        settled_at TIMESTAMPTZ,
        lead_id UUID CONSTRAINT form_submissions_lead_id_fkey REFERENCES leads (id) ON DELETE SET NULL,
        version BIGINT NOT NULL,
        CONSTRAINT form_submissions_key_key UNIQUE (form_id, key)
    );
    CREATE INDEX form_submissions_state_idx ON form_submissions (state, received_at, id);
    CREATE INDEX form_submissions_lead_idx ON form_submissions (lead_id);
    "
);
