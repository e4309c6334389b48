//! Stores and staff.

crate::migration!(
    "m0001_people",
    "
    CREATE TABLE stores (
        id UUID NOT NULL CONSTRAINT stores_pkey PRIMARY KEY,
        code TEXT NOT NULL CONSTRAINT stores_code_key UNIQUE,
        name TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        version BIGINT NOT NULL
    );
    CREATE TABLE staff (
        id UUID NOT NULL CONSTRAINT staff_pkey PRIMARY KEY,
        code TEXT NOT NULL CONSTRAINT staff_code_key UNIQUE,
        name TEXT NOT NULL,
        kana TEXT NOT NULL,
        mail TEXT NOT NULL CONSTRAINT staff_mail_key UNIQUE,
        role TEXT NOT NULL CONSTRAINT staff_role_check CHECK (role IN ('salesperson', 'manager', 'administrator')),
        status TEXT NOT NULL CONSTRAINT staff_status_check CHECK (status IN ('active', 'suspended', 'retired')),
        password_hash TEXT,
        created_at TIMESTAMPTZ NOT NULL,
        version BIGINT NOT NULL
    );
    CREATE TABLE staff_stores (
        staff_id UUID NOT NULL CONSTRAINT staff_stores_staff_id_fkey REFERENCES staff (id) ON DELETE CASCADE,
        store_id UUID NOT NULL CONSTRAINT staff_stores_store_id_fkey REFERENCES stores (id),
        position INTEGER NOT NULL,
        CONSTRAINT staff_stores_pkey PRIMARY KEY (staff_id, store_id)
    );
    CREATE INDEX staff_stores_store_id_idx ON staff_stores (store_id);
    "
);
