//! What is shown, as a file.

use leptos::prelude::*;
use noren_api::audit_events::ExportFormat;

use crate::api::{ApiError, File};
use crate::ui::button::{Button, Kind, Size};
use crate::ui::failure::FailureNotice;
use crate::ui::toast::use_toasts;
use crate::words::{self, lang_untracked, t};

/// Fetches a file and has it saved.
pub type Exporting = Action<ExportFormat, Result<(), ApiError>>;

pub fn exporting<F: Future<Output = Result<File, ApiError>> + 'static>(
    fetch: impl Fn(ExportFormat) -> F + 'static,
) -> Exporting {
    let toasts = use_toasts();
    Action::new_local(move |format: &ExportFormat| {
        let file = untrack(|| fetch(*format));
        async move {
            let file = file.await?;
            file.save().map_err(|_| ApiError::Unexpected { request_id: None })?;
            toasts.say(words::audit::exported(lang_untracked()));
            Ok(())
        }
    })
}

/// The two kinds of file, where a thumb finds them.
#[component]
pub fn ExportFoot(export: Exporting) -> impl IntoView {
    let as_file = move |format| Callback::new(move |()| drop(export.dispatch_local(format)));
    view! {
        <footer class="actions">
            <Button kind=Kind::Quiet busy=export.pending() on_click=as_file(ExportFormat::Jsonl)>
                {t(words::audit::export_json)}
            </Button>
            <span class="push"></span>
            <Button
                kind=Kind::Secondary
                size=Size::Large
                busy=export.pending()
                on_click=as_file(ExportFormat::Csv)
            >
                {t(words::audit::export_csv)}
            </Button>
        </footer>
    }
}

/// Why there is no file.
#[component]
pub fn ExportFailure(export: Exporting) -> impl IntoView {
    move || {
        let error = export.value().get().and_then(Result::err).filter(|_| !export.pending().get())?;
        Some(view! { <FailureNotice failure=Signal::stored(error.into()) title=words::audit::not_exported /> })
    }
}
