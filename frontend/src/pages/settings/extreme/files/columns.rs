//! 列の対応: every field of a kind of file, where its column is, and what stands there in the last file.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use noren_api::extreme_intakes::{ExtremeColumnMap, ExtremeField};
use noren_domain::sync::Stream;

use super::choices::{AUTOMATIC, Choices, FIXED, UNUSED, of_heading};
use super::said;
use crate::api::{ApiError, use_api};
use crate::pages::not_found::NothingHere;
use crate::pages::settings::gate::Gate;
use crate::routes::Page;
use crate::session::Session;
use crate::ui::button::{BackLink, Button, Kind, Size};
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::field::{Opt, SelectField, TextField};
use crate::ui::heading::PageHeading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::load::{Load, Loaded};
use crate::ui::notice::{Notice, Tone};
use crate::ui::skeleton::Skeleton;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

type Resource = LocalResource<Result<ExtremeColumnMap, ApiError>>;

#[component]
pub fn ExtremeColumnsPage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <Gate
                may=Session::administers
                title=words::extreme_files::columns
                not_yours=words::extreme::not_yours
                view=|| view! { <OfAddress /> }.into_any()
            />
        </main>
    }
}

#[component]
fn OfAddress() -> impl IntoView {
    let params = use_params_map();
    let stream = Memo::new(move |_| params.with(|params| params.get("stream").and_then(|text| text.parse().ok())));
    move || match stream.get() {
        Some(stream) => view! { <Columns stream /> }.into_any(),
        None => view! { <NothingHere /> }.into_any(),
    }
}

#[component]
fn Columns(stream: Stream) -> impl IntoView {
    let api = use_api();
    let resource: Resource = LocalResource::new(move || api.get_extreme_columns(stream));
    let title =
        Signal::derive(move || words::extreme_files::columns_of(lang(), super::super::said::stream(stream).1(lang())));
    let body = move |loaded: Loaded<ExtremeColumnMap>| view! { <Editing loaded resource /> }.into_any();
    view! {
        <header class="detail-head">
            <BackLink href=Page::Extreme.href() label=words::extreme_files::back />
            <PageHeading title />
        </header>
        <Load
            resource
            failed=words::extreme_files::map_not_loaded
            skeleton=|| view! { <div class="settings-body"><Skeleton lines=8 /></div> }
            view=body
        />
    }
}

#[component]
fn Editing(loaded: Loaded<ExtremeColumnMap>, resource: Resource) -> impl IntoView {
    use words::extreme_files as say;
    let Loaded { value: map, .. } = loaded;
    let (api, toasts) = (use_api(), use_toasts());
    let choices = RwSignal::new(map.with_untracked(|map| Choices::from(&map.content)));
    let unsaid = RwSignal::new(Vec::<String>::new());
    let save = Action::new_local(move |(): &()| {
        let (stream, version) = map.with_untracked(|map| (map.stream, map.version));
        let wanted = choices.with_untracked(Choices::to_send);
        async move {
            let saved = api.set_extreme_columns(stream, version, wanted).await;
            match &saved {
                Ok(_) => toasts.say(say::map_saved(lang_untracked())),
                Err(error) => {
                    if let Some(current) = error.current::<ExtremeColumnMap>() {
                        choices.try_set(Choices::from(&current.content));
                        toasts.say(say::map_stale(lang_untracked()));
                    }
                }
            }
            resource.refetch();
            saved.map(|_| ())
        }
    });
    let on_save = Callback::new(move |()| {
        unsaid.set(choices.with_untracked(|choices| choices.unsaid().into_iter().map(str::to_owned).collect()));
        if unsaid.with_untracked(Vec::is_empty) {
            save.dispatch_local(());
        }
    });
    let failure = move || {
        let error =
            save.value().get().and_then(Result::err).filter(|error| !save.pending().get() && error.status() != 412)?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=say::map_not_saved /> })
    };
    let fields = move || {
        let (fields, headings) = map.with(|map| (map.fields.clone(), map.headings.clone()));
        let row = |field| view! { <FieldRow field headings=headings.clone() choices unsaid /> };
        fields.into_iter().map(row).collect_view()
    };
    let whole = move || (map.with(|map| map.stream) == Stream::Vehicles).then(|| view! { <WholeStock choices /> });
    view! {
        <div class="scroll settings-body extreme-body" tabindex="0">
            <p class="t-2">{t(say::map_what)}</p>
            <Shows map />
            {whole}
            <ul class="extreme-fields">{fields}</ul>
        </div>
        {failure}
        <footer class="actions">
            <span class="push"></span>
            <Button kind=Kind::Primary size=Size::Large busy=save.pending() on_click=on_save>{t(say::save)}</Button>
        </footer>
    }
}

