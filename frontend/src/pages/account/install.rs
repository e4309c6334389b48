//! この端末に入れる: why the app belongs on the home screen, and how it gets there.

use leptos::prelude::*;

use crate::boot;
use crate::ui::button::{Button, Kind};
use crate::ui::icon::Icon;
use crate::words::{self, t};

#[component]
pub fn InstallCard() -> impl IntoView {
    let installable = boot::told(boot::INSTALLABLE);
    let install = Callback::new(|()| boot::ask(boot::INSTALL));
    let way = move || {
        if installable.get() {
            view! {
                <p>
                    <Button kind=Kind::Secondary icon=Icon::Plus on_click=install>{t(words::install::install)}</Button>
                </p>
            }
            .into_any()
        } else {
            view! {
                <ol class="steps">
                    <li>{t(words::install::share)}</li>
                    <li>{t(words::install::add)}</li>
                    <li>{t(words::install::open)}</li>
                </ol>
            }
            .into_any()
        }
    };
    let body = if boot::is_installed() {
        view! { <p>{t(words::install::done)}</p> }.into_any()
    } else {
        view! {
            <p>{t(words::install::why)}</p>
            {way}
        }
        .into_any()
    };
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::install::title)}</h2></header>
            <div class="body stack">{body}</div>
        </section>
    }
}
