//! Files of an EXTREME that can only write them: taken whole or refused, by the encoding that they come in, and never twice.

mod by_hand;
mod folder;

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_server::extreme::take_all_files;
use reqwest::Method;
use serde_json::{Value, json};

use super::Dealer;
use crate::harness::{Answer, TestApp, User, fresh_key, log, places_of, spawn_app};

const INTAKES: &str = "/api/v1/integrations/extreme/intakes";
const MAPS: &str = "/api/v1/integrations/extreme/column-maps";

const HEADINGS: &str = "管理番号,店舗,状態,メーカー,車名,グレード,初度登録,走行距離,修復歴,車検満了日,車体色,本体価格,支払総額,仕入原価\r\n";

/// So many cars, of which one is like the other but for its number and price.
fn cars(numbers: std::ops::Range<u32>) -> String {
    let row = |at: u32| {
        let price = 1_000_000 + at * 1_000;
        format!(
            "S-{at:04},前橋店,展示中,ﾄﾖﾀ,ﾌﾟﾘｳｽ,Ｚ,R5.4,\"12,345\",無,令和9年4月30日,ﾊﾟｰﾙﾎﾜｲﾄ,\"¥{price}\",{}円,900000\r\n",
            price + 200_000
        )
    };
    HEADINGS.to_owned() + &numbers.map(row).collect::<String>()
}

fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

async fn send(user: &User, key: &str, query: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    let request = user.request(Method::POST, &format!("{INTAKES}?{query}"));
    let request = request.header("idempotency-key", key).header("content-type", "text/csv").body(bytes.into());
    user.send(request).await
}

/// Hands a file in, and has it looked at.
async fn hand_in(app: &TestApp, user: &User, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
    let sent = send(user, &fresh_key(), &format!("file_name={name}"), bytes).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    assert_eq!(sent.header("etag"), "\"1\"");
    take_all_files(&app.app).await.unwrap();
    let read = user.get(sent.header("location")).await;
    assert_eq!(read.header("etag"), format!("\"{}\"", read.json["version"]));
    read.json
}

async fn reasons(user: &User, intake: &Value) -> Vec<String> {
    let path = format!("{INTAKES}/{}/reasons", intake["id"].as_str().unwrap());
    let items = user.get(&path).await.json["items"].as_array().unwrap().clone();
    let said = |item: &Value| {
        let text = |member: &str| item[member].as_str().unwrap().to_owned();
        format!("{} {} {} {}", item["row"], text("column"), text("code"), text("value")).trim_end().to_owned()
    };
    items.iter().map(said).collect()
}

/// The cars that are for sale, by their numbers, with what they cost.
async fn stock(user: &User) -> Vec<(String, i64)> {
    let page = user.get("/api/v1/vehicles?limit=200").await.json;
    let car = |item: &Value| {
        (item["stock_number"].as_str().unwrap().to_owned(), item["advertised_total"].as_i64().unwrap_or_default())
    };
    let mut cars: Vec<_> = page["items"].as_array().unwrap_or_else(|| panic!("{page}")).iter().map(car).collect();
    cars.sort();
    cars
}

