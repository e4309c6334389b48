//! Whole files, as a dealer's EXTREME writes them.

use std::collections::BTreeMap;

use encoding_rs::SHIFT_JIS;
use noren_domain::Yen;
use noren_domain::intake::Choice;
use noren_domain::vehicle::{InspectionStatus, StockStatus};

use super::*;

const CARS: &str = "管理番号,店舗,状態,メーカー,車名,グレード,型式,車台番号,登録番号,初度登録,走行距離(km),修復歴,車検満了日,色,本体価格,支払総額,仕入原価,備考\r\n\
    S-1,本店,展示中,ﾄﾖﾀ,ﾌﾟﾘｳｽ,Z,6AA-ZVW60,ZVW60-0001234,世田谷 330 さ 12-34,R5.4,\"12,345\",無,令和8年4月30日,ﾎﾜｲﾄﾊﾟｰﾙ,\"¥2,298,000\",\"¥2,498,000\",\"2,010,000\",\"禁煙車、\r\n\"\"ﾜﾝｵｰﾅｰ\"\"\"\r\n\
    ,,,,,,,,,,,,,,,,,\r\n\
    Ｓ－２,HONTEN,,ホンダ,フィット,,,,,2020/1,3.2万km,あり,車検整備付,,応談,―,,\r\n";

fn house() -> House {
    House::new([("本店", "HONTEN".parse().unwrap()), ("高崎店", "TAKASAKI".parse().unwrap())])
}

fn cars_of(bytes: &[u8], map: &ColumnMap) -> Read<Vehicle> {
    let sheet = Sheet::open(bytes).map_err(|reason| reason.code).unwrap();
    read(&sheet, map, &house())
}

fn reasons<T>(read: &Read<T>) -> Vec<String> {
    let said = |reason: &Reason| {
        format!("{} {} {} {}", reason.row, reason.column, reason.code, reason.value).trim_end().to_owned()
    };
    read.reasons.iter().map(said).collect()
}

#[test]
fn a_file_with_the_quirks_of_excel_is_read_whole() {
    let read = cars_of(CARS.as_bytes(), &ColumnMap::default());
    assert_eq!(reasons(&read), [""; 0]);
    let [first, second] = &read.records[..] else { panic!("{}", read.records.len()) };
    assert_eq!(
        (first.stock_number.as_str(), first.store_code.as_str(), first.title().as_str()),
        ("S-1", "HONTEN", "トヨタ プリウス Z")
    );
    assert_eq!(
        (first.status, first.history.odometer_km, first.build.body_color.as_str()),
        (StockStatus::Listed, 12_345, "ホワイトパール")
    );
    assert_eq!(first.identity.first_registration.map(String::from).as_deref(), Some("2023-04"));
    assert_eq!(first.history.inspection_expiry.map(|day| day.to_string()).as_deref(), Some("2026-04-30"));
    assert_eq!((first.offer.advertised_total, first.purchase_cost), (Some(Yen(2_498_000)), Some(Yen(2_010_000))));
    assert_eq!(first.offer.comment.as_deref(), Some("禁煙車、 \"ワンオーナー\""));
    assert_eq!(
        (second.stock_number.as_str(), second.history.odometer_km, second.history.repair_history),
        ("S-2", 32_000, true)
    );
    assert_eq!(
        (second.history.inspection_status, second.history.inspection_expiry),
        (InspectionStatus::Included, None)
    );
    assert_eq!((second.offer.vehicle_price, second.offer.advertised_total), (None, None));
}

#[test]
fn cp932_and_utf8_give_the_same_records() {
    let map = ColumnMap::default();
    let utf8 = cars_of(CARS.as_bytes(), &map).records;
    let (cp932, _, lossy) = SHIFT_JIS.encode(CARS);
    assert!(!lossy);
    assert_eq!(cars_of(&cp932, &map).records, utf8);
    assert_eq!(cars_of(&[b"\xef\xbb\xbf", CARS.as_bytes()].concat(), &map).records, utf8);
}

