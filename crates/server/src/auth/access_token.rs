//! Access tokens: JWTs (RFC 9068) of five minutes that prove a session and grant nothing.

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use noren_domain::{SessionId, StaffId, Timestamp};
use rand::RngExt;
use serde::{Deserialize, Serialize};

use crate::Error;

/// How long an access token lives.
pub const LIFE: TimeDelta = TimeDelta::minutes(5);
const AUDIENCE: &str = "noren";

/// Makes and reads access tokens, always with HS256.
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    issuer: String,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: StaffId,
    sid: SessionId,
    iat: i64,
    exp: i64,
    jti: String,
}

impl AccessTokens {
    #[must_use]
    pub fn new(key: &[u8; 32], issuer: &str) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The library reads the system clock; ours is injected, so `exp` is compared below.
        validation.validate_exp = false;
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            validation,
            issuer: issuer.to_owned(),
        }
    }

    /// A token for a session.
    ///
    /// # Errors
    /// `Internal` when it cannot be signed.
    pub fn issue(&self, staff: StaffId, session: SessionId, now: Timestamp) -> Result<String, Error> {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some("at+jwt".to_owned());
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: staff,
            sid: session,
            iat: now.timestamp(),
            exp: (now + LIFE).timestamp(),
            jti: format!("{:032x}", rand::rng().random::<u128>()),
        };
        encode(&header, &claims, &self.encoding).map_err(|error| Error::Internal(error.to_string()))
    }

    /// The session that a token proves.
    ///
    /// # Errors
    /// `SessionEnded` when it is not ours, altered or past its time.
    pub fn session(&self, token: &str, now: Timestamp) -> Result<SessionId, Error> {
        let data = decode::<Claims>(token, &self.decoding, &self.validation).map_err(|_| Error::SessionEnded)?;
        let is_access_token = data.header.typ.as_deref() == Some("at+jwt");
        if is_access_token && now.timestamp() < data.claims.exp {
            Ok(data.claims.sid)
        } else {
            Err(Error::SessionEnded)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_token_proves_its_session_for_five_minutes() {
        let tokens = AccessTokens::new(&[1; 32], "https://noren.example");
        let now = Timestamp::from_timestamp(1_700_000_000, 0).unwrap();
        let (staff, session) = (StaffId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
        let token = tokens.issue(staff, session, now).unwrap();
        assert_eq!(tokens.session(&token, now + TimeDelta::seconds(299)).unwrap(), session);
        assert!(tokens.session(&token, now + LIFE).is_err());
        assert!(AccessTokens::new(&[2; 32], "https://noren.example").session(&token, now).is_err());
        assert!(AccessTokens::new(&[1; 32], "https://other.example").session(&token, now).is_err());
        assert!(tokens.session("eyJhbGciOiJub25lIn0.e30.", now).is_err());
    }
}
