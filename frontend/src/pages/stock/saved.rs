//! 保存した条件: filters that a person keeps under a name.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::vehicles::{NewSavedFilter, SavedFilter};
use serde_json::json;

use super::chips::said;
use super::facet::Facet;
use super::query::StockQuery;
use super::stock_list::{StockList, use_stock_list};
use crate::api::{Api, ApiError, idempotency_key, use_api};
use crate::ui::button::{Button, IconButton, Kind};
use crate::ui::dialog::Dialog;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{TextField, Typing};
use crate::ui::icon::{Glyph, Icon, Size};
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, lang, lang_untracked, t};

/// As long as the server takes a name.
const LONGEST: usize = 40;

type Kept = LocalResource<Result<Vec<SavedFilter>, ApiError>>;

#[component]
pub fn SavedFilters() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <button class="chip" type="button" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <Glyph icon=Icon::Star size=Size::Small />
            <span>{t(words::stock::saved)}</span>
        </button>
        <Dialog open title=Signal::derive(move || words::stock::saved(lang()).to_owned())>
            <Sheet open />
        </Dialog>
    }
}

/// What the sheet works with. `Copy`.
#[derive(Clone, Copy)]
struct Shelf {
    api: Api,
    toasts: Toasts,
    list: StockList,
    kept: Kept,
    open: RwSignal<bool>,
}

#[component]
fn Sheet(open: RwSignal<bool>) -> impl IntoView {
    let api = use_api();
    let kept = LocalResource::new(move || api.list_saved_filters());
    let shelf = Shelf { api, toasts: use_toasts(), list: use_stock_list(), kept, open };
    let body = move |Loaded { value, .. }: Loaded<Vec<SavedFilter>>| {
        let rows = move || value.get().into_iter().map(|filter| view! { <Row filter shelf /> }).collect_view();
        let none =
            move || value.with(Vec::is_empty).then(|| view! { <p class="t-2">{t(words::saved_filter::none)}</p> });
        view! {
            {none}
            <ul class="kept-filters">{rows}</ul>
        }
        .into_any()
    };
    view! {
        <div class="dialog-body">
            <Keep shelf />
            <Load resource=kept failed=words::saved_filter::not_loaded skeleton=|| view! { <Skeleton lines=3 /> } view=body />
        </div>
    }
}

/// Keeps what the list is narrowed to now.
#[component]
fn Keep(shelf: Shelf) -> impl IntoView {
    let list = shelf.list;
    let typed = RwSignal::new(suggested(list));
    let key = StoredValue::new(idempotency_key());
    let keep = Action::new_local(move |(): &()| {
        let name = typed.get_untracked().trim().to_owned();
        let query = list.query.with_untracked(StockQuery::kept);
        async move {
            shelf.api.keep_filter(NewSavedFilter { name, query }, key.get_value()).await?;
            key.set_value(idempotency_key());
            shelf.kept.refetch();
            shelf.toasts.say(words::saved_filter::kept(lang_untracked()));
            Ok::<(), ApiError>(())
        }
    });
    let failure = move || {
        let error = keep.value().get().and_then(Result::err).filter(|_| !keep.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::saved_filter::not_kept /> })
    };
    let narrowed = list.query.with_untracked(|query| !Facet::of(query).is_empty());
    if !narrowed {
        return view! { <p class="hint">{t(words::saved_filter::nothing_set)}</p> }.into_any();
    }
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !typed.with_untracked(|typed| typed.trim().is_empty()) {
            keep.dispatch_local(());
        }
    };
    view! {
        <form class="keep-filter" on:submit=send>
            {failure}
            <TextField
                name="filter_name"
                label=Signal::derive(move || words::saved_filter::name(lang()).to_owned())
                value=typed
                on_type=Callback::new(move |text: String| typed.set(text.chars().take(LONGEST).collect()))
                typing=Typing { enterkeyhint: Some("done"), ..Typing::default() }
            />
            <Button kind=Kind::Primary role="submit" busy=keep.pending()>{t(words::saved_filter::keep)}</Button>
        </form>
    }
    .into_any()
}

