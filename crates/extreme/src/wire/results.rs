//! 実績 of the contract.

use chrono::NaiveDate;
use noren_domain::Yen;
use noren_domain::code::{CustomerCode, RecordNumber, StaffCode, StockNumber, StoreCode};
use noren_domain::results::{Sale, StockPurchase};
use serde::Deserialize;

use super::vehicle::price;
use super::{Record, known, needed, short_or_none};

#[derive(Deserialize)]
pub struct WireSale {
    sale_number: RecordNumber,
    stock_number: StockNumber,
    customer_code: Option<CustomerCode>,
    staff_code: StaffCode,
    store_code: StoreCode,
    contract_number: Option<RecordNumber>,
    channel: String,
    payment: Option<String>,
    sold_on: NaiveDate,
    delivered_on: Option<NaiveDate>,
    cancelled_on: Option<NaiveDate>,
    #[serde(default)]
    vehicle_price_yen: Yen,
    #[serde(default)]
    options_yen: Yen,
    #[serde(default)]
    fees_yen: Yen,
    #[serde(default)]
    discount_yen: Yen,
    #[serde(default)]
    trade_in_yen: Yen,
    total_yen: Yen,
    cost_yen: Option<Yen>,
    gross_profit_yen: Option<Yen>,
}

impl Record for WireSale {
    type Domain = Sale;

    const KEY: &'static str = "sale_number";

    fn read(self) -> Result<Sale, &'static str> {
        let amount = |yen, member| price(Some(yen), member).map(Option::unwrap_or_default);
        Ok(Sale {
            channel: needed(&self.channel, "channel")?,
            payment: known(self.payment),
            vehicle_price: amount(self.vehicle_price_yen, "vehicle_price_yen")?,
            options: amount(self.options_yen, "options_yen")?,
            fees: amount(self.fees_yen, "fees_yen")?,
            discount: amount(self.discount_yen, "discount_yen")?,
            trade_in: amount(self.trade_in_yen, "trade_in_yen")?,
            total: amount(self.total_yen, "total_yen")?,
            cost: price(self.cost_yen, "cost_yen")?,
            gross_profit: profit(self.gross_profit_yen)?,
            sale_number: self.sale_number,
            stock_number: self.stock_number,
            customer_code: self.customer_code,
            staff_code: self.staff_code,
            store_code: self.store_code,
            contract_number: self.contract_number,
            sold_on: self.sold_on,
            delivered_on: self.delivered_on,
            cancelled_on: self.cancelled_on,
        })
    }
}

/// A profit may be a loss.
fn profit(yen: Option<Yen>) -> Result<Option<Yen>, &'static str> {
    let size = yen.map(|Yen(amount)| Yen(amount.saturating_abs()));
    price(size, "gross_profit_yen").map(|_| yen)
}

#[derive(Deserialize)]
pub struct WireStockPurchase {
    stock_purchase_number: RecordNumber,
    stock_number: StockNumber,
    channel: String,
    supplier: Option<String>,
    customer_code: Option<CustomerCode>,
    staff_code: Option<StaffCode>,
    store_code: StoreCode,
    purchased_on: NaiveDate,
    price_yen: Option<Yen>,
    transport_yen: Option<Yen>,
    reconditioning_yen: Option<Yen>,
}

impl Record for WireStockPurchase {
    type Domain = StockPurchase;

    const KEY: &'static str = "stock_purchase_number";

    fn read(self) -> Result<StockPurchase, &'static str> {
        Ok(StockPurchase {
            channel: needed(&self.channel, "channel")?,
            supplier: short_or_none(self.supplier, 200, "supplier")?,
            price: price(self.price_yen, "price_yen")?,
            transport: price(self.transport_yen, "transport_yen")?,
            reconditioning: price(self.reconditioning_yen, "reconditioning_yen")?,
            stock_purchase_number: self.stock_purchase_number,
            stock_number: self.stock_number,
            customer_code: self.customer_code,
            staff_code: self.staff_code,
            store_code: self.store_code,
            purchased_on: self.purchased_on,
        })
    }
}