#[test]
fn every_cell_that_is_wrong_is_named_with_its_row() {
    let text = "管理番号,店舗コード,メーカー,車名,走行距離,修復歴,初度登録,本体価格\n\
        S-1,HONTEN,トヨタ,アクア,10000,無,R5.13,お買得\n\
        S-2,HONTEN,,アクア,たくさん,無,R5.4,\n\
        S-1,HONTEN,トヨタ,アクア,10000,無,,\n\
        S 4,渋谷店,トヨタ,アクア,10000,,,\n\
        S-5,HONTEN,トヨタ,アクア,10000,無,,,余り\n";
    let read = cars_of(text.as_bytes(), &ColumnMap::default());
    assert_eq!(
        reasons(&read),
        [
            "2 初度登録 month.form R5.13",
            "2 本体価格 number.form お買得",
            "3 メーカー required",
            "3 走行距離 number.form たくさん",
            "4 管理番号 key.twice S-1",
            "5 管理番号 code.form S 4",
            "5 店舗コード store.unknown 渋谷店",
            "5 修復歴 required",
            "6  row.cells",
        ]
    );
    assert_eq!((read.wrong, read.rows), (9, 5));
    let twice = "管理番号,店舗コード,メーカー,車名,走行距離,修復歴\nS-1,HONTEN,トヨタ,アクア,1,無\nS-1,HONTEN,トヨタ,アクア,2,無\n";
    assert_eq!(reasons(&cars_of(twice.as_bytes(), &ColumnMap::default())), ["3 管理番号 key.twice S-1"]);
}

#[test]
fn columns_that_are_missing_or_twice_there_are_named_and_no_row_is_read() {
    let read = cars_of("管理番号,メーカー,車名,車名\nS-1,トヨタ,アクア,アクア\n".as_bytes(), &ColumnMap::default());
    assert_eq!(
        reasons(&read),
        ["0 店舗コード column.missing", "0 車名 column.twice", "0 走行距離 column.missing", "0 修復歴 column.missing"]
    );
    assert_eq!(
        reasons(&cars_of("管理番号,店舗,メーカー,車名,走行,修復歴\n".as_bytes(), &ColumnMap::default())),
        ["0  file.no_rows"]
    );
}

#[test]
fn what_an_administrator_has_settled_comes_before_what_is_usual() {
    let text = "番号,メーカー,車名,走行距離,修復歴,色,価格(万円)\nS-1,トヨタ,アクア,10000,無,白,123.4\n";
    let choices = BTreeMap::from([
        ("stock_number".to_owned(), Choice::Column("番号".to_owned())),
        ("store_code".to_owned(), Choice::Fixed("高崎店".to_owned())),
        ("vehicle_price".to_owned(), Choice::Column("価格（万円）".to_owned())),
        ("body_color".to_owned(), Choice::Unused),
    ]);
    let mut map = ColumnMap { choices, is_whole_stock: false };
    let read = cars_of(text.as_bytes(), &map);
    assert_eq!(reasons(&read), [""; 0]);
    let car = &read.records[0];
    assert_eq!(
        (car.store_code.as_str(), car.build.body_color.as_str(), car.offer.vehicle_price),
        ("TAKASAKI", "", Some(Yen(1_234_000)))
    );
    let headings: Vec<String> = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
    let places = Places::find(Stream::Vehicles, &headings, &map);
    assert_eq!(
        (places.of("stock_number"), places.of("body_color"), places.unused(&headings)),
        (Some(0), None, vec![5])
    );
    map.choices.insert("comment".to_owned(), Choice::Column("コメント2".to_owned()));
    assert_eq!(
        reasons(&cars_of(text.as_bytes(), &map)),
        ["0 コメント2 column.missing"],
        "a column that was chosen may not vanish unseen"
    );
}

#[test]
fn a_heading_is_usual_for_one_field_of_a_kind_alone() {
    for stream in Stream::ALL {
        let mut known: Vec<(String, &str)> = Vec::new();
        for field in fields(*stream) {
            for heading in field.usual {
                let fold = text::folded(heading);
                assert!(!fold.is_empty(), "{heading}");
                let other = known.iter().find(|(known, name)| *known == fold && *name != field.name);
                assert!(other.is_none(), "{stream:?}: {heading} is {} and {other:?}", field.name);
                known.push((fold, field.name));
            }
        }
    }
}

