//! 個人情報を消去: the button, whose dialog is a part that comes later.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::erasure::EraseSheet;
use crate::pages::leads::detail::use_lead_view;
use crate::ui::button::{Button, Kind};
use crate::ui::later::{Draw, LaterDialog};
use crate::words::{self, lang, t};

#[component]
pub fn EraseButton() -> impl IntoView {
    #[wasm_split(lead_sheets, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn erase_sheet() -> Result<Draw, SplitLoaderError> {
        Ok(|| EraseSheet().into_any())
    }
    let lead = use_lead_view().lead;
    let open = RwSignal::new(false);
    let title = Signal::derive(move || words::lead::erase(lang()).to_owned());
    // Open, it stays with what was chosen and with why it was refused, whatever others do meanwhile.
    let allowed = Memo::new(move |_| open.get() || lead.with(|lead| lead.allowed.erase));
    move || {
        allowed.get().then(|| {
            view! {
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(true))>{t(words::lead::erase)}</Button>
                <LaterDialog open title code=|| Box::pin(erase_sheet()) />
            }
        })
    }
}
