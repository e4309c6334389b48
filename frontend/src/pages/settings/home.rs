//! Everything that can be settled, in one list that is searched.

use leptos::prelude::*;
use leptos_router::components::A;
use noren_domain::text::{tidy, to_katakana};

use crate::api::use_api;
use crate::routes::Page;
use crate::session::Session;
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::notice::{Notice, Tone};
use crate::ui::search::SearchField;
use crate::words::{self, Lang, lang, t};

type Words = fn(Lang) -> &'static str;

/// One page of the settings.
struct Entry {
    page: Page,
    icon: Icon,
    name: Words,
    /// What is settled there.
    what: Words,
    /// What else people call it, and what they look for there.
    also: Words,
    may: fn(&Session) -> bool,
}

const ENTRIES: [Entry; 13] = [
    Entry {
        page: Page::Company,
        icon: Icon::Building,
        name: words::company::title,
        what: words::settings::company_what,
        also: words::settings::company_words,
        may: Session::administers,
    },
    Entry {
        page: Page::Staff,
        icon: Icon::Users,
        name: words::staff::title,
        what: words::settings::staff_what,
        also: words::settings::staff_words,
        may: Session::administers,
    },
    Entry {
        page: Page::Stores,
        icon: Icon::Store,
        name: words::stores::title,
        what: words::settings::stores_what,
        also: words::settings::stores_words,
        may: Session::administers,
    },
    Entry {
        page: Page::Forms,
        icon: Icon::Globe,
        name: words::forms::title,
        what: words::settings::forms_what,
        also: words::settings::forms_words,
        may: Session::settles_forms,
    },
    Entry {
        page: Page::LeadSources,
        icon: Icon::Flag,
        name: words::sources::title,
        what: words::settings::sources_what,
        also: words::settings::sources_words,
        may: Session::administers,
    },
    Entry {
        page: Page::Tags,
        icon: Icon::Tag,
        name: words::tags::title,
        what: words::settings::tags_what,
        also: words::settings::tags_words,
        may: Session::administers,
    },
    Entry {
        page: Page::ExternalSystems,
        icon: Icon::Link,
        name: words::external_systems::title,
        what: words::settings::external_systems_what,
        also: words::settings::external_systems_words,
        may: Session::administers,
    },
    Entry {
        page: Page::Audit,
        icon: Icon::Known,
        name: words::audit::title,
        what: words::settings::audit_what,
        also: words::settings::audit_words,
        may: Session::audits,
    },
    Entry {
        page: Page::Extreme,
        icon: Icon::Swap,
        name: words::extreme::title,
        what: words::settings::extreme_what,
        also: words::settings::extreme_words,
        may: Session::settles_forms,
    },
    Entry {
        page: Page::Outbox,
        icon: Icon::Mail,
        name: words::outbox::title,
        what: words::settings::outbox_what,
        also: words::settings::outbox_words,
        may: Session::administers,
    },
    Entry {
        page: Page::ApiClients,
        icon: Icon::Swap,
        name: words::api_clients::title,
        what: words::settings::api_clients_what,
        also: words::settings::api_clients_words,
        may: Session::administers,
    },
    Entry {
        page: Page::About,
        icon: Icon::Wrench,
        name: words::about::title,
        what: words::settings::about_what,
        also: words::settings::about_words,
        may: Session::administers,
    },
    Entry {
        page: Page::Account,
        icon: Icon::Person,
        name: words::account::title,
        what: words::settings::account_what,
        also: words::settings::account_words,
        may: |_| true,
    },
];

impl Entry {
    /// Whether each of the words is found, in either language and any script of kana.
    fn fits(&self, typed: &str) -> bool {
        let texts = Lang::ALL.map(|lang| [self.name, self.what, self.also].map(|text| text(lang)).join(" "));
        let texts = folded(&texts.join(" "));
        folded(typed).split_whitespace().all(|word| texts.contains(word))
    }
}

