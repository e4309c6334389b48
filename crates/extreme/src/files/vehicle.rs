//! 在庫 in files.

use noren_domain::sync::Stream;
use noren_domain::vehicle::{
    BodyType, Build, Condition, History, Identity, InspectionStatus, OdometerStatus, Offer, StockStatus, Vehicle,
};

use super::row::Row;
use super::{Field, FileRecord, Form, field, needed, values, words};

const TEXT: usize = 200;
const LONG_TEXT: usize = 2_000;

impl FileRecord for Vehicle {
    const STREAM: Stream = Stream::Vehicles;
    const FIELDS: &'static [Field] = &[
        needed("stock_number", Form::Code, &["管理番号", "在庫番号", "在庫No", "管理No", "在庫コード", "車両管理番号"]),
        needed(
            "store_code",
            Form::Code,
            &["店舗コード", "店舗", "店舗名", "拠点コード", "拠点", "在庫店舗", "展示店舗"],
        ),
        field("status", Form::Word, &["状態", "ステータス", "在庫状況", "在庫区分", "販売状況"]),
        field("condition", Form::Word, &["新車中古区分", "新中区分", "車両区分", "中古区分"]),
        needed("maker", Form::Text, &["メーカー", "メーカー名", "ブランド"]),
        needed("model_name", Form::Text, &["車名", "車種", "車種名", "通称名"]),
        field("grade", Form::Text, &["グレード", "グレード名"]),
        field("model_code", Form::Text, &["型式", "認定型式"]),
        field("chassis_number", Form::Text, &["車台番号", "車体番号", "VIN"]),
        field("registration_number", Form::Text, &["登録番号", "車両番号", "ナンバー", "ナンバープレート"]),
        field(
            "first_registration",
            Form::Month,
            &["初度登録", "初度登録年月", "初年度登録", "初度検査年月", "年式", "登録年月"],
        ),
        needed("odometer_km", Form::Number, &["走行距離", "走行", "走行キロ", "走行km"]),
        field("odometer_status", Form::Word, &["走行区分", "走行距離区分", "メーター区分"]),
        needed("repair_history", Form::Flag, &["修復歴", "修復歴有無", "事故歴"]),
        field("condition_note", Form::Text, &["コンディションノート", "状態備考", "車両状態"]),
        field("inspection_expiry", Form::Day, &["車検満了日", "車検", "車検有効期限", "車検満了", "車検日"]),
        field("body_type", Form::Word, &["ボディタイプ", "ボディ", "形状", "車体形状"]),
        field("doors", Form::Number, &["ドア数", "ドア"]),
        field("body_color", Form::Text, &["車体色", "色", "外装色", "ボディカラー", "カラー"]),
        field("color_code", Form::Text, &["カラーコード", "色番号", "色コード", "カラーNo"]),
        field("drive_type", Form::Word, &["駆動方式", "駆動"]),
        field("transmission", Form::Word, &["ミッション", "シフト", "変速機"]),
        field("fuel_type", Form::Word, &["燃料", "燃料種別", "使用燃料"]),
        field("engine_model", Form::Text, &["原動機型式", "原動機の型式", "エンジン型式"]),
        field("displacement_cc", Form::Number, &["排気量", "総排気量"]),
        field("seating_capacity", Form::Number, &["定員", "乗車定員"]),
        field("vehicle_weight", Form::Number, &["車両重量"]),
        field("type_designation_no", Form::Text, &["型式指定番号", "型式指定"]),
        field("category_no", Form::Text, &["類別区分番号", "類別", "類別区分"]),
        field("owner_count", Form::Number, &["オーナー数"]),
        field("record_book", Form::Flag, &["点検記録簿", "記録簿"]),
        field("auction_grade", Form::Text, &["評価点", "総合評価点"]),
        field("vehicle_price", Form::Yen, &["本体価格", "車両本体価格", "車両価格", "販売価格"]),
        field("fees", Form::Yen, &["諸費用"]),
        field("advertised_total", Form::Yen, &["支払総額", "総額"]),
        field("recycle_deposit", Form::Yen, &["リサイクル料金", "リサイクル預託金", "リサイクル預託金額"]),
        field("purchase_cost", Form::Yen, &["仕入原価", "原価", "仕入価格", "仕入金額"]),
        field("purchased_on", Form::Day, &["仕入日", "仕入年月日"]),
        field("listed_on", Form::Day, &["掲載日", "展示開始日", "在庫計上日", "入庫日"]),
        field("sold_on", Form::Day, &["販売日", "成約日", "売約日"]),
        field("comment", Form::Text, &["コメント", "PRコメント", "アピールポイント", "備考"]),
    ];

    fn key(&self) -> &str {
        self.stock_number.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (stock_number, store_code) = (row.needed_code("stock_number"), row.store());
        let status = row.word("status", words::STATUS).unwrap_or(StockStatus::Listed);
        let condition = row.word("condition", words::CONDITION).unwrap_or(Condition::Used);
        let (identity, build, history, offer) = (identity(row), build(row), history(row), offer(row));
        let purchase_cost = row.yen("purchase_cost");
        Some(Self {
            stock_number: stock_number?,
            store_code: store_code?,
            status,
            condition,
            identity: identity?,
            build,
            history: history?,
            offer,
            purchase_cost,
            hold: None,
        })
    }
}

