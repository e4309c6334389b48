//! 販売実績 and 仕入 in files.

use noren_domain::results::{PurchaseChannel, Sale, SaleChannel, StockPurchase};
use noren_domain::sync::Stream;

use super::row::Row;
use super::{Field, FileRecord, Form, field, needed, values, words};

impl FileRecord for Sale {
    const STREAM: Stream = Stream::Sales;
    const FIELDS: &'static [Field] = &[
        needed("sale_number", Form::Code, &["販売番号", "売上番号", "伝票番号", "売上伝票番号", "販売No"]),
        needed("stock_number", Form::Code, &["管理番号", "在庫番号", "在庫No"]),
        field("customer_code", Form::Code, &["顧客コード", "顧客番号", "得意先コード"]),
        needed("staff_code", Form::Code, &["担当者コード", "社員コード", "販売担当コード", "営業担当コード"]),
        needed("store_code", Form::Code, &["店舗コード", "店舗", "店舗名", "販売店舗", "売上店舗"]),
        field("contract_number", Form::Code, &["契約番号", "注文番号", "注文書番号"]),
        field("channel", Form::Word, &["販売区分", "売上区分", "小売業販区分"]),
        field("payment", Form::Word, &["支払方法", "支払区分"]),
        needed("sold_on", Form::Day, &["販売日", "売上日", "成約日", "契約日"]),
        field("delivered_on", Form::Day, &["納車日"]),
        field("cancelled_on", Form::Day, &["解約日", "キャンセル日", "取消日"]),
        field("vehicle_price", Form::Yen, &["本体価格", "車両本体価格", "車両価格", "車両売上"]),
        field("options", Form::Yen, &["付属品", "オプション", "付属品売上", "用品"]),
        field("fees", Form::Yen, &["諸費用"]),
        field("discount", Form::Yen, &["値引", "値引き", "値引額"]),
        field("trade_in", Form::Yen, &["下取価格", "下取", "下取額"]),
        needed("total", Form::Yen, &["支払総額", "売上合計", "販売合計", "合計金額", "合計", "総額"]),
        field("cost", Form::Yen, &["原価", "売上原価", "原価合計"]),
        field("gross_profit", Form::Yen, &["粗利", "粗利益", "売上総利益"]),
    ];

    fn key(&self) -> &str {
        self.sale_number.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (sale_number, stock_number) = (row.needed_code("sale_number"), row.needed_code("stock_number"));
        let (staff_code, store_code, sold_on) = (row.needed_code("staff_code"), row.store(), row.needed_day("sold_on"));
        let (customer_code, contract_number) = (row.code("customer_code"), row.code("contract_number"));
        let channel = row.word("channel", words::SALE_CHANNEL).unwrap_or(SaleChannel::Retail);
        let (payment, delivered_on) = (row.word("payment", words::PAYMENT), row.day("delivered_on"));
        let cancelled_on = row.day("cancelled_on");
        let mut amount = |field| row.yen(field).unwrap_or_default();
        let (vehicle_price, options, fees) = (amount("vehicle_price"), amount("options"), amount("fees"));
        let (discount, trade_in) = (amount("discount"), amount("trade_in"));
        let (total, cost) = (row.needed("total", values::yen), row.yen("cost"));
        let gross_profit = row.maybe("gross_profit", values::signed_yen);
        Some(Self {
            sale_number: sale_number?,
            stock_number: stock_number?,
            customer_code,
            staff_code: staff_code?,
            store_code: store_code?,
            contract_number,
            channel,
            payment,
            sold_on: sold_on?,
            delivered_on,
            cancelled_on,
            vehicle_price,
            options,
            fees,
            discount,
            trade_in,
            total: total?,
            cost,
            gross_profit,
        })
    }
}

impl FileRecord for StockPurchase {
    const STREAM: Stream = Stream::StockPurchases;
    const FIELDS: &'static [Field] = &[
        needed("stock_purchase_number", Form::Code, &["仕入番号", "仕入伝票番号", "伝票番号", "仕入No"]),
        needed("stock_number", Form::Code, &["管理番号", "在庫番号", "在庫No"]),
        field("channel", Form::Word, &["仕入区分", "仕入経路", "仕入種別"]),
        field("supplier", Form::Text, &["仕入先", "仕入先名"]),
        field("customer_code", Form::Code, &["顧客コード", "顧客番号"]),
        field("staff_code", Form::Code, &["担当者コード", "社員コード", "仕入担当コード"]),
        needed("store_code", Form::Code, &["店舗コード", "店舗", "店舗名", "仕入店舗"]),
        needed("purchased_on", Form::Day, &["仕入日", "仕入年月日"]),
        field("price", Form::Yen, &["仕入価格", "仕入金額", "車両仕入価格"]),
        field("transport", Form::Yen, &["陸送費", "輸送費"]),
        field("reconditioning", Form::Yen, &["商品化費用", "整備費", "加修費"]),
    ];

    fn key(&self) -> &str {
        self.stock_purchase_number.as_str()
    }

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (number, stock_number) = (row.needed_code("stock_purchase_number"), row.needed_code("stock_number"));
        let (store_code, purchased_on) = (row.store(), row.needed_day("purchased_on"));
        let channel = row.word("channel", words::PURCHASE_CHANNEL).unwrap_or(PurchaseChannel::Other);
        let (supplier, customer_code, staff_code) =
            (row.text("supplier", 200), row.code("customer_code"), row.code("staff_code"));
        let (price, transport, reconditioning) = (row.yen("price"), row.yen("transport"), row.yen("reconditioning"));
        Some(Self {
            stock_purchase_number: number?,
            stock_number: stock_number?,
            channel,
            supplier,
            customer_code,
            staff_code,
            store_code: store_code?,
            purchased_on: purchased_on?,
            price,
            transport,
            reconditioning,
        })
    }
}
