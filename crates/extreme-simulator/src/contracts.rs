//! 成約: contracts that Noren registered. From then on the car is sold and EXTREME's number rules.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Time;
use crate::holds::{self, Hold, holder};
use crate::known::Known;
use crate::problem::Problem;
use crate::store::{Record, Shelf, Writing};
use crate::stream::Stream;

/// In which a car is not sold yet.
const UNSOLD: &[&str] = &["purchased", "in_transit", "received", "reconditioning", "listed", "negotiating"];

/// A signed contract, as Noren sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    pub reference: String,
    pub extreme_quote_number: Option<String>,
    pub stock_number: String,
    pub hold_id: Option<String>,
    pub customer_code: Option<String>,
    pub customer: Buyer,
    pub staff_code: String,
    pub store_code: String,
    pub signed_at: Time,
    pub formed_at: Option<Time>,
    pub vehicle_price_yen: i64,
    #[serde(default)]
    pub options_yen: i64,
    #[serde(default)]
    pub fees_yen: i64,
    #[serde(default)]
    pub discount_yen: i64,
    #[serde(default)]
    pub trade_in_yen: i64,
    pub total_yen: i64,
    pub payment: String,
    pub pdf_sha256: String,
}

/// Who buys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    pub kind: String,
    pub name: String,
    pub kana: Option<String>,
    pub phone: Option<String>,
    pub mail: Option<String>,
    pub postal_code: Option<String>,
    pub address: Option<String>,
}

/// How a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Registered,
    Cancelled,
    Delivered,
}

impl State {
    /// As the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registered => "登録済",
            Self::Cancelled => "取消",
            Self::Delivered => "納車済",
        }
    }
}

/// A contract with all that it was registered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    pub contract_number: String,
    pub revision: u64,
    pub customer_code: String,
    pub state: State,
    pub registered_at: Time,
    pub cancelled_at: Option<Time>,
    pub registration: Registration,
}

impl Contract {
    /// What the contract with Noren shows of it.
    pub fn shown(&self) -> Value {
        json!({
            "contract_number": self.contract_number,
            "reference": self.registration.reference,
            "stock_number": self.registration.stock_number,
            "customer_code": self.customer_code,
            "state": self.state,
            "registered_at": self.registered_at,
            "cancelled_at": self.cancelled_at,
        })
    }
}

/// Registers a contract: the car is sold, its hold is over, and a new customer is made where EXTREME knows none.
///
/// # Errors
/// 422 for codes that nobody has, 409 for a car that is sold already or held by somebody else.
pub fn register(writing: &Writing, registration: Registration, now: Time) -> Result<Contract, Problem> {
    let vehicle = checked(writing, &registration)?;
    require_unsold(&vehicle, &registration)?;
    if let Some(hold_id) = holder(&vehicle)
        && let Some(hold) = writing.paper::<Hold>(Shelf::Holds, hold_id)?
    {
        holds::end(writing, hold, holds::State::Contracted, now, now)?;
    }
    let customer_code = match &registration.customer_code {
        Some(customer_code) => customer_code.clone(),
        None => new_customer(writing, &registration, now)?,
    };
    let year = now.format("%Y");
    let number = writing.number(&format!("contracts {year}"))?;
    let contract = Contract {
        contract_number: format!("K-{year}-{number:06}"),
        revision: 1,
        customer_code,
        state: State::Registered,
        registered_at: now,
        cancelled_at: None,
        registration,
    };
    let stock_number = &contract.registration.stock_number;
    writing.put_paper(Shelf::Contracts, &contract.contract_number, &contract)?;
    writing.put_paper(Shelf::ContractOfVehicle, stock_number, &contract.contract_number)?;
    let sold_on = contract.registration.signed_at.date_naive();
    let members = [("status", "contracted".into()), ("hold", Value::Null), ("sold_on", json!(sold_on))];
    writing.change(Stream::Vehicles, stock_number, now, members)?;
    Ok(contract)
}

