//! 仮押さえ: who wants a car, in their order. That nobody else has it is two indexes, not a look.

super::migration!("m0030_holds", "
    CREATE TABLE holds (
        id UUID NOT NULL CONSTRAINT holds_pkey PRIMARY KEY,
        stock_number TEXT NOT NULL,
        staff_id UUID NOT NULL CONSTRAINT holds_staff_id_fkey REFERENCES staff (id),
        store_id UUID NOT NULL CONSTRAINT holds_store_id_fkey REFERENCES stores (id),
        lead_id UUID CONSTRAINT holds_lead_id_fkey REFERENCES leads (id),
        state TEXT NOT NULL CONSTRAINT holds_state_check
            CHECK (state IN ('requested', 'held', 'queued', 'released', 'expired', 'lost', 'contracted')),
        hours INTEGER NOT NULL CONSTRAINT holds_hours_check CHECK (hours BETWEEN 1 AND 72),
        requested_at TIMESTAMPTZ NOT NULL,
        expires_at TIMESTAMPTZ,
        wanted_until TIMESTAMPTZ,
        extreme_hold_id TEXT,
        extreme_revision BIGINT,
        heard_at TIMESTAMPTZ,
        ended_at TIMESTAMPTZ,
        loss TEXT CONSTRAINT holds_loss_check CHECK (loss IN ('sold', 'not_for_sale', 'ended', 'refused')),
        version BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX holds_claimant_key ON holds (stock_number, staff_id) WHERE state IN ('requested', 'held', 'queued');
    CREATE UNIQUE INDEX holds_holder_key ON holds (stock_number) WHERE state IN ('requested', 'held');
    CREATE INDEX holds_open_idx ON holds (stock_number, id) WHERE state IN ('requested', 'held', 'queued');
    CREATE INDEX holds_due_idx ON holds (expires_at) WHERE state IN ('requested', 'held') AND expires_at IS NOT NULL;
    CREATE INDEX holds_lead_idx ON holds (lead_id) WHERE lead_id IS NOT NULL;
    CREATE INDEX holds_placed_idx ON holds (stock_number) WHERE extreme_hold_id IS NOT NULL;
    CREATE INDEX holds_staff_idx ON holds (staff_id, id);
");
