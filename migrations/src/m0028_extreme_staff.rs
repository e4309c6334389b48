//! Staff, whom both sides master: EXTREME's own records, what of them was taken, and what a person has to settle.

crate::migration!(
    "m0028_extreme_staff",
    "
    CREATE TABLE extreme_staff (
        staff_code TEXT NOT NULL CONSTRAINT extreme_staff_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        record JSONB NOT NULL
    );

    CREATE TABLE extreme_staff_bonds (
        staff_code TEXT NOT NULL CONSTRAINT extreme_staff_bonds_pkey PRIMARY KEY,
        before JSONB NOT NULL,
        refusal TEXT,
        refused_for TEXT
    );

    CREATE TABLE extreme_conflicts (
        id UUID NOT NULL CONSTRAINT extreme_conflicts_pkey PRIMARY KEY,
        staff_code TEXT NOT NULL,
        dispute TEXT NOT NULL,
        mark TEXT NOT NULL,
        theirs JSONB NOT NULL,
        ours JSONB,
        state TEXT NOT NULL CONSTRAINT extreme_conflicts_state_check CHECK (state IN ('open', 'kept', 'left')),
        told_at TIMESTAMPTZ,
        found_at TIMESTAMPTZ NOT NULL,
        settled_at TIMESTAMPTZ,
        version BIGINT NOT NULL,
        CONSTRAINT extreme_conflicts_dispute_key UNIQUE (staff_code, dispute)
    );
    "
);
