//! アクセス記録: who looked at whose data, the newest first.

use leptos::prelude::*;
use noren_api::access_events::{AccessEvent, AccessExport, AccessFilter};
use noren_domain::access::AccessKind;
use noren_domain::{AccessEventId, Timestamp};

use super::export::exporting;
use super::frame::{AuditGate, AuditHead};
use super::look::Look;
use super::narrow::{Days, Looking, Narrow, actors};
use super::records::{Record, Records, Said};
use super::said;
use crate::api::use_api;
use crate::paging::{Ask, Pager};
use crate::routes::Page;
use crate::session::{Session, use_masters};
use crate::ui::button::LinkButton;
use crate::ui::field::Opt;
use crate::ui::icon::Icon;
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
    view! {
        <AuditHead />
        <Filters looking />
        <Records pager looking export />
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

impl Record for AccessEvent {
    type Filter = AccessFilter;
    type Key = AccessEventId;

    const SAID: Said = Said {
        icon: Icon::Known,
        not_loaded: words::audit::looks_not_loaded,
        nothing: words::audit::no_looks,
        one: words::audit::looks_one,
        named: |lang, name| words::audit::looks_named(lang, name),
    };

    fn at(&self) -> Timestamp {
        self.at
    }

    fn key(&self) -> AccessEventId {
        self.id
    }

    fn about_one(wanted: &AccessFilter) -> bool {
        wanted.subject_id.is_some()
    }

    fn name_of(&self, wanted: &AccessFilter) -> Option<String> {
        self.subjects.iter().find(|seen| Some(seen.id) == wanted.subject_id)?.name.clone()
    }

    fn draw(self) -> AnyView {
        view! { <Look look=self /> }.into_any()
    }
}