#[test]
fn every_other_kind_is_read_from_its_usual_headings() {
    fn one<T: FileRecord + Clone>(text: &str) -> T {
        let sheet = Sheet::open(text.as_bytes()).map_err(|reason| reason.code).unwrap();
        let read = read::<T>(&sheet, &ColumnMap::default(), &house());
        assert_eq!(reasons(&read), [""; 0]);
        read.records[0].clone()
    }
    let customer: Customer = one("顧客コード,氏名,ﾌﾘｶﾞﾅ,電話番号,携帯電話,郵便番号,住所,店舗,登録日,生年月日\n\
        C-1,髙橋 美咲,ﾀｶﾊｼ ﾐｻｷ,312345678,090-1234-5678,371-0024,群馬県前橋市表町1-2-3,本店,H30.4.1,S60.1.2\n");
    assert_eq!((customer.name.as_str(), customer.kana.as_deref()), ("髙橋 美咲", Some("タカハシ ミサキ")));
    assert_eq!(customer.phones, ["0312345678", "090-1234-5678"]);
    assert_eq!(
        (customer.address.prefecture.as_deref(), customer.address.city.as_deref()),
        (Some("群馬県"), Some("前橋市表町1-2-3"))
    );
    let purchase: Purchase = one(
        "購入番号,顧客コード,メーカー,車名,購入日,車検満了日,支払方法,店舗\nP-1,C-1,ホンダ,フィット,R6.4.1,R9.4.30,残クレ,本店\n",
    );
    assert_eq!(purchase.inspection_expiry.map(|day| day.to_string()).as_deref(), Some("2027-04-30"));
    let work: MaintenanceRecord = one(
        "整備番号,顧客コード,メーカー,車名,作業区分,入庫日,作業内容,合計金額,店舗\nM-1,C-1,ホンダ,フィット,板金,R6.4.1,ﾊﾞﾝﾊﾟｰ修理,\"55,000\",本店\n",
    );
    assert_eq!((work.summary.as_str(), work.total), ("バンパー修理", Some(Yen(55_000))));
    let inspection: Inspection = one(
        "車検番号,顧客コード,メーカー,車名,区分,実施日,車検満了日,店舗\nI-1,C-1,ホンダ,フィット,12ヶ月点検,R6.4.1,,本店\n",
    );
    assert_eq!(inspection.kind, noren_domain::customer::InspectionKind::Legal12Months);
    let sale: Sale =
        one("販売番号,管理番号,担当者コード,店舗,販売日,支払総額,粗利\nU-1,S-1,A01,本店,R6.4.1,\"2,498,000\",△12000\n");
    assert_eq!(sale.gross_profit, Some(Yen(-12_000)));
    let bought: StockPurchase =
        one("仕入番号,管理番号,仕入区分,店舗,仕入日,仕入価格\nB-1,S-1,下取り,本店,R6.4.1,800000\n");
    assert_eq!(bought.price, Some(Yen(800_000)));
    let person: StaffRecord = one("社員コード,氏名,フリガナ,所属店舗,在職区分\nA01,佐藤 春香,ｻﾄｳ ﾊﾙｶ,高崎店,在職\n");
    assert_eq!((person.name.family_kana.as_str(), person.store_code.as_str()), ("サトウ", "TAKASAKI"));
}

#[test]
fn the_name_of_a_file_says_what_is_in_it() {
    for (name, stream) in [
        ("vehicles.csv", Some(Stream::Vehicles)),
        ("Vehicles_20261123.CSV", Some(Stream::Vehicles)),
        ("purchases-1.csv", Some(Stream::Purchases)),
        ("stock_purchases.csv", Some(Stream::StockPurchases)),
        ("maintenance_records.csv", Some(Stream::MaintenanceRecords)),
        ("vehicles.csv.part", None),
        ("在庫.csv", None),
    ] {
        assert_eq!(stream_of(name), stream, "{name}");
    }
}

#[test]
fn a_thousand_reasons_are_kept_and_all_are_counted() {
    let rows: String = (0..1_500).map(|at| format!("S-{at},HONTEN,トヨタ,アクア,x,無\n")).collect();
    let read =
        cars_of(format!("管理番号,店舗コード,メーカー,車名,走行距離,修復歴\n{rows}").as_bytes(), &ColumnMap::default());
    assert_eq!((read.reasons.len(), read.wrong), (1_000, 1_500));
}
