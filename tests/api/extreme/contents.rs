//! What the copies of cars and customers say beside what EXTREME says of them: column by column, with what hangs on their rows.

use std::collections::{BTreeMap, BTreeSet};

use noren_domain::search;
use noren_domain::vehicle::StockStatus;
use noren_extreme_simulator::{Control, Record, Stream as Theirs};
use noren_persistence::{Conn, Db};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use serde_json::{Value, json};

use super::Side;

/// What a column holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Long,
    Short,
    Flag,
    Json,
    /// JSON, of which this part is meant.
    Part(&'static str),
}

/// A member of the contract, the column that it is kept in, and what that holds.
type Kept = (&'static str, &'static str, Holds);

/// What stands in `vehicles` and in `vehicle_index`.
const CAR: &[Kept] = &[
    ("revision", "revision", Holds::Long),
    ("store_code", "store_code", Holds::Text),
    ("maker", "maker", Holds::Text),
    ("model_name", "model_name", Holds::Text),
    ("body_type", "body_type", Holds::Text),
    ("fuel_type", "fuel_type", Holds::Text),
    ("first_registration_ym", "first_registration", Holds::Text),
    ("odometer_km", "odometer_km", Holds::Short),
    ("repair_history", "repair_history", Holds::Flag),
    ("inspection_expiry_date", "inspection_expiry", Holds::Text),
    ("advertised_total_yen", "advertised_total", Holds::Long),
    ("listed_on", "listed_on", Holds::Text),
];

/// What stands in `vehicles` alone.
const WHOLE_CAR: &[Kept] = &[
    ("status", "status", Holds::Text),
    ("condition", "condition", Holds::Text),
    ("chassis_number", "chassis_number", Holds::Text),
    ("vehicle_price_yen", "vehicle_price", Holds::Long),
    ("purchase_cost_yen", "purchase_cost", Holds::Long),
    ("grade", "identity", Holds::Part("grade")),
    ("body_color", "build", Holds::Part("body_color")),
    ("equipment_codes", "build", Holds::Part("equipment_codes")),
    ("odometer_status", "history", Holds::Part("odometer_status")),
    ("condition_note", "history", Holds::Part("condition_note")),
    ("fees_yen", "offer", Holds::Part("fees")),
    ("warranty", "offer", Holds::Part("warranty")),
    ("sold_on", "offer", Holds::Part("sold_on")),
    ("comment", "offer", Holds::Part("comment")),
    ("photos", "offer", Holds::Part("photos")),
];

/// What stands in `vehicle_index` alone.
const PART: &[Kept] = &[("part", "part", Holds::Text)];

const CUSTOMER: &[Kept] = &[
    ("revision", "revision", Holds::Long),
    ("kind", "kind", Holds::Text),
    ("name", "name", Holds::Text),
    ("kana", "kana", Holds::Text),
    ("contact_name", "contact_name", Holds::Text),
    ("birthday", "birthday", Holds::Text),
    ("phones", "phones", Holds::Json),
    ("mails", "mails", Holds::Json),
    ("postal_code", "postal_code", Holds::Text),
    ("prefecture", "prefecture", Holds::Text),
    ("city", "city", Holds::Text),
    ("town", "town", Holds::Text),
    ("street", "street", Holds::Text),
    ("building", "building", Holds::Text),
    ("store_code", "store_code", Holds::Text),
    ("staff_code", "staff_code", Holds::Text),
    ("since", "since", Holds::Text),
];

/// What EXTREME's records say, by the table that it is kept in.
pub fn theirs(control: &Control) -> Side {
    let of = |stream: Theirs, say: &dyn Fn(&Record) -> Value| {
        let said = |key: String| {
            let said = say(&control.record(stream, &key).unwrap());
            (key, said)
        };
        control.keys(stream, 100_000).unwrap().into_iter().map(said).collect::<BTreeMap<_, _>>()
    };
    BTreeMap::from([
        ("vehicles", of(Theirs::Vehicles, &|car| said(car, &[CAR, WHOLE_CAR].concat()))),
        ("vehicle_index", of(Theirs::Vehicles, &indexed)),
        ("customers", of(Theirs::Customers, &|customer| said(customer, CUSTOMER))),
        ("customer_handles", of(Theirs::Customers, &handles)),
    ])
}

