//! 郵便番号, loaded after the first start, and the notes that Noren keeps about itself (such as the loaded edition).

crate::migration!(
    "m0008_postal_codes",
    "
    CREATE TABLE postal_codes (
        postal_code TEXT NOT NULL,
        position INTEGER NOT NULL,
        municipality_code TEXT NOT NULL,
        prefecture TEXT NOT NULL,
        city TEXT NOT NULL,
        town TEXT NOT NULL,
        prefecture_kana TEXT NOT NULL,
        city_kana TEXT NOT NULL,
        town_kana TEXT NOT NULL,
        CONSTRAINT postal_codes_pkey PRIMARY KEY (postal_code, position)
    );
    CREATE TABLE notes_to_self (
        key TEXT NOT NULL CONSTRAINT notes_to_self_pkey PRIMARY KEY,
        value TEXT NOT NULL
    );
    "
);
