//! 顧客 in files.

use noren_domain::contact::Address;
use noren_domain::customer::{Customer, CustomerKind};
use noren_domain::sync::Stream;
use noren_domain::text::{tidy, to_katakana};

use super::row::Row;
use super::{Field, FileRecord, Form, field, needed, values, words};

const NAME: usize = 200;
const LINE: usize = 100;

impl FileRecord for Customer {
    const STREAM: Stream = Stream::Customers;
    const FIELDS: &'static [Field] = &[
        needed("customer_code", Form::Code, &["顧客コード", "顧客番号", "顧客No", "得意先コード", "お客様番号"]),
        field("kind", Form::Word, &["個人法人区分", "法人区分", "顧客区分"]),
        needed("name", Form::Text, &["氏名", "顧客名", "お客様名", "名称", "名前", "得意先名"]),
        field("kana", Form::Text, &["フリガナ", "カナ", "氏名カナ", "顧客名カナ", "ふりがな"]),
        field("contact_name", Form::Text, &["ご担当者", "先方担当者", "先方担当者名"]),
        field("birthday", Form::Day, &["生年月日", "誕生日"]),
        field("phone", Form::Text, &["電話番号", "電話", "TEL", "自宅電話", "固定電話"]),
        field("mobile", Form::Text, &["携帯電話", "携帯番号", "携帯", "携帯電話番号"]),
        field("mail", Form::Text, &["メールアドレス", "メール", "Eメール", "E-mail", "email"]),
        field("postal_code", Form::Text, &["郵便番号", "郵便"]),
        field("prefecture", Form::Text, &["都道府県", "都道府県名"]),
        field("city", Form::Text, &["市区町村", "市町村", "市区郡"]),
        field("town", Form::Text, &["町域", "町名"]),
        field("street", Form::Text, &["番地", "丁目番地"]),
        field("building", Form::Text, &["建物名", "建物", "マンション名", "住所2"]),
        field("address", Form::Text, &["住所", "住所1", "ご住所"]),
        needed("store_code", Form::Code, &["店舗コード", "店舗", "店舗名", "担当店舗", "管理店舗"]),
        field("staff_code", Form::Code, &["担当者コード", "社員コード", "担当コード", "営業担当コード"]),
        needed("since", Form::Day, &["登録日", "顧客登録日", "初回取引日", "新規登録日"]),
    ];

    fn key(&self) -> &str {
        self.customer_code.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (customer_code, name, store_code) =
            (row.needed_code("customer_code"), row.needed_text("name", NAME), row.store());
        let kind = row.word("kind", words::CUSTOMER);
        let kana = row.text("kana", NAME).map(|kana| to_katakana(&tidy(&kana)));
        let (contact_name, birthday) = (row.text("contact_name", NAME), row.day("birthday"));
        let phones =
            ["phone", "mobile"].iter().filter_map(|field| row.text(field, 20)).map(|text| values::phone(&text));
        let phones = phones.collect();
        let mails = row.text("mail", 254).into_iter().collect();
        let (address, staff_code, since) = (address(row), row.code("staff_code"), row.needed_day("since"));
        let name = name?;
        Some(Self {
            customer_code: customer_code?,
            kind: kind.unwrap_or_else(|| kind_of(&name)),
            name,
            kana,
            contact_name,
            birthday,
            phones,
            mails,
            address,
            store_code: store_code?,
            staff_code,
            since: since?,
        })
    }
}

/// What a name says of whose it is, where no column does.
fn kind_of(name: &str) -> CustomerKind {
    let marks = ["会社", "(株)", "(有)", "法人", "組合", "(同)"];
    let name = tidy(name);
    if marks.iter().any(|mark| name.contains(mark)) { CustomerKind::Organization } else { CustomerKind::Person }
}

/// In parts, or as one text, of which the prefecture alone can be told for sure.
fn address(row: &mut Row<'_>) -> Address {
    let whole = row.text("address", LINE);
    let mut address = Address {
        postal_code: row.maybe("postal_code", |text, _| values::postal_code(text)),
        prefecture: row.text("prefecture", LINE),
        city: row.text("city", LINE),
        town: row.text("town", LINE),
        street: row.text("street", LINE),
        building: row.text("building", LINE),
    };
    if let (Some(whole), None) = (whole, &address.city) {
        let (prefecture, rest) = parted(&whole);
        address.prefecture = address.prefecture.or(prefecture);
        address.city = Some(rest).filter(|rest| !rest.is_empty());
    }
    address
}

/// 都道府県 and what follows; 京都府 has 都 in its name.
fn parted(whole: &str) -> (Option<String>, String) {
    let ends = |length: usize| {
        let (at, end) = whole.char_indices().nth(length - 1)?;
        let fits = matches!((length, end), (3, '都' | '道' | '府' | '県') | (4, '県'));
        fits.then_some(at + end.len_utf8())
    };
    match ends(3).filter(|end| &whole[..*end] != "京都").or_else(|| ends(4)) {
        Some(end) => (Some(whole[..end].to_owned()), whole[end..].trim().to_owned()),
        None => (None, whole.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefecture_is_told_from_the_rest() {
        for (whole, prefecture, rest) in [
            ("群馬県前橋市表町1-2-3", Some("群馬県"), "前橋市表町1-2-3"),
            ("神奈川県横浜市", Some("神奈川県"), "横浜市"),
            ("京都府京都市", Some("京都府"), "京都市"),
            ("東京都千代田区", Some("東京都"), "千代田区"),
            ("前橋市表町", None, "前橋市表町"),
            ("", None, ""),
        ] {
            assert_eq!(parted(whole), (prefecture.map(str::to_owned), rest.to_owned()), "{whole}");
        }
    }

    #[test]
    fn a_company_is_known_by_its_name_where_no_column_says_it() {
        assert_eq!(kind_of("㈱山田商店"), CustomerKind::Organization);
        assert_eq!(kind_of("山田 太郎"), CustomerKind::Person);
    }
}
