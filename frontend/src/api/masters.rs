//! The small lists that every screen joins names from.

use gloo_net::http::Method;
use noren_api::Page;
use noren_api::lead_sources::{LeadSource, LeadSourceMaster};
use noren_api::postal_codes::PostalPlace;
use noren_api::postal_codes::PostalPlaces;
use noren_api::staff::StaffMember;
use noren_api::stores::Store;
use noren_api::system::System;
use noren_api::tags::{Tag, TagMaster};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::leads::etag;
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

    pub async fn get_lead_source_master(self) -> Result<LeadSourceMaster, ApiError> {
        self.send(Call::get("/lead-source-master")).await
    }

    /// Sends the list that was seen in this version as it is to be.
    pub async fn edit_lead_source_master(self, version: i64, patch: Value) -> Result<LeadSourceMaster, ApiError> {
        let call = Call::new(Method::PATCH, "/lead-source-master").header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    pub async fn list_tags(self) -> Result<Vec<Tag>, ApiError> {
        self.every("/tags").await
    }

    pub async fn get_tag_master(self) -> Result<TagMaster, ApiError> {
        self.send(Call::get("/tag-master")).await
    }

    /// Sends the list that was seen in this version as it is to be.
    pub async fn edit_tag_master(self, version: i64, patch: Value) -> Result<TagMaster, ApiError> {
        let call = Call::new(Method::PATCH, "/tag-master").header("If-Match", etag(version));
        self.send(call.body("application/merge-patch+json", &patch)).await
    }

    pub async fn get_system(self) -> Result<System, ApiError> {
        self.send(Call::get("/system")).await
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
