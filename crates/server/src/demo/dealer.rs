//! The dealer: two stores and the eight who work there, the same for one seed at any time.

use noren_domain::company::CompanyProfile;
use noren_domain::contact::Address;
use noren_domain::form::{FieldKind, FormContent, FormField};
use noren_domain::language::Language;
use noren_domain::lead_source::SourceCode;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::store::{Holiday, OpeningHours, Store, TypedStore, Weekday};
use noren_domain::{StaffId, StoreId, Timestamp};

use super::random::Random;

/// 2025-04-01 in Japan, the day the dealer began with Noren.
const FOUNDED: i64 = 1_743_433_200;

/// Which of the stores a person works at, the home store first.
#[derive(Clone, Copy)]
enum Workplace {
    Maebashi,
    Takasaki,
    MaebashiAndTakasaki,
    TakasakiAndMaebashi,
}

const PEOPLE: &[(&str, &str, &str, Role, Workplace)] = &[
    ("狩野 千恵子", "カノウ チエコ", "kano", Role::Administrator, Workplace::MaebashiAndTakasaki),
    ("佐久間 涼", "サクマ リョウ", "sakuma", Role::Manager, Workplace::Maebashi),
    ("髙橋 恵", "タカハシ メグミ", "takahashi", Role::Manager, Workplace::TakasakiAndMaebashi),
    ("茂木 翔", "モテギ ショウ", "motegi", Role::Salesperson, Workplace::Maebashi),
    ("小野里 美咲", "オノザト ミサキ", "onozato", Role::Salesperson, Workplace::Maebashi),
    ("渡邉 大輔", "ワタナベ ダイスケ", "watanabe", Role::Salesperson, Workplace::Maebashi),
    ("星野 拓也", "ホシノ タクヤ", "hoshino", Role::Salesperson, Workplace::Takasaki),
    ("塚越 彩", "ツカゴシ アヤ", "tsukagoshi", Role::Salesperson, Workplace::Takasaki),
];

/// The first stores of the dealer, at most five: 前橋店 and 高崎店, then 太田店, 伊勢崎店 and 桐生店.
pub fn stores(count: usize, random: &mut Random) -> Vec<Store> {
    let created_at = founded();
    PLACES
        .iter()
        .take(count)
        .filter_map(|place| {
            let id = StoreId(random.id(created_at));
            let profile = place.typed().check().ok()?;
            Some(Store { id, profile, created_at, closed_at: None, version: 1 })
        })
        .collect()
}

struct Place {
    code: &'static str,
    name: &'static str,
    postal_code: &'static str,
    city: &'static str,
    town: &'static str,
    street: &'static str,
    phone: &'static str,
}

const PLACES: &[Place] = &[
    Place {
        code: "001",
        name: "前橋店",
        postal_code: "3710024",
        city: "前橋市",
        town: "表町",
        street: "2丁目30-8",
        phone: "027-000-0101",
    },
    Place {
        code: "002",
        name: "高崎店",
        postal_code: "3700849",
        city: "高崎市",
        town: "八島町",
        street: "58",
        phone: "027-000-0202",
    },
    Place {
        code: "003",
        name: "太田店",
        postal_code: "3730851",
        city: "太田市",
        town: "飯田町",
        street: "1000",
        phone: "027-000-0303",
    },
    Place {
        code: "004",
        name: "伊勢崎店",
        postal_code: "3720055",
        city: "伊勢崎市",
        town: "曲輪町",
        street: "28-7",
        phone: "027-000-0404",
    },
    Place {
        code: "005",
        name: "桐生店",
        postal_code: "3760045",
        city: "桐生市",
        town: "末広町",
        street: "11-1",
        phone: "027-000-0505",
    },
];

