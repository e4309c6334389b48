//! 退職: the open leads go to others first, store by store, and then the person leaves.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::staff::{HandOver, OpenLeads, StaffMember};
use noren_domain::{StaffId, StoreId};

use super::moves::Mover;
use crate::api::{Api, ApiError, use_api};
use crate::editor::focus;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::failure::FailureNotice;
use crate::ui::field::{Opt, SelectField};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang, t};

/// How the choice of nobody is written; the empty text is no choice yet.
const NOBODY: &str = "nobody";

/// To whom the leads of each store go, as it was chosen.
type Chosen = BTreeMap<StoreId, String>;

/// How far the hand-over has come.
#[derive(Clone, Copy, Default, PartialEq)]
struct Progress {
    all: u64,
    done: u64,
}

/// `Copy`, for the parts of the dialog.
#[derive(Clone, Copy)]
struct Retiring {
    mover: Mover,
    chosen: RwSignal<Chosen>,
    sent: RwSignal<bool>,
    progress: RwSignal<Option<Progress>>,
    stopped: RwSignal<bool>,
}

impl Retiring {
    fn new(mover: Mover) -> Self {
        Self {
            mover,
            chosen: RwSignal::default(),
            sent: RwSignal::new(false),
            progress: RwSignal::new(None),
            stopped: RwSignal::new(false),
        }
    }

    /// Hands everything over and lets the person leave. What is handed over stays so, whatever comes after.
    async fn carry_out(self) -> Result<(), ApiError> {
        let (id, open) = self.mover.person.with_untracked(|person| (person.id, person.open_leads.clone()));
        let chosen = self.chosen.get_untracked();
        let all = open.iter().map(|at| at.leads).sum();
        self.stopped.set(false);
        self.progress.set((all > 0).then_some(Progress { all, done: 0 }));
        for store_id in open.iter().map(|at| at.store_id) {
            let Some(to) = choice(&chosen, store_id) else { continue };
            while !self.stopped.try_get_untracked().unwrap_or(true) {
                let handed = self.mover.api.hand_over(id, HandOver { store_id, to }).await?;
                self.progress.try_update(|progress| {
                    if let Some(progress) = progress {
                        progress.done += handed.moved;
                        progress.all = progress.all.max(progress.done + handed.left);
                    }
                });
                if handed.left == 0 || handed.moved == 0 {
                    break;
                }
            }
        }
        if self.stopped.try_get_untracked().unwrap_or(true) {
            return Ok(());
        }
        self.mover.carry_out("retire", words::staff::retired_now).await
    }
}

/// Who was chosen for a store: a person or nobody, once there is a choice.
fn choice(chosen: &Chosen, store: StoreId) -> Option<Option<StaffId>> {
    match chosen.get(&store).map(String::as_str) {
        None | Some("") => None,
        Some(NOBODY) => Some(None),
        Some(id) => id.parse().ok().map(Some),
    }
}

/// The first store for which nobody was chosen, and not nobody either.
fn missing(chosen: &Chosen, open: &[OpenLeads]) -> Option<StoreId> {
    open.iter().map(|at| at.store_id).find(|store| choice(chosen, *store).is_none())
}

fn field_of(store: StoreId) -> String {
    format!("to.{store}")
}

#[component]
pub fn RetireSheet(mover: Mover, asking: RwSignal<bool>) -> impl IntoView {
    let retiring = Retiring::new(mover);
    let retire = Action::new_local(move |(): &()| async move {
        let done = retiring.carry_out().await;
        retiring.progress.try_set(None);
        let gone = done.is_ok() && retiring.stopped.try_get_untracked() == Some(false);
        if gone {
            asking.try_set(false);
        } else {
            mover.look_again();
        }
        done
    });
    let go = Callback::new(move |()| {
        retiring.sent.set(true);
        let open = mover.person.with_untracked(|person| person.open_leads.clone());
        let missing = retiring.chosen.with_untracked(|chosen| missing(chosen, &open));
        match missing {
            Some(store) => spawn_local(focus(field_of(store))),
            None => {
                retire.dispatch_local(());
            }
        }
    });
    let open = Memo::new(move |_| mover.open_leads());
    let some = move || open.with(|open| !open.is_empty());
    let failure = move || {
        let error = retire.value().get().and_then(Result::err).filter(|_| !retire.pending().get())?;
        let title = if some() { words::staff::not_handed } else { words::staff::not_moved };
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title /> })
    };
    let stopped = move || {
        let stopped = retiring.stopped.get() && !retire.pending().get();
        stopped.then(|| view! { <p role="status">{t(words::staff::stopped)}</p> })
    };
    let busy = retire.pending().into();
    view! {
        <div class="dialog-body">
            {failure}
            {stopped}
            <p>{t(words::staff::retire_what)}</p>
            {move || if retiring.progress.with(Option::is_some) {
                view! { <Going retiring /> }.into_any()
            } else {
                some().then(|| view! { <Successors retiring open=open.get() /> }).into_any()
            }}
        </div>
        <Foot retiring asking some=Signal::derive(some) busy go />
    }
}

