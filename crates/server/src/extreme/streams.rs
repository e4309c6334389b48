//! Which of the gateway's operations brings which record.

use noren_domain::customer::{Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff_record::StaffRecord;
use noren_domain::vehicle::Vehicle;
use noren_extreme::{Error, Gateway, Page};
use noren_persistence::copies::Copied;

/// A record of which a copy is kept, and how a page of its stream is asked for.
pub trait Streamed: Copied + 'static {
    fn page(gateway: &dyn Gateway, after: Option<&str>) -> impl Future<Output = Result<Page<Self>, Error>>;
}

macro_rules! streamed {
    ($($record:ty => $operation:ident;)+) => {$(
        impl Streamed for $record {
            async fn page(gateway: &dyn Gateway, after: Option<&str>) -> Result<Page<Self>, Error> {
                gateway.$operation(after).await
            }
        }
    )+};
}

streamed! {
    Vehicle => vehicle_changes;
    Sale => sale_changes;
    StockPurchase => stock_purchase_changes;
    Customer => customer_changes;
    Purchase => purchase_changes;
    MaintenanceRecord => maintenance_changes;
    Inspection => inspection_changes;
    StaffRecord => staff_changes;
}
