//! What the person has, and the ways to more and to less.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::second_factors::{AuthenticatorOffer, Passkey, SecondFactors};
use noren_domain::PasskeyId;

use super::app::AppSheet;
use super::codes::CodesSheet;
use crate::api::{Api, ApiError, Changed, PasskeyError, use_api};
use crate::passkey;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::dialog::Dialog;
use crate::ui::effect::on_change;
use crate::ui::failure::FailureNotice;
use crate::ui::field::TextField;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::{Notice, Tone};
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, Lang, lang, lang_untracked, t};

/// The card on the page of one's account.
#[component]
pub fn SecondFactorCard() -> impl IntoView {
    view! {
        <section class="card">
            <header><h2 class="as-card">{t(words::factor::title)}</h2></header>
            <div class="body stack">
                <p class="t-2">{t(words::factor::why)}</p>
                <SecondFactorSettings />
            </div>
        </section>
    }
}

/// What is done in the dialog.
#[derive(Clone)]
enum Sheet {
    App(AuthenticatorOffer),
    Name,
    Codes(Vec<String>),
    Sure(Removal),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Removal {
    App,
    Passkey(PasskeyId),
}

/// Why something was not done.
#[derive(Clone)]
enum Refusal {
    Declined,
    Failed(ApiError),
}

/// What all parts hold. `Copy`.
#[derive(Clone, Copy)]
struct Desk {
    api: Api,
    toasts: Toasts,
    resource: LocalResource<Result<SecondFactors, ApiError>>,
    open: RwSignal<bool>,
    sheet: RwSignal<Option<Sheet>>,
    refusal: RwSignal<Option<Refusal>>,
    busy: RwSignal<bool>,
    /// What the app learns of once the codes were seen: it may go on to another page then.
    changed: StoredValue<Option<Changed>>,
}

impl Desk {
    fn show(self, sheet: Sheet) {
        self.sheet.set(Some(sheet));
        self.open.set(true);
    }

    /// Does something that may be refused, one at a time.
    fn act(self, work: impl Future<Output = Result<(), PasskeyError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refusal.set(None);
        spawn_local(async move {
            let refusal = match work.await {
                Ok(()) => None,
                Err(PasskeyError::Declined) => Some(Refusal::Declined),
                Err(PasskeyError::Api(error)) => Some(Refusal::Failed(error)),
            };
            let _ = self.refusal.try_set(refusal);
            let _ = self.busy.try_set(false);
        });
    }

    fn take_in(self, changed: Changed, said: fn(Lang) -> &'static str) {
        self.toasts.say(said(lang_untracked()));
        let codes = changed.recovery_codes.clone();
        self.changed.set_value(Some(changed));
        if codes.is_empty() {
            self.sheet.set(None);
            self.open.set(false);
            self.settle();
        } else {
            self.show(Sheet::Codes(codes));
        }
    }

    fn settle(self) {
        let changed = self.changed.try_update_value(Option::take).flatten();
        if let Some(changed) = changed {
            self.resource.refetch();
            self.api.take_up(changed.me);
        }
    }

    fn close(self) -> Callback<()> {
        Callback::new(move |()| self.open.set(false))
    }
}

#[component]
pub fn SecondFactorSettings() -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.list_second_factors());
    let (open, sheet) = (RwSignal::new(false), RwSignal::new(None));
    let (refusal, busy, changed) = (RwSignal::new(None), RwSignal::new(false), StoredValue::new(None));
    let desk = Desk { api, toasts: use_toasts(), resource, open, sheet, refusal, busy, changed };
    // Whatever way the dialog is closed, what has changed is so.
    on_change(
        move || open.track(),
        move || {
            if !open.get_untracked() {
                desk.settle();
            }
        },
    );
    let title = Signal::derive(move || {
        let title = match sheet.get() {
            Some(Sheet::App(_)) => words::factor::app,
            Some(Sheet::Name) => words::factor::passkey_new,
            Some(Sheet::Codes(_)) => words::factor::codes_title,
            Some(Sheet::Sure(_)) => words::factor::remove_ask,
            None => words::factor::title,
        };
        title(lang()).to_owned()
    });
    let body = move |Loaded { value, .. }: Loaded<SecondFactors>| view! { <Rows desk value /> }.into_any();
    view! {
        {move || (!open.get()).then(|| refused(desk))}
        <Load resource failed=words::factor::not_loaded skeleton=|| view! { <SkeletonRows rows=3 /> } view=body />
        <Dialog open title>
            {move || sheet.get().map(|sheet| sheet_of(desk, sheet))}
        </Dialog>
    }
}

