//! What people prove who they are with besides the password.

use gloo_net::http::Method;
use noren_api::auth::{Me, SignedIn, StepUp};
use noren_api::second_factors::{
    AuthenticatorOffer, AuthenticatorProof, NewPasskey, PasskeyChallenge, PasskeySignIn, RecoveryCodes, SecondFactor,
    SecondFactors, SecondFactorsChanged,
};
use noren_domain::{PasskeyId, StaffId};

use super::{Api, ApiError, Call, attempt};
use crate::passkey;

/// What a change led to. The person as they are now is shown once the codes were seen.
#[derive(Clone)]
pub struct Changed {
    pub recovery_codes: Vec<String>,
    pub me: Me,
}

/// Why a passkey did not help.
pub enum PasskeyError {
    /// The device or its owner would not.
    Declined,
    Api(ApiError),
}

impl From<ApiError> for PasskeyError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl Api {
    /// Answers what the first factor was answered with.
    pub async fn pass_second_factor(self, answer: SecondFactor) -> Result<(), ApiError> {
        let signed_in: SignedIn = attempt(&Call::post("/auth/second-factor").json(&answer), None).await?.read()?;
        self.keep(signed_in);
        Ok(())
    }

    /// Signs in by a passkey of this device, whoever's it is.
    pub async fn sign_in_by_passkey(self) -> Result<(), PasskeyError> {
        let asked: PasskeyChallenge = attempt(&Call::post("/auth/passkey/challenges"), None).await?.read()?;
        let PasskeyChallenge { challenge, options, .. } = asked;
        let passkey = passkey::ask(&options).await.ok_or(PasskeyError::Declined)?;
        let call = Call::post("/auth/passkey").json(&PasskeySignIn { challenge, passkey });
        let signed_in: SignedIn = attempt(&call, None).await?.read()?;
        self.keep(signed_in);
        Ok(())
    }

    /// Proves again by a passkey who it is.
    pub async fn step_up_by_passkey(self) -> Result<(), PasskeyError> {
        let PasskeyChallenge { challenge, options, .. } = self.send(Call::post("/auth/step-up/challenges")).await?;
        let passkey = passkey::ask(&options).await.ok_or(PasskeyError::Declined)?;
        Ok(self.step_up(StepUp { challenge: Some(challenge), passkey: Some(passkey), ..StepUp::default() }).await?)
    }

    pub async fn list_second_factors(self) -> Result<SecondFactors, ApiError> {
        self.send(Call::get("/me/second-factors")).await
    }

    pub async fn offer_authenticator(self) -> Result<AuthenticatorOffer, ApiError> {
        self.send(Call::post("/me/authenticator")).await
    }

    pub async fn confirm_authenticator(self, proof: AuthenticatorProof) -> Result<Changed, ApiError> {
        self.changed(Call::post("/me/authenticator/confirm").json(&proof)).await
    }

    pub async fn remove_authenticator(self) -> Result<Changed, ApiError> {
        self.changed(Call::new(Method::DELETE, "/me/authenticator")).await
    }

    /// Makes a passkey on this device.
    pub async fn add_passkey(self, name: String) -> Result<Changed, PasskeyError> {
        let PasskeyChallenge { challenge, options, .. } = self.send(Call::post("/me/passkeys/challenges")).await?;
        let passkey = passkey::make(&options).await.ok_or(PasskeyError::Declined)?;
        let new = NewPasskey { challenge, name, passkey };
        Ok(self.changed(Call::post("/me/passkeys").json(&new)).await?)
    }

    pub async fn remove_passkey(self, id: PasskeyId) -> Result<Changed, ApiError> {
        self.changed(Call::new(Method::DELETE, format!("/me/passkeys/{id}"))).await
    }

    pub async fn make_recovery_codes(self) -> Result<Vec<String>, ApiError> {
        let made: RecoveryCodes = self.send(Call::post("/me/recovery-codes")).await?;
        Ok(made.recovery_codes)
    }

    /// Takes another person's second factors away.
    pub async fn reset_second_factors(self, id: StaffId) -> Result<(), ApiError> {
        self.send(Call::new(Method::DELETE, format!("/staff/{id}/second-factors"))).await
    }

    async fn changed(self, call: Call) -> Result<Changed, ApiError> {
        let SecondFactorsChanged { recovery_codes, signed_in } = self.send(call).await?;
        let me = self.keep_token(signed_in);
        Ok(Changed { recovery_codes, me })
    }
}
