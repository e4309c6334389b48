//! A file is put down or chosen, and sent at once.

use chrono::DateTime;
use leptos::html;
use leptos::prelude::*;
use noren_api::extreme_intakes::ExtremeIntakeUpload;
use noren_domain::sync::Stream;
use web_sys::{DragEvent, File};

use crate::api::{ApiError, idempotency_key, use_api};
use crate::ui::failure::FailureNotice;
use crate::ui::field::{Opt, SelectField};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::toast::use_toasts;
use crate::words::{self, lang, lang_untracked, t};

const LARGEST: f64 = 50.0 * 1024.0 * 1024.0;

/// What is said of a file before its first byte.
fn upload(file: &File, stream: Option<Stream>) -> ExtremeIntakeUpload {
    #[expect(clippy::cast_possible_truncation, reason = "a file's age in milliseconds is far below 2^53")]
    let written_at = DateTime::from_timestamp_millis(file.last_modified() as i64);
    ExtremeIntakeUpload { file_name: file.name(), stream, written_at }
}

#[component]
pub fn HandIn(on_handed_in: Callback<()>) -> impl IntoView {
    use words::extreme_files as say;
    let (api, toasts) = (use_api(), use_toasts());
    let (kind, wrong, is_over) = (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let send = Action::new_local(move |file: &File| {
        let (file, stream) = (file.clone(), kind.with_untracked(|kind| kind.parse().ok()));
        async move {
            match api.hand_in_extreme_file(upload(&file, stream), file, idempotency_key()).await {
                Ok(_) => {
                    toasts.say(say::sent(lang_untracked()));
                    on_handed_in.try_run(());
                    Ok(())
                }
                Err(error) if error.fields().iter().any(|field| field.code == "intake.kind") => {
                    wrong.try_set(Some(say::kind_unknown(lang_untracked()).to_owned()));
                    Ok(())
                }
                Err(error) => Err::<(), ApiError>(error),
            }
        }
    });
    let take = move |file: File| {
        let is_too_large = file.size() > LARGEST;
        wrong.set(is_too_large.then(|| say::too_large(lang_untracked()).to_owned()));
        if !is_too_large {
            send.dispatch_local(file);
        }
    };
    let busy: Signal<bool> = send.pending().into();
    let failure = move || {
        let error = send.value().get().and_then(Result::err).filter(|_| !busy.get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=say::not_sent /> })
    };
    let kinds = Signal::derive(move || {
        let all = Stream::ALL.iter().map(|stream| Opt {
            value: stream.as_str().to_owned(),
            label: super::super::said::stream(*stream).1(lang()).to_owned(),
        });
        [Opt { value: String::new(), label: say::by_name(lang()).to_owned() }]
            .into_iter()
            .chain(all)
            .collect::<Vec<_>>()
    });
    let over = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        let file = event.data_transfer().and_then(|carried| carried.files()).and_then(|files| files.get(0));
        if let Some(file) = file.filter(|_| !busy.get_untracked()) {
            take(file);
        }
    };
    view! {
        <div
            class="extreme-drop"
            data-over=move || is_over.get().then_some("true")
            on:dragover=over
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            {failure}
            <p class="drop-words t-2"><Glyph icon=Icon::Inbox /><span>{t(say::drop)}</span></p>
            <div class="drop-line">
                <SelectField
                    name="intake-kind"
                    label=Signal::derive(move || say::kind(lang()).to_owned())
                    options=kinds
                    value=kind
                    on_choose=Callback::new(move |value| kind.set(value))
                />
                <Chooser busy take />
            </div>
            <p class="hint" id="intake-hint">{t(say::name_hint)}</p>
            <div id="intake-error" role="alert">{move || wrong.get().map(|text| view! { <p class="error">{text}</p> })}</div>
        </div>
    }
}

/// The device's own chooser of files, as a button.
#[component]
fn Chooser(busy: Signal<bool>, take: impl Fn(File) + Copy + 'static) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            take(file);
        }
        // So that the same file can be chosen again.
        input.set_value("");
    };
    let label = move || {
        if busy.get() { words::extreme_files::sending(lang()) } else { words::extreme_files::choose(lang()) }
    };
    view! {
        <label class="btn file" data-kind="primary" aria-busy=move || busy.get().then_some("true")>
            <input
                id="intake-file"
                class="sr"
                type="file"
                accept=".csv,.txt,.tsv,text/csv"
                node_ref=input
                disabled=busy
                aria-describedby="intake-hint intake-error"
                on:change=chosen
            />
            <Glyph icon=Icon::Plus />
            <span>{label}</span>
        </label>
        <p class="sr" role="status">{move || busy.get().then(|| words::extreme_files::sending(lang()))}</p>
    }
}
