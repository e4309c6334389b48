//! アクセス記録: who looked at whose data, the newest first.

use leptos::prelude::*;
use noren_api::access_events::{AccessEvent, AccessExport, AccessFilter};
use noren_domain::access::AccessKind;
use noren_domain::clock::japan_date;

use super::changes::near_end;
use super::export::{ExportFailure, ExportFoot, exporting};
use super::frame::{AuditGate, AuditHead, DayHeading, Narrowed};
use super::look::Look;
use super::narrow::{Days, Looking, Narrow, actors};
use super::said;
use crate::api::use_api;
use crate::paging::{Ask, First, Pager};
use crate::routes::Page;
use crate::session::{Session, use_masters};
use crate::ui::button::{Button, LinkButton};
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::field::Opt;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::words::{self, lang, t};

type Wanted = Looking<AccessFilter>;

#[component]
pub fn LooksPage() -> impl IntoView {
    view! {
        <main class="page audit">
            <AuditGate may=Session::administers view=|| view! { <Looks /> }.into_any() />
        </main>
    }
}

#[component]
fn Looks() -> impl IntoView {
    let (api, looking) = (use_api(), Looking::<AccessFilter>::new(Page::AccessEvents));
    let pager = Pager::new(move |Ask { after, limit }| {
        Box::pin(api.list_access_events(AccessFilter { after, limit, ..looking.wanted.get() }))
    });
    let export =
        exporting(move |format| api.export_access_events(AccessExport::of(looking.wanted.get_untracked(), format)));
    let body = move |loaded: Loaded<First<AccessEvent>>| view! { <Rows loaded pager looking /> }.into_any();
    let grow = move || {
        if let Some(Ok(first)) = pager.first.get_untracked() {
            pager.append(&first);
        }
    };
    view! {
        <AuditHead />
        <Filters looking />
        <div class="scroll settings-body" on:scroll:target=move |ev| near_end(&ev.target(), grow)>
            <ExportFailure export />
            <Load
                resource=pager.first
                failed=words::audit::looks_not_loaded
                skeleton=|| view! { <SkeletonRows rows=6 /> }
                view=body
            />
        </div>
        <ExportFoot export />
    }
}

#[component]
fn Filters(looking: Wanted) -> impl IntoView {
    let masters = use_masters();
    let option = |kind: AccessKind| Opt { value: kind.as_str().to_owned(), label: said::kind(kind)(lang()).to_owned() };
    let kinds = Signal::derive(move || AccessKind::ALL.map(option).to_vec());
    let people = Signal::derive(move || actors(&masters));
    let named = |name: String| AccessKind::ALL.into_iter().find(|kind| kind.as_str() == name);
    let choose_kind = move |name: Option<String>| looking.change(|wanted| wanted.kind = name.and_then(named));
    let day = move |(first, day)| {
        looking.change(|wanted| if first { wanted.from = day } else { wanted.to = day });
    };
    view! {
        <div class="audit-filters" role="search">
            <Narrow
                name="kind"
                label=words::audit::what
                any=words::audit::any_look
                options=kinds
                value=Signal::derive(move || looking.wanted.with(|wanted| wanted.kind.map(|kind| kind.as_str().to_owned())))
                choose=Callback::new(choose_kind)
            />
            <Narrow
                name="actor"
                label=words::audit::looker
                any=words::audit::anybody
                options=people
                value=Signal::derive(move || looking.wanted.with(|wanted| wanted.actor.clone()))
                choose=Callback::new(move |actor| looking.change(|wanted| wanted.actor = actor))
            />
            <Days
                from=Signal::derive(move || looking.wanted.with(|wanted| wanted.from))
                to=Signal::derive(move || looking.wanted.with(|wanted| wanted.to))
                choose=Callback::new(day)
            />
            <LinkButton href=Page::AccessRecording.href() icon=Icon::Wrench>{t(words::recording::way)}</LinkButton>
        </div>
    }
}

#[component]
fn Rows(loaded: Loaded<First<AccessEvent>>, pager: Pager<AccessEvent>, looking: Wanted) -> impl IntoView {
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| headed(pager.rows(first))));
    let about = Memo::new(move |_| looking.wanted.with(|wanted| wanted.subject_id));
    let narrowed = move || {
        about.get().map(|id| {
            let named = rows.with(|rows| {
                let seen = rows.iter().flat_map(|(_, look)| &look.subjects);
                seen.filter(|seen| seen.id == id).find_map(|seen| seen.name.clone())
            });
            let what = Signal::derive(move || match &named {
                Some(name) => words::audit::looks_named(lang(), name),
                None => words::audit::looks_one(lang()).to_owned(),
            });
            view! { <Narrowed what clear=looking.clear() /> }
        })
    };
    let old = move || {
        failure.get().map(|failure| {
            view! { <FailureNotice failure=Signal::stored(failure) title=words::audit::looks_not_loaded /> }
        })
    };
    let nothing = move || rows.with(Vec::is_empty).then(|| view! { <Nothing looking /> });
    view! {
        {old}
        {narrowed}
        {nothing}
        <ol class="audit-rows">
            <For each=move || rows.get() key=|(heads, look)| (*heads, look.id) let((heads, look))>
                {heads.then(|| view! { <li><DayHeading at=look.at /></li> })}
                <Look look />
            </For>
        </ol>
        <More tail=pager.tail(first) />
    }
}

/// Each look, and whether a day begins with it.
fn headed(looks: Vec<AccessEvent>) -> Vec<(bool, AccessEvent)> {
    let mut last = None;
    let row = |look: AccessEvent| {
        let day = Some(japan_date(look.at));
        (std::mem::replace(&mut last, day) != day, look)
    };
    looks.into_iter().map(row).collect()
}

#[component]
fn Nothing(looking: Wanted) -> impl IntoView {
    let narrows = looking.narrows();
    let say = if narrows { words::audit::nothing_matches } else { words::audit::no_looks };
    view! {
        <Empty icon=Icon::Known title=Signal::derive(move || say(lang()).to_owned())>
            {narrows.then(|| view! { <Button on_click=looking.clear()>{t(words::list::clear)}</Button> })}
        </Empty>
    }
}