/// What the copies say. A handle without its customer, or a car that the index alone has, is there too.
pub async fn ours(db: &Db) -> Side {
    async fn of(db: &Db, (table, key): (&str, &str), members: &[Kept]) -> BTreeMap<String, Value> {
        let found = rows(db, table).await;
        found.iter().map(|row| (row.try_get::<String>("", key).unwrap(), read(row, members))).collect()
    }
    let mut handles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(db, "customer_handles").await {
        let [code, kind, handle]: [String; 3] =
            ["customer_code", "kind", "handle"].map(|column| row.try_get("", column).unwrap());
        handles.entry(code).or_default().insert(format!("{kind} {handle}"));
    }
    BTreeMap::from([
        ("vehicles", of(db, ("vehicles", "stock_number"), &[CAR, WHOLE_CAR].concat()).await),
        ("vehicle_index", of(db, ("vehicle_index", "stock_number"), &[CAR, PART].concat()).await),
        ("customers", of(db, ("customers", "customer_code"), CUSTOMER).await),
        ("customer_handles", handles.into_iter().map(|(code, handles)| (code, json!(handles))).collect()),
    ])
}

fn said(record: &Record, members: &[Kept]) -> Value {
    members.iter().map(|&(member, ..)| (member, record.get(member).cloned().unwrap_or_default())).collect()
}

fn indexed(car: &Record) -> Value {
    let status: StockStatus = car["status"].as_str().unwrap().parse().unwrap();
    let mut row = said(car, CAR);
    row["part"] = json!(match status {
        status if status.is_for_sale() => "for_sale",
        status if status.is_sold() => "sold",
        _ => "gone",
    });
    row
}

/// By what a customer is found: digits, addresses, and names as the search folds them.
fn handles(customer: &Record) -> Value {
    let of = |kind: &str, members: &[&str], form: fn(&str) -> String| {
        texts(customer, members).into_iter().map(|text| format!("{kind} {}", form(text))).collect::<Vec<_>>()
    };
    let all = [
        of("phone", &["phones"], |phone| phone.chars().filter(char::is_ascii_digit).collect()),
        of("mail", &["mails"], str::to_lowercase),
        of("kana", &["kana"], search::fold),
        of("name", &["name", "contact_name"], search::fold),
    ];
    json!(all.into_iter().flatten().collect::<BTreeSet<_>>())
}

/// The texts of these members, those in lists among them.
fn texts<'a>(record: &'a Record, members: &[&str]) -> Vec<&'a str> {
    let values = members.iter().filter_map(|member| record.get(*member));
    let each = values.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    each.filter_map(Value::as_str).collect()
}

async fn rows(db: &Db, table: &str) -> Vec<QueryResult> {
    let db = db.inner();
    let all = Statement::from_string(db.get_database_backend(), format!("SELECT * FROM {table}"));
    db.query_all_raw(all).await.unwrap()
}

fn read(row: &QueryResult, members: &[Kept]) -> Value {
    let held = |column: &str, holds: Holds| match holds {
        Holds::Text => json!(row.try_get::<Option<String>>("", column).unwrap()),
        Holds::Long => json!(row.try_get::<Option<i64>>("", column).unwrap()),
        Holds::Short => json!(row.try_get::<i32>("", column).unwrap()),
        Holds::Flag => json!(row.try_get::<bool>("", column).unwrap()),
        Holds::Json => row.try_get::<Value>("", column).unwrap(),
        Holds::Part(part) => row.try_get::<Value>("", column).unwrap()[part].take(),
    };
    members.iter().map(|&(member, column, holds)| (member, held(column, holds))).collect()
}