/// What the last file shows: whether a file like it can be taken, and what of it nobody uses.
#[component]
fn Shows(map: Signal<ExtremeColumnMap>) -> impl IntoView {
    use words::extreme_files as say;
    let ticker = use_ticker();
    let file = move || match map.with(|map| map.file.clone()) {
        Some(file) => {
            say::map_file(lang(), date::near(file.handed_in_at, ticker.get_untracked(), lang()), file.file_name)
        }
        None => say::map_no_file(lang()).to_owned(),
    };
    let stands = move || {
        let (reasons, has_file) = map.with(|map| (map.reasons.clone(), map.file.is_some()));
        if reasons.is_empty() {
            return has_file.then(|| {
                view! { <p class="extreme-fits"><Glyph icon=Icon::Check /><span>{t(say::map_fits)}</span></p> }
                    .into_any()
            });
        }
        let line = |code: &str, heading: &str| {
            if code == "column.twice" { say::twice(lang(), heading) } else { say::missing(lang(), heading) }
        };
        let lines = reasons.into_iter().map(|reason| view! { <li>{move || line(&reason.code, &reason.column)}</li> });
        let lines = lines.collect_view();
        Some(
            view! {
                <Notice icon=Icon::Alert tone=Tone::Warn>
                    <div class="stack"><h2>{t(say::map_missing)}</h2><ul>{lines}</ul></div>
                </Notice>
            }
            .into_any(),
        )
    };
    let unknown = move || {
        let unknown = map.with(|map| map.unknown.clone());
        (!unknown.is_empty()).then(|| {
            let names = unknown.into_iter().map(|heading| view! { <li class="badge" data-tone="line">{heading}</li> });
            view! {
                <div class="extreme-unknown">
                    <h2 class="t-2">{t(say::map_unknown)}</h2>
                    <ul>{names.collect_view()}</ul>
                </div>
            }
        })
    };
    view! {
        <section class="card extreme-shows">
            <p class="t-2">{file}</p>
            {stands}
            {unknown}
        </section>
    }
}

#[component]
fn WholeStock(choices: RwSignal<Choices>) -> impl IntoView {
    let is_whole = move || choices.with(|choices| choices.is_whole_stock);
    view! {
        <label class="card extreme-whole">
            <input
                type="checkbox"
                name="is_whole_stock"
                prop:checked=is_whole
                on:change:target=move |ev| {
                    let is_whole = ev.target().checked();
                    choices.update(|choices| choices.is_whole_stock = is_whole);
                }
            />
            <span>
                <b>{t(words::extreme_files::whole_stock)}</b>
                <small class="t-2">{t(words::extreme_files::whole_stock_what)}</small>
            </span>
        </label>
    }
}

#[component]
fn FieldRow(
    field: ExtremeField,
    headings: Vec<String>,
    choices: RwSignal<Choices>,
    unsaid: RwSignal<Vec<String>>,
) -> impl IntoView {
    use words::extreme_files as say;
    let field = StoredValue::new(field);
    let name = field.with_value(|field| field.field.clone());
    let named = StoredValue::new(name.clone());
    let label = Signal::derive(move || field.with_value(|field| said::field(field, lang())));
    let needed = field.with_value(|field| field.needed);
    let value = Signal::derive(move || named.with_value(|name| choices.with(|choices| choices.value(name))));
    let is_fixed = Memo::new(move |_| named.with_value(|name| choices.with(|choices| choices.fixed(name).is_some())));
    let options = Signal::derive(move || {
        let option = |value: &str, label: String| Opt { value: value.to_owned(), label };
        let chosen = named.with_value(|name| choices.with(|choices| choices.heading(name).map(str::to_owned)));
        let found = field.with_value(|field| field.found.clone()).filter(|_| chosen.is_none());
        let automatic =
            found.map_or_else(|| say::automatic_none(lang()).to_owned(), |found| say::automatic(lang(), found));
        // A heading that was chosen stays to be seen, though the last file does not have it.
        let gone = chosen.filter(|chosen| !headings.contains(chosen));
        let of_file = headings.iter().filter(|heading| !heading.is_empty()).cloned();
        let of_file = of_file.chain(gone).map(|heading| option(&of_heading(&heading), heading));
        let first = option(AUTOMATIC, automatic);
        let last = [option(FIXED, say::fixed(lang()).to_owned()), option(UNUSED, say::unused(lang()).to_owned())];
        [first].into_iter().chain(of_file).chain(last).collect::<Vec<_>>()
    });
    let hint = Signal::derive(move || field.with_value(|field| Some(say::usual(lang(), field.usual.join("、")))));
    let fixed_field = move || {
        let value = Signal::derive(move || {
            named.with_value(|name| choices.with(|choices| choices.fixed(name).unwrap_or_default().to_owned()))
        });
        let error = Signal::derive(move || {
            let is_missing = named.with_value(|name| unsaid.with(|unsaid| unsaid.contains(name)));
            is_missing.then(|| say::fixed_missing(lang()).to_owned())
        });
        let on_type =
            Callback::new(move |text| named.with_value(|name| choices.update(|choices| choices.fix(name, text))));
        view! {
            <TextField
                name=format!("{}-fixed", named.get_value())
                label=Signal::derive(move || say::fixed_value(lang()).to_owned())
                value
                on_type
                error
            />
        }
    };
    let examples = move || {
        let examples = field.with_value(|field| field.examples.clone());
        if examples.is_empty() {
            return view! { <p class="t-3">{t(say::no_examples)}</p> }.into_any();
        }
        let cells = examples.into_iter().map(|cell| view! { <li>{cell}</li> }).collect_view();
        view! { <ul aria-label=t(say::examples)>{cells}</ul> }.into_any()
    };
    let on_choose = Callback::new(move |value: String| {
        named.with_value(|name| choices.update(|choices| choices.choose(name, &value)));
    });
    view! {
        <li class="card">
            <div class="stack">
                <SelectField name label options value on_choose hint required=needed />
                {move || is_fixed.get().then(fixed_field)}
            </div>
            <div class="examples">{examples}</div>
        </li>
    }
}
