//! Cars arrive, are made ready, and become cheaper.

use serde_json::{Value, json};

use super::{Step, text, yen};
use crate::problem::Problem;
use crate::seed::{Life, offer, stock_purchase};
use crate::store::Record;
use crate::stream::Stream;

/// From which status a car goes on to which.
pub const WAYS: [(&str, &str); 7] = [
    ("awaiting_delivery", "delivered"),
    ("registering", "awaiting_delivery"),
    ("contracted", "registering"),
    ("reconditioning", "listed"),
    ("received", "reconditioning"),
    ("in_transit", "received"),
    ("purchased", "in_transit"),
];

/// A price is not cut below this.
const LEAST_PRICE: i64 = 150_000;
const CUT: i64 = 20_000;

impl Step<'_> {
    /// A car is bought for the stock.
    pub fn arrive(&mut self) -> Result<(), Problem> {
        let number = self.writing.number(Stream::Vehicles.name())?;
        let (store_code, staff_code) = self.counter()?;
        let today = self.now.date_naive();
        // It is offered only once it is ready, so its price is not settled yet.
        let life = Life::bought(today, crate::seed::after(today, 14));
        let (vehicle, _) = offer::in_stock((self.seed.seed, number), &life, store_code, today);
        self.put(Stream::Vehicles, &vehicle.stock_number, &vehicle)?;
        let number = self.writing.number(Stream::StockPurchases.name())?;
        let purchase = stock_purchase(&vehicle, number, staff_code, &mut self.random);
        self.put(Stream::StockPurchases, &purchase.stock_purchase_number, &purchase)
    }

    /// A car goes one status on.
    pub fn move_on(&mut self, from: &str, to: &'static str) -> Result<(), Problem> {
        let Some(vehicle) = self.any_of(from)? else { return Ok(()) };
        match to {
            "listed" => self.offer(&vehicle),
            "registering" => {
                self.book_sale(&vehicle)?;
                self.change(Stream::Vehicles, text(&vehicle, "stock_number"), [("status", to.into())])
            }
            "delivered" => self.deliver(&vehicle),
            _ => self.change(Stream::Vehicles, text(&vehicle, "stock_number"), [("status", to.into())]),
        }
    }

    /// A car is ready: it gets its price and its pictures.
    fn offer(&self, vehicle: &Record) -> Result<(), Problem> {
        let stock_number = text(vehicle, "stock_number");
        let today = self.now.date_naive();
        let number = stock_number.strip_prefix("S-").and_then(|number| number.parse().ok());
        let purchased_on = text(vehicle, "purchased_on").parse();
        let (Some(number), Ok(purchased_on)) = (number, purchased_on) else {
            // Somebody else made this car up; its price is their affair.
            let members = [("status", "listed".into()), ("listed_on", json!(today))];
            return self.change(Stream::Vehicles, stock_number, members);
        };
        let life = Life { status: "listed", ..Life::bought(purchased_on, today) };
        let store_code = text(vehicle, "store_code").to_owned();
        let (ready, _) = offer::in_stock((self.seed.seed, number), &life, store_code, today);
        self.put(Stream::Vehicles, stock_number, &ready)
    }

    /// A car that nobody wanted becomes cheaper.
    pub fn cut_a_price(&mut self) -> Result<(), Problem> {
        let Some(vehicle) = self.any_of("listed")? else { return Ok(()) };
        let price = yen(&vehicle, "vehicle_price_yen") - CUT;
        if price < LEAST_PRICE {
            return Ok(());
        }
        let total: Value = (price + yen(&vehicle, "fees_yen")).into();
        let members = [("vehicle_price_yen", price.into()), ("advertised_total_yen", total)];
        self.change(Stream::Vehicles, text(&vehicle, "stock_number"), members)
    }
}
