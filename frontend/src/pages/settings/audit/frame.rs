//! What stands around the pages of the audit: the way back, and the way from one to the other.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::pages::settings::gate::Gate;
use crate::pages::settings::listing::ListHead;
use crate::routes::Page;
use crate::session::Session;
use crate::ui::button::{Button, Kind};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, Lang, lang, t};

/// The pages of the audit, for whoever may open them.
#[component]
pub fn AuditGate(may: fn(&Session) -> bool, view: fn() -> AnyView) -> impl IntoView {
    view! { <Gate may title=words::audit::title not_yours=words::audit::not_yours view /> }
}

/// A page, and what it is called.
type Way = (Page, fn(Lang) -> &'static str);

/// The head with the pages beside one another; what only administrators open is not named to others.
#[component]
pub fn AuditHead() -> impl IntoView {
    let administers = expect_context::<RwSignal<Session>>().with_untracked(Session::administers);
    let pages: [Way; 3] = [
        (Page::Audit, words::audit::changes),
        (Page::AccessEvents, words::audit::looks),
        (Page::AuditVerifications, words::audit::verification),
    ];
    let way = |(page, name): Way| view! { <A href=page.href() exact=true>{t(name)}</A> };
    view! {
        <ListHead title=words::audit::title />
        {administers.then(|| {
            view! {
                <nav class="seg audit-ways" aria-label=t(words::audit::ways)>
                    {pages.into_iter().map(way).collect_view()}
                </nav>
            }
        })}
    }
}

/// The heading of a day in a list.
#[component]
pub fn DayHeading(at: noren_domain::Timestamp) -> impl IntoView {
    let day = move || date::short(at, use_ticker().get_untracked(), lang());
    view! { <h2 class="audit-day">{day}</h2> }
}

/// What narrows a list to one thing, and the way back to everything.
#[component]
pub fn Narrowed(what: Signal<String>, clear: Callback<()>) -> impl IntoView {
    view! {
        <p class="line audit-narrowed" data-wrap>
            <Glyph icon=Icon::Filter />
            <span class="grow">{what}</span>
            <Button kind=Kind::Quiet on_click=clear>{t(words::audit::everything)}</Button>
        </p>
    }
}
