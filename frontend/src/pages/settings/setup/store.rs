//! The first store, by the parts of its own page, with the hours that most dealers have.

use leptos::prelude::*;
use noren_api::stores::StoreProfile;
use noren_domain::company::SetupStep;
use noren_domain::store::{OpeningHours, Weekday};

use super::Run;
use super::step::{Progress, StepPage};
use crate::api::idempotency_key;
use crate::drafts::DraftKey;
use crate::editor::{FormPage, FormWords, Sending, look_after};
use crate::pages::settings::content::Content as _;
use crate::pages::settings::stores::{Draft, Parts};
use crate::pages::settings::work::Work;
use crate::routes::Page;
use crate::session::use_masters;
use crate::words::{self, t};

const WORDS: FormWords =
    FormWords { title: words::setup::store, save: words::setup::next, failed: words::edit::not_saved };
const CODE: &str = "001";
/// Dealers are open at the weekend, and closed on Wednesdays.
const CLOSED: Weekday = Weekday::Wednesday;
const HOURS: (&str, &str) = ("10:00", "19:00");

/// What most first stores begin from.
fn usual() -> Draft {
    let (opens, closes) = HOURS;
    let day =
        |weekday: Weekday| Some(OpeningHours { weekday, opens: opens.parse().ok()?, closes: closes.parse().ok()? });
    let hours = Weekday::ALL.into_iter().filter(|weekday| *weekday != CLOSED).filter_map(day).collect();
    Draft::of(&StoreProfile { code: CODE.to_owned(), hours, ..StoreProfile::default() })
}

#[component]
pub fn StoreStep(run: Run) -> impl IntoView {
    let stores: Vec<String> =
        use_masters().stores.iter().filter(|store| !store.closed).map(|store| store.name.clone()).collect();
    if stores.is_empty() {
        return view! { <FirstStore run /> }.into_any();
    }
    view! {
        <StepPage
            run
            step=SetupStep::Store
            title=words::setup::store
            lead=words::setup::store_there
            next_label=words::setup::next
            next=Some(SetupStep::Staff)
        >
            <ul class="settings-rows">
                {stores.into_iter().map(|name| view! { <li class="settings-row"><b class="t-lead">{name}</b></li> }).collect_view()}
            </ul>
        </StepPage>
    }
    .into_any()
}

#[component]
fn FirstStore(run: Run) -> impl IntoView {
    let key = DraftKey::of_store(use_masters().me.id, None);
    let (work, was_kept) = Work::begin((None, usual()), Some(idempotency_key()), key);
    let (restored, saved) = (RwSignal::new(was_kept), look_after(work));
    let save = Action::new_local(move |draft: &Draft| {
        let (profile, key) = (draft.sent(), work.request.get_value().unwrap_or_else(idempotency_key));
        async move {
            if let Err(error) = run.api.create_store(profile, key).await {
                work.refused(&error);
                return Err(error);
            }
            saved.try_run(());
            run.go(Some(SetupStep::Staff)).await
        }
    });
    let send = Callback::new(move |()| {
        if let Some(draft) = work.checked() {
            save.dispatch_local(draft);
        }
    });
    let on_drop = Callback::new(move |()| {
        work.restart(None, usual());
        work.request.set_value(Some(idempotency_key()));
        restored.set(false);
    });
    let head = view! { <Progress step=SetupStep::Store /> }.into_any();
    view! {
        <FormPage words=WORDS back=Signal::stored(Page::Settings.href()) sending=Sending::of(save) send restored on_drop head>
            <p class="t-2">{t(words::setup::store_lead)}</p>
            <Parts work />
        </FormPage>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_store_lacks_nothing_but_a_name() {
        let mut draft = usual();
        assert_eq!(draft.sent().hours.len(), 6);
        draft.name = "前橋店".into();
        assert!(draft.problems().is_empty());
    }
}
