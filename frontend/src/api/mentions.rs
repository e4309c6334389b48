//! The notes that call the signed-in person.

use noren_api::leads::{Mention, MentionCounts};
use noren_api::{Page, PageQuery};
use noren_domain::LeadId;

use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_mentions(self, page: PageQuery) -> Result<Page<Mention>, ApiError> {
        self.send(Call::get("/me/mentions").query(&page)).await
    }

    pub async fn count_mentions(self) -> Result<MentionCounts, ApiError> {
        self.send(Call::get("/me/mention-counts")).await
    }

    /// The person has looked at everything on a lead that calls them.
    pub async fn see_mentions(self, id: LeadId) -> Result<(), ApiError> {
        self.send(Call::post(format!("/leads/{id}/see-mentions"))).await
    }
}
