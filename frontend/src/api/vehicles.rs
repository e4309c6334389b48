//! 在庫, the filters that a person keeps, and which leads want which cars.

use gloo_net::http::Method;
use noren_api::Page;
use noren_api::vehicles::{
    ComparedVehicles, InterestedLeads, NewSavedFilter, SavedFilter, Vehicle, VehicleFilter, VehicleOverview,
    VehicleRow, WantedVehicles,
};
use noren_domain::code::StockNumber;
use noren_domain::{LeadId, SavedFilterId};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_vehicles(self, filter: VehicleFilter) -> Result<Page<VehicleRow>, ApiError> {
        self.send(Call::get("/vehicles").query(&filter)).await
    }

    /// What the filter finds, without the cars.
    pub async fn overview_vehicles(self, filter: VehicleFilter) -> Result<VehicleOverview, ApiError> {
        self.send(Call::get("/vehicle-overview").query(&filter)).await
    }

    pub async fn get_vehicle(self, number: StockNumber) -> Result<Vehicle, ApiError> {
        self.send(Call::get(format!("/vehicles/{number}"))).await
    }

    /// A few cars, whole, in the order in which they are named; what is there no longer is left out.
    pub async fn compare_vehicles(self, numbers: Vec<StockNumber>) -> Result<Vec<Vehicle>, ApiError> {
        let numbers: Vec<&str> = numbers.iter().map(StockNumber::as_str).collect();
        let query = ComparedVehicles { stock_numbers: numbers.join(",") };
        let page: Page<Vehicle> = self.send(Call::get("/vehicle-comparison").query(&query)).await?;
        Ok(page.items)
    }

    pub async fn list_interested_leads(self, number: StockNumber) -> Result<InterestedLeads, ApiError> {
        self.send(Call::get(format!("/vehicles/{number}/interested-leads"))).await
    }

    pub async fn list_wanted_vehicles(self, lead: LeadId) -> Result<WantedVehicles, ApiError> {
        self.send(Call::get(format!("/leads/{lead}/wanted-vehicles"))).await
    }

    /// Notes that a lead wants a car; twice is as good as once.
    pub async fn link_vehicle(self, lead: LeadId, number: StockNumber) -> Result<(), ApiError> {
        self.wanted(Method::PUT, lead, &number).await
    }

    pub async fn unlink_vehicle(self, lead: LeadId, number: StockNumber) -> Result<(), ApiError> {
        self.wanted(Method::DELETE, lead, &number).await
    }

    async fn wanted(self, method: Method, lead: LeadId, number: &StockNumber) -> Result<(), ApiError> {
        let call = Call::new(method, format!("/leads/{lead}/wanted-vehicles/{number}"));
        self.send::<IgnoredAny>(call).await.map(drop)
    }

    pub async fn list_saved_filters(self) -> Result<Vec<SavedFilter>, ApiError> {
        self.every("/vehicle-filters").await
    }

    pub async fn keep_filter(self, new: NewSavedFilter, key: String) -> Result<SavedFilter, ApiError> {
        self.send(Call::post("/vehicle-filters").header("Idempotency-Key", key).json(&new)).await
    }

    /// Sends the changed members of a filter that was seen in this version.
    pub async fn edit_saved_filter(
        self,
        id: SavedFilterId,
        version: i64,
        patch: Value,
    ) -> Result<SavedFilter, ApiError> {
        let call = Call::new(Method::PATCH, format!("/vehicle-filters/{id}")).header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    pub async fn delete_saved_filter(self, id: SavedFilterId) -> Result<(), ApiError> {
        self.send(Call::new(Method::DELETE, format!("/vehicle-filters/{id}"))).await
    }
}
