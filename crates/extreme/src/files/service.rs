//! 購入, 整備・鈑金・修理 and 車検 in files.

use noren_domain::customer::{Inspection, InspectionKind, MaintenanceKind, MaintenanceRecord, Purchase};
use noren_domain::sync::Stream;

use super::car::{car, fields_with_car};
use super::row::Row;
use super::{Field, FileRecord, Form, field, needed, values, words};

const TEXT: usize = 200;

const CUSTOMER: Field =
    needed("customer_code", Form::Code, &["顧客コード", "顧客番号", "顧客No", "得意先コード", "お客様番号"]);
const STAFF: Field = field("staff_code", Form::Code, &["担当者コード", "社員コード", "担当コード"]);
const STORE: Field = needed("store_code", Form::Code, &["店舗コード", "店舗", "店舗名", "担当店舗", "拠点"]);
const ODOMETER: Field = field("odometer_km", Form::Number, &["走行距離", "走行", "入庫時走行距離"]);

impl FileRecord for Purchase {
    const STREAM: Stream = Stream::Purchases;
    const FIELDS: &'static [Field] = fields_with_car![
        needed("purchase_number", Form::Code, &["購入番号", "販売番号", "売上番号", "伝票番号", "保有車両番号"]), CUSTOMER;
        field("stock_number", Form::Code, &["管理番号", "在庫番号", "在庫No"]),
        field("grade", Form::Text, &["グレード", "グレード名"]),
        field("model_code", Form::Text, &["型式", "認定型式"]),
        field("first_registration", Form::Month, &["初度登録", "初度登録年月", "初年度登録", "初度検査年月", "年式"]),
        field("inspection_expiry", Form::Day, &["車検満了日", "車検満了", "車検有効期限", "次回車検日"]),
        needed("purchased_on", Form::Day, &["購入日", "販売日", "売上日", "契約日"]),
        field("delivered_on", Form::Day, &["納車日"]),
        field("owned_until", Form::Day, &["手放した日", "代替日", "保有終了日", "抹消日"]),
        field("total", Form::Yen, &["購入金額", "支払総額", "販売金額", "合計金額", "合計"]),
        field("payment", Form::Word, &["支払方法", "支払区分"]),
        field("payments_end_on", Form::Day, &["完済予定日", "支払終了日", "ローン完済日"]),
        STAFF, STORE,
    ];

    fn key(&self) -> &str {
        self.purchase_number.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (purchase_number, customer_code) = (row.needed_code("purchase_number"), row.needed_code("customer_code"));
        let (car, store_code, purchased_on) = (car(row), row.store(), row.needed_day("purchased_on"));
        let (stock_number, staff_code) = (row.code("stock_number"), row.code("staff_code"));
        let (grade, model_code) = (row.text("grade", TEXT).unwrap_or_default(), row.text("model_code", 30));
        let first_registration = row.maybe("first_registration", |text, _| values::month(text));
        let (inspection_expiry, delivered_on) = (row.day("inspection_expiry"), row.day("delivered_on"));
        let (owned_until, payments_end_on) = (row.day("owned_until"), row.day("payments_end_on"));
        let (total, payment) = (row.yen("total"), row.word("payment", words::PAYMENT));
        Some(Self {
            purchase_number: purchase_number?,
            customer_code: customer_code?,
            car: car?,
            stock_number,
            grade,
            model_code,
            first_registration,
            inspection_expiry,
            purchased_on: purchased_on?,
            delivered_on,
            owned_until,
            total,
            payment,
            payments_end_on,
            staff_code,
            store_code: store_code?,
        })
    }
}

impl FileRecord for MaintenanceRecord {
    const STREAM: Stream = Stream::MaintenanceRecords;
    const FIELDS: &'static [Field] = fields_with_car![
        needed("record_number", Form::Code, &["整備番号", "作業番号", "伝票番号", "受付番号", "整備伝票番号"]), CUSTOMER;
        field("kind", Form::Word, &["作業区分", "整備区分", "区分", "種別"]),
        needed("received_on", Form::Day, &["入庫日", "受付日", "作業日", "整備日"]),
        field("completed_on", Form::Day, &["完了日", "作業完了日", "出庫日"]),
        ODOMETER,
        needed("summary", Form::Text, &["作業内容", "整備内容", "内容", "件名"]),
        field("total", Form::Yen, &["請求金額", "合計金額", "合計", "金額"]),
        STAFF, STORE,
    ];

    fn key(&self) -> &str {
        self.record_number.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (record_number, customer_code) = (row.needed_code("record_number"), row.needed_code("customer_code"));
        let (car, store_code, received_on) = (car(row), row.store(), row.needed_day("received_on"));
        let kind = row.word("kind", words::MAINTENANCE).unwrap_or(MaintenanceKind::Maintenance);
        let (completed_on, odometer_km) = (row.day("completed_on"), row.maybe("odometer_km", values::count));
        let (summary, total, staff_code) = (row.needed_text("summary", 500), row.yen("total"), row.code("staff_code"));
        Some(Self {
            record_number: record_number?,
            customer_code: customer_code?,
            car: car?,
            kind,
            received_on: received_on?,
            completed_on,
            odometer_km,
            summary: summary?,
            lines: Vec::new(),
            total,
            staff_code,
            store_code: store_code?,
        })
    }
}

impl FileRecord for Inspection {
    const STREAM: Stream = Stream::Inspections;
    const FIELDS: &'static [Field] = fields_with_car![
        needed("inspection_number", Form::Code, &["車検番号", "点検番号", "伝票番号", "受付番号"]), CUSTOMER;
        field("kind", Form::Word, &["点検区分", "車検区分", "区分", "種別"]),
        needed("performed_on", Form::Day, &["実施日", "車検実施日", "車検日", "点検日", "入庫日"]),
        field("expiry", Form::Day, &["車検満了日", "次回車検満了日", "次回満了日", "有効期限"]),
        ODOMETER,
        field("total", Form::Yen, &["請求金額", "合計金額", "合計", "金額"]),
        STAFF, STORE,
    ];

    fn key(&self) -> &str {
        self.inspection_number.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (inspection_number, customer_code) =
            (row.needed_code("inspection_number"), row.needed_code("customer_code"));
        let (car, store_code, performed_on) = (car(row), row.store(), row.needed_day("performed_on"));
        let kind = row.word("kind", words::INSPECTION_KIND).unwrap_or(InspectionKind::Inspection);
        let (expiry, odometer_km) = (row.day("expiry"), row.maybe("odometer_km", values::count));
        let (total, staff_code) = (row.yen("total"), row.code("staff_code"));
        Some(Self {
            inspection_number: inspection_number?,
            customer_code: customer_code?,
            car: car?,
            kind,
            performed_on: performed_on?,
            expiry,
            odometer_km,
            total,
            staff_code,
            store_code: store_code?,
        })
    }
}
