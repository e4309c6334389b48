//! 個人情報の消去. Whoever was erased stays so: no row may say anything of them again, whichever release writes it.

crate::migration!(
    "m0024_erasures",
    "
    ALTER TABLE leads ADD COLUMN erased_at TIMESTAMPTZ CONSTRAINT leads_erased_check CHECK (
        erased_at IS NULL OR (
            name IS NULL AND kana IS NULL AND kana_typed IS NULL AND company IS NULL AND phones = '[]' AND mails = '[]'
            AND postal_code IS NULL AND prefecture IS NULL AND city IS NULL AND town IS NULL AND street IS NULL
            AND building IS NULL AND wanted_maker IS NULL AND wanted_model IS NULL AND wanted_body_type IS NULL
            AND wanted_budget IS NULL AND wanted_timing IS NULL AND temperature IS NULL AND note IS NULL AND search_key = ''
        )
    );
    "
);
