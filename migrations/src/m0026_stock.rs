//! What the stock is found, counted and sorted by, its pictures, the filters that people keep, and which leads want which cars.
//!
//! A row of `vehicles` is wide, for the car's whole description stands in it. `vehicle_index` repeats in a tenth of the width what lists
//! and counts ask, so that even a hundred thousand cars are looked through at once; it follows `vehicles` in the same unit of work.

crate::migration!(
    "m0026_stock",
    "
    CREATE TABLE vehicle_index (
        stock_number TEXT NOT NULL CONSTRAINT vehicle_index_pkey PRIMARY KEY
            CONSTRAINT vehicle_index_stock_number_fkey REFERENCES vehicles (stock_number) ON UPDATE CASCADE ON DELETE CASCADE,
        revision BIGINT NOT NULL,
        part TEXT NOT NULL CONSTRAINT vehicle_index_part_check CHECK (part IN ('for_sale', 'sold', 'gone')),
        store_code TEXT NOT NULL,
        maker TEXT NOT NULL,
        model_name TEXT NOT NULL,
        body_type TEXT NOT NULL,
        fuel_type TEXT,
        first_registration TEXT,
        odometer_km INTEGER NOT NULL,
        repair_history BOOLEAN NOT NULL,
        inspection_expiry TEXT,
        advertised_total BIGINT,
        listed_on TEXT,
        search_key TEXT NOT NULL
    );
    INSERT INTO vehicle_index
        SELECT stock_number, revision,
            CASE WHEN for_sale THEN 'for_sale'
                WHEN status IN ('contracted', 'registering', 'awaiting_delivery', 'delivered') THEN 'sold' ELSE 'gone' END,
            store_code, maker, model_name, body_type, fuel_type, first_registration, odometer_km, repair_history,
            inspection_expiry, advertised_total, listed_on, search_key
        FROM vehicles;
    CREATE INDEX vehicle_index_total_idx ON vehicle_index (advertised_total, stock_number) WHERE part = 'for_sale';
    CREATE INDEX vehicle_index_listed_idx ON vehicle_index (listed_on, stock_number) WHERE part = 'for_sale';
    CREATE INDEX vehicle_index_odometer_idx ON vehicle_index (odometer_km, stock_number) WHERE part = 'for_sale';
    CREATE INDEX vehicle_index_registration_idx ON vehicle_index (first_registration, stock_number) WHERE part = 'for_sale';
    CREATE INDEX vehicle_index_model_idx ON vehicle_index (maker, model_name, body_type, part);
    DROP INDEX vehicles_total_idx;
    DROP INDEX vehicles_listed_idx;
    DROP INDEX vehicles_odometer_idx;
    DROP INDEX vehicles_registration_idx;

    CREATE TABLE vehicle_photos (
        photo_id TEXT NOT NULL CONSTRAINT vehicle_photos_pkey PRIMARY KEY,
        small TEXT,
        large TEXT,
        refused_at TIMESTAMPTZ,
        CONSTRAINT vehicle_photos_outcome_check
            CHECK ((small IS NULL) = (large IS NULL) AND (small IS NULL) <> (refused_at IS NULL))
    );

    CREATE TABLE saved_filters (
        id UUID NOT NULL CONSTRAINT saved_filters_pkey PRIMARY KEY,
        staff_id UUID NOT NULL CONSTRAINT saved_filters_staff_id_fkey REFERENCES staff (id),
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        version BIGINT NOT NULL,
        CONSTRAINT saved_filters_name_key UNIQUE (staff_id, name)
    );

    CREATE TABLE wanted_vehicles (
        lead_id UUID NOT NULL CONSTRAINT wanted_vehicles_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
        stock_number TEXT NOT NULL,
        since TIMESTAMPTZ NOT NULL,
        staff_id UUID CONSTRAINT wanted_vehicles_staff_id_fkey REFERENCES staff (id),
        CONSTRAINT wanted_vehicles_pkey PRIMARY KEY (lead_id, stock_number)
    );
    CREATE INDEX wanted_vehicles_stock_idx ON wanted_vehicles (stock_number, since);
    "
);
