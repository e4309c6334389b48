//! The pages on which something is made and changed. Nothing typed is lost, not even by somebody else's save.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::conflict::Conflict;
use super::content::Content as _;
use super::record::{Record, creating, editing};
use super::work::Work;
use crate::api::{idempotency_key, use_api};
use crate::editor::{FormPage, FormWords, Sending, look_after};
use crate::pages::not_found::NothingHere;
use crate::routes::Page;
use crate::session::use_masters;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::Lang;

/// What is new to be made of `blank`.
#[component]
pub fn New<R: Record>(
    words: FormWords,
    blank: R::Content,
    /// What is said when it is made.
    said: fn(Lang) -> &'static str,
    /// Where it leads then.
    on: fn(&R) -> Page,
    body: fn(Work<R::Content>) -> AnyView,
) -> impl IntoView {
    let key = R::draft(use_masters().me.id, None);
    let (work, was_kept) = Work::begin((None, blank.clone()), Some(idempotency_key()), key);
    let restored = RwSignal::new(was_kept);
    let save = creating::<R>(work, look_after(work), said, on);
    let send = Callback::new(move |()| {
        if let Some(content) = work.checked() {
            save.dispatch_local(content);
        }
    });
    let on_drop = Callback::new(move |()| {
        work.restart(None, blank.clone());
        work.request.set_value(Some(idempotency_key()));
        restored.set(false);
    });
    view! {
        <FormPage words back=Signal::stored(R::LIST.href()) sending=Sending::of(save) send restored on_drop>
            {body(work)}
        </FormPage>
    }
}

/// What is there by the id in the address.
#[component]
pub fn Edit<R: Record>(
    words: FormWords,
    /// What could not be done if it is not read.
    failed: fn(Lang) -> &'static str,
    body: fn(Work<R::Content>, R) -> AnyView,
) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<R::Id>().ok())));
    move || match id.get() {
        Some(id) => view! { <EditOf id words failed body /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

/// The same by an id that is known.
#[component]
pub fn EditOf<R: Record>(
    id: R::Id,
    words: FormWords,
    failed: fn(Lang) -> &'static str,
    body: fn(Work<R::Content>, R) -> AnyView,
) -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || R::read(api, id));
    // The page begins from what was opened and does not follow it.
    let form =
        move |loaded: Loaded<R>| view! { <EditForm record=loaded.value.get_untracked() words body /> }.into_any();
    let missing = Memo::new(move |_| resource.with(|got| matches!(got, Some(Err(error)) if error.status() == 404)));
    move || {
        if missing.get() {
            return view! { <NothingHere /> }.into_any();
        }
        view! { <Load resource failed skeleton=|| view! { <Skeleton lines=8 /> } view=form /> }.into_any()
    }
}

#[component]
fn EditForm<R: Record>(record: R, words: FormWords, body: fn(Work<R::Content>, R) -> AnyView) -> impl IntoView {
    let (id, version, opened) = (record.id(), record.version(), record.content());
    let key = R::draft(use_masters().me.id, Some(id));
    let (work, was_kept) = Work::begin((Some(version), opened.clone()), None, key);
    let (restored, conflict) = (RwSignal::new(was_kept), RwSignal::new(None::<R>));
    let save = editing::<R>(id, work, look_after(work), conflict);
    let send = Callback::new(move |()| {
        if let Some(content) = work.checked() {
            save.dispatch_local(content);
        }
    });
    let whom = Signal::stored(Some(opened.name().to_owned()).filter(|name| !name.is_empty()));
    let on_drop = Callback::new(move |()| {
        work.restart(Some(version), opened.clone());
        restored.set(false);
    });
    // What was chosen between two versions is saved against the newer one.
    let on_settle = Callback::new(move |(version, current, merged): (i64, R::Content, R::Content)| {
        work.restart(Some(version), current);
        work.content.set(merged);
        conflict.set(None);
        send.run(());
    });
    let on_back = Callback::new(move |()| conflict.set(None));
    let back = Signal::stored(R::shown_at(id).href());
    move || match conflict.get() {
        Some(current) => {
            let (mine, changed) = (work.content.get_untracked(), work.changed_parts());
            let (version, current) = (current.version(), current.content());
            view! { <Conflict version current mine changed whom on_settle on_back /> }.into_any()
        }
        None => {
            let body = body(work, record.clone());
            view! {
                <FormPage words whom back sending=Sending::of(save) send restored on_drop>
                    {body}
                </FormPage>
            }
            .into_any()
        }
    }
}