#[tokio::test]
async fn a_file_in_cp932_becomes_the_stock_and_says_how_old_it_is() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let written = (app.clock_now() - TimeDelta::hours(3)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let query = format!("file_name=vehicles_20261121.csv&written_at={written}");
    let sent = send(&administrator, &fresh_key(), &query, cp932(&cars(1..4))).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    take_all_files(&app.app).await.unwrap();
    let intake = administrator.get(sent.header("location")).await.json;
    assert_eq!(
        (&intake["state"], &intake["rows"], &intake["new"]),
        (&json!("taken"), &json!(3), &json!(3)),
        "{intake}"
    );
    let expected = [("S-0001", 1_201_000), ("S-0002", 1_202_000), ("S-0003", 1_203_000)];
    assert_eq!(stock(&administrator).await, expected.map(|(number, total)| (number.to_owned(), total)));

    let salesperson = app.sign_in(Role::Salesperson).await;
    let car = salesperson.get("/api/v1/vehicles/S-0001").await;
    assert_eq!(car.json["identity"]["model_name"], "プリウス", "{}", car.text);
    let origin = &car.json["origin"];
    assert_eq!((&origin["way"], &origin["freshness"]), (&json!("file"), &json!("copy")), "{origin}");
    assert_eq!(
        origin["as_of"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap(),
        app.clock_now() - TimeDelta::hours(3)
    );
    assert!(!car.text.contains("900000"), "what it has cost is not theirs");
    let status = administrator.get("/api/v1/integrations/extreme/status").await.json;
    assert!(status["connection"].is_null());
    assert_eq!(
        (&status["streams"][0]["stream"], &status["streams"][0]["records"]),
        (&json!("vehicles"), &json!(3)),
        "{status}"
    );
    assert_eq!(status["streams"].as_array().unwrap().len(), 1, "of what no file has come nothing is said");

    app.pass(TimeDelta::hours(24));
    let salesperson = app.sign_in(Role::Salesperson).await;
    let freshness = salesperson.get("/api/v1/integrations/extreme/freshness").await.json;
    assert_eq!(
        (&freshness["configured"], &freshness["origin"]["freshness"]),
        (&json!(true), &json!("old")),
        "{freshness}"
    );
}

#[tokio::test]
async fn three_bad_rows_keep_the_whole_file_out_until_they_are_mended() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let good = cars(1..6);
    let bad = good.replacen("R5.4", "R5.13", 1).replace("S-0003,前橋店", "S-0003,渋谷店").replace("¥1005000", "応相談");
    let refused = hand_in(&app, &administrator, "vehicles.csv", cp932(&bad)).await;
    assert_eq!(
        (&refused["state"], &refused["wrong"], &refused["rows"]),
        (&json!("refused"), &json!(3), &json!(5)),
        "{refused}"
    );
    assert_eq!(
        reasons(&administrator, &refused).await,
        ["2 初度登録 month.form R5.13", "4 店舗 store.unknown 渋谷店", "6 本体価格 number.form 応相談"]
    );
    assert_eq!(stock(&administrator).await, [], "nothing of it is taken");
    let report = administrator
        .post(&format!("{INTAKES}/{}/reason-exports", refused["id"].as_str().unwrap()), &Value::Null)
        .await;
    assert!(report.text.contains("2,初度登録,R5.13,年月として読めません,month.form\r\n"), "{}", report.text);

    let mended = hand_in(&app, &administrator, "vehicles.csv", cp932(&good)).await;
    assert_eq!((&mended["state"], &mended["new"]), (&json!("taken"), &json!(5)), "{mended}");
    assert_eq!(stock(&administrator).await.len(), 5);
    let listed = administrator.get(&format!("{INTAKES}?limit=1")).await.json;
    assert_eq!(listed["items"][0]["id"], mended["id"], "the newest first");
    let next = administrator.get(&format!("{INTAKES}?limit=1&after={}", listed["next"].as_str().unwrap())).await.json;
    assert_eq!((&next["items"][0]["id"], &next["next"]), (&refused["id"], &Value::Null));
}

#[tokio::test]
async fn cp932_and_utf8_give_equal_copies_and_what_is_unchanged_costs_nothing() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    hand_in(&app, &administrator, "vehicles.csv", cp932(&cars(1..31))).await;
    let text = cars(1..31);
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (bytes, name) in [(text.clone().into_bytes(), "vehicles_utf8.csv"), (marked, "vehicles_bom.csv")] {
        let again = hand_in(&app, &administrator, name, bytes).await;
        let figures = ["state", "new", "changed", "unchanged"].map(|member| again[member].clone());
        assert_eq!(figures, [json!("taken"), json!(0), json!(0), json!(30)], "{again}");
    }
    let cheaper = text.replace("1203000円", "1193000円");
    let changed = hand_in(&app, &administrator, "vehicles.csv", cp932(&cheaper)).await;
    assert_eq!((&changed["changed"], &changed["unchanged"]), (&json!(1), &json!(29)), "{changed}");
    let car = administrator.get("/api/v1/vehicles/S-0003").await;
    assert_eq!(
        (&car.json["offer"]["advertised_total"], car.header("etag")),
        (&json!(1_193_000), "\"2\""),
        "{}",
        car.text
    );
    let other = administrator.get("/api/v1/vehicles/S-0004").await;
    assert_eq!(other.header("etag"), "\"1\"", "whoever has not changed is as before");
}

