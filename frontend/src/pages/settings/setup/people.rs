//! The first colleagues: each is made and invited at once, and gets a slip of paper.

use leptos::prelude::*;
use noren_api::staff::{IssuedInvitation, StaffAccount, StaffProfile};
use noren_domain::company::SetupStep;
use noren_domain::staff::Role;

use super::Run;
use super::step::StepPage;
use crate::api::{ApiError, idempotency_key};
use crate::drafts::DraftKey;
use crate::editor::look_after;
use crate::pages::settings::content::Part as _;
use crate::pages::settings::fields::{Section, Select, Text};
use crate::pages::settings::staff::{Part, ROLES, SlipPaper, StaffWork};
use crate::pages::settings::work::Work;
use crate::session::{SharedMasters, use_masters};
use crate::ui::button::{Button, Kind};
use crate::ui::failure::FailureNotice;
use crate::ui::field::{Opt, Typing};
use crate::ui::icon::Icon;
use crate::words::{self, lang, role_name, t};

const MAIL: Typing =
    Typing { kind: None, inputmode: Some("email"), autocomplete: Some("off"), enterkeyhint: None, placeholder: None };

/// Somebody who works at the first store, under the first code that nobody has.
fn blank(masters: &SharedMasters, taken: &[String]) -> StaffProfile {
    let is_taken =
        |code: &String| masters.staff.iter().map(|staff| &staff.code).chain(taken).any(|known| known == code);
    let code = (1..).map(|number| format!("S{number:03}")).find(|code| !is_taken(code)).unwrap_or_default();
    let store_ids = masters.stores.iter().filter(|store| !store.closed).map(|store| store.id).take(1).collect();
    let [name, kana, mail] = [const { String::new() }; 3];
    StaffProfile { code, name, kana, mail, role: Role::Salesperson, store_ids }
}

/// A colleague with the way in that they were given.
type Invited = (StaffAccount, IssuedInvitation);

#[component]
pub fn PeopleStep(run: Run) -> impl IntoView {
    let masters = use_masters();
    let invited = RwSignal::new(Vec::<Invited>::new());
    let key = DraftKey::of_staff(masters.me.id, None);
    let (work, _) = Work::begin((None, blank(&masters, &[])), Some(idempotency_key()), key);
    look_after(work);
    let add = Action::new_local(move |profile: &StaffProfile| {
        let (profile, key) = (profile.clone(), work.request.get_value().unwrap_or_else(idempotency_key));
        let masters = masters.clone();
        async move {
            let person = run.api.create_staff(profile, key).await.inspect_err(|error| work.refused(error))?;
            let issued = run.api.invite(person.id).await?;
            invited.try_update(|invited| invited.push((person, issued)));
            let codes: Vec<String> = invited
                .try_with_untracked(|invited| invited.iter().map(|(person, _)| person.profile.code.clone()).collect())
                .unwrap_or_default();
            work.restart(None, blank(&masters, &codes));
            work.request.set_value(Some(idempotency_key()));
            Ok(())
        }
    });
    let on_add = Callback::new(move |()| {
        if let Some(profile) = work.checked() {
            add.dispatch_local(profile);
        }
    });
    let failure = move || {
        let error: ApiError = add.value().get().and_then(Result::err).filter(|_| !add.pending().get())?;
        error.fields().iter().all(|problem| problem.field.ends_with(Part::Code.path())).then(|| {
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::staff::not_invited /> }
        })
    };
    view! {
        <StepPage
            run
            step=SetupStep::Staff
            title=words::setup::people
            lead=words::setup::people_lead
            next_label=words::setup::next
            next=Some(SetupStep::Form)
        >
            {failure}
            <Section title=words::setup::somebody>
                <Person work />
                <p>
                    <Button kind=Kind::Secondary icon=Icon::Mail busy=add.pending() on_click=on_add>
                        {t(words::setup::invite)}
                    </Button>
                </p>
            </Section>
            <Slips invited />
        </StepPage>
    }
}

#[component]
fn Person(work: StaffWork) -> impl IntoView {
    let roles = Signal::derive(move || {
        ROLES.map(|role| Opt { value: role.as_str().to_owned(), label: role_name(role)(lang()).to_owned() }).to_vec()
    });
    view! {
        <Text work part=Part::Name required=true />
        <Text work part=Part::Kana required=true />
        <Text work part=Part::Mail hint=words::staff::mail_hint required=true typing=MAIL />
        <Select work part=Part::Role options=roles />
    }
}

/// The papers, which are seen now alone.
#[component]
fn Slips(invited: RwSignal<Vec<Invited>>) -> impl IntoView {
    let print = Callback::new(|()| {
        let _ = window().print();
    });
    move || {
        let slips = invited.get();
        (!slips.is_empty()).then(|| {
            let papers = slips
                .into_iter()
                .rev()
                .map(|(person, issued)| view! { <li><SlipPaper person issued /></li> })
                .collect_view();
            view! {
                <section class="card form-section" aria-label=t(words::staff::slip_title)>
                    <header class="line">
                        <h2 class="as-card">{t(words::setup::slips)}</h2>
                        <span class="push"></span>
                        <Button kind=Kind::Secondary on_click=print>{t(words::staff::print)}</Button>
                    </header>
                    <div class="body stack">
                        <p class="slip-once">{t(words::setup::slips_once)}</p>
                        <ul class="stack slips">{papers}</ul>
                    </div>
                </section>
            }
        })
    }
}
