//! The eight streams of records, and what the contract says of each.

use serde::{Deserialize, Serialize};

use crate::access::Scope;
use crate::store::Record;

/// What can be read as changes since a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    Vehicles,
    Sales,
    StockPurchases,
    Customers,
    Purchases,
    MaintenanceRecords,
    Inspections,
    Staff,
}

impl Stream {
    pub const ALL: [Self; 8] = [
        Self::Vehicles,
        Self::Sales,
        Self::StockPurchases,
        Self::Customers,
        Self::Purchases,
        Self::MaintenanceRecords,
        Self::Inspections,
        Self::Staff,
    ];

    /// As cursors and the comparison call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vehicles => "vehicles",
            Self::Sales => "sales",
            Self::StockPurchases => "stock_purchases",
            Self::Customers => "customers",
            Self::Purchases => "purchases",
            Self::MaintenanceRecords => "maintenance_records",
            Self::Inspections => "inspections",
            Self::Staff => "staff",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stream| stream.name() == name)
    }

    /// The member that holds a record's key.
    pub const fn key_member(self) -> &'static str {
        match self {
            Self::Vehicles => "stock_number",
            Self::Sales => "sale_number",
            Self::StockPurchases => "stock_purchase_number",
            Self::Customers => "customer_code",
            Self::Purchases => "purchase_number",
            Self::MaintenanceRecords => "record_number",
            Self::Inspections => "inspection_number",
            Self::Staff => "staff_code",
        }
    }

    /// What a caller needs to read it.
    pub const fn scope(self) -> Scope {
        match self {
            Self::Vehicles => Scope::StockRead,
            Self::Sales | Self::StockPurchases => Scope::SalesRead,
            Self::Customers | Self::Purchases | Self::MaintenanceRecords | Self::Inspections => Scope::CustomersRead,
            Self::Staff => Scope::StaffRead,
        }
    }

    /// The members that only `costs:read` sees.
    pub const fn costs(self) -> &'static [&'static str] {
        match self {
            Self::Vehicles => &["purchase_cost_yen"],
            Self::Sales => &["cost_yen", "gross_profit_yen"],
            Self::StockPurchases => &["price_yen", "transport_yen", "reconditioning_yen"],
            _ => &[],
        }
    }

    /// The two members by which records are found beside their key: of what, and in which order.
    const fn found_by(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Vehicles => Some(("status", "listed_on")),
            Self::Sales => Some(("stock_number", "sold_on")),
            Self::Purchases => Some(("customer_code", "purchased_on")),
            Self::MaintenanceRecords => Some(("customer_code", "received_on")),
            Self::Inspections => Some(("customer_code", "performed_on")),
            Self::StockPurchases | Self::Customers | Self::Staff => None,
        }
    }

    /// Under which words a record is found beside its key.
    pub fn finding(self, record: &Record) -> Option<(String, String)> {
        let (of, order) = self.found_by()?;
        let text = |member| record.get(member).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        Some((text(of), text(order)))
    }
}
