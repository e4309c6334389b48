//! Cars are sold at EXTREME's own counter, sales are booked, and cars are delivered.

use serde_json::{Value, json};

use super::{Step, text, yen};
use crate::contracts::{Contract, State};
use crate::problem::Problem;
use crate::store::{Record, Shelf};
use crate::stream::Stream;

impl Step<'_> {
    /// Somebody buys a car at the counter, without Noren.
    pub fn sell(&mut self) -> Result<(), Problem> {
        let Some(vehicle) = self.any_of("listed")? else { return Ok(()) };
        let members = [("status", "contracted".into()), ("sold_on", json!(self.now.date_naive()))];
        self.change(Stream::Vehicles, text(&vehicle, "stock_number"), members)?;
        self.book_sale(&vehicle)
    }

    /// Books the sale of a car, by its contract where it has one; a car whose sale is booked stays as it is.
    pub fn book_sale(&mut self, vehicle: &Record) -> Result<(), Problem> {
        let stock_number = text(vehicle, "stock_number");
        if self.sale_of(stock_number)?.is_some() {
            return Ok(());
        }
        let sale = match self.contract_of(stock_number)? {
            Some(contract) => by_contract(&contract, yen(vehicle, "purchase_cost_yen")),
            None => self.at_the_counter(vehicle)?,
        };
        let today = self.now.date_naive();
        let number = self.writing.number(Stream::Sales.name())?;
        let key = format!("U-{}-{number:06}", today.format("%Y"));
        let mut sale: Record = serde_json::from_value(sale)?;
        sale.entry("sold_on").or_insert_with(|| json!(today));
        sale.extend(
            [("delivered_on", Value::Null), ("cancelled_on", Value::Null)]
                .map(|(name, value)| (name.to_owned(), value)),
        );
        sale.insert("stock_number".to_owned(), stock_number.into());
        sale.insert("channel".to_owned(), "retail".into());
        self.put(Stream::Sales, &key, &sale)
    }

    /// The customer drives away: the sale is over and the car is theirs.
    pub fn deliver(&mut self, vehicle: &Record) -> Result<(), Problem> {
        let stock_number = text(vehicle, "stock_number");
        let today = json!(self.now.date_naive());
        self.book_sale(vehicle)?;
        self.change(Stream::Vehicles, stock_number, [("status", "delivered".into())])?;
        if let Some(contract) = self.contract_of(stock_number)? {
            let delivered = Contract { state: State::Delivered, revision: contract.revision + 1, ..contract };
            self.writing.put_paper(Shelf::Contracts, &delivered.contract_number, &delivered)?;
        }
        let Some(sale) = self.sale_of(stock_number)? else { return Ok(()) };
        self.change(Stream::Sales, text(&sale, "sale_number"), [("delivered_on", today.clone())])?;
        if sale.get("customer_code").is_none_or(Value::is_null) {
            return Ok(());
        }
        let number = self.writing.number(Stream::Purchases.name())?;
        let key = format!("B-{}-{number:06}", self.now.format("%Y"));
        self.put(Stream::Purchases, &key, &purchase(vehicle, &sale, &today))
    }

    fn at_the_counter(&mut self, vehicle: &Record) -> Result<Value, Problem> {
        let (store_code, staff_code) = self.counter()?;
        let customer_code = match self.any_customer()? {
            Some(customer_code) if self.random.chance(60) => customer_code,
            _ => self.meet_a_customer()?,
        };
        let (price, fees) = (yen(vehicle, "vehicle_price_yen"), yen(vehicle, "fees_yen"));
        let options = self.random.between(0, 20) * 5_500;
        let discount = self.random.between(0, 3) * 10_000;
        let cost = yen(vehicle, "purchase_cost_yen");
        Ok(json!({
            "customer_code": customer_code,
            "staff_code": staff_code,
            "store_code": store_code,
            "contract_number": null,
            "payment": self.random.pick(&["cash", "cash", "instalments", "balloon"]),
            "vehicle_price_yen": price,
            "options_yen": options,
            "fees_yen": fees,
            "discount_yen": discount,
            "trade_in_yen": 0,
            "total_yen": price + options + fees - discount,
            "cost_yen": cost,
            "gross_profit_yen": price + options / 2 - discount - cost,
        }))
    }

    /// The sale of a car, unless it was called off.
    fn sale_of(&self, stock_number: &str) -> Result<Option<Record>, Problem> {
        for key in self.writing.found(Stream::Sales, stock_number, super::CHOICE)? {
            let sale = self.writing.get(Stream::Sales, &key)?;
            if let Some(sale) = sale.filter(|sale| sale.get("cancelled_on").is_none_or(Value::is_null)) {
                return Ok(Some(sale));
            }
        }
        Ok(None)
    }

    fn contract_of(&self, stock_number: &str) -> Result<Option<Contract>, Problem> {
        let number: Option<String> = self.writing.paper(Shelf::ContractOfVehicle, stock_number)?;
        match number {
            Some(number) => Ok(self.writing.paper(Shelf::Contracts, &number)?),
            None => Ok(None),
        }
    }
}

fn by_contract(contract: &Contract, cost: i64) -> Value {
    let signed = &contract.registration;
    json!({
        "customer_code": contract.customer_code,
        "staff_code": signed.staff_code,
        "store_code": signed.store_code,
        "contract_number": contract.contract_number,
        "payment": signed.payment,
        "sold_on": signed.signed_at.date_naive(),
        "vehicle_price_yen": signed.vehicle_price_yen,
        "options_yen": signed.options_yen,
        "fees_yen": signed.fees_yen,
        "discount_yen": signed.discount_yen,
        "trade_in_yen": signed.trade_in_yen,
        "total_yen": signed.total_yen,
        "cost_yen": cost,
        "gross_profit_yen": signed.vehicle_price_yen + signed.options_yen / 2 - signed.discount_yen - cost,
    })
}

fn purchase(vehicle: &Record, sale: &Record, today: &Value) -> Value {
    let of = |record: &Record, member: &str| record.get(member).cloned().unwrap_or_default();
    json!({
        "customer_code": of(sale, "customer_code"),
        "stock_number": of(vehicle, "stock_number"),
        "chassis_number": of(vehicle, "chassis_number"),
        "registration_number": of(vehicle, "registration_number"),
        "maker": of(vehicle, "maker"),
        "model_name": of(vehicle, "model_name"),
        "grade": of(vehicle, "grade"),
        "model_code": of(vehicle, "model_code"),
        "first_registration_ym": of(vehicle, "first_registration_ym"),
        "inspection_expiry_date": of(vehicle, "inspection_expiry_date"),
        "purchased_on": of(sale, "sold_on"),
        "delivered_on": today,
        "owned_until": null,
        "total_yen": of(sale, "total_yen"),
        "payment": of(sale, "payment"),
        "payments_end_on": null,
        "staff_code": of(sale, "staff_code"),
        "store_code": of(sale, "store_code"),
    })
}