#[tokio::test]
async fn the_same_file_again_is_known_and_its_original_is_kept_byte_for_byte() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let bytes = cp932(&cars(1..3));
    let taken = hand_in(&app, &administrator, "vehicles.csv", bytes.clone()).await;
    let again = hand_in(&app, &administrator, "vehicles_again.csv", bytes.clone()).await;
    assert_eq!((&again["state"], &again["repeats"]), (&json!("repeated"), &taken["id"]), "{again}");
    let path = format!("{INTAKES}/{}/file-exports", again["id"].as_str().unwrap());
    let request = administrator.request(Method::POST, &path);
    let original = request.send().await.unwrap();
    assert_eq!(original.status(), 200);
    assert!(
        original.headers()["content-disposition"].to_str().unwrap().contains("vehicles_again.csv"),
        "{:?}",
        original.headers()
    );
    assert_eq!(original.bytes().await.unwrap(), bytes);

    // The same request is no further file; another body under its key is refused.
    let key = fresh_key();
    let first = send(&administrator, &key, "file_name=vehicles.csv", bytes.clone()).await;
    let replayed = send(&administrator, &key, "file_name=vehicles.csv", bytes).await;
    assert_eq!((replayed.status, replayed.header("idempotency-replayed"), replayed.id()), (201, "true", first.id()));
    assert_eq!(send(&administrator, &key, "file_name=vehicles.csv", "a,b\n").await.status, 422);
}

#[tokio::test]
async fn what_is_no_table_and_what_is_nobodys_business_is_refused_at_the_door() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    assert_eq!(
        send(&administrator, &fresh_key(), "file_name=cars.csv", "a\n").await.errors(),
        ["file_name intake.kind"]
    );
    let other = send(&administrator, &fresh_key(), "file_name=cars.csv&stream=vehicles", "a\n").await;
    assert_eq!(other.status, 201, "{}", other.text);
    let json = administrator
        .request(Method::POST, &format!("{INTAKES}?file_name=vehicles.csv"))
        .header("idempotency-key", fresh_key());
    assert_eq!(administrator.send(json.json(&json!({}))).await.status, 415);
    for (name, bytes, code) in [
        ("vehicles.csv", &b"\x81\x20"[..], "file.encoding"),
        ("customers.csv", b"\n", "file.empty"),
        ("staff.csv", "社員コード,氏名,フリガナ,店舗\n".as_bytes(), "file.no_rows"),
        ("sales.csv", b"a,b\n1,2\n", "column.missing"),
    ] {
        let intake = hand_in(&app, &administrator, name, bytes).await;
        assert_eq!(intake["state"], "refused");
        assert!(reasons(&administrator, &intake).await[0].contains(code), "{name}");
    }
    for role in [Role::Salesperson, Role::Manager] {
        let user = app.sign_in(role).await;
        assert_eq!(send(&user, &fresh_key(), "file_name=vehicles.csv", cars(1..2)).await.status, 403);
        assert_eq!(user.get(INTAKES).await.status, 403);
        assert_eq!(user.get(&format!("{MAPS}/vehicles")).await.status, 403);
    }
}

#[tokio::test]
async fn where_extreme_is_connected_no_file_comes_in_between() {
    let dealer = Dealer::open().await;
    let administrator = dealer.app.sign_in(Role::Administrator).await;
    let refused = send(&administrator, &fresh_key(), "file_name=vehicles.csv", cars(1..2)).await;
    assert_eq!((refused.status, refused.code()), (409, "extreme.connected"));
}

