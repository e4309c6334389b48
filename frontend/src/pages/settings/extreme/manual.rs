//! 手入力: what EXTREME must be told where nothing can be sent there, for whoever types it in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::manual_entries::{ManualEntry, ManualEntryFilter};
use noren_domain::OutboxMessageId;
use noren_domain::customer::Wish;

use crate::api::{Api, ApiError, use_api};
use crate::pages::customers::lines;
use crate::paging::{First, Pager};
use crate::routes::Page;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, Choices};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::empty::Empty;
use crate::ui::failure::FailureNotice;
use crate::ui::icon::Icon;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, lang, lang_untracked, t};

/// The list with what one can do about its rows.
#[derive(Clone, Copy)]
struct Entries {
    api: Api,
    toasts: Toasts,
    entered: RwSignal<bool>,
    pager: Pager<ManualEntry>,
}

impl Entries {
    fn new() -> Self {
        let (api, entered) = (use_api(), RwSignal::new(false));
        let pager = Pager::new(move |ask| {
            let filter = ManualEntryFilter { entered: entered.get(), after: ask.after, limit: ask.limit };
            Box::pin(api.list_manual_entries(filter))
        });
        Self { api, toasts: use_toasts(), entered, pager }
    }

    /// Says that it was typed in, and offers the way back; or takes that back.
    async fn decide(self, entry: ManualEntry) -> Result<(), ApiError> {
        let ManualEntry { id, version, customer_name: name, entered_at, .. } = entry;
        let decided = self.put(id, version, entered_at.is_none()).await;
        if let (Ok(now), None) = (&decided, entered_at) {
            let (id, version) = (now.id, now.version);
            let said = words::manual_entries::entered_now(lang_untracked(), name);
            self.toasts.say_with_undo(said, move || {
                spawn_local(async move {
                    if self.put(id, version, false).await.is_err() {
                        self.toasts.say(words::manual_entries::not_decided(lang_untracked()));
                    }
                });
            });
        }
        // The row is another one by now, or gone: what would stand in it is not seen.
        if decided.as_ref().is_err_and(|error| error.status() == 412) {
            self.toasts.say(words::problem::stale(lang_untracked()));
        }
        decided.map(drop)
    }

    async fn put(self, id: OutboxMessageId, version: i64, entered: bool) -> Result<ManualEntry, ApiError> {
        let decided = self.api.decide_manual_entry(id, version, if entered { "enter" } else { "reopen" }).await;
        self.pager.refetch();
        decided
    }
}

#[component]
pub fn ManualEntries() -> impl IntoView {
    use words::manual_entries as say;
    let entries = Entries::new();
    let (pager, entered) = (entries.pager, entries.entered);
    let choices = Signal::derive(move || {
        vec![Choice::new("open", say::to_enter(lang())), Choice::new("entered", say::entered(lang()))]
    });
    let chosen = Signal::derive(move || if entered.get() { "entered" } else { "open" }.to_owned());
    let on_choose = Callback::new(move |value: String| entered.set(value == "entered"));
    let body = move |loaded: Loaded<First<ManualEntry>>| view! { <Rows loaded entries /> }.into_any();
    view! {
        <section class="card manual-entries" aria-labelledby="manual-entries">
            <header class="line" data-wrap>
                <div class="grow">
                    <h2 id="manual-entries" class="as-card">{t(say::title)}</h2>
                    <p class="t-2">{t(say::what)}</p>
                </div>
                <Save entries />
            </header>
            <Choices
                name="manual-entries"
                legend=Signal::derive(move || words::outbox::show(lang()).to_owned())
                choices
                chosen
                on_choose
            />
            <Load resource=pager.first failed=say::not_loaded skeleton=|| view! { <SkeletonRows rows=3 /> } view=body />
        </section>
    }
}

