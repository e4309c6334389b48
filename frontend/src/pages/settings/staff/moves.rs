//! 停止・再開・退職. What ends somebody's access asks first.

use leptos::prelude::*;
use noren_api::staff::{OpenLeads, StaffAccount};
use noren_domain::staff::StaffStatus;

use super::person::Person;
use super::retire::RetireSheet;
use crate::api::{Api, ApiError, use_api};
use crate::session::{FreshMasters, use_fresh_masters, use_masters};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, Lang, lang, lang_untracked, t};

/// Whether somebody may come in, and how that is settled.
#[component]
pub fn MovesCard(person: Signal<StaffAccount>, resource: Person) -> impl IntoView {
    let own = use_masters().me.id == person.with_untracked(|person| person.id);
    let status = Memo::new(move |_| person.with(|person| person.status));
    let title = move || match status.get() {
        StaffStatus::Active => words::staff::ending(lang()),
        _ => words::staff::returning(lang()),
    };
    let acts = move || {
        if own {
            return view! { <p class="t-2">{t(words::staff::own)}</p> }.into_any();
        }
        match status.get() {
            StaffStatus::Active => view! {
                <ResetFactors person resource />
                <Suspend person resource />
                <Retire person resource />
            }
            .into_any(),
            StaffStatus::Suspended => view! {
                <Reinstate person resource what=words::staff::reinstate_what />
                <Retire person resource />
            }
            .into_any(),
            StaffStatus::Retired => view! { <Reinstate person resource what=words::staff::return_what /> }.into_any(),
        }
    };
    view! {
        <section class="card moves">
            <header><h2 class="as-card">{title}</h2></header>
            <div class="body stack">{acts}</div>
        </section>
    }
}

/// What a move is carried out with. `Copy`.
#[derive(Clone, Copy)]
pub struct Mover {
    pub api: Api,
    pub person: Signal<StaffAccount>,
    resource: Person,
    masters: FreshMasters,
    toasts: Toasts,
}

impl Mover {
    pub fn new(person: Signal<StaffAccount>, resource: Person) -> Self {
        Self { api: use_api(), person, resource, masters: use_fresh_masters(), toasts: use_toasts() }
    }

    /// Moves the person as the page shows them; whatever comes of it, the page shows what is so now.
    pub async fn carry_out(self, act: &'static str, done: fn(Lang) -> &'static str) -> Result<(), ApiError> {
        let Some((id, version)) = self.person.try_with_untracked(|person| (person.id, person.version)) else {
            return Ok(());
        };
        let moved = self.api.move_staff(id, version, act).await;
        if moved.is_ok() {
            self.masters.reload(self.api).await;
            self.toasts.say(done(lang_untracked()));
        }
        self.look_again();
        moved.map(drop)
    }

    pub fn look_again(self) {
        if self.person.try_get_untracked().is_some() {
            self.resource.refetch();
        }
    }

    /// Every store with the leads that are to be handed over there.
    pub fn open_leads(self) -> Vec<OpenLeads> {
        self.person.with(|person| person.open_leads.clone())
    }
}

/// One way: what it does, and the button.
#[component]
fn Way(
    what: fn(Lang) -> &'static str,
    label: fn(Lang) -> &'static str,
    #[prop(optional, into)] busy: Signal<bool>,
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="line way" data-wrap>
            <p class="grow t-2">{t(what)}</p>
            <Button kind=Kind::Secondary busy on_click>{t(label)}</Button>
        </div>
    }
}

/// Why a move failed, in its place.
pub fn failure_of(act: Action<(), Result<(), ApiError>>) -> impl Fn() -> Option<AnyView> + Send + Copy {
    move || {
        let error = act.value().get().and_then(Result::err).filter(|_| !act.pending().get())?;
        let failure = Signal::stored(error.into());
        Some(view! { <FailureNotice failure title=words::staff::not_moved /> }.into_any())
    }
}

#[component]
fn Suspend(person: Signal<StaffAccount>, resource: Person) -> impl IntoView {
    let (mover, asking) = (Mover::new(person, resource), RwSignal::new(false));
    let suspend = Action::new_local(move |(): &()| async move {
        let done = mover.carry_out("suspend", words::staff::suspended_now).await;
        if done.is_ok() {
            asking.try_set(false);
        }
        done
    });
    let go = Callback::new(move |()| {
        suspend.dispatch_local(());
    });
    let open = Callback::new(move |()| {
        suspend.clear();
        asking.set(true);
    });
    let cancel = Callback::new(move |()| asking.set(false));
    let title = Signal::derive(move || person.with(|person| words::staff::suspend_ask(lang(), &person.profile.name)));
    view! {
        <Way what=words::staff::suspend_what label=words::staff::suspend on_click=open />
        <Dialog open=asking title>
            <div class="dialog-body">
                {failure_of(suspend)}
                <p>{t(words::staff::suspend_what)}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=cancel>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large busy=suspend.pending() on_click=go>
                    {t(words::staff::suspend)}
                </Button>
            </footer>
        </Dialog>
    }
}

/// The way back for who has lost telephone and paper, asked first.
#[component]
fn ResetFactors(person: Signal<StaffAccount>, resource: Person) -> impl IntoView {
    let (mover, asking) = (Mover::new(person, resource), RwSignal::new(false));
    let reset = Action::new_local(move |(): &()| async move {
        let id = mover.person.with_untracked(|person| person.id);
        mover.api.reset_second_factors(id).await?;
        mover.toasts.say(words::factor::reset_done(lang_untracked()));
        mover.look_again();
        asking.try_set(false);
        Ok(())
    });
    let go = Callback::new(move |()| {
        reset.dispatch_local(());
    });
    let open = Callback::new(move |()| {
        reset.clear();
        asking.set(true);
    });
    let cancel = Callback::new(move |()| asking.set(false));
    let has = Memo::new(move |_| person.with(|person| person.second_factor));
    let title = Signal::derive(move || words::factor::reset_ask(lang()).to_owned());
    view! {
        {move || has.get().then(|| view! { <Way what=words::factor::reset_what label=words::factor::reset on_click=open /> })}
        <Dialog open=asking title>
            <div class="dialog-body">
                {failure_of(reset)}
                <p>{t(words::factor::reset_what)}</p>
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=cancel>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large busy=reset.pending() on_click=go>
                    {t(words::factor::reset)}
                </Button>
            </footer>
        </Dialog>
    }
}

#[component]
fn Reinstate(person: Signal<StaffAccount>, resource: Person, what: fn(Lang) -> &'static str) -> impl IntoView {
    let mover = Mover::new(person, resource);
    let reinstate = Action::new_local(move |(): &()| mover.carry_out("reinstate", words::staff::reinstated));
    let on_click = Callback::new(move |()| {
        reinstate.dispatch_local(());
    });
    view! {
        {failure_of(reinstate)}
        <Way what label=words::staff::reinstate busy=reinstate.pending() on_click />
    }
}

#[component]
fn Retire(person: Signal<StaffAccount>, resource: Person) -> impl IntoView {
    let (mover, asking) = (Mover::new(person, resource), RwSignal::new(false));
    let title = Signal::derive(move || person.with(|person| words::staff::retire_ask(lang(), &person.profile.name)));
    view! {
        <Way
            what=words::staff::retire_what
            label=words::staff::retire
            on_click=Callback::new(move |()| asking.set(true))
        />
        <Dialog open=asking title>
            <RetireSheet mover asking />
        </Dialog>
    }
}