#[tokio::test]
async fn every_kind_of_file_becomes_copies_of_its_own() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let files = [
        (
            "customers_1.csv",
            "顧客コード,氏名,フリガナ,携帯電話,住所,店舗,登録日\nC-1,髙橋 美咲,ﾀｶﾊｼ ﾐｻｷ,9012345678,群馬県前橋市1-2-3,前橋店,H30.4.1\n",
        ),
        (
            "purchases.csv",
            "購入番号,顧客コード,メーカー,車名,購入日,車検満了日,店舗\nP-1,C-1,ホンダ,フィット,R6.4.1,R9.4.30,前橋店\n",
        ),
        (
            "maintenance.csv",
            "整備番号,顧客コード,メーカー,車名,入庫日,作業内容,店舗\nM-1,C-1,ホンダ,フィット,R6.5.1,オイル交換,前橋店\n",
        ),
        (
            "inspections.csv",
            "車検番号,顧客コード,メーカー,車名,実施日,車検満了日,店舗\nI-1,C-1,ホンダ,フィット,R7.4.1,R9.4.30,前橋店\n",
        ),
        (
            "sales.csv",
            "販売番号,管理番号,担当者コード,店舗,販売日,支払総額,原価,粗利\nU-1,S-1,A01,前橋店,R6.4.1,2498000,2000000,498000\n",
        ),
        ("stock_purchases.csv", "仕入番号,管理番号,店舗,仕入日,仕入価格\nB-1,S-1,前橋店,R6.1.1,1900000\n"),
        ("staff.csv", "社員コード,氏名,フリガナ,店舗,在職区分\nZ99,佐藤 春香,ｻﾄｳ ﾊﾙｶ,高崎店,在職\n"),
    ];
    for (name, text) in files {
        let taken = hand_in(&app, &administrator, name, cp932(text)).await;
        assert_eq!(
            (&taken["state"], &taken["new"]),
            (&json!("taken"), &json!(1)),
            "{name}: {:?}",
            reasons(&administrator, &taken).await
        );
    }
    let customer = administrator.get("/api/v1/customers/C-1").await;
    assert_eq!(
        (&customer.json["name"], &customer.json["kana"]),
        (&json!("髙橋 美咲"), &json!("タカハシ ミサキ")),
        "{}",
        customer.text
    );
    assert!(customer.text.contains("09012345678"), "{}", customer.text);
    let purchases = administrator.get("/api/v1/customers/C-1/purchases").await.json;
    assert_eq!(purchases["items"][0]["inspection_expiry"], "2027-04-30", "{purchases}");
    let work = administrator.get("/api/v1/customers/C-1/maintenance-records").await.json;
    assert_eq!(work["items"][0]["summary"], "オイル交換", "{work}");
    // Somebody works there whom Noren does not know: a person is to settle that, as with an EXTREME that is connected.
    let conflicts = administrator.get("/api/v1/integrations/extreme/conflicts").await.json;
    assert_eq!(conflicts["items"][0]["staff_code"], "Z99", "{conflicts}");
    let streams =
        administrator.get("/api/v1/integrations/extreme/status").await.json["streams"].as_array().unwrap().len();
    assert_eq!(streams, files.len());
}

#[tokio::test]
async fn a_whole_stock_drops_what_it_does_not_have_and_asks_before_it_drops_much() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    hand_in(&app, &administrator, "vehicles.csv", cars(1..10)).await;
    hand_in(&app, &administrator, "vehicles.csv", cars(1..4)).await;
    assert_eq!(stock(&administrator).await.len(), 9, "a file of changes drops nothing");

    let map = administrator.get(&format!("{MAPS}/vehicles")).await;
    assert_eq!((&map.json["version"], map.header("etag")), (&json!(1), "\"1\""));
    let whole = json!({"choices": [], "is_whole_stock": true});
    let settled = administrator
        .send(administrator.request(Method::PUT, &format!("{MAPS}/vehicles")).header("if-match", "\"1\"").json(&whole))
        .await;
    assert_eq!((settled.status, &settled.json["content"]["is_whole_stock"]), (200, &json!(true)), "{}", settled.text);
    let stale = administrator
        .send(administrator.request(Method::PUT, &format!("{MAPS}/vehicles")).header("if-match", "\"1\"").json(&whole))
        .await;
    assert_eq!((stale.status, &stale.json["current"]["version"]), (412, &json!(2)), "{}", stale.text);

    let few = hand_in(&app, &administrator, "vehicles.csv", cars(1..7)).await;
    assert_eq!((&few["state"], &few["gone"], &few["here"]), (&json!("taken"), &json!(3), &json!(9)), "{few}");
    assert_eq!(administrator.get("/api/v1/vehicles/S-0009").await.status, 404);

    let asking = hand_in(&app, &administrator, "vehicles.csv", cars(1..3)).await;
    assert_eq!(
        (&asking["state"], &asking["gone"], &asking["here"]),
        (&json!("asking"), &json!(4), &json!(6)),
        "{asking}"
    );
    assert_eq!(stock(&administrator).await.len(), 6, "nobody has said yet that they may go");
    let act = |what: &str| format!("{INTAKES}/{}/{what}", asking["id"].as_str().unwrap());
    let version = asking["version"].as_i64().unwrap();
    assert_eq!(administrator.act(&act("dismiss"), version - 1, &Value::Null).await.status, 412);
    let allowed = administrator.act(&act("allow"), version, &Value::Null).await;
    assert_eq!((allowed.status, &allowed.json["state"]), (200, &json!("waiting")), "{}", allowed.text);
    take_all_files(&app.app).await.unwrap();
    assert_eq!(stock(&administrator).await.len(), 2);
    let again = administrator.get(&format!("{INTAKES}/{}", asking["id"].as_str().unwrap())).await.json;
    assert_eq!((&again["state"], &again["gone"]), (&json!("taken"), &json!(4)), "{again}");
    assert_eq!(
        administrator.act(&act("dismiss"), again["version"].as_i64().unwrap(), &Value::Null).await.code(),
        "intake.not_asking"
    );

    // A file that was written before and is sent once more says nothing new; one that is written anew does, though it says the same.
    let old = hand_in(&app, &administrator, "vehicles.csv", cars(1..7)).await;
    assert_eq!((&old["state"], &old["repeats"]), (&json!("repeated"), &few["id"]), "{old}");
    app.pass(TimeDelta::minutes(1));
    hand_in(&app, &administrator, "vehicles.csv", cars(1..7)).await;
    assert_eq!(stock(&administrator).await.len(), 6);
}

