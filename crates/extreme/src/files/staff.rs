//! スタッフ in files: what EXTREME masters of them. What Noren masters is in no file.

use noren_domain::staff_record::{Employment, PersonName, StaffRecord};
use noren_domain::sync::Stream;
use noren_domain::text::{tidy, to_katakana};

use super::row::Row;
use super::{Field, FileRecord, Form, field, needed, words};

const NAME: usize = 200;

impl FileRecord for StaffRecord {
    const STREAM: Stream = Stream::Staff;
    const FIELDS: &'static [Field] = &[
        needed("staff_code", Form::Code, &["社員コード", "社員番号", "担当者コード", "スタッフコード"]),
        needed("name", Form::Text, &["氏名", "社員名", "名前", "担当者名"]),
        needed("kana", Form::Text, &["フリガナ", "カナ", "氏名カナ", "ふりがな"]),
        needed("store_code", Form::Code, &["店舗コード", "店舗", "店舗名", "所属店舗", "所属"]),
        field("employment", Form::Word, &["在職区分", "在籍区分", "雇用区分", "状態"]),
    ];

    fn key(&self) -> &str {
        self.staff_code.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (staff_code, store_code) = (row.needed_code("staff_code"), row.store());
        let (name, kana) = (row.needed_text("name", NAME), row.needed_text("kana", NAME));
        let employment = row.word("employment", words::EMPLOYMENT).unwrap_or(Employment::Active);
        Some(Self {
            staff_code: staff_code?,
            name: PersonName::parted(&name?, &to_katakana(&tidy(&kana?))),
            store_code: store_code?,
            employment,
            role: None,
            mail: None,
            notifications: None,
        })
    }
}
