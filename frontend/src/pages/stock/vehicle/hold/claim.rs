//! 仮押さえする: the car is claimed, for how long and for whom; or the person joins those who wait for it.

use leptos::prelude::*;
use noren_api::holds::{Hold, NewHold};
use noren_domain::hold::HoldState;
use noren_domain::{LeadId, Timestamp};

use super::super::super::linking::Sought;
use super::super::Shown;
use super::super::whom::LeadPicker;
use super::hours::{Hours, USUAL};
use super::standing::Standing;
use super::use_line;
use crate::api::{ApiError, idempotency_key};
use crate::holds::use_my_holds;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::choice::{Choice, Choices};
use crate::ui::clock;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang, lang_untracked, t};

/// The way to the car, where the person has none yet.
#[component]
pub fn HoldAction(car: Shown) -> impl IntoView {
    let line = use_line();
    let standing = line.standing(car);
    let open = RwSignal::new(false);
    // Open, it stays with what was chosen and with why it was refused, whatever others do meanwhile.
    let offered = Memo::new(move |_| {
        let free_to = line.known.with(Option::is_some) && standing.with(|standing| standing.mine().is_none());
        open.get() || (free_to && car.with(|car| car.status.is_for_sale()))
    });
    let queues = Memo::new(move |_| standing.with(Standing::ahead) > 0);
    let name = move || if queues.get() { words::hold::queue(lang()) } else { words::hold::claim(lang()) };
    let show = Callback::new(move |()| open.set(true));
    let button = move || {
        let short = if queues.get() { words::hold::queue_short } else { words::hold::claim_short };
        view! { <Button icon=Icon::Hold short on_click=show>{name}</Button> }
    };
    move || {
        offered.get().then(|| {
            view! {
                {button}
                <Dialog open title=Signal::derive(move || name().to_owned())>
                    <ClaimSheet car open standing />
                </Dialog>
            }
        })
    }
}

#[component]
fn ClaimSheet(car: Shown, open: RwSignal<bool>, standing: Memo<Standing>) -> impl IntoView {
    let (holds, line, toasts, picking) = (use_my_holds(), use_line(), use_toasts(), RwSignal::new(false));
    let (hours, whom) = (RwSignal::new(USUAL), Whom::new());
    let key = StoredValue::new(idempotency_key());
    let claim = Action::new_local(move |(): &()| async move {
        let new = NewHold { hours: hours.get_untracked(), lead_id: whom.chosen.get_untracked() };
        let claimed = holds.place(car.with_untracked(|car| car.stock_number.clone()), new, key.get_value()).await;
        line.refetch();
        toasts.say(reached(&claimed?, clock::now(), lang_untracked()));
        open.try_set(false);
        Ok::<(), ApiError>(())
    });
    let failure = move || {
        let error = claim.value().get().and_then(Result::err).filter(|_| !claim.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::hold::not_claimed /> })
    };
    let ahead = Memo::new(move |_| standing.with(Standing::ahead));
    let queues = Signal::derive(move || ahead.get() > 0);
    let told = move || queues.get().then(|| view! { <p>{words::hold::ahead(lang(), ahead.get())}</p> });
    let pick = Callback::new(move |lead| {
        whom.pick(lead);
        picking.set(false);
    });
    let send = Callback::new(move |()| {
        claim.dispatch_local(());
    });
    let name = move || if queues.get() { words::hold::queue(lang()) } else { words::hold::claim(lang()) };
    let asked = move || {
        view! {
            <div class="dialog-body">
                {failure}
                {told}
                <Hours legend=words::hold::how_long chosen=hours later=queues />
                <ForWhom whom picking />
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large busy=claim.pending() on_click=send>{name}</Button>
            </footer>
        }
    };
    let picker = move || {
        view! {
            <div class="dialog-body">
                <LeadPicker label=words::hold::whom on_pick=pick />
            </div>
            <footer>
                <Button kind=Kind::Quiet icon=Icon::Back on_click=Callback::new(move |()| picking.set(false))>
                    {t(words::hold::back)}
                </Button>
            </footer>
        }
    };
    move || if picking.get() { picker().into_any() } else { asked().into_any() }
}

/// Whom it is for. `Copy`.
#[derive(Clone, Copy)]
struct Whom {
    sought: Sought,
    /// Somebody else than whom one looks for.
    picked: RwSignal<Option<(LeadId, String)>>,
    chosen: RwSignal<Option<LeadId>>,
}

impl Whom {
    /// To begin with, whomever one looks for.
    fn new() -> Self {
        let sought = expect_context::<Sought>();
        Self { sought, picked: RwSignal::new(None), chosen: RwSignal::new(sought.lead.get_untracked()) }
    }

    fn pick(self, lead: (LeadId, String)) {
        self.chosen.set(Some(lead.0));
        self.picked.set(Some(lead));
    }

    /// Whoever may be chosen at once.
    fn offered(self) -> Vec<(LeadId, String)> {
        let looked_for = self.sought.lead.get().map(|lead| (lead, self.sought.name()));
        let picked = self.picked.get().filter(|(lead, _)| self.sought.lead.get() != Some(*lead));
        looked_for.into_iter().chain(picked).collect()
    }
}

/// Whoever is looked for, whoever was chosen, or nobody yet.
#[component]
fn ForWhom(whom: Whom, picking: RwSignal<bool>) -> impl IntoView {
    let choices = move || {
        let named = whom.offered().into_iter().map(|(lead, name)| Choice::new(lead.to_string(), name));
        named.chain(std::iter::once(Choice::new("", words::hold::nobody(lang())))).collect::<Vec<_>>()
    };
    let chosen = move || whom.chosen.get().map(|lead| lead.to_string()).unwrap_or_default();
    let other = view! {
        <Button kind=Kind::Quiet icon=Icon::Search on_click=Callback::new(move |()| picking.set(true))>
            {t(words::hold::pick)}
        </Button>
    };
    view! {
        <Choices
            name="hold_lead"
            legend=Signal::derive(move || words::hold::whom(lang()).to_owned())
            choices=Signal::derive(choices)
            chosen=Signal::derive(chosen)
            on_choose=Callback::new(move |value: String| whom.chosen.set(value.parse().ok()))
            end=Some(other.into_any())
        />
    }
}

/// What has been reached, without promising more than EXTREME has.
pub fn reached(hold: &Hold, now: Timestamp, lang: Lang) -> String {
    match (hold.state, hold.expires_at) {
        (HoldState::Held, Some(until)) => words::hold::claimed(lang, date::near(until, now, lang)),
        (HoldState::Queued, _) => words::hold::joined(lang, hold.position.unwrap_or(1)),
        _ => words::hold::asked(lang).to_owned(),
    }
}
