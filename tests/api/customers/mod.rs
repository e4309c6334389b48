//! 顧客: what Noren shows of EXTREME's customers, to whom, and what it asks of EXTREME.

mod corrections;
mod links;
mod list;
mod read;

use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::{StaffId, StoreId};
use noren_extreme_simulator::{Config, Control, Record, Running, Simulator, Stream as Theirs};
use noren_persistence::{Actor, staff};
use noren_server::extreme::read_all;
use serde_json::{Value, json};

use crate::harness::{TestApp, User, spawn_app_with};

/// A dealer with EXTREME, whose copies are there.
pub struct House {
    pub app: TestApp,
    pub extreme: Running,
}

impl House {
    /// With people of the tests' own beside those of the seed.
    pub async fn open() -> Self {
        let extreme = Simulator::start(&Config::for_tests()).unwrap();
        let url = extreme.url();
        let settings = [
            ("extreme_url", url.as_str()),
            ("extreme_client_id", "noren"),
            ("extreme_client_secret", "a secret of the tests"),
            ("extreme_seconds", "0"),
            ("extreme_per_minute", "1000000"),
        ];
        let app = spawn_app_with(&settings).await;
        let house = Self { app, extreme };
        house.move_in();
        house.read().await;
        house
    }

    pub fn control(&self) -> &Control {
        self.extreme.control()
    }

    /// One round, as the server makes it from time to time.
    pub async fn read(&self) {
        read_all(&self.app.app, self.app.app.extreme.as_ref().unwrap()).await;
    }

    /// Somebody of the first store whom EXTREME knows by a code.
    pub async fn seller(&self, code: &str) -> User {
        self.hire(code, Role::Salesperson, &[self.app.first_store]).await
    }

    /// Somebody whom EXTREME knows, or may know, by a code.
    pub async fn hire(&self, code: &str, role: Role, stores: &[StoreId]) -> User {
        let id = StaffId::mint(self.app.clock_now());
        let person = Staff {
            id,
            code: code.into(),
            name: "茂木 翔".into(),
            kana: "モテギ ショウ".into(),
            mail: format!("{code}@noren.test").to_lowercase(),
            role,
            status: StaffStatus::Active,
            stores: stores.to_vec(),
            has_pin: false,
            created_at: self.app.clock_now(),
            version: 1,
        };
        let tx = self.app.db.begin(Actor::system(self.app.clock_now())).await.unwrap();
        staff::insert(&tx, &person, None).await.unwrap();
        tx.commit().await.unwrap();
        self.app.sign_in_without_password(&person, 1).await.remove(0)
    }

    fn move_in(&self) {
        let people = [
            person("T-001", "001", ["髙橋 美咲", "タカハシ ミサキ", "090-1234-5678", "m.takahashi@example.jp"]),
            person("T-002", "001", ["髙橋 健", "タカハシ ケン", "027-222-3333", "ken@example.jp"]),
            person("T-003", "002", ["髙橋 美咲", "タカハシ ミサキ", "090-9999-0000", "m.takahashi@example.jp"]),
            person("T-004", "777", ["渡邉 志乃", "ワタナベ シノ", "080-1111-2222", "shino@example.jp"]),
        ];
        for record in people {
            self.put(Theirs::Customers, "customer_code", record);
        }
        let mut company = person("T-005", "001", ["株式会社上毛建材", "ジョウモウケンザイ", "027-555-0000", ""]);
        company["kind"] = json!("organization");
        company["contact_name"] = json!("狩野 勝");
        self.put(Theirs::Customers, "customer_code", company);
        for (number, code, expiry, until) in [
            ("TB-1", "T-001", "2027-01-20", None),
            ("TB-2", "T-001", "2026-12-24", Some("2026-01-01")),
            ("TB-3", "T-001", "2028-03-01", None),
            ("TB-4", "T-002", "2026-11-20", None),
            ("TB-5", "T-005", "2026-12-01", None),
        ] {
            self.put(Theirs::Purchases, "purchase_number", self.bought(number, code, expiry, until));
        }
    }

    /// A car of the seed as somebody else's.
    fn bought(&self, number: &str, code: &str, expiry: &str, until: Option<&str>) -> Value {
        let key = self.control().keys(Theirs::Purchases, 1).unwrap().remove(0);
        let mut record = Value::Object(self.control().record(Theirs::Purchases, &key).unwrap());
        record["purchase_number"] = json!(number);
        record["customer_code"] = json!(code);
        record["inspection_expiry_date"] = json!(expiry);
        record["owned_until"] = json!(until);
        record
    }

    pub fn put(&self, stream: Theirs, key: &str, record: Value) {
        let Value::Object(record) = record else { panic!("a record is an object") };
        let record: Record = record;
        let key = record[key].as_str().unwrap().to_owned();
        self.control().put(stream, &key, record).unwrap();
    }
}

fn person(code: &str, store: &str, [name, kana, phone, mail]: [&str; 4]) -> Value {
    let mails: Vec<&str> = [mail].into_iter().filter(|mail| !mail.is_empty()).collect();
    json!({
        "customer_code": code, "kind": "person", "name": name, "kana": kana, "contact_name": null, "birthday": "1985-04-02",
        "phones": [phone], "mails": mails, "postal_code": "3710024", "prefecture": "群馬県", "city": "前橋市",
        "town": "表町", "street": "1-2-3", "building": "松原ハイツ203", "store_code": store, "staff_code": "S004",
        "since": "2017-06-03"
    })
}

fn path_of(code: &str) -> String {
    format!("/api/v1/customers/{code}")
}

fn codes(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|row| row["customer_code"].as_str().unwrap()).collect()
}

/// A lead of a store that looks like the first of the tests' own customers.
fn similar_lead(store: StoreId) -> Value {
    json!({
        "store_id": store,
        "profile": {
            "source_code": "phone", "name": "高橋美咲", "kana": "たかはし みさき", "phones": ["０９０ー１２３４ー５６７８"],
            "mails": ["m.takahashi@example.jp"]
        }
    })
}
