//! 変更の記録: who changed what, the newest first.

use leptos::prelude::*;
use noren_api::audit_events::{AuditEvent, AuditExport, AuditFilter};
use noren_domain::Timestamp;

use super::entry::Entry;
use super::export::exporting;
use super::frame::{AuditGate, AuditHead};
use super::narrow::{Days, Looking, Narrow, actors};
use super::records::{Record, Records, Said};
use super::said::{AREAS, area};
use crate::api::use_api;
use crate::paging::{Ask, Pager};
use crate::routes::Page;
use crate::session::{Session, use_masters};
use crate::ui::field::Opt;
use crate::ui::icon::Icon;
use crate::words::{self, lang};

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
    view! {
        <AuditHead />
        <Filters looking />
        <Records pager looking export />
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

impl Record for AuditEvent {
    type Filter = AuditFilter;
    type Key = (String, i64);

    const SAID: Said = Said {
        icon: Icon::Clock,
        not_loaded: words::audit::not_loaded,
        nothing: words::audit::nothing,
        one: words::audit::only_one,
        named: |lang, name| words::audit::only_named(lang, name),
    };

    fn at(&self) -> Timestamp {
        self.at
    }

    fn key(&self) -> Self::Key {
        (self.chain.clone(), self.sequence)
    }

    fn about_one(wanted: &AuditFilter) -> bool {
        wanted.subject.is_some()
    }

    fn name_of(&self, _: &AuditFilter) -> Option<String> {
        self.subject_name.clone()
    }

    fn draw(self) -> AnyView {
        view! { <Entry event=self /> }.into_any()
    }
}