fn identity(row: &mut Row<'_>) -> Option<Identity> {
    let (maker, model_name) = (row.needed_text("maker", TEXT), row.needed_text("model_name", TEXT));
    let grade = row.text("grade", TEXT).unwrap_or_default();
    let (model_code, chassis_number) = (row.text("model_code", 30), row.text("chassis_number", 25));
    let registration_number = row.maybe("registration_number", |text, _| values::plate(text));
    let first_registration = row.maybe("first_registration", |text, _| values::month(text));
    Some(Identity {
        maker: maker?,
        model_name: model_name?,
        grade,
        model_code,
        chassis_number,
        registration_number,
        first_registration,
    })
}

fn build(row: &mut Row<'_>) -> Build {
    Build {
        body_type: row.word("body_type", words::BODY).unwrap_or(BodyType::Other),
        doors: row.maybe("doors", values::count),
        body_color: row.text("body_color", TEXT).unwrap_or_default(),
        color_code: row.text("color_code", 10),
        drive_type: row.word("drive_type", words::DRIVE),
        transmission: row.word("transmission", words::TRANSMISSION),
        gears: None,
        fuel_type: row.word("fuel_type", words::FUEL),
        engine_model: row.text("engine_model", 30),
        displacement_cc: row.maybe("displacement_cc", values::count),
        seating_capacity: row.maybe("seating_capacity", values::count),
        vehicle_weight_kg: row.maybe("vehicle_weight", values::count),
        gross_weight_kg: None,
        length_mm: None,
        width_mm: None,
        height_mm: None,
        usage: None,
        private_business: None,
        type_designation_no: row.text("type_designation_no", 5),
        category_no: row.text("category_no", 4),
        equipment_codes: Vec::new(),
    }
}

fn history(row: &mut Row<'_>) -> Option<History> {
    let odometer_km = row.needed("odometer_km", values::count);
    let repair_history = row.needed("repair_history", |text, _| values::flag(text));
    let odometer_status = row.word("odometer_status", words::ODOMETER).unwrap_or(OdometerStatus::Actual);
    let (inspection_status, inspection_expiry) = inspection(row);
    let (condition_note, auction_grade) = (row.text("condition_note", LONG_TEXT), row.text("auction_grade", 4));
    let owner_count = row.maybe("owner_count", values::count);
    let record_book = row.maybe("record_book", |text, _| values::flag(text));
    Some(History {
        odometer_km: odometer_km?,
        odometer_status,
        odometer_before_replacement_km: None,
        repair_history: repair_history?,
        condition_note,
        inspection_status,
        inspection_expiry,
        used_as: None,
        owner_count,
        record_book,
        auction_grade,
        interior_grade: None,
        exterior_grade: None,
    })
}

/// The day on which the 車検 ends, or the word that stands in its place.
fn inspection(row: &mut Row<'_>) -> (InspectionStatus, Option<chrono::NaiveDate>) {
    let word = row.written("inspection_expiry").and_then(|(text, _)| values::word(text, words::INSPECTION).ok());
    match word {
        Some(status) => (status, None),
        None => match row.day("inspection_expiry") {
            Some(day) => (InspectionStatus::Valid, Some(day)),
            None => (InspectionStatus::Separate, None),
        },
    }
}

fn offer(row: &mut Row<'_>) -> Offer {
    Offer {
        vehicle_price: row.yen("vehicle_price"),
        fees: row.yen("fees"),
        advertised_total: row.yen("advertised_total"),
        warranty: None,
        maintenance_included: false,
        recycle_status: None,
        recycle_deposit: row.yen("recycle_deposit"),
        purchased_on: row.day("purchased_on"),
        listed_on: row.day("listed_on"),
        sold_on: row.day("sold_on"),
        comment: row.text("comment", LONG_TEXT),
        photos: Vec::new(),
    }
}