/// Cancels a contract; the car is listed again, and a sale that was booked is called off.
///
/// # Errors
/// 409 once the car is delivered.
pub fn cancel(writing: &Writing, contract: Contract, cancelled_at: Time, now: Time) -> Result<Contract, Problem> {
    match contract.state {
        State::Delivered => return Err(Problem::conflict("contract.delivered")),
        State::Cancelled => return Ok(contract),
        State::Registered => {}
    }
    let revision = contract.revision + 1;
    let contract = Contract { state: State::Cancelled, cancelled_at: Some(cancelled_at), revision, ..contract };
    let stock_number = &contract.registration.stock_number;
    writing.put_paper(Shelf::Contracts, &contract.contract_number, &contract)?;
    writing.remove_paper(Shelf::ContractOfVehicle, stock_number)?;
    let members = [("status", "listed".into()), ("hold", Value::Null), ("sold_on", Value::Null)];
    writing.change(Stream::Vehicles, stock_number, now, members)?;
    for sale in writing.found(Stream::Sales, stock_number, 1)? {
        let of_contract = writing.get(Stream::Sales, &sale)?;
        if of_contract
            .is_some_and(|sale| sale.get("contract_number") == Some(&contract.contract_number.as_str().into()))
        {
            let members = [("cancelled_on", json!(cancelled_at.date_naive()))];
            writing.change(Stream::Sales, &sale, now, members)?;
        }
    }
    Ok(contract)
}

fn checked(writing: &Writing, registration: &Registration) -> Result<Record, Problem> {
    let mut known = Known::of(writing);
    known.vehicle("stock_number", Some(&registration.stock_number))?;
    known.staff("staff_code", &registration.staff_code)?;
    known.store("store_code", &registration.store_code)?;
    known.customer("customer_code", registration.customer_code.as_deref())?;
    if let Some(number) = &registration.extreme_quote_number
        && writing.paper::<String>(Shelf::QuoteNumbers, number)?.is_none()
    {
        known.require(Some(("extreme_quote_number", "unknown")));
    }
    known.finish()?;
    writing.get(Stream::Vehicles, &registration.stock_number)?.ok_or_else(Problem::not_found)
}

/// A hold of the contract or of the same member of staff does not stand in its way.
fn require_unsold(vehicle: &Record, registration: &Registration) -> Result<(), Problem> {
    let status = vehicle.get("status").cloned().unwrap_or_default();
    if !status.as_str().is_some_and(|status| UNSOLD.contains(&status)) {
        return Err(Problem::conflict("vehicle.sold").with("vehicle_status", status));
    }
    let Some(hold) = vehicle.get("hold").filter(|hold| !hold.is_null()) else { return Ok(()) };
    let is_own = holder(vehicle) == registration.hold_id.as_deref()
        || hold.get("staff_code") == Some(&registration.staff_code.as_str().into());
    if is_own { Ok(()) } else { Err(Problem::conflict("hold.taken").with("hold", hold.clone())) }
}

fn new_customer(writing: &Writing, registration: &Registration, now: Time) -> Result<String, Problem> {
    let Buyer { kind, name, kana, phone, mail, postal_code, address } = &registration.customer;
    let customer_code = format!("C-{:06}", writing.number(CUSTOMERS)?);
    let customer = json!({
        "kind": kind,
        "name": name,
        "kana": kana,
        "contact_name": null,
        "birthday": null,
        "phones": phone.iter().collect::<Vec<_>>(),
        "mails": mail.iter().collect::<Vec<_>>(),
        "postal_code": postal_code,
        "prefecture": null,
        "city": null,
        "town": null,
        // One line is all that a contract says; a person in EXTREME takes it apart.
        "street": address.as_ref().map(|address| address.chars().take(100).collect::<String>()),
        "building": null,
        "store_code": registration.store_code,
        "staff_code": registration.staff_code,
        "since": now.date_naive(),
    });
    writing.put(Stream::Customers, &customer_code, serde_json::from_value(customer)?, now)?;
    Ok(customer_code)
}

/// The count of customers.
pub const CUSTOMERS: &str = "customers";
