//! The cookie that a browser is known again by, so that those who signed in on one tablet can take turns there.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rand::RngExt;
use sha2::{Digest, Sha256};

use crate::Error;

const NAME: &str = "__Host-noren_tablet";
/// As long as browsers keep a cookie.
const LIFE: Duration = Duration::days(400);

/// A browser: 256 random bits, of which only the hash is kept. They prove nothing by themselves.
pub struct Tablet(String);

impl Tablet {
    /// The browser that the request comes from, if it has signed somebody in before.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let cookie = request.cookie(NAME)?;
        let is_ours = BASE64_URL_SAFE_NO_PAD.decode(cookie.value()).is_ok_and(|bits| bits.len() == 32);
        is_ours.then(|| Self(cookie.value().to_owned()))
    }

    pub fn of_or_new(request: &HttpRequest) -> Self {
        Self::of(request).unwrap_or_else(|| Self(BASE64_URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>())))
    }

    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Has the browser remember it.
    ///
    /// # Errors
    /// None that can happen: the value is plain.
    pub fn remember(&self, mut response: HttpResponse) -> Result<HttpResponse, Error> {
        let cookie = Cookie::build(NAME, self.0.clone())
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(SameSite::Strict)
            .max_age(LIFE)
            .finish();
        response.add_cookie(&cookie).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(response)
    }
}
