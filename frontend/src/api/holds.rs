//! 仮押さえ.

use noren_api::Page;
use noren_api::holds::{Hold, HoldExtension, HoldFilter, HoldLine, NewHold};
use noren_domain::HoldId;
use noren_domain::code::StockNumber;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    /// Claims a car; the answer waits a moment for EXTREME and tells the state reached.
    pub async fn place_hold(self, number: StockNumber, new: NewHold, key: String) -> Result<Hold, ApiError> {
        let call = Call::post(format!("/vehicles/{number}/holds"));
        self.send(call.header("Idempotency-Key", key).json(&new)).await
    }

    /// The claims on a car, in their order.
    pub async fn list_vehicle_holds(self, number: StockNumber) -> Result<HoldLine, ApiError> {
        self.send(Call::get(format!("/vehicles/{number}/holds"))).await
    }

    /// The person's own, or those of a lead.
    pub async fn list_holds(self, filter: HoldFilter) -> Result<Page<Hold>, ApiError> {
        self.send(Call::get("/holds").query(&filter)).await
    }

    pub async fn get_hold(self, id: HoldId) -> Result<Hold, ApiError> {
        self.send(Call::get(format!("/holds/{id}"))).await
    }

    /// Wants a hold that was seen in this version to last so many hours from now.
    pub async fn extend_hold(self, id: HoldId, version: i64, hours: u8) -> Result<Hold, ApiError> {
        let call = Call::post(format!("/holds/{id}/extend")).header("If-Match", etag(version));
        self.send(call.json(&HoldExtension { hours })).await
    }

    pub async fn release_hold(self, id: HoldId, version: i64) -> Result<Hold, ApiError> {
        self.send(Call::post(format!("/holds/{id}/release")).header("If-Match", etag(version))).await
    }
}