#[tokio::test]
async fn an_administrator_says_which_column_is_which_field() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let text = "番号,メーカー,車名,走行距離,修復歴,値札(万円),メモ\nS-1,トヨタ,アクア,10000,無,123.4,ここだけの話\n";
    let refused = hand_in(&app, &administrator, "vehicles.csv", text).await;
    assert_eq!(reasons(&administrator, &refused).await, ["0 管理番号 column.missing", "0 店舗コード column.missing"]);
    let path = format!("{MAPS}/vehicles");
    let map = administrator.get(&path).await.json;
    assert_eq!(map["unknown"], json!(["番号", "値札(万円)", "メモ"]), "{map}");
    let field = |map: &Value, name: &str| {
        map["fields"].as_array().unwrap().iter().find(|field| field["field"] == name).unwrap().clone()
    };
    assert_eq!(
        (&field(&map, "model_name")["found"], &field(&map, "model_name")["examples"]),
        (&json!("車名"), &json!(["アクア"]))
    );
    assert_eq!(map["reasons"][0]["code"], "column.missing");

    let put = async |version: i64, body: Value| {
        let request = administrator.request(Method::PUT, &path).header("if-match", format!("\"{version}\""));
        administrator.send(request.json(&body)).await
    };
    let wrong = json!({"choices": [{"field": "colour", "column": null, "fixed": null}], "is_whole_stock": false});
    assert_eq!(put(1, wrong).await.errors(), ["choices.0.field unknown"]);
    let choices = json!([
        {"field": "stock_number", "column": "番号", "fixed": null},
        {"field": "store_code", "column": null, "fixed": "高崎店"},
        {"field": "vehicle_price", "column": "値札(万円)", "fixed": null},
    ]);
    let settled = put(1, json!({"choices": choices, "is_whole_stock": false})).await;
    assert_eq!((settled.status, &settled.json["reasons"]), (200, &json!([])), "{}", settled.text);
    assert_eq!(field(&settled.json, "vehicle_price")["examples"], json!(["123.4"]));
    let taken = hand_in(&app, &administrator, "vehicles.csv", text).await;
    assert_eq!(
        taken["state"],
        "taken",
        "the same bytes are another file by another map: {:?}",
        reasons(&administrator, &taken).await
    );
    let car = administrator.get("/api/v1/vehicles/S-1").await.json;
    assert_eq!((&car["store_code"], &car["offer"]["vehicle_price"]), (&json!("002"), &json!(1_234_000)), "{car}");
    let audit = administrator.get("/api/v1/audit-events?limit=200").await.text;
    for action in ["extreme.file_handed_in", "extreme.file_refused", "extreme.file_taken", "extreme.columns_settled"] {
        assert!(audit.contains(action), "{action}");
    }
    assert!(!audit.contains("ここだけの話"), "what stands in a file is no part of the audit");
}

#[tokio::test]
async fn a_bad_cell_of_a_customer_stands_with_its_reason_and_nowhere_else() {
    log::start();
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let text =
        "顧客コード,氏名,携帯電話,店舗,登録日\nC-1,canaryname,canaryphone-is-too-long-for-a-number,前橋店,canaryday\n";
    let refused = hand_in(&app, &administrator, "customers.csv", text).await;
    assert_eq!(refused["wrong"], 2);
    let mut places = places_of(&app.settings.url, &["canaryname", "canaryphone", "canaryday"]).await;
    places.sort();
    places.dedup();
    assert!(places.iter().all(|place| place.starts_with("extreme_intake")), "{places:?}");
    assert!(!log::text().contains("canaryday"));
}
