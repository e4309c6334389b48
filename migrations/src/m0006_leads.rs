//! 見込み客, their inquiries and their timeline.

crate::migration!(
    "m0006_leads",
    "
    CREATE TABLE leads (
        id UUID NOT NULL CONSTRAINT leads_pkey PRIMARY KEY,
        store_id UUID NOT NULL CONSTRAINT leads_store_id_fkey REFERENCES stores (id),
        assignee_id UUID CONSTRAINT leads_assignee_id_fkey REFERENCES staff (id),
        status TEXT NOT NULL CONSTRAINT leads_status_check
            CHECK (status IN ('new', 'working', 'nurturing', 'converted', 'disqualified')),
        source_code TEXT NOT NULL CONSTRAINT leads_source_code_fkey REFERENCES lead_sources (code),
        name TEXT,
        kana TEXT,
        kana_typed TEXT,
        company TEXT,
        phones JSONB NOT NULL,
        mails JSONB NOT NULL,
        postal_code TEXT,
        prefecture TEXT,
        city TEXT,
        town TEXT,
        street TEXT,
        building TEXT,
        wanted_maker TEXT,
        wanted_model TEXT,
        wanted_body_type TEXT,
        wanted_budget BIGINT,
        wanted_timing TEXT,
        temperature TEXT CONSTRAINT leads_temperature_check
            CHECK (temperature IN ('this_month', 'three_months', 'six_months')),
        note TEXT,
        sort_key TEXT NOT NULL,
        search_key TEXT NOT NULL,
        received_at TIMESTAMPTZ NOT NULL,
        first_responded_at TIMESTAMPTZ,
        updated_at TIMESTAMPTZ NOT NULL,
        version BIGINT NOT NULL
    );
    CREATE INDEX leads_store_received_idx ON leads (store_id, received_at, id);
    CREATE INDEX leads_store_status_received_idx ON leads (store_id, status, received_at, id);
    CREATE INDEX leads_assignee_received_idx ON leads (assignee_id, received_at, id);
    CREATE INDEX leads_received_idx ON leads (received_at, id);
    CREATE INDEX leads_updated_idx ON leads (updated_at, id);
    CREATE INDEX leads_sort_key_idx ON leads (sort_key, id);
    CREATE TABLE inquiries (
        id UUID NOT NULL CONSTRAINT inquiries_pkey PRIMARY KEY,
        lead_id UUID NOT NULL CONSTRAINT inquiries_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
        source_code TEXT NOT NULL CONSTRAINT inquiries_source_code_fkey REFERENCES lead_sources (code),
        body TEXT,
        received_at TIMESTAMPTZ NOT NULL
    );
    CREATE INDEX inquiries_lead_id_idx ON inquiries (lead_id, id);
    CREATE TABLE timeline_entries (
        id UUID NOT NULL CONSTRAINT timeline_entries_pkey PRIMARY KEY,
        lead_id UUID NOT NULL CONSTRAINT timeline_entries_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
        at TIMESTAMPTZ NOT NULL,
        staff_id UUID,
        api_client_id UUID,
        event JSONB NOT NULL
    );
    CREATE INDEX timeline_entries_lead_id_idx ON timeline_entries (lead_id, at, id);
    "
);