fn folded(text: &str) -> String {
    to_katakana(&tidy(text)).to_lowercase()
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let may = |entry: &Entry| session.with(|session| (entry.may)(session));
        let fits = |at: &usize| may(&ENTRIES[*at]) && typed.with(|typed| ENTRIES[*at].fits(typed));
        (0..ENTRIES.len()).filter(fits).collect::<Vec<_>>()
    });
    let said = move || {
        let count = found.with(Vec::len);
        let searched = typed.with(|typed| !typed.trim().is_empty());
        (searched && count > 0).then(|| words::settings::found(lang(), count))
    };
    view! {
        <main class="page plain">
            <PageHeading title=Signal::derive(move || words::settings::title(lang()).to_owned()) />
            <Unfinished />
            <form role="search" on:submit=|ev| ev.prevent_default()>
                <SearchField name="setting" label=words::settings::search hint=words::settings::search_hint typed />
            </form>
            <p role="status" class="sr">{said}</p>
            <ul class="settings-ways">{move || found.get().into_iter().map(way).collect_view()}</ul>
            {move || found.with(Vec::is_empty).then(|| view! { <Nothing typed /> })}
        </main>
    }
}

/// The first run, where it was left.
#[component]
fn Unfinished() -> impl IntoView {
    let api = use_api();
    let administers = expect_context::<RwSignal<Session>>().with_untracked(Session::administers);
    let company =
        LocalResource::new(move || async move { if administers { api.get_company().await.ok() } else { None } });
    move || {
        company.get().flatten()?.setup_step?;
        Some(view! {
            <Notice tone=Tone::Accent icon=Icon::Flag>
                <p class="grow"><b>{t(words::settings::setup_open)}</b></p>
                <LinkButton href=Page::Setup.href()>{t(words::settings::setup_go)}</LinkButton>
            </Notice>
        })
    }
}

fn way(at: usize) -> AnyView {
    let Entry { page, icon, name, what, .. } = &ENTRIES[at];
    view! {
        <li>
            <A href=page.href() attr:class="settings-row settings-way">
                <Glyph icon=*icon />
                <b class="t-lead">{t(*name)}</b>
                <span class="t-2">{t(*what)}</span>
            </A>
        </li>
    }
    .into_any()
}

#[component]
fn Nothing(typed: RwSignal<String>) -> impl IntoView {
    let title = Signal::derive(move || typed.with(|typed| words::settings::nothing(lang(), typed.trim())));
    view! {
        <div role="status">
            <Empty icon=Icon::Search title>
                <Button kind=Kind::Secondary on_click=Callback::new(move |()| typed.set(String::new()))>
                    {t(words::settings::clear)}
                </Button>
            </Empty>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_found_by_what_people_call_it() {
        let found = |typed: &str| -> Vec<Page> {
            ENTRIES.iter().filter(|entry| entry.fits(typed)).map(|entry| entry.page).collect()
        };
        assert_eq!(found("").len(), ENTRIES.len());
        for words in ["営業時間", "定休日", "休業日", "しょーるーむ", "opening hours", "ＨＯＬＩＤＡＹ"]
        {
            assert_eq!(found(words), [Page::Stores], "{words}");
        }
        assert_eq!(found("招待コード"), [Page::Staff]);
        assert_eq!(found("すたっふ 招待"), [Page::Staff]);
        assert_eq!(found("パスワード"), [Page::Staff, Page::Account]);
        assert_eq!(found("埋め込み"), [Page::Forms]);
        assert_eq!(found("再送"), [Page::Outbox]);
        assert_eq!(found("きかん 同期"), []);
        assert_eq!(found("基幹 同期"), [Page::Extreme]);
        assert_eq!(found("apiキー"), [Page::ApiClients]);
        assert_eq!(found("あくせす記録"), [Page::Audit]);
        assert_eq!(found("tampering"), [Page::Audit]);
        assert_eq!(found("カーセンサー"), [Page::LeadSources]);
        assert_eq!(found("てんぷれーと"), [Page::ExternalSystems]);
        assert_eq!(found("たぐ"), [Page::Tags]);
        assert_eq!(found("label"), [Page::Tags]);
        assert_eq!(found("バージョン"), [Page::About]);
        assert_eq!(found("車検"), []);
    }
}
