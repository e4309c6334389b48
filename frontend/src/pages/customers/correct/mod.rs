//! 修正依頼 instead of edits: what was asked for and what became of it, and the way to ask again.

mod form;

use leptos::prelude::*;
use noren_api::Page as Rows;
use noren_api::customers::{CorrectionRequest, Customer};
use noren_domain::code::CustomerCode;
use noren_domain::customer::{CorrectionState, Wish};
use noren_domain::staff::Role;

use self::form::{Asking, WishForm};
use super::lines;
use crate::api::{ApiError, use_api};
use crate::session::use_masters;
use crate::ui::badge::Badge;
use crate::ui::button::Button;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

type Wishes = LocalResource<Result<Rows<CorrectionRequest>, ApiError>>;

#[component]
pub fn Corrections(code: CustomerCode, customer: Signal<Customer>) -> impl IntoView {
    let api = use_api();
    let asked = code.clone();
    let wishes: Wishes = LocalResource::new(move || api.list_corrections(asked.clone()));
    let asking = Asking::new(wishes);
    let body = move |Loaded { value, .. }: Loaded<Rows<CorrectionRequest>>| {
        let rows = move || {
            let items = value.with(|page| page.items.clone());
            if items.is_empty() {
                return view! { <p class="t-2">{t(words::correction::none)}</p> }.into_any();
            }
            view! { <ul class="records">{items.into_iter().map(|wish| view! { <OneWish wish asking /> }).collect_view()}</ul> }
                .into_any()
        };
        rows.into_any()
    };
    let code = StoredValue::new(code);
    view! {
        <section class="card">
            <header>
                <Glyph icon=Icon::Pen />
                <h2 class="as-card">{t(words::correction::title)}</h2>
            </header>
            <div class="body stack">
                <p class="t-meta t-2">{t(words::correction::what)}</p>
                <Load resource=wishes failed=words::correction::not_loaded skeleton=|| view! { <Skeleton lines=2 /> } view=body />
                <p>
                    <Button icon=Icon::Pen on_click=Callback::new(move |()| asking.begin(None))>{t(words::correction::ask)}</Button>
                </p>
            </div>
        </section>
        <Dialog open=asking.open title=Signal::derive(move || asking.title(lang()).to_owned())>
            <WishForm code=code.get_value() customer asking />
        </Dialog>
    }
}

#[component]
fn OneWish(wish: CorrectionRequest, asking: Asking) -> impl IntoView {
    let mend = is_to_be_mended(&wish).then(|| {
        let wish = wish.clone();
        let mend = Callback::new(move |()| asking.begin(Some(wish.clone())));
        view! { <p><Button icon=Icon::Pen on_click=mend>{t(words::correction::mend)}</Button></p> }
    });
    let typed = wish.decided_at.zip(wish.entered_by_name).map(|(at, by)| {
        let when = move || date::near(at, use_ticker().get_untracked(), lang());
        view! { <p class="t-meta t-2 num">{move || words::correction::entered_by(lang(), when(), &by)}</p> }
    });
    let CorrectionRequest { wishes, note, state, requested_at, staff_name, reason, .. } = wish;
    let (tone, stands) = lines::state(state);
    let when = move || date::near(requested_at, use_ticker().get_untracked(), lang());
    let by = staff_name.map(|name| format!("・{name}"));
    let line = |Wish { field, seen, wanted }: Wish| {
        let empty = || words::common::empty(lang()).to_owned();
        let said = move || {
            let (seen, wanted) = (seen.clone().unwrap_or_else(empty), wanted.clone().unwrap_or_else(empty));
            words::correction::change(lang(), lines::field(field)(lang()), seen, wanted)
        };
        view! { <li class="wish">{said}</li> }
    };
    let why = reason.map(|reason| {
        view! { <p class="t-meta t-warn">{move || words::correction::reason(lang(), &reason)}</p> }
    });
    let help = (state == CorrectionState::Stuck)
        .then(|| view! { <p class="t-meta t-2">{t(words::correction::stuck_what)}</p> });
    view! {
        <li>
            <p class="line" data-wrap>
                <Badge tone>{t(stands)}</Badge>
                <span class="t-meta t-3 num">{when} {by}</span>
            </p>
            <ul>{wishes.into_iter().map(line).collect_view()}</ul>
            {note.map(|note| view! { <p class="t-meta t-2 note">{note}</p> })}
            {why}
            {typed}
            {help}
            {mend}
        </li>
    }
}

/// Whether the person may mend what EXTREME did not take: whoever wished it may, and managers.
fn is_to_be_mended(wish: &CorrectionRequest) -> bool {
    let masters = use_masters();
    let may = wish.staff_id == masters.me.id || matches!(masters.me.role, Role::Manager | Role::Administrator);
    may && wish.state == CorrectionState::Stuck
}
