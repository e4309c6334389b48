//! The codes on paper, shown once.

use leptos::prelude::*;

use crate::ui::button::{Button, Kind, Size};
use crate::ui::copied::Copied;
use crate::ui::icon::Mark;
use crate::words::{self, lang, t};

#[component]
pub fn CodesSheet(codes: Vec<String>, on_kept: Callback<()>) -> impl IntoView {
    let all = codes.join(" ");
    let print = Callback::new(|()| {
        let _ = window().print();
    });
    let item = |code: String| view! { <li class="num">{code}</li> };
    view! {
        <div class="dialog-body">
            <p class="slip-once">{t(words::factor::codes_once)}</p>
            <article class="slip recovery">
                <header class="line">
                    <Mark />
                    <b class="grow">{t(words::factor::codes_title)}</b>
                </header>
                <ol class="recovery-codes" aria-label=move || words::factor::codes_title(lang())>
                    {codes.into_iter().map(item).collect_view()}
                </ol>
                <p class="t-meta">{t(words::factor::codes_use)}</p>
            </article>
            <Copied id="recovery_codes" label=words::factor::codes_copy text=all />
        </div>
        <footer>
            <Button kind=Kind::Secondary on_click=print>{t(words::staff::print)}</Button>
            <Button kind=Kind::Primary size=Size::Large on_click=on_kept>{t(words::factor::codes_kept)}</Button>
        </footer>
    }
}
