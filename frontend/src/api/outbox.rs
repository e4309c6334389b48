//! 送信箱.

use noren_api::Page;
use noren_api::outbox::{OutboxDestination, OutboxFilter, OutboxMessage, PauseOutbox};
use noren_domain::OutboxMessageId;
use noren_domain::outbox::Destination;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_outbox(self, filter: OutboxFilter) -> Result<Page<OutboxMessage>, ApiError> {
        self.send(Call::get("/outbox-messages").query(&filter)).await
    }

    pub async fn list_outbox_destinations(self) -> Result<Vec<OutboxDestination>, ApiError> {
        self.send(Call::get("/outbox-destinations")).await
    }

    pub async fn pause_outbox(self, to: Destination, body: PauseOutbox) -> Result<Vec<OutboxDestination>, ApiError> {
        self.send(Call::post(format!("/outbox-destinations/{}/pause", to.as_str())).json(&body)).await
    }

    pub async fn resume_outbox(self, to: Destination) -> Result<Vec<OutboxDestination>, ApiError> {
        self.send(Call::post(format!("/outbox-destinations/{}/resume", to.as_str()))).await
    }

    /// `retry` or `discard`, of the message as it was seen.
    pub async fn decide_outbox(self, id: OutboxMessageId, version: i64, act: &str) -> Result<OutboxMessage, ApiError> {
        self.send(Call::post(format!("/outbox-messages/{id}/{act}")).header("If-Match", etag(version))).await
    }
}
