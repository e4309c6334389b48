//! お客様表示: the screen turned to a customer, and back.

use gloo_net::http::Method;
use leptos::prelude::Update as _;
use noren_api::auth::Me;
use noren_api::customer_view::{CustomerView, TurnBack, TurnTo, Turned};
use noren_domain::LeadId;

use super::{Api, ApiError, Call};
use crate::device;
use crate::known;
use crate::session::Session;

/// What everything that is no customer's is refused with.
pub(super) const VIEW: &str = "view.customer";
/// Changes whenever the screen is turned here, so that the other tabs of this browser look again.
pub const TURNED: &str = "noren.turned";

impl Api {
    /// To whom the screen is turned, as they see themselves.
    pub async fn read_customer_view(self) -> Result<CustomerView, ApiError> {
        self.send(Call::get("/me/customer-view")).await
    }

    /// Turns the screen to a customer; everything that was shown before is gone with the frame that it stood in.
    pub async fn turn_to(self, lead: Option<LeadId>) -> Result<(), ApiError> {
        let call = Call::new(Method::PUT, "/me/customer-view").header("X-Noren", "1").json(&TurnTo { lead_id: lead });
        let view: CustomerView = self.send(call).await?;
        self.turned(Some(Turned { since: view.since, lead_id: lead }));
        Ok(())
    }

    /// Turns it back.
    pub async fn turn_back(self, proof: TurnBack) -> Result<(), ApiError> {
        self.send::<()>(Call::post("/me/customer-view/leave").json(&proof)).await?;
        self.turned(None);
        Ok(())
    }

    /// Asks anew how the session stands.
    pub async fn look_again(self) {
        if let Ok(me) = self.send::<Me>(Call::get("/me")).await {
            known::turn(me.customer_view);
            self.take_up(me);
        }
    }

    fn turned(self, view: Option<Turned>) {
        known::turn(view);
        device::keep(TURNED, &view.map_or_else(String::new, |view| view.since.to_rfc3339()));
        self.session.update(|session| {
            if let Session::In(me) = session {
                me.customer_view = view;
            }
        });
    }
}