/// What the filters say, as a name to begin with.
fn suggested(list: StockList) -> String {
    let facets = list.query.with_untracked(Facet::of);
    let said = untrack(|| facets.into_iter().filter_map(said).collect::<Vec<_>>());
    said.join(words::common::dot(lang_untracked())).chars().take(LONGEST).collect()
}

#[component]
fn Row(filter: SavedFilter, shelf: Shelf) -> impl IntoView {
    let renaming = RwSignal::new(false);
    let query = StockQuery::parse(&filter.query);
    let in_use = {
        let query = query.clone();
        Memo::new(move |_| shelf.list.query.with(|now| now.kept() == query.kept()))
    };
    let apply = move |_| {
        let lead = shelf.list.query.with_untracked(|now| now.lead);
        shelf.list.go(StockQuery { lead, ..query.clone() });
        shelf.open.set(false);
    };
    let name = filter.name.clone();
    let (rename_name, delete_name) = (name.clone(), name.clone());
    let filter = StoredValue::new(filter);
    let line = move || {
        if renaming.get() {
            return view! { <Rename filter=filter.get_value() shelf renaming /> }.into_any();
        }
        view! {
            <button class="kept-filter" type="button" aria-current=move || in_use.get().then_some("true") on:click=apply.clone()>
                <span class="clip">{name.clone()}</span>
                {move || in_use.get().then(|| view! { <small class="t-2">{t(words::saved_filter::is_now)}</small> })}
            </button>
            <NamedButton icon=Icon::Pen label=words::saved_filter::rename(lang(), &rename_name) on_click=Callback::new(move |()| renaming.set(true)) />
            <NamedButton icon=Icon::Close label=words::saved_filter::delete(lang(), &delete_name) on_click=Callback::new(move |()| remove(shelf, filter.get_value())) />
        }
        .into_any()
    };
    view! { <li class="line">{line}</li> }
}

#[component]
fn NamedButton(icon: Icon, label: String, on_click: Callback<()>) -> impl IntoView {
    view! {
        <button class="btn" type="button" data-kind="icon" aria-label=label on:click=move |_| on_click.run(())>
            <Glyph icon />
        </button>
    }
}

#[component]
fn Rename(filter: SavedFilter, shelf: Shelf, renaming: RwSignal<bool>) -> impl IntoView {
    let typed = RwSignal::new(filter.name.clone());
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = typed.get_untracked().trim().to_owned();
        if name.is_empty() {
            return;
        }
        let (id, version) = (filter.id, filter.version);
        spawn_local(async move {
            if shelf.api.edit_saved_filter(id, version, json!({ "name": name })).await.is_err() {
                shelf.toasts.say(words::saved_filter::not_kept(lang_untracked()));
            }
            shelf.kept.refetch();
        });
    };
    view! {
        <form class="line grow" on:submit=send>
            <input
                class="input grow"
                aria-label=t(words::saved_filter::name)
                maxlength="40"
                enterkeyhint="done"
                autofocus
                prop:value=typed
                on:input:target=move |ev| typed.set(ev.target().value())
            />
            <Button kind=Kind::Soft role="submit">{t(words::common::save)}</Button>
            <IconButton
                label=Signal::derive(move || words::common::cancel(lang()))
                icon=Icon::Close
                kind=Kind::Quiet
                on_click=Callback::new(move |()| renaming.set(false))
            />
        </form>
    }
}

/// Deletes it at once; the way back makes it anew.
fn remove(shelf: Shelf, filter: SavedFilter) {
    spawn_local(async move {
        let lang = lang_untracked();
        let deleted = shelf.api.delete_saved_filter(filter.id).await;
        shelf.kept.refetch();
        if deleted.is_err() {
            return shelf.toasts.say(words::saved_filter::not_deleted(lang));
        }
        let said = words::saved_filter::deleted(lang, &filter.name);
        shelf.toasts.say_with_undo(said, move || {
            let again = NewSavedFilter { name: filter.name.clone(), query: filter.query.clone() };
            spawn_local(async move {
                if shelf.api.keep_filter(again, idempotency_key()).await.is_err() {
                    shelf.toasts.say(words::saved_filter::not_kept(lang_untracked()));
                }
                shelf.kept.refetch();
            });
        });
    });
}
