//! 変更の記録: who changed what, the newest first.

use leptos::prelude::*;
use noren_api::audit_events::{AuditEvent, AuditExport, AuditFilter};
use noren_domain::clock::japan_date;

use super::entry::Entry;
use super::export::{ExportFailure, ExportFoot, exporting};
use super::frame::{AuditGate, AuditHead, DayHeading, Narrowed};
use super::narrow::{Days, Looking, Narrow, actors};
use super::said::{AREAS, area};
use crate::api::use_api;
use crate::paging::{Ask, First, Pager};
use crate::routes::Page;
use crate::session::{Session, use_masters};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::field::Opt;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

/// How far from its end a list asks for more.
const AHEAD: i32 = 900;

type Wanted = Looking<AuditFilter>;

#[component]
pub fn ChangesPage() -> impl IntoView {
    view! {
        <main class="page audit">
            <AuditGate may=Session::audits view=|| view! { <Changes /> }.into_any() />
        </main>
    }
}

#[component]
fn Changes() -> impl IntoView {
    let (api, looking) = (use_api(), Looking::<AuditFilter>::new(Page::Audit));
    let pager = Pager::new(move |Ask { after, limit }| {
        Box::pin(api.list_audit_events(AuditFilter { after, limit, ..looking.wanted.get() }))
    });
    let export =
        exporting(move |format| api.export_audit_events(AuditExport::of(looking.wanted.get_untracked(), format)));
    let body = move |loaded: Loaded<First<AuditEvent>>| view! { <Entries loaded pager looking /> }.into_any();
    view! {
        <AuditHead />
        <Filters looking />
        <div class="scroll settings-body" on:scroll:target=move |ev| near_end(&ev.target(), move || grow(pager))>
            <ExportFailure export />
            <Load
                resource=pager.first
                failed=words::audit::not_loaded
                skeleton=|| view! { <SkeletonRows rows=6 /> }
                view=body
            />
        </div>
        <ExportFoot export />
    }
}

fn grow<T: Clone + Send + Sync + 'static>(pager: Pager<T>) {
    if let Some(Ok(first)) = pager.first.get_untracked() {
        pager.append(&first);
    }
}

/// Does it once the end of what scrolls comes near.
pub fn near_end(list: &web_sys::Element, act: impl Fn()) {
    if list.scroll_height() - list.scroll_top() - list.client_height() < AHEAD {
        act();
    }
}

#[component]
fn Filters(looking: Wanted) -> impl IntoView {
    let masters = use_masters();
    let areas = Signal::derive(move || {
        AREAS.iter().map(|name| Opt { value: (*name).to_owned(), label: area(name, lang()) }).collect::<Vec<_>>()
    });
    let people = {
        let masters = masters.clone();
        Signal::derive(move || {
            let mut people = actors(&masters);
            people.push(Opt { value: "system".to_owned(), label: words::audit::system(lang()).to_owned() });
            people
        })
    };
    let several = masters.stores.len() > 1;
    let chains = Signal::derive(move || {
        let company = Opt { value: "company".to_owned(), label: words::audit::company(lang()).to_owned() };
        let stores = masters.stores.iter();
        let stores = stores.map(|store| Opt { value: format!("store:{}", store.id), label: store.name.clone() });
        stores.chain([company]).collect::<Vec<_>>()
    });
    let of = move |read: fn(&AuditFilter) -> Option<String>| Signal::derive(move || looking.wanted.with(read));
    let day = move |(first, day)| {
        looking.change(|wanted| if first { wanted.from = day } else { wanted.to = day });
    };
    view! {
        <div class="audit-filters" role="search">
            <Narrow
                name="area"
                label=words::audit::what
                any=words::audit::any_what
                options=areas
                value=of(|wanted| wanted.area.clone())
                choose=Callback::new(move |area| looking.change(|wanted| wanted.area = area))
            />
            <Narrow
                name="actor"
                label=words::audit::who
                any=words::audit::anybody
                options=people
                value=of(|wanted| wanted.actor.clone())
                choose=Callback::new(move |actor| looking.change(|wanted| wanted.actor = actor))
            />
            {several.then(|| {
                view! {
                    <Narrow
                        name="chain"
                        label=words::lead::store
                        any=words::staff::any_store
                        options=chains
                        value=of(|wanted| wanted.chain.clone())
                        choose=Callback::new(move |chain| looking.change(|wanted| wanted.chain = chain))
                    />
                }
            })}
            <Days
                from=Signal::derive(move || looking.wanted.with(|wanted| wanted.from))
                to=Signal::derive(move || looking.wanted.with(|wanted| wanted.to))
                choose=Callback::new(day)
            />
        </div>
    }
}

#[component]
fn Entries(loaded: Loaded<First<AuditEvent>>, pager: Pager<AuditEvent>, looking: Wanted) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| headed(pager.rows(first))));
    let about = Memo::new(move |_| looking.wanted.with(|wanted| wanted.subject.is_some()));
    let narrowed = move || {
        about.get().then(|| {
            let named = rows.with(|rows| rows.iter().find_map(|(_, event)| event.subject_name.clone()));
            let what = Signal::derive(move || match &named {
                Some(name) => words::audit::only_named(lang(), name),
                None => words::audit::only_one(lang()).to_owned(),
            });
            view! { <Narrowed what clear=looking.clear() /> }
        })
    };
    let old = move || {
        failure
            .get()
            .map(|failure| view! { <FailureNotice failure=Signal::stored(failure) title=words::audit::not_loaded /> })
    };
    let nothing = move || rows.with(Vec::is_empty).then(|| view! { <Nothing looking /> });
    view! {
        {old}
        {narrowed}
        {nothing}
        <ol class="audit-rows">
            <For
                each=move || rows.get()
                key=|(heads, event)| (*heads, event.chain.clone(), event.sequence)
                let((heads, event))
            >
                {heads.then(|| view! { <li><DayHeading at=event.at /></li> })}
                <Entry event />
            </For>
        </ol>
        <More tail=pager.tail(first) />
    }
}

/// Each entry, and whether a day begins with it.
fn headed(events: Vec<AuditEvent>) -> Vec<(bool, AuditEvent)> {
    let mut last = None;
    let row = |event: AuditEvent| {
        let day = Some(japan_date(event.at));
        (std::mem::replace(&mut last, day) != day, event)
    };
    events.into_iter().map(row).collect()
}

#[component]
fn Nothing(looking: Wanted) -> impl IntoView {
    let narrows = looking.narrows();
    let say = if narrows { words::audit::nothing_matches } else { words::audit::nothing };
    view! {
        <Empty icon=Icon::Clock title=Signal::derive(move || say(lang()).to_owned())>
            {narrows.then(|| view! { <Button on_click=looking.clear()>{t(words::list::clear)}</Button> })}
        </Empty>
    }
}
