//! 実績: what EXTREME records of cars sold and of stock bought. Cost and profit are for managers and administrators alone.

use chrono::NaiveDate;

use crate::Yen;
use crate::code::{CustomerCode, RecordNumber, StaffCode, StockNumber, StoreCode};
use crate::customer::Payment;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// To whom a car was sold.
    SaleChannel {
        /// 小売
        Retail = "retail",
        /// 業販
        Wholesale = "wholesale",
    }

    /// Where stock came from.
    PurchaseChannel {
        /// オークション
        Auction = "auction",
        /// 下取
        TradeIn = "trade_in",
        /// 買取
        BuyIn = "buy_in",
        /// メーカー
        Maker = "maker",
        /// 店舗間移動
        Transfer = "transfer",
        /// その他
        Other = "other",
    }
}

/// 販売実績: one car sold. A sale that was called off stays, with `cancelled_on`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    pub sale_number: RecordNumber,
    pub stock_number: StockNumber,
    pub customer_code: Option<CustomerCode>,
    pub staff_code: StaffCode,
    pub store_code: StoreCode,
    pub contract_number: Option<RecordNumber>,
    pub channel: SaleChannel,
    pub payment: Option<Payment>,
    pub sold_on: NaiveDate,
    pub delivered_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
    pub vehicle_price: Yen,
    pub options: Yen,
    pub fees: Yen,
    pub discount: Yen,
    /// 下取価格
    pub trade_in: Yen,
    /// What the customer pays, before the trade-in is taken off.
    pub total: Yen,
    pub cost: Option<Yen>,
    pub gross_profit: Option<Yen>,
}

/// 仕入: one car bought for stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockPurchase {
    pub stock_purchase_number: RecordNumber,
    pub stock_number: StockNumber,
    pub channel: PurchaseChannel,
    pub supplier: Option<String>,
    /// From whom, where it was 下取 or 買取.
    pub customer_code: Option<CustomerCode>,
    pub staff_code: Option<StaffCode>,
    pub store_code: StoreCode,
    pub purchased_on: NaiveDate,
    pub price: Option<Yen>,
    /// 陸送費
    pub transport: Option<Yen>,
    /// 商品化費用
    pub reconditioning: Option<Yen>,
}