/// The way on, or while leads change hands the way to stop.
#[component]
fn Foot(
    retiring: Retiring,
    asking: RwSignal<bool>,
    /// Whether there are leads to hand over.
    some: Signal<bool>,
    busy: Signal<bool>,
    go: Callback<()>,
) -> impl IntoView {
    let (stop, cancel) =
        (Callback::new(move |()| retiring.stopped.set(true)), Callback::new(move |()| asking.set(false)));
    let ways = move || {
        if retiring.progress.with(Option::is_some) {
            let busy = retiring.stopped;
            return view! { <Button busy on_click=stop>{t(words::staff::stop)}</Button> }.into_any();
        }
        let words = if some.get() { words::staff::hand_over_go } else { words::staff::retire };
        view! {
            <Button kind=Kind::Quiet on_click=cancel>{t(words::common::cancel)}</Button>
            <Button kind=Kind::Primary size=Size::Large busy on_click=go>{t(words)}</Button>
        }
        .into_any()
    };
    view! { <footer>{ways}</footer> }
}

/// How many have changed hands, of how many.
#[component]
fn Going(retiring: Retiring) -> impl IntoView {
    let progress = move || retiring.progress.get().unwrap_or_default();
    let said = move || words::staff::handing(lang(), progress().all, progress().done);
    view! {
        <div class="stack going">
            <progress
                aria-label=t(words::staff::leads)
                max=move || progress().all.to_string()
                value=move || progress().done.to_string()
            ></progress>
            <p class="num" role="status">{said}</p>
        </div>
    }
}

/// The stores with open leads, and who there takes them.
#[component]
fn Successors(retiring: Retiring, open: Vec<OpenLeads>) -> impl IntoView {
    let (api, mover) = (use_api(), retiring.mover);
    let count: u64 = open.iter().map(|at| at.leads).sum();
    let (id, stores) = (mover.person.with_untracked(|person| person.id), open.clone());
    let resource = LocalResource::new(move || colleagues(api, id, stores.clone()));
    let body = move |loaded: Loaded<Vec<(OpenLeads, Vec<StaffMember>)>>| {
        let field = |(at, people): (OpenLeads, Vec<StaffMember>)| view! { <Successor retiring at people /> };
        loaded.value.get_untracked().into_iter().map(field).collect_view().into_any()
    };
    view! {
        <p>{move || words::staff::hand_over(lang(), count)}</p>
        <Load resource failed=words::staff::not_loaded skeleton=|| view! { <Skeleton lines=2 /> } view=body />
    }
}

/// For each store whoever may take leads there, as the server knows them now.
async fn colleagues(
    api: Api,
    leaving: StaffId,
    stores: Vec<OpenLeads>,
) -> Result<Vec<(OpenLeads, Vec<StaffMember>)>, ApiError> {
    let mut all = Vec::new();
    for at in stores {
        let wanted = [("store_id", at.store_id.to_string()), ("status", "active".to_owned())];
        let mut people = api.find_staff(&wanted).await?;
        people.retain(|person| person.id != leaving);
        all.push((at, people));
    }
    Ok(all)
}

#[component]
fn Successor(retiring: Retiring, at: OpenLeads, people: Vec<StaffMember>) -> impl IntoView {
    let OpenLeads { store_id, leads } = at;
    let store = use_masters().store_name(store_id).to_owned();
    let value =
        Signal::derive(move || retiring.chosen.with(|chosen| chosen.get(&store_id).cloned().unwrap_or_default()));
    let options = Signal::derive(move || {
        let choose = Opt { value: String::new(), label: words::form::choose(lang()).to_owned() };
        let nobody = Opt { value: NOBODY.to_owned(), label: words::staff::nobody(lang()).to_owned() };
        let known = people.iter().map(|person| Opt { value: person.id.to_string(), label: person.name.clone() });
        std::iter::once(choose).chain(known).chain([nobody]).collect::<Vec<_>>()
    });
    let label = {
        let store = store.clone();
        Signal::derive(move || words::staff::hand_over_at(lang(), leads, &store))
    };
    let error = Signal::derive(move || {
        let missing = retiring.sent.get() && value.with(String::is_empty);
        missing.then(|| words::staff::hand_over_missing(lang(), &store))
    });
    let on_choose = Callback::new(move |person: String| {
        retiring.chosen.update(|chosen| {
            chosen.insert(store_id, person);
        });
    });
    view! {
        <SelectField name=field_of(store_id) label options value on_choose error required=Signal::stored(true) />
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nobody_is_a_choice_and_no_choice_is_none() {
        let (store, other) = (StoreId(Uuid::from_u128(1)), StoreId(Uuid::from_u128(2)));
        let person = StaffId(Uuid::from_u128(3));
        let mut chosen = Chosen::from([(store, String::new())]);
        assert_eq!((choice(&chosen, store), choice(&chosen, other)), (None, None));
        chosen.insert(store, NOBODY.to_owned());
        chosen.insert(other, person.to_string());
        let open = [store, other].map(|store_id| OpenLeads { store_id, leads: 1 });
        assert_eq!((choice(&chosen, store), choice(&chosen, other)), (Some(None), Some(Some(person))));
        assert_eq!(missing(&chosen, &open), None);
        chosen.remove(&other);
        assert_eq!(missing(&chosen, &open), Some(other));
    }
}
