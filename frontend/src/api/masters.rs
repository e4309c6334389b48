//! The small lists that every screen joins names from.

use noren_api::Page;
use noren_api::lead_sources::LeadSource;
use noren_api::postal_codes::PostalPlace;
use noren_api::postal_codes::PostalPlaces;
use noren_api::staff::StaffMember;
use noren_api::stores::Store;
use serde::de::DeserializeOwned;

use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_staff(self) -> Result<Vec<StaffMember>, ApiError> {
        self.every("/staff").await
    }

    pub async fn list_stores(self) -> Result<Vec<Store>, ApiError> {
        self.every("/stores").await
    }

    pub async fn list_lead_sources(self) -> Result<Vec<LeadSource>, ApiError> {
        self.every("/lead-sources").await
    }

    /// The places of a postal code of seven digits.
    pub async fn find_places(self, digits: &str) -> Result<Vec<PostalPlace>, ApiError> {
        let places: PostalPlaces = self.send(Call::get(format!("/postal-codes/{digits}"))).await?;
        Ok(places.items)
    }

    /// A short list, which comes whole.
    pub(super) async fn every<T: DeserializeOwned>(self, path: &str) -> Result<Vec<T>, ApiError> {
        let page: Page<T> = self.send(Call::get(path)).await?;
        Ok(page.items)
    }
}
