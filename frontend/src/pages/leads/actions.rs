//! What can be done with a lead, within the thumb's reach. What the viewer may not do is not there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::leads::{AssignTo, Lead, NewInquiry, NewStatusChange};
use noren_domain::lead::LeadStatus;
use noren_domain::{LeadId, StaffId};

use super::detail::{LeadView, use_lead_view};
use super::lines;
use super::list::{LeadList, use_lead_list};
use crate::api::{Api, ApiError, idempotency_key, use_api};
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::button::{Button, Kind, LinkButton, Size};
use crate::ui::choice::{Choice, Choices};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{Opt, SelectField, TextField};
use crate::ui::icon::Icon;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, lang, lang_untracked, t};

/// The handles that every action needs.
#[derive(Clone, Copy)]
struct Hands {
    api: Api,
    view: LeadView,
    list: LeadList,
    toasts: Toasts,
}

impl Hands {
    fn take() -> Self {
        Self { api: use_api(), view: use_lead_view(), list: use_lead_list(), toasts: use_toasts() }
    }

    fn lead(self) -> Lead {
        self.view.lead.get_untracked()
    }

    /// After a write the screens show what the server says.
    fn refetch(self) {
        self.view.refetch();
        self.list.refetch();
    }

    /// Moves the lead, says so and offers the way back where there is one. The page may be left meanwhile.
    async fn move_to(self, to: LeadStatus, reason: Option<String>) -> Result<(), ApiError> {
        let Lead { id, status: from, .. } = self.lead();
        self.api.move_lead(id, NewStatusChange { to, reason }, idempotency_key()).await?;
        let lang = lang_untracked();
        let said = words::moves::moved(lang, lines::status(to)(lang));
        if to.next().contains(&from) {
            self.toasts.say_with_undo(said, move || spawn_local(self.undo(id, from)));
        } else {
            self.toasts.say(said);
        }
        self.refetch();
        Ok(())
    }

    async fn undo(self, id: LeadId, back: LeadStatus) {
        let change = NewStatusChange { to: back, reason: None };
        let lang = lang_untracked();
        match self.api.move_lead(id, change, idempotency_key()).await {
            Ok(_) => self.toasts.say(words::moves::moved(lang, lines::status(back)(lang))),
            Err(_) => self.toasts.say(words::moves::not_undone(lang)),
        }
        self.refetch();
    }
}

/// The bar at the foot of the page.
#[component]
pub fn ActionBar() -> impl IntoView {
    let hands = Hands::take();
    let lead = hands.view.lead;
    let allowed = Memo::new(move |_| lead.with(|lead| (lead.allowed.clone(), lead.status)));
    let edit = move || {
        let href = hands.list.beside(Page::EditLead(lead.with(|lead| lead.id)));
        allowed.with(|(allowed, _)| allowed.edit).then(|| {
            view! { <LinkButton href icon=Icon::Pen>{t(words::lead::edit)}</LinkButton> }
        })
    };
    let moves = move || {
        let (allowed, from) = allowed.get();
        let mut targets = allowed.move_to.into_iter();
        let main = targets.next().map(|to| view! { <MainMove from to /> });
        let rest: Vec<LeadStatus> = targets.collect();
        let rest = (!rest.is_empty()).then(|| view! { <MoveButton from rest /> });
        view! {
            {rest}
            <span class="push"></span>
            {main}
        }
    };
    view! {
        <footer class="actions">
            {edit}
            {move || allowed.with(|(allowed, _)| allowed.edit).then(|| view! { <InquiryButton /> })}
            {moves}
        </footer>
    }
}

/// The next step, one tap away.
#[component]
fn MainMove(from: LeadStatus, to: LeadStatus) -> impl IntoView {
    let hands = Hands::take();
    let go = Action::new_local(move |(): &()| async move {
        if hands.move_to(to, None).await.is_err() {
            hands.toasts.say(words::moves::failed(lang_untracked()));
        }
    });
    view! {
        <Button
            kind=Kind::Soft
            size=Size::Large
            icon=Icon::Check
            busy=go.pending()
            on_click=Callback::new(move |()| {
                go.dispatch_local(());
            })
        >
            {t(lines::move_label(from, to))}
        </Button>
    }
}

