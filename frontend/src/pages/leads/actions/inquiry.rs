//! 問い合わせを記録: another contact of the same person.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use noren_api::leads::NewInquiry;

use super::hands::Hands;
use super::sheet::Sheet;
use crate::api::{ApiError, idempotency_key};
use crate::session::use_masters;
use crate::ui::button::Button;
use crate::ui::field::{Opt, SelectField, TextField};
use crate::ui::icon::Icon;
use crate::ui::later::{Draw, LaterDialog, Open};
use crate::words::{self, lang, lang_untracked, t};

#[component]
pub fn InquiryButton() -> impl IntoView {
    #[wasm_split(lead_sheets, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn inquiry_sheet() -> Result<Draw, SplitLoaderError> {
        Ok(|| InquirySheet().into_any())
    }
    let open = RwSignal::new(false);
    let title = Signal::derive(move || words::inquiry::title(lang()).to_owned());
    view! {
        <Button icon=Icon::Inquiry short=words::inquiry::short on_click=Callback::new(move |()| open.set(true))>
            {t(words::inquiry::title)}
        </Button>
        <LaterDialog open title code=|| Box::pin(inquiry_sheet()) />
    }
}

#[component]
fn InquirySheet() -> impl IntoView {
    let (Open(open), hands) = (expect_context(), Hands::take());
    let masters = use_masters();
    let key = StoredValue::new(idempotency_key());
    let (source, body) = (RwSignal::new(hands.lead().profile.source_code), RwSignal::new(String::new()));
    let sources = move || {
        let active = masters.sources.iter().filter(|source| source.active);
        active
            .map(|source| Opt { value: source.code.0.clone(), label: masters.source_name(&source.code.0, lang()) })
            .collect::<Vec<_>>()
    };
    let save = Action::new_local(move |(): &()| async move {
        let words = Some(body.get_untracked()).filter(|words| !words.trim().is_empty());
        let new = NewInquiry { source_code: source.get_untracked(), body: words };
        let id = hands.lead().id;
        let added = hands.api.add_inquiry(id, new, key.get_value()).await;
        // What was registered before is to be seen behind the sheet.
        if added.as_ref().err().is_none_or(ApiError::is_registered_before) {
            hands.refetch(id);
        }
        added?;
        hands.toasts.say(words::inquiry::done(lang_untracked()));
        open.set(false);
        Ok::<(), ApiError>(())
    });
    view! {
        <Sheet open action=save failed=words::inquiry::failed save=words::inquiry::save>
            <SelectField
                name="inquiry_source"
                label=Signal::derive(move || words::field::source(lang()).to_owned())
                options=Signal::derive(sources)
                value=source
                on_choose=Callback::new(move |code| source.set(code))
            />
            <TextField
                name="inquiry_body"
                label=Signal::derive(move || words::inquiry::body(lang()).to_owned())
                value=body
                on_type=Callback::new(move |text| body.set(text))
                rows=5
            />
        </Sheet>
    }
}
