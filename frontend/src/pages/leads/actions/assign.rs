//! 担当を変更: who takes the lead.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use noren_api::leads::AssignTo;
use noren_domain::StaffId;

use super::hands::Hands;
use super::sheet::Sheet;
use crate::api::ApiError;
use crate::pages::leads::detail::use_lead_view;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, Choices};
use crate::ui::later::{Draw, LaterDialog, Open};
use crate::words::{self, lang, lang_untracked, t};

#[component]
pub fn AssignButton() -> impl IntoView {
    #[wasm_split(lead_sheets, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn assign_sheet() -> Result<Draw, SplitLoaderError> {
        Ok(|| AssignSheet().into_any())
    }
    let lead = use_lead_view().lead;
    let open = RwSignal::new(false);
    let title = Signal::derive(move || words::assign::title(lang()).to_owned());
    // Open, it stays with what was chosen and with why it was refused, whatever others do meanwhile.
    let allowed = Memo::new(move |_| open.get() || lead.with(|lead| lead.allowed.assign));
    move || {
        allowed.get().then(|| {
            view! {
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(true))>{t(words::assign::title)}</Button>
                <LaterDialog open title code=|| Box::pin(assign_sheet()) />
            }
        })
    }
}

#[component]
fn AssignSheet() -> impl IntoView {
    let (Open(open), hands) = (expect_context(), Hands::take());
    let masters = use_masters();
    let me = masters.me.id;
    let lead = hands.lead();
    let chosen = RwSignal::new(lead.assignee_id.map(|id| id.to_string()).unwrap_or_default());
    let choices = move || {
        let label = |id: StaffId, name: &str| {
            if id == me { words::assign::me(lang(), name) } else { name.to_owned() }
        };
        let colleagues = masters.colleagues_of(lead.store_id);
        let named = colleagues.into_iter().map(|staff| Choice::new(staff.id.to_string(), label(staff.id, &staff.name)));
        named.chain(std::iter::once(Choice::new("", words::lead::nobody(lang())))).collect::<Vec<_>>()
    };
    let save = Action::new_local(move |(): &()| async move {
        let to = AssignTo { assignee_id: chosen.get_untracked().parse().ok() };
        let lead = hands.lead();
        let assigned = hands.api.assign_lead(lead.id, lead.version, to).await;
        hands.refetch(lead.id);
        assigned?;
        hands.toasts.say(words::assign::done(lang_untracked()));
        open.set(false);
        Ok::<(), ApiError>(())
    });
    view! {
        <Sheet open action=save failed=words::assign::failed save=words::assign::save>
            <Choices
                name="assignee"
                legend=Signal::derive(move || words::assign::whom(lang()).to_owned())
                choices=Signal::derive(choices)
                chosen
                on_choose=Callback::new(move |id| chosen.set(id))
            />
        </Sheet>
    }
}