/// The other moves, in a dialog.
#[component]
fn MoveButton(from: LeadStatus, rest: Vec<LeadStatus>) -> impl IntoView {
    let open = RwSignal::new(false);
    let title = Signal::derive(move || words::moves::title(lang()).to_owned());
    let rest = StoredValue::new(rest);
    view! {
        <Button icon=Icon::Right on_click=Callback::new(move |()| open.set(true))>{t(words::moves::title)}</Button>
        <Dialog open title>
            <MoveSheet open from rest=rest.get_value() />
        </Dialog>
    }
}

#[component]
fn MoveSheet(open: RwSignal<bool>, from: LeadStatus, rest: Vec<LeadStatus>) -> impl IntoView {
    let hands = Hands::take();
    let first = rest.first().copied().unwrap_or(from);
    let (to, reason) = (RwSignal::new(first), RwSignal::new(String::new()));
    let choices = move || {
        rest.iter().map(|to| Choice::new(to.as_str(), lines::move_label(from, *to)(lang()))).collect::<Vec<_>>()
    };
    let choose = Callback::new(move |name: String| {
        to.set(LeadStatus::ALL.into_iter().find(|known| known.as_str() == name).unwrap_or(first));
    });
    let missing = RwSignal::new(false);
    let save = Action::new_local(move |(): &()| async move {
        let given = Some(reason.get_untracked().trim().to_owned()).filter(|reason| !reason.is_empty());
        hands.move_to(to.get_untracked(), given).await?;
        open.set(false);
        Ok::<(), ApiError>(())
    });
    let send = Callback::new(move |()| {
        let needed =
            to.get_untracked() == LeadStatus::Disqualified && reason.with_untracked(|text| text.trim().is_empty());
        missing.set(needed);
        if !needed {
            save.dispatch_local(());
        }
    });
    let error = Signal::derive(move || missing.get().then(|| words::moves::reason_missing(lang()).to_owned()));
    view! {
        <div class="dialog-body">
            <Failed action=save title=words::moves::failed />
            <Choices
                name="move_to"
                legend=Signal::derive(move || words::moves::to(lang()).to_owned())
                choices=Signal::derive(choices)
                chosen=Signal::derive(move || to.get().as_str().to_owned())
                on_choose=choose
            />
            <TextField
                name="move_reason"
                label=Signal::derive(move || words::moves::reason(lang()).to_owned())
                value=reason
                on_type=Callback::new(move |text| reason.set(text))
                hint=Signal::derive(move || Some(words::moves::reason_hint(lang()).to_owned()))
                error
                rows=3
            />
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
            <Button kind=Kind::Primary size=Size::Large busy=save.pending() on_click=send>{t(words::moves::save)}</Button>
        </footer>
    }
}

/// Why an action of a dialog failed.
#[component]
fn Failed(action: Action<(), Result<(), ApiError>>, title: fn(words::Lang) -> &'static str) -> impl IntoView {
    move || {
        let error = action.value().get().and_then(Result::err).filter(|_| !action.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title /> })
    }
}

/// 担当を変更
#[component]
pub fn AssignButton() -> impl IntoView {
    let lead = use_lead_view().lead;
    let open = RwSignal::new(false);
    let title = Signal::derive(move || words::assign::title(lang()).to_owned());
    let allowed = Memo::new(move |_| lead.with(|lead| lead.allowed.assign));
    move || {
        allowed.get().then(|| {
            view! {
                <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(true))>{t(words::assign::title)}</Button>
                <Dialog open title>
                    <AssignSheet open />
                </Dialog>
            }
        })
    }
}

