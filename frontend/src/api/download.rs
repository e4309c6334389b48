//! Files that the server writes. The token stays in the header, so the file comes by `fetch` and is handed to the browser as its own.

use futures_util::future::{Either, select};
use futures_util::pin_mut;
use gloo_timers::future::TimeoutFuture;
use js_sys::futures::JsFuture;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{AbortController, Blob, HtmlAnchorElement, Url};

use super::proof::NOT_FRESH;
use super::{Answer, Api, ApiError, Call, prepared};

/// As long as the server may write at most.
const PATIENCE_MS: u32 = 300_000;
/// Browsers begin to save after the tap; by then they have the file.
const KEEP_MS: i32 = 60_000;

/// A file, and what it is called.
pub struct File {
    content: Blob,
    name: String,
}

impl File {
    /// Has the browser save it.
    pub fn save(&self) -> Result<(), JsValue> {
        let address = Url::create_object_url_with_blob(&self.content)?;
        let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(&self.name);
        link.click();
        let forget = wasm_bindgen::closure::Closure::once_into_js(move || Url::revoke_object_url(&address));
        window().set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), KEEP_MS)?;
        Ok(())
    }
}

impl Api {
    /// Fetches a file. What wants a fresh sign-in waits for it and is sent again.
    pub(super) async fn download(self, call: Call) -> Result<File, ApiError> {
        if self.fresh_token().is_none() {
            self.renew().await?;
        }
        let refused = match fetch(&call, self.fresh_token()).await? {
            Ok(file) => return Ok(file),
            Err(refused) => refused,
        };
        if refused.status == 401 {
            self.renew().await?;
        } else if !(refused.is_refused_as(NOT_FRESH) && self.proof.asked().await) {
            return Err(refused.failure());
        }
        fetch(&call, self.fresh_token()).await?.map_err(Answer::failure)
    }
}

/// A file, or what the server says instead.
async fn fetch(call: &Call, token: Option<String>) -> Result<Result<File, Answer>, ApiError> {
    let (request, controller) = prepared(call, token)?;
    let exchange = async {
        let response = request.send().await.map_err(|_| ApiError::Offline)?;
        let request_id = response.headers().get("X-Request-Id");
        if !response.ok() {
            let status = response.status();
            let text = response.text().await.map_err(|_| ApiError::Offline)?;
            return Ok(Err(Answer { status, text, request_id }));
        }
        let name = response.headers().get("Content-Disposition").and_then(|said| name_in(&said)).unwrap_or_default();
        let response: web_sys::Response = response.into();
        // A file that breaks off ends here: it is not to be taken for whole.
        let content = match response.blob() {
            Ok(content) => JsFuture::from(content).await.map_err(|_| ApiError::Offline)?,
            Err(_) => return Err(ApiError::Unexpected { request_id }),
        };
        Ok(Ok(File { content: content.unchecked_into(), name }))
    };
    let patience = TimeoutFuture::new(PATIENCE_MS);
    pin_mut!(exchange);
    match select(exchange, patience).await {
        Either::Left((answer, _)) => answer,
        Either::Right(((), _)) => {
            controller.as_ref().map(AbortController::abort);
            Err(ApiError::Offline)
        }
    }
}

/// The name that is not bound to ASCII (RFC 6266).
fn name_in(disposition: &str) -> Option<String> {
    let (_, encoded) = disposition.split_once("filename*=UTF-8''")?;
    js_sys::decode_uri_component(encoded.split(';').next()?.trim()).ok().map(String::from)
}