fn refused(desk: Desk) -> impl IntoView {
    move || {
        match desk.refusal.get()? {
        Refusal::Declined => Some(
            view! { <Notice icon=Icon::Alert tone=Tone::Danger><p role="alert">{t(words::factor::declined)}</p></Notice> }
                .into_any(),
        ),
        Refusal::Failed(error) => Some(
            view! { <FailureNotice failure=Signal::stored(error.into()) title=words::factor::not_set /> }.into_any(),
        ),
    }
    }
}

fn sheet_of(desk: Desk, sheet: Sheet) -> AnyView {
    match sheet {
        Sheet::App(offer) => {
            let on_changed = Callback::new(move |changed| desk.take_in(changed, words::factor::app_set));
            view! { <AppSheet offer on_cancel=desk.close() on_changed /> }.into_any()
        }
        Sheet::Name => view! { <NameSheet desk /> }.into_any(),
        Sheet::Codes(codes) => view! { <CodesSheet codes on_kept=desk.close() /> }.into_any(),
        Sheet::Sure(removal) => view! { <SureSheet desk removal /> }.into_any(),
    }
}

#[component]
fn Rows(desk: Desk, value: Signal<SecondFactors>) -> impl IntoView {
    let at = |at| date::near(at, use_ticker().get_untracked(), lang());
    let offer = Callback::new(move |()| {
        desk.act(async move {
            desk.show(Sheet::App(desk.api.offer_authenticator().await?));
            Ok(())
        });
    });
    let codes = Callback::new(move |()| {
        desk.act(async move {
            let codes = desk.api.make_recovery_codes().await?;
            desk.show(Sheet::Codes(codes));
            desk.resource.refetch();
            Ok(())
        });
    });
    let name = Callback::new(move |()| {
        desk.refusal.set(None);
        desk.show(Sheet::Name);
    });
    let drop_app = Callback::new(move |()| {
        desk.refusal.set(None);
        desk.show(Sheet::Sure(Removal::App));
    });
    move || {
        let SecondFactors { authenticator_since, passkeys, recovery_codes, takes_passkeys, .. } = value.get();
        let any = authenticator_since.is_some() || !passkeys.is_empty();
        let since = authenticator_since
            .map_or_else(|| words::factor::none(lang()).to_owned(), |since| words::factor::since(lang(), at(since)));
        let (label, kind) = match (authenticator_since.is_some(), any) {
            (true, _) => (words::factor::app_again as fn(Lang) -> _, Kind::Secondary),
            (false, true) => (words::factor::app_add as fn(Lang) -> _, Kind::Secondary),
            (false, false) => (words::factor::app_add as fn(Lang) -> _, Kind::Primary),
        };
        let remove_app = authenticator_since.map(|_| {
            view! { <Button kind=Kind::Quiet on_click=drop_app>{t(words::factor::stop)}</Button> }
        });
        let add = (takes_passkeys && passkey::are_known()).then(|| {
            view! { <Button kind=Kind::Secondary busy=desk.busy on_click=name>{t(words::factor::passkey_add)}</Button> }
        });
        let no_passkeys = (!takes_passkeys || !passkey::are_known()).then(|| {
            view! { <p class="t-meta t-3">{t(words::factor::passkey_nowhere)}</p> }
        });
        let left = any.then(|| {
            view! {
                <li class="line" data-wrap>
                    <span class="session grow">
                        <b>{t(words::factor::codes_title)}</b>
                        <span class="t-meta t-2">{words::factor::codes_left(lang(), recovery_codes)}</span>
                    </span>
                    <Button kind=Kind::Secondary busy=desk.busy on_click=codes>{t(words::factor::codes_new)}</Button>
                </li>
            }
        });
        view! {
            <ul class="factors">
                <li class="line" data-wrap>
                    <span class="session grow">
                        <b>{t(words::factor::app)}</b>
                        <span class="t-meta t-2">{since}</span>
                    </span>
                    {remove_app}
                    <Button kind busy=desk.busy on_click=offer>{t(label)}</Button>
                </li>
                {passkeys.into_iter().map(|passkey| view! { <PasskeyRow desk passkey /> }).collect_view()}
                <li class="line" data-wrap>
                    <span class="session grow">
                        <b>{t(words::factor::passkey)}</b>
                        <span class="t-meta t-2">{t(words::factor::passkey_what)}</span>
                        {no_passkeys}
                    </span>
                    {add}
                </li>
                {left}
            </ul>
        }
    }
}

