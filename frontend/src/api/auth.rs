//! Signing in and out.

use noren_api::auth::{Login, SignedIn};

use super::{Api, ApiError, Call, attempt};

impl Api {
    /// Signs in with a password.
    pub async fn sign_in(self, login: Login) -> Result<(), ApiError> {
        let signed_in: SignedIn = attempt(&Call::post("/auth/login").json(&login), None).await?.read()?;
        self.keep(signed_in);
        Ok(())
    }

    /// Ends the session on the server and here. Without a network it stays: the cookie would still be good.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        let ended: Result<(), ApiError> = self.send(Call::post("/auth/logout").header("X-Noren", "1")).await;
        match ended {
            Err(error) if error.status() != 401 => Err(error),
            _ => {
                self.forget();
                Ok(())
            }
        }
    }
}
