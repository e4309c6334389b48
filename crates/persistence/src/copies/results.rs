//! 実績 as rows.

use noren_domain::results::{Sale, StockPurchase};
use noren_domain::sync::{Recorded, Stream};
use noren_domain::{Timestamp, Yen};
use sea_orm::IntoActiveModel;

use super::Copied;
use crate::Error;
use crate::entity::{sale, stock_purchase};

impl Copied for Sale {
    const STREAM: Stream = Stream::Sales;
    const KEY: &'static str = "sale_number";

    type Row = sale::ActiveModel;

    fn key(&self) -> &str {
        self.sale_number.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<sale::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let row = sale::Model {
            sale_number: record.sale_number.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            stock_number: record.stock_number.to_string(),
            customer_code: record.customer_code.as_ref().map(ToString::to_string),
            staff_code: record.staff_code.to_string(),
            store_code: record.store_code.to_string(),
            contract_number: record.contract_number.as_ref().map(ToString::to_string),
            channel: record.channel.as_str().to_owned(),
            payment: record.payment.map(|payment| payment.as_str().to_owned()),
            sold_on: record.sold_on.to_string(),
            delivered_on: record.delivered_on.map(|day| day.to_string()),
            cancelled_on: record.cancelled_on.map(|day| day.to_string()),
            vehicle_price: record.vehicle_price.0,
            options: record.options.0,
            fees: record.fees.0,
            discount: record.discount.0,
            trade_in: record.trade_in.0,
            total: record.total.0,
            cost: amount(record.cost),
            gross_profit: amount(record.gross_profit),
        };
        Ok(row.into_active_model())
    }
}

impl Copied for StockPurchase {
    const STREAM: Stream = Stream::StockPurchases;
    const KEY: &'static str = "stock_purchase_number";

    type Row = stock_purchase::ActiveModel;

    fn key(&self) -> &str {
        self.stock_purchase_number.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<stock_purchase::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let row = stock_purchase::Model {
            stock_purchase_number: record.stock_purchase_number.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            stock_number: record.stock_number.to_string(),
            channel: record.channel.as_str().to_owned(),
            supplier: record.supplier.clone(),
            customer_code: record.customer_code.as_ref().map(ToString::to_string),
            staff_code: record.staff_code.as_ref().map(ToString::to_string),
            store_code: record.store_code.to_string(),
            purchased_on: record.purchased_on.to_string(),
            price: amount(record.price),
            transport: amount(record.transport),
            reconditioning: amount(record.reconditioning),
        };
        Ok(row.into_active_model())
    }
}

fn amount(yen: Option<Yen>) -> Option<i64> {
    yen.map(|yen| yen.0)
}