#[component]
fn PasskeyRow(desk: Desk, passkey: Passkey) -> impl IntoView {
    let Passkey { id, name, created_at, last_used_at } = passkey;
    let at = |at| date::near(at, use_ticker().get_untracked(), lang());
    let used = move || match last_used_at {
        Some(used) => words::factor::used(lang(), at(used)),
        None => words::factor::since(lang(), at(created_at)),
    };
    let remove = Callback::new(move |()| {
        desk.refusal.set(None);
        desk.show(Sheet::Sure(Removal::Passkey(id)));
    });
    view! {
        <li class="line" data-wrap>
            <span class="session grow">
                <b>{name}</b>
                <span class="t-meta t-2">{used}</span>
            </span>
            <Button kind=Kind::Quiet on_click=remove>{t(words::factor::passkey_remove)}</Button>
        </li>
    }
}

/// What a new passkey is called, so that its owner knows which to remove when the device is lost.
#[component]
fn NameSheet(desk: Desk) -> impl IntoView {
    let name = RwSignal::new(words::factor::this_device(lang_untracked()).to_owned());
    let missing = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        missing.set(name.is_empty());
        if !name.is_empty() {
            desk.act(async move {
                let changed = desk.api.add_passkey(name).await?;
                desk.take_in(changed, words::factor::passkey_made);
                Ok(())
            });
        }
    };
    let error = Signal::derive(move || missing.get().then(|| words::field_problem::required(lang()).to_owned()));
    view! {
        <form class="dialog-form" novalidate on:submit=send>
            <div class="dialog-body">
                {refused(desk)}
                <TextField
                    name="passkey_name"
                    label=Signal::derive(move || words::factor::passkey_name(lang()).to_owned())
                    value=name
                    on_type=Callback::new(move |text| name.set(text))
                    hint=Signal::derive(move || Some(words::factor::passkey_hint(lang()).to_owned()))
                    error
                />
            </div>
            <footer>
                <Button kind=Kind::Quiet on_click=desk.close()>{t(words::common::cancel)}</Button>
                <Button kind=Kind::Primary size=Size::Large role="submit" busy=desk.busy>
                    {t(words::factor::passkey_make)}
                </Button>
            </footer>
        </form>
    }
}

#[component]
fn SureSheet(desk: Desk, removal: Removal) -> impl IntoView {
    let go = Callback::new(move |()| {
        desk.act(async move {
            let changed = match removal {
                Removal::App => desk.api.remove_authenticator().await?,
                Removal::Passkey(id) => desk.api.remove_passkey(id).await?,
            };
            desk.take_in(changed, words::factor::removed);
            Ok(())
        });
    });
    view! {
        <div class="dialog-body">
            {refused(desk)}
            <p>{t(words::factor::remove_what)}</p>
        </div>
        <footer>
            <Button kind=Kind::Quiet on_click=desk.close()>{t(words::common::cancel)}</Button>
            <Button kind=Kind::Primary size=Size::Large busy=desk.busy on_click=go>{t(words::factor::stop)}</Button>
        </footer>
    }
}