#[component]
fn AssignSheet(open: RwSignal<bool>) -> impl IntoView {
    let hands = Hands::take();
    let masters = use_masters();
    let me = masters.me.id;
    let lead = hands.lead();
    let chosen = RwSignal::new(lead.assignee_id.map(|id| id.to_string()).unwrap_or_default());
    let choices = move || {
        let label = |id: StaffId, name: &str| {
            if id == me { words::assign::me(lang(), name) } else { name.to_owned() }
        };
        let colleagues = masters.colleagues_of(lead.store_id);
        let named = colleagues.into_iter().map(|staff| Choice::new(staff.id.to_string(), label(staff.id, &staff.name)));
        named.chain(std::iter::once(Choice::new("", words::lead::nobody(lang())))).collect::<Vec<_>>()
    };
    let save = Action::new_local(move |(): &()| async move {
        let to = AssignTo { assignee_id: chosen.get_untracked().parse().ok() };
        let lead = hands.lead();
        let assigned = hands.api.assign_lead(lead.id, lead.version, to).await;
        hands.refetch();
        assigned?;
        hands.toasts.say(words::assign::done(lang_untracked()));
        open.set(false);
        Ok::<(), ApiError>(())
    });
    view! {
        <div class="dialog-body">
            <Failed action=save title=words::assign::failed />
            <Choices
                name="assignee"
                legend=Signal::derive(move || words::assign::whom(lang()).to_owned())
                choices=Signal::derive(choices)
                chosen
                on_choose=Callback::new(move |id| chosen.set(id))
            />
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
            <Button
                kind=Kind::Primary
                size=Size::Large
                busy=save.pending()
                on_click=Callback::new(move |()| {
                    save.dispatch_local(());
                })
            >
                {t(words::assign::save)}
            </Button>
        </footer>
    }
}

/// 問い合わせを記録: another contact of the same person.
#[component]
fn InquiryButton() -> impl IntoView {
    let open = RwSignal::new(false);
    let title = Signal::derive(move || words::inquiry::title(lang()).to_owned());
    view! {
        <Button icon=Icon::Sms on_click=Callback::new(move |()| open.set(true))>{t(words::inquiry::title)}</Button>
        <Dialog open title>
            <InquirySheet open />
        </Dialog>
    }
}

#[component]
fn InquirySheet(open: RwSignal<bool>) -> impl IntoView {
    let hands = Hands::take();
    let masters = use_masters();
    let key = StoredValue::new(idempotency_key());
    let (source, body) = (RwSignal::new(hands.lead().profile.source_code), RwSignal::new(String::new()));
    let sources = move || {
        let active = masters.sources.iter().filter(|source| source.active);
        active
            .map(|source| Opt { value: source.code.0.clone(), label: masters.source_name(&source.code.0, lang()) })
            .collect::<Vec<_>>()
    };
    let save = Action::new_local(move |(): &()| async move {
        let words = Some(body.get_untracked()).filter(|words| !words.trim().is_empty());
        let new = NewInquiry { source_code: source.get_untracked(), body: words };
        hands.api.add_inquiry(hands.lead().id, new, key.get_value()).await?;
        hands.toasts.say(words::inquiry::done(lang_untracked()));
        hands.refetch();
        open.set(false);
        Ok::<(), ApiError>(())
    });
    view! {
        <div class="dialog-body">
            <Failed action=save title=words::inquiry::failed />
            <SelectField
                name="inquiry_source"
                label=Signal::derive(move || words::field::source(lang()).to_owned())
                options=Signal::derive(sources)
                value=source
                on_choose=Callback::new(move |code| source.set(code))
            />
            <TextField
                name="inquiry_body"
                label=Signal::derive(move || words::inquiry::body(lang()).to_owned())
                value=body
                on_type=Callback::new(move |text| body.set(text))
                rows=5
            />
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=Callback::new(move |()| open.set(false))>{t(words::common::cancel)}</Button>
            <Button
                kind=Kind::Primary
                size=Size::Large
                busy=save.pending()
                on_click=Callback::new(move |()| {
                    save.dispatch_local(());
                })
            >
                {t(words::inquiry::save)}
            </Button>
        </footer>
    }
}
