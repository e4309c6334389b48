//! The stream of changes. A browser's own `EventSource` cannot send the access token, so it is read piece by piece.

use js_sys::Uint8Array;
use js_sys::futures::JsFuture;
use wasm_bindgen::JsCast as _;
use web_sys::{AbortController, ReadableStreamDefaultReader, ReadableStreamReadResult};

use super::{Api, ApiError, Call, prepared};

/// A stream that is being read. It is called off when this is dropped.
pub struct Listening {
    reader: ReadableStreamDefaultReader,
    _ear: Ear,
}

struct Ear(Option<AbortController>);

impl Drop for Ear {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Listening {
    /// What came next; nothing once the stream has ended or is broken.
    pub async fn next(&self) -> Option<Vec<u8>> {
        let read = JsFuture::from(self.reader.read()).await.ok()?;
        let read: ReadableStreamReadResult = read.unchecked_into();
        read.get_value().dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
    }
}

impl Api {
    /// Opens the stream, from the event on that was heard last.
    pub async fn listen(self, last: Option<i64>) -> Result<Listening, ApiError> {
        if self.fresh_token().is_none() {
            self.renew().await?;
        }
        let mut call = Call::get("/events");
        if let Some(last) = last {
            call = call.header("Last-Event-ID", last.to_string());
        }
        let (request, controller) = prepared(&call, self.fresh_token())?;
        let ear = Ear(controller);
        let response = request.send().await.map_err(|_| ApiError::Offline)?;
        if response.status() == 401 {
            // The next attempt has another token, or there is no session any more.
            self.renew().await?;
        }
        let reader = response.body().filter(|_| response.ok()).and_then(|body| body.get_reader().dyn_into().ok());
        Ok(Listening { reader: reader.ok_or(ApiError::Unexpected { request_id: None })?, _ear: ear })
    }
}
