//! 送信箱.

use noren_api::Page;
use noren_api::outbox::{OutboxFilter, OutboxMessage};
use noren_domain::OutboxMessageId;

use super::leads::etag;
use super::{Api, ApiError, Call};

impl Api {
    pub async fn list_outbox(self, filter: OutboxFilter) -> Result<Page<OutboxMessage>, ApiError> {
        self.send(Call::get("/outbox-messages").query(&filter)).await
    }

    /// `retry` or `discard`, of the message as it was seen.
    pub async fn decide_outbox(self, id: OutboxMessageId, version: i64, act: &str) -> Result<OutboxMessage, ApiError> {
        self.send(Call::post(format!("/outbox-messages/{id}/{act}")).header("If-Match", etag(version))).await
    }
}
