//! By what a request shows who asks: a key, or a token that is renewed before it ends.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::answer::{self, Answer};
use crate::{Cause, Credentials, Error};

/// A token is renewed so long before its end, so that none ends on its way.
const BEFORE_THE_END: Duration = Duration::from_secs(30);

/// However long a token is said to be good, another one is asked for after this.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// The credentials, and the token that was had for them.
pub struct Access {
    credentials: Credentials,
    token: Mutex<Option<Token>>,
}

struct Token {
    text: SecretString,
    /// By [`crate::Clock::elapsed`].
    good_until: Duration,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: u64,
}

impl Access {
    pub fn new(credentials: Credentials) -> Self {
        Self { credentials, token: Mutex::new(None) }
    }

    /// Puts the key or the token into a request; `for_token` is sent where a token is to be had first. Whoever comes meanwhile waits
    /// for that one.
    pub async fn show(
        &self,
        request: RequestBuilder,
        for_token: RequestBuilder,
        now: Duration,
    ) -> Result<RequestBuilder, Error> {
        let (id, secret) = match &self.credentials {
            Credentials::Key(key) => return Ok(request.header("x-extreme-key", hidden(key.expose_secret())?)),
            Credentials::Client { id, secret } => (id, secret),
        };
        let mut kept = self.token.lock().await;
        let good = kept.as_ref().filter(|token| now < token.good_until);
        let text = match good {
            Some(token) => token.text.clone(),
            None => {
                let granted = grant(for_token, id, secret).await?;
                let life = Duration::from_secs(granted.expires_in).min(LONGEST_LIFE).saturating_sub(BEFORE_THE_END);
                let token = Token { text: granted.access_token.into(), good_until: now + life };
                kept.insert(token).text.clone()
            }
        };
        Ok(request.header(AUTHORIZATION, hidden(&format!("Bearer {}", text.expose_secret()))?))
    }

    /// Forgets the token, because EXTREME does not take it any more. Whether there was one to renew.
    pub async fn forget(&self) -> bool {
        self.token.lock().await.take().is_some()
    }
}

async fn grant(request: RequestBuilder, id: &str, secret: &SecretString) -> Result<Granted, Error> {
    let pair = BASE64_STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret.expose_secret())));
    let request = request
        .header(AUTHORIZATION, hidden(&format!("Basic {pair}"))?)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body("grant_type=client_credentials");
    let answer = answer::read(request).await?;
    match answer {
        Answer { status: 200, body, .. } => serde_json::from_slice(&body).map_err(|_| Error::Hostile(Cause::Form)),
        // That there is no such operation says nothing of any record: whoever asks so has the wrong address.
        Answer { status: 400 | 401 | 403 | 404 | 410, .. } => Err(Error::Refused(Cause::Credentials)),
        other => Err(other.fault()),
    }
}

/// As RFC 6749 wants id and secret before they are joined (section 2.3.1).
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A header that no log and no debug output shows.
fn hidden(text: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(text).map_err(|_| Error::Refused(Cause::Credentials))?;
    value.set_sensitive(true);
    Ok(value)
}
