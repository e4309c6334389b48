//! Copies of what EXTREME masters, and how far each stream of changes has been read.
//!
//! A copy has the key, the revision and the age of its record; what lists filter and sort by are columns, the rest is JSON. What is gone
//! is gone here too: its tombstone keeps the revision alone, so that an older state which comes late does not bring it back.
//! `vehicles.purchase_cost`, `sales.cost` and their like stand in columns of their own, and in no JSON, so that what is read without
//! them holds nothing of them.

crate::migration!(
    "m0025_extreme",
    "
    CREATE TABLE extreme_streams (
        stream TEXT NOT NULL CONSTRAINT extreme_streams_pkey PRIMARY KEY,
        cursor TEXT,
        whole BOOLEAN NOT NULL,
        read_at TIMESTAMPTZ,
        changed_at TIMESTAMPTZ,
        failed_at TIMESTAMPTZ,
        failure TEXT,
        failures BIGINT NOT NULL,
        taken BIGINT NOT NULL,
        stale BIGINT NOT NULL,
        lease_holder UUID,
        lease_until TIMESTAMPTZ,
        compared_at TIMESTAMPTZ,
        comparison JSONB
    );
    INSERT INTO extreme_streams (stream, whole, failures, taken, stale) VALUES
        ('vehicles', FALSE, 0, 0, 0), ('sales', FALSE, 0, 0, 0), ('stock_purchases', FALSE, 0, 0, 0),
        ('customers', FALSE, 0, 0, 0), ('purchases', FALSE, 0, 0, 0), ('maintenance_records', FALSE, 0, 0, 0),
        ('inspections', FALSE, 0, 0, 0), ('staff', FALSE, 0, 0, 0);

    CREATE TABLE extreme_tombstones (
        stream TEXT NOT NULL,
        key TEXT NOT NULL,
        revision BIGINT NOT NULL,
        deleted_at TIMESTAMPTZ NOT NULL,
        merged_into TEXT,
        CONSTRAINT extreme_tombstones_pkey PRIMARY KEY (stream, key)
    );

    CREATE TABLE extreme_refusals (
        stream TEXT NOT NULL,
        key TEXT NOT NULL,
        field TEXT NOT NULL,
        refused_at TIMESTAMPTZ NOT NULL,
        CONSTRAINT extreme_refusals_pkey PRIMARY KEY (stream, key)
    );

    CREATE TABLE vehicles (
        stock_number TEXT NOT NULL CONSTRAINT vehicles_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        store_code TEXT NOT NULL,
        status TEXT NOT NULL,
        for_sale BOOLEAN NOT NULL,
        condition TEXT NOT NULL,
        maker TEXT NOT NULL,
        model_name TEXT NOT NULL,
        chassis_number TEXT,
        body_type TEXT NOT NULL,
        fuel_type TEXT,
        first_registration TEXT,
        odometer_km INTEGER NOT NULL,
        repair_history BOOLEAN NOT NULL,
        inspection_expiry TEXT,
        vehicle_price BIGINT,
        advertised_total BIGINT,
        listed_on TEXT,
        purchase_cost BIGINT,
        search_key TEXT NOT NULL,
        identity JSONB NOT NULL,
        build JSONB NOT NULL,
        history JSONB NOT NULL,
        offer JSONB NOT NULL,
        hold JSONB
    );
    CREATE INDEX vehicles_total_idx ON vehicles (advertised_total, stock_number) WHERE for_sale;
    CREATE INDEX vehicles_listed_idx ON vehicles (listed_on, stock_number) WHERE for_sale;
    CREATE INDEX vehicles_odometer_idx ON vehicles (odometer_km, stock_number) WHERE for_sale;
    CREATE INDEX vehicles_registration_idx ON vehicles (first_registration, stock_number) WHERE for_sale;
    CREATE INDEX vehicles_chassis_idx ON vehicles (chassis_number);

    CREATE TABLE vehicle_changes (
        stock_number TEXT NOT NULL,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        status TEXT NOT NULL,
        advertised_total BIGINT,
        CONSTRAINT vehicle_changes_pkey PRIMARY KEY (stock_number, revision)
    );

    CREATE TABLE customers (
        customer_code TEXT NOT NULL CONSTRAINT customers_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        kana TEXT,
        contact_name TEXT,
        birthday TEXT,
        phones JSONB NOT NULL,
        mails JSONB NOT NULL,
        postal_code TEXT,
        prefecture TEXT,
        city TEXT,
        town TEXT,
        street TEXT,
        building TEXT,
        store_code TEXT NOT NULL,
        staff_code TEXT,
        since TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        search_key TEXT NOT NULL
    );
    CREATE INDEX customers_sort_idx ON customers (sort_key, customer_code);
    CREATE INDEX customers_store_idx ON customers (store_code, sort_key, customer_code);

    CREATE TABLE customer_handles (
        customer_code TEXT NOT NULL CONSTRAINT customer_handles_customer_code_fkey
            REFERENCES customers (customer_code) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        handle TEXT NOT NULL,
        CONSTRAINT customer_handles_pkey PRIMARY KEY (kind, handle, customer_code)
    );
    CREATE INDEX customer_handles_customer_idx ON customer_handles (customer_code);

    CREATE TABLE purchases (
        purchase_number TEXT NOT NULL CONSTRAINT purchases_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        customer_code TEXT NOT NULL,
        stock_number TEXT,
        store_code TEXT NOT NULL,
        staff_code TEXT,
        car JSONB NOT NULL,
        grade TEXT NOT NULL,
        model_code TEXT,
        first_registration TEXT,
        inspection_expiry TEXT,
        purchased_on TEXT NOT NULL,
        delivered_on TEXT,
        owned_until TEXT,
        total BIGINT,
        payment TEXT,
        payments_end_on TEXT
    );
    CREATE INDEX purchases_customer_idx ON purchases (customer_code, purchased_on);
    CREATE INDEX purchases_inspection_idx ON purchases (inspection_expiry) WHERE owned_until IS NULL;

    CREATE TABLE maintenance_records (
        record_number TEXT NOT NULL CONSTRAINT maintenance_records_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        customer_code TEXT NOT NULL,
        store_code TEXT NOT NULL,
        staff_code TEXT,
        car JSONB NOT NULL,
        kind TEXT NOT NULL,
        received_on TEXT NOT NULL,
        completed_on TEXT,
        odometer_km INTEGER,
        summary TEXT NOT NULL,
        lines JSONB NOT NULL,
        total BIGINT
    );
    CREATE INDEX maintenance_records_customer_idx ON maintenance_records (customer_code, received_on);

    CREATE TABLE inspections (
        inspection_number TEXT NOT NULL CONSTRAINT inspections_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        customer_code TEXT NOT NULL,
        store_code TEXT NOT NULL,
        staff_code TEXT,
        car JSONB NOT NULL,
        kind TEXT NOT NULL,
        performed_on TEXT NOT NULL,
        expiry TEXT,
        odometer_km INTEGER,
        total BIGINT
    );
    CREATE INDEX inspections_customer_idx ON inspections (customer_code, performed_on);

    CREATE TABLE sales (
        sale_number TEXT NOT NULL CONSTRAINT sales_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        stock_number TEXT NOT NULL,
        customer_code TEXT,
        staff_code TEXT NOT NULL,
        store_code TEXT NOT NULL,
        contract_number TEXT,
        channel TEXT NOT NULL,
        payment TEXT,
        sold_on TEXT NOT NULL,
        delivered_on TEXT,
        cancelled_on TEXT,
        vehicle_price BIGINT NOT NULL,
        options BIGINT NOT NULL,
        fees BIGINT NOT NULL,
        discount BIGINT NOT NULL,
        trade_in BIGINT NOT NULL,
        total BIGINT NOT NULL,
        cost BIGINT,
        gross_profit BIGINT
    );
    CREATE INDEX sales_store_idx ON sales (store_code, sold_on);
    CREATE INDEX sales_stock_idx ON sales (stock_number);

    CREATE TABLE stock_purchases (
        stock_purchase_number TEXT NOT NULL CONSTRAINT stock_purchases_pkey PRIMARY KEY,
        revision BIGINT NOT NULL,
        changed_at TIMESTAMPTZ NOT NULL,
        read_at TIMESTAMPTZ NOT NULL,
        stock_number TEXT NOT NULL,
        channel TEXT NOT NULL,
        supplier TEXT,
        customer_code TEXT,
        staff_code TEXT,
        store_code TEXT NOT NULL,
        purchased_on TEXT NOT NULL,
        price BIGINT,
        transport BIGINT,
        reconditioning BIGINT
    );
    CREATE INDEX stock_purchases_stock_idx ON stock_purchases (stock_number);
    "
);
