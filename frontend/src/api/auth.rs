//! Signing in and out.

use gloo_net::http::Method;
use leptos::prelude::SetValue as _;
use noren_api::Page;
use noren_api::auth::{
    InvitationCode, Invited, Joining, Login, NewPin, PasswordChange, PersonHere, RecoveryAccepted, RecoveryRequest,
    SessionInfo, SignedIn, StepUp, Unlock,
};
use noren_api::second_factors::SecondFactorWanted;
use noren_domain::SessionId;

use super::{Answer, Api, ApiError, Call, PATIENCE_MS, attempt, lock};
use crate::words::lang_untracked;

impl Api {
    /// Signs in with a password; what else is asked for, where it is.
    pub async fn sign_in(self, login: Login) -> Result<Option<SecondFactorWanted>, ApiError> {
        self.entered(attempt(&Call::post("/auth/login").json(&login), None).await?)
    }

    fn entered(self, answer: Answer) -> Result<Option<SecondFactorWanted>, ApiError> {
        if answer.status == 202 {
            return answer.read().map(Some);
        }
        self.keep(answer.read()?);
        Ok(None)
    }

    /// Who can go on at this tablet by their PIN.
    pub async fn people_here(self) -> Result<Vec<PersonHere>, ApiError> {
        let page: Page<PersonHere> = attempt(&Call::get("/auth/people"), None).await?.read()?;
        Ok(page.items)
    }

    /// Goes on as one of them.
    pub async fn unlock(self, unlock: Unlock) -> Result<(), ApiError> {
        let call = Call::post("/auth/unlock").header("X-Noren", "1").json(&unlock);
        let signed_in: SignedIn = attempt(&call, None).await?.read()?;
        self.keep(signed_in);
        Ok(())
    }

    /// Locks the screen; what is kept on this device for the next one stays.
    pub async fn lock_screen(self) -> Result<(), ApiError> {
        let locked: Result<(), ApiError> = self.send(Call::post("/me/lock")).await;
        if locked.is_ok() {
            self.forget();
        }
        locked
    }

    /// Gives oneself a PIN.
    pub async fn set_pin(self, pin: NewPin) -> Result<(), ApiError> {
        self.send::<()>(Call::new(Method::PUT, "/me/pin".to_owned()).json(&pin)).await?;
        self.has_pin(true);
        Ok(())
    }

    pub async fn remove_pin(self) -> Result<(), ApiError> {
        self.send::<()>(Call::new(Method::DELETE, "/me/pin".to_owned())).await?;
        self.has_pin(false);
        Ok(())
    }

    /// Whom an invitation is for.
    pub async fn read_invitation(self, code: InvitationCode) -> Result<Invited, ApiError> {
        attempt(&Call::post("/auth/invitation").json(&code), None).await?.read()
    }

    /// Chooses the password of whom the invitation is for, and signs in; what else is asked for, where it is.
    pub async fn join(self, joining: Joining) -> Result<Option<SecondFactorWanted>, ApiError> {
        self.entered(attempt(&Call::post("/auth/join").json(&joining), None).await?)
    }

    /// Asks for a link to choose a new password, in the language that the screen speaks.
    pub async fn recover(self, mail: String) -> Result<RecoveryAccepted, ApiError> {
        let call = Call::post("/auth/recovery").header("Accept-Language", lang_untracked().tag());
        attempt(&call.json(&RecoveryRequest { mail }), None).await?.read()
    }

    /// Gives oneself a new password. The other sessions end; this one goes on with new tokens.
    pub async fn change_password(self, change: PasswordChange) -> Result<(), ApiError> {
        let call = Call::post("/me/password").header("X-Noren", "1").json(&change);
        let signed_in: SignedIn = self.send(call).await?;
        self.keep(signed_in);
        Ok(())
    }

    /// Proves again who it is; whatever waits for that is sent.
    pub async fn step_up(self, proof: StepUp) -> Result<(), ApiError> {
        if self.fresh_token().is_none() {
            self.renew().await?;
        }
        self.alone(self.ask_to_step_up(proof)).await?;
        self.proof.give();
        Ok(())
    }

    /// The token of before is nobody's meanwhile: the server ends it before the next one arrives here.
    async fn ask_to_step_up(self, proof: StepUp) -> Result<(), ApiError> {
        // The cookie changes with the session's id, which no renewal in another tab must cross.
        let _alone = lock::hold("noren.renew", PATIENCE_MS).await;
        let before = self.take_token();
        let call = Call::post("/auth/step-up").header("X-Noren", "1").json(&proof);
        let answered = attempt(&call, before.as_ref().map(|token| token.value.clone())).await.and_then(Answer::read);
        match answered {
            Ok(signed_in) => self.keep(signed_in),
            Err(error) => {
                self.token.set_value(before);
                return Err(error);
            }
        }
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
