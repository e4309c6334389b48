//! 反響元, with the rows that Noren ships. The codes are proposals for an editable master; the minutes to the first
//! answer are ours: short where the person waits at a screen, long where nobody does.

crate::migration!(
    "m0005_lead_sources",
    "
    CREATE TABLE lead_sources (
        code TEXT NOT NULL CONSTRAINT lead_sources_pkey PRIMARY KEY,
        name_ja TEXT NOT NULL,
        name_en TEXT NOT NULL,
        first_response_minutes INTEGER NOT NULL CONSTRAINT lead_sources_minutes_check CHECK (first_response_minutes > 0),
        position INTEGER NOT NULL,
        active BOOLEAN NOT NULL
    );
    INSERT INTO lead_sources (code, name_ja, name_en, first_response_minutes, position, active) VALUES
        ('carsensor', 'カーセンサー', 'Carsensor', 15, 1, TRUE),
        ('goonet', 'グーネット', 'Goonet', 15, 2, TRUE),
        ('own_site', '自社HP', 'Own site', 15, 3, TRUE),
        ('walk_in', '来店', 'Walk-in', 5, 4, TRUE),
        ('phone', '電話', 'Phone', 30, 5, TRUE),
        ('referral', '紹介', 'Referral', 120, 6, TRUE),
        ('line', 'LINE', 'LINE', 15, 7, TRUE),
        ('sns', 'SNS', 'Social media', 60, 8, TRUE),
        ('maker', 'メーカー送客', 'Maker', 30, 9, TRUE),
        ('event', '展示会', 'Event', 240, 10, TRUE),
        ('service', '整備入庫', 'Service', 240, 11, TRUE),
        ('existing', '既存客(代替)', 'Existing customer', 240, 12, TRUE),
        ('dm_mail', 'DM・メール', 'Direct mail', 240, 13, TRUE),
        ('bulk_appraisal', '一括査定', 'Bulk appraisal', 10, 14, TRUE),
        ('other', 'その他', 'Other', 60, 15, TRUE);
    "
);