/// The list as a table, to lay beside EXTREME.
#[component]
fn Save(entries: Entries) -> impl IntoView {
    use words::manual_entries as say;
    let save = Action::new_local(move |(): &()| async move {
        let file = entries.api.export_manual_entries().await?;
        file.save().map_err(|_| ApiError::Unexpected { request_id: None })?;
        entries.toasts.say(words::extreme_files::saved(lang_untracked()));
        Ok::<(), ApiError>(())
    });
    let failure = move || {
        let error = save.value().get().and_then(Result::err).filter(|_| !save.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::extreme_files::not_saved /> })
    };
    let on_click = Callback::new(move |()| drop(save.dispatch_local(())));
    view! {
        <Button busy=save.pending() on_click>{t(say::save)}</Button>
        {failure}
    }
}

#[component]
fn Rows(loaded: Loaded<First<ManualEntry>>, entries: Entries) -> impl IntoView {
    use words::manual_entries as say;
    let Loaded { value: first, failure } = loaded;
    let pager = entries.pager;
    let rows = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let old = move || {
        failure.get().map(|failure| view! { <FailureNotice failure=Signal::stored(failure) title=say::not_loaded /> })
    };
    let nothing = move || {
        rows.with(Vec::is_empty).then(|| {
            let none = if entries.entered.get() { say::none_entered } else { say::none };
            view! { <Empty icon=Icon::Check title=Signal::derive(move || none(lang()).to_owned()) /> }
        })
    };
    view! {
        {old}
        {nothing}
        <ul class="manual-rows">
            <For each=move || rows.get() key=|row| (row.id, row.version) let:row>
                <Row entry=row entries />
            </For>
        </ul>
        <More tail=pager.tail(first) />
    }
}

#[component]
fn Row(entry: ManualEntry, entries: Entries) -> impl IntoView {
    use words::manual_entries as say;
    let decide = Action::new_local({
        let entry = entry.clone();
        move |(): &()| entries.decide(entry.clone())
    });
    let failure = move || {
        let error = decide.value().get().and_then(Result::err).filter(|_| !decide.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=say::not_decided /> })
    };
    let ManualEntry { customer_code, customer_name, wishes, note, requested_at, staff_name, .. } = entry;
    let (entered_at, entered_by) = (entry.entered_at, entry.entered_by_name);
    let near = |at| date::near(at, use_ticker().get_untracked(), lang());
    let asked = move || say::asked(lang(), near(requested_at), staff_name.clone().unwrap_or_default());
    let typed = entered_at.map(|at| {
        let by = entered_by.unwrap_or_default();
        view! { <p class="t-meta t-2 num">{move || say::entered_by(lang(), near(at), &by)}</p> }
    });
    let act = if entered_at.is_none() { say::enter } else { say::reopen };
    let kind = if entered_at.is_none() { Kind::Soft } else { Kind::Quiet };
    let on_click = Callback::new(move |()| drop(decide.dispatch_local(())));
    view! {
        <li>
            <div class="grow stack">
                <p class="line" data-wrap>
                    <a href=Page::customer(&customer_code)><b>{customer_name}</b></a>
                    <span class="t-meta t-2 num">{customer_code.to_string()}</span>
                </p>
                <dl class="manual-values">{wishes.into_iter().map(|wish| view! { <Value wish /> }).collect_view()}</dl>
                {note.map(|note| view! { <p class="t-meta note">{note}</p> })}
                <p class="t-meta t-2 num">{asked}</p>
                {typed}
                {failure}
            </div>
            <Button kind busy=decide.pending() on_click>{t(act)}</Button>
        </li>
    }
}

/// What is to be typed is what is seen first; what stands there now tells that it is the right record.
#[component]
fn Value(wish: Wish) -> impl IntoView {
    let Wish { field, seen, wanted } = wish;
    let empty = || words::common::empty(lang()).to_owned();
    let wanted = move || wanted.clone().unwrap_or_else(empty);
    let seen = move || words::manual_entries::seen(lang(), seen.clone().unwrap_or_else(empty));
    view! {
        <div>
            <dt class="t-meta t-2">{t(lines::field(field))}</dt>
            <dd>
                <b class="num">{wanted}</b>
                <span class="t-meta t-2">{seen}</span>
            </dd>
        </div>
    }
}
