//! The company in its one row, how far its first run came, stores that closed for good, and the language of each person.
//! Where people work already, the first run is over.

crate::migration!(
    "m0020_company",
    "
    CREATE TABLE company (
        id INTEGER NOT NULL CONSTRAINT company_pkey PRIMARY KEY CONSTRAINT company_id_check CHECK (id = 1),
        name TEXT NOT NULL,
        kana TEXT,
        trade_name TEXT,
        postal_code TEXT,
        prefecture TEXT,
        city TEXT,
        town TEXT,
        street TEXT,
        building TEXT,
        phone JSONB,
        invoice_number TEXT,
        language TEXT NOT NULL CONSTRAINT company_language_check CHECK (language IN ('ja', 'en')),
        logo JSONB,
        setup_step TEXT CONSTRAINT company_setup_step_check CHECK (setup_step IN ('company', 'store', 'staff', 'form')),
        setup_code BYTEA,
        version BIGINT NOT NULL
    );
    INSERT INTO company (id, name, language, setup_step, version)
        SELECT 1, '', 'ja', CASE WHEN EXISTS (SELECT 1 FROM staff) THEN NULL ELSE 'company' END, 1;
    ALTER TABLE stores ADD COLUMN closed_at TIMESTAMPTZ;
    ALTER TABLE staff ADD COLUMN language TEXT CONSTRAINT staff_language_check CHECK (language IN ('ja', 'en'));
    "
);
