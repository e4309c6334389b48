//! The operations of the contract, one row each, and what each needs.

mod changes;
mod contracts;
mod corrections;
mod cursor;
mod customers;
mod holds;
mod once;
mod quotes;
mod revisions;
mod staff;
mod stock;
mod token;

use actix_web::http::Method;

use crate::access::Scope;
use crate::http::{Answer, Call};
use crate::problem::Problem;
use crate::stream::Stream;

/// What a caller needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    /// To be known.
    Entry,
    Scope(Scope),
}

/// One operation of the contract.
#[derive(Debug)]
pub struct Operation {
    /// Its `operationId`.
    pub id: &'static str,
    pub method: Method,
    pub path: &'static str,
    pub needs: Needs,
    pub(crate) run: fn(&Call) -> Result<Answer, Problem>,
}

const fn get(
    id: &'static str,
    path: &'static str,
    needs: Needs,
    run: fn(&Call) -> Result<Answer, Problem>,
) -> Operation {
    Operation { id, method: Method::GET, path, needs, run }
}

const fn post(
    id: &'static str,
    path: &'static str,
    needs: Needs,
    run: fn(&Call) -> Result<Answer, Problem>,
) -> Operation {
    Operation { id, method: Method::POST, path, needs, run }
}

const fn changes_of(
    id: &'static str,
    path: &'static str,
    stream: Stream,
    run: fn(&Call) -> Result<Answer, Problem>,
) -> Operation {
    get(id, path, Needs::Scope(stream.scope()), run)
}

const STOCK: Needs = Needs::Scope(Scope::StockRead);
const CUSTOMERS: Needs = Needs::Scope(Scope::CustomersRead);
const HOLDS: Needs = Needs::Scope(Scope::HoldsWrite);
const CONTRACTS: Needs = Needs::Scope(Scope::ContractsWrite);
const CORRECTIONS: Needs = Needs::Scope(Scope::CorrectionsWrite);

/// All of them, those of one path together.
pub static OPERATIONS: &[Operation] = &[
    post("issue_token", "/oauth/token", Needs::Nothing, token::issue_token),
    get("read_health", "/health", Needs::Entry, token::read_health),
    changes_of("list_vehicle_changes", "/vehicles", Stream::Vehicles, |call| changes::list(call, Stream::Vehicles)),
    get("read_vehicle", "/vehicles/{stock_number}", STOCK, stock::read_vehicle),
    get("read_availability", "/vehicles/{stock_number}/availability", STOCK, stock::read_availability),
    get("read_photo", "/photos/{photo_id}", STOCK, stock::read_photo),
    changes_of("list_sale_changes", "/sales", Stream::Sales, |call| changes::list(call, Stream::Sales)),
    changes_of("list_stock_purchase_changes", "/stock-purchases", Stream::StockPurchases, |call| {
        changes::list(call, Stream::StockPurchases)
    }),
    changes_of("list_customer_changes", "/customers", Stream::Customers, |call| changes::list(call, Stream::Customers)),
    get("read_customer", "/customers/{customer_code}", CUSTOMERS, customers::read_customer),
    get("read_purchases_of_customer", "/customers/{customer_code}/purchases", CUSTOMERS, |call| {
        customers::read_all(call, Stream::Purchases)
    }),
    get("read_maintenance_of_customer", "/customers/{customer_code}/maintenance-records", CUSTOMERS, |call| {
        customers::read_all(call, Stream::MaintenanceRecords)
    }),
    get("read_inspections_of_customer", "/customers/{customer_code}/inspections", CUSTOMERS, |call| {
        customers::read_all(call, Stream::Inspections)
    }),
    changes_of("list_purchase_changes", "/purchases", Stream::Purchases, |call| changes::list(call, Stream::Purchases)),
    changes_of("list_maintenance_record_changes", "/maintenance-records", Stream::MaintenanceRecords, |call| {
        changes::list(call, Stream::MaintenanceRecords)
    }),
    changes_of("list_inspection_changes", "/inspections", Stream::Inspections, |call| {
        changes::list(call, Stream::Inspections)
    }),
    changes_of("list_staff_changes", "/staff", Stream::Staff, |call| changes::list(call, Stream::Staff)),
    get("read_staff", "/staff/{staff_code}", Needs::Scope(Scope::StaffRead), staff::read_staff),
    Operation {
        id: "put_staff",
        method: Method::PUT,
        path: "/staff/{staff_code}",
        needs: Needs::Scope(Scope::StaffWrite),
        run: staff::put_staff,
    },
    post("place_hold", "/vehicles/{stock_number}/holds", HOLDS, holds::place_hold),
    get("read_hold", "/holds/{hold_id}", STOCK, holds::read_hold),
    Operation {
        id: "extend_hold",
        method: Method::PATCH,
        path: "/holds/{hold_id}",
        needs: HOLDS,
        run: holds::extend_hold,
    },
    Operation {
        id: "release_hold",
        method: Method::DELETE,
        path: "/holds/{hold_id}",
        needs: HOLDS,
        run: holds::release_hold,
    },
    post("register_quote", "/quotes", Needs::Scope(Scope::QuotesWrite), quotes::register_quote),
    post("register_contract", "/contracts", CONTRACTS, contracts::register_contract),
    get("read_contract", "/contracts/{contract_number}", CONTRACTS, contracts::read_contract),
    post("cancel_contract", "/contracts/{contract_number}/cancel", CONTRACTS, contracts::cancel_contract),
    post("request_correction", "/correction-requests", CORRECTIONS, corrections::request_correction),
    get(
        "read_correction_request",
        "/correction-requests/{correction_number}",
        CORRECTIONS,
        corrections::read_correction_request,
    ),
    get("list_revisions", "/revisions/{stream}", Needs::Entry, revisions::list_revisions),
];
