//! What somebody sees of whom a second factor is required, and who has none yet: how to set one up, and the way out.

use leptos::prelude::*;

use super::card::SecondFactorSettings;
use crate::api::use_api;
use crate::ui::button::{Button, Kind};
use crate::ui::door::Door;
use crate::words::{self, t};

#[component]
pub fn EnrolPage() -> impl IntoView {
    let api = use_api();
    let leave = Action::new_local(move |(): &()| api.sign_out());
    let on_click = Callback::new(move |()| {
        leave.dispatch_local(());
    });
    view! {
        <Door title=words::factor::enrol lead=words::factor::enrol_lead>
            <p>{t(words::factor::enrol_why)}</p>
            <SecondFactorSettings />
            <p><Button kind=Kind::Quiet busy=leave.pending() on_click>{t(words::account::sign_out)}</Button></p>
        </Door>
    }
}
