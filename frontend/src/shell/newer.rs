//! A newer version of the app waits, and comes when a person says so.

use leptos::prelude::*;

use crate::boot;
use crate::ui::button::{Button, Kind};
use crate::words::{self, t};

#[component]
pub fn NewerMark() -> impl IntoView {
    let newer = boot::told(boot::NEWER);
    let renew = Callback::new(|()| boot::ask(boot::RENEW));
    let said = move || {
        newer.get().then(|| {
            view! {
                <div class="link-mark" data-tone="accent">
                    <span>{t(words::shell::newer)}</span>
                    <Button kind=Kind::Quiet on_click=renew>{t(words::shell::renew)}</Button>
                </div>
            }
        })
    };
    view! { <div role="status">{said}</div> }
}
