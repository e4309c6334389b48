//! Signing in and out.

use gloo_net::http::Method;
use noren_api::Page;
use noren_api::auth::{Login, PasswordChange, SessionInfo, SignedIn};
use noren_domain::SessionId;

use super::{Api, ApiError, Call, attempt};

impl Api {
    /// Signs in with a password.
    pub async fn sign_in(self, login: Login) -> Result<(), ApiError> {
        let signed_in: SignedIn = attempt(&Call::post("/auth/login").json(&login), None).await?.read()?;
        self.keep(signed_in);
        Ok(())
    }

    /// Gives oneself a new password. The other sessions end; this one goes on with new tokens.
    pub async fn change_password(self, change: PasswordChange) -> Result<(), ApiError> {
        let call = Call::post("/me/password").header("X-Noren", "1").json(&change);
        let signed_in: SignedIn = self.send(call).await?;
        self.keep(signed_in);
        Ok(())
    }

    pub async fn list_sessions(self) -> Result<Vec<SessionInfo>, ApiError> {
        let page: Page<SessionInfo> = self.send(Call::get("/me/sessions")).await?;
        Ok(page.items)
    }

    pub async fn end_session(self, id: SessionId) -> Result<(), ApiError> {
        self.send(Call::new(Method::DELETE, format!("/me/sessions/{id}"))).await
    }

    pub async fn end_other_sessions(self) -> Result<(), ApiError> {
        self.send(Call::post("/me/sessions/end-others")).await
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