impl Place {
    /// Closed on Wednesdays, as dealers are, and over the turn of the year.
    fn typed(&self) -> TypedStore {
        let text = |text: &str| Some(text.to_owned());
        let open =
            |weekday| Some(OpeningHours { weekday, opens: "10:00".parse().ok()?, closes: "19:00".parse().ok()? });
        let days = Weekday::ALL.into_iter().filter(|day| *day != Weekday::Wednesday);
        let new_year = || {
            Some(Holiday {
                from: "2026-12-29".parse().ok()?, to: "2027-01-04".parse().ok()?, name: text("年末年始")
            })
        };
        TypedStore {
            code: self.code.to_owned(),
            name: self.name.to_owned(),
            address: Address {
                postal_code: text(self.postal_code),
                prefecture: text("群馬県"),
                city: text(self.city),
                town: text(self.town),
                street: text(self.street),
                building: None,
            },
            phone: text(self.phone),
            hours: days.filter_map(open).collect(),
            holidays: new_year().into_iter().collect(),
        }
    }
}

/// One administrator, a manager of each store (the second of both) and five salespeople.
pub fn staff(stores: &[Store], random: &mut Random) -> Vec<Staff> {
    let created_at = founded();
    let home = |code: &str| stores.iter().find(|store| store.profile.code == code).map(|store| store.id);
    let (maebashi, takasaki) = (home("001"), home("002"));
    let people = PEOPLE.iter().zip(1..);
    people
        .map(|((name, kana, latin, role, workplace), number)| {
            let works_at = match workplace {
                Workplace::Maebashi => [maebashi, None],
                Workplace::Takasaki => [takasaki, None],
                Workplace::MaebashiAndTakasaki => [maebashi, takasaki],
                Workplace::TakasakiAndMaebashi => [takasaki, maebashi],
            };
            Staff {
                id: StaffId(random.id(created_at)),
                code: format!("S{number:03}"),
                name: (*name).to_owned(),
                kana: (*kana).to_owned(),
                mail: format!("{latin}@noren.example"),
                role: *role,
                status: StaffStatus::Active,
                stores: works_at.into_iter().flatten().collect(),
                has_pin: false,
                created_at,
                version: 1,
            }
        })
        .collect()
}

/// 株式会社のれん自動車, at the address of its first store. It has no invoice number: any well-formed one could be somebody's.
pub fn company(stores: &[Store]) -> CompanyProfile {
    let first = stores.first().map(|store| store.profile.clone()).unwrap_or_default();
    CompanyProfile {
        name: "株式会社のれん自動車".to_owned(),
        kana: Some("カブシキガイシャノレンジドウシャ".to_owned()),
        address: first.address,
        phone: first.phone,
        ..CompanyProfile::default()
    }
}

/// The day the dealer began with Noren.
pub fn founded() -> Timestamp {
    Timestamp::from_timestamp(FOUNDED, 0).unwrap_or_default()
}

/// What the public fills in on the site of a store.
pub fn form(store: &Store) -> FormContent {
    let asked = [
        (FieldKind::Name, true),
        (FieldKind::Kana, false),
        (FieldKind::Phone, false),
        (FieldKind::Mail, false),
        (FieldKind::Address, false),
        (FieldKind::WantedCar, false),
        (FieldKind::Budget, false),
        (FieldKind::Message, false),
    ];
    FormContent {
        store_id: store.id,
        source: SourceCode("own_site".to_owned()),
        name: format!("{} お問い合わせ", store.profile.name),
        language: Language::Ja,
        title: format!("{}へのお問い合わせ", store.profile.name),
        intro: Some("お車のご相談、在庫のお問い合わせ、ご来店の予約を承ります。".to_owned()),
        thanks: None,
        fields: asked.map(|(kind, required)| FormField { kind, required, label: None }).into(),
        origins: Vec::new(),
        consent: Some(CONSENT.to_owned()),
        active: true,
    }
}

const CONSENT: &str = "ご入力いただいた個人情報は、お問い合わせへのご返答と、ご希望のお車のご案内のために使います。法令に基づく場合を除き、\
                       ご本人の同意なく第三者に提供することはありません。";
