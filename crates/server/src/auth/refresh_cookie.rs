//! The refresh token's cookie, and the proof that a request which uses it comes from our own pages.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{self, HeaderMap};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rand::RngExt;
use sha2::{Digest, Sha256};

use crate::Error;

const NAME: &str = "__Host-noren_refresh";

/// A refresh token: 256 random bits, of which only the hash is kept.
pub struct Token(String);

impl Token {
    pub fn mint() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>()))
    }

    /// The token that the request brings.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.cookie(NAME).map(|cookie| Self(cookie.value().to_owned()))
    }

    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    pub fn cookie(&self) -> Cookie<'static> {
        let mut cookie = emptied();
        cookie.set_value(self.0.clone());
        cookie.set_max_age(Duration::hours(12));
        cookie
    }
}

/// The cookie that takes the token away.
pub fn emptied() -> Cookie<'static> {
    Cookie::build(NAME, "")
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::ZERO)
        .finish()
}

/// Refuses requests that another site could have caused: they lack our header, or come from elsewhere.
///
/// # Errors
/// `CrossSite`.
pub fn require_same_site(headers: &HeaderMap, base_url: &str) -> Result<(), Error> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let ours = match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => text(header::ORIGIN).is_some_and(|origin| origin == base_url),
    };
    if ours && headers.contains_key("x-noren") { Ok(()) } else { Err(Error::CrossSite) }
}
