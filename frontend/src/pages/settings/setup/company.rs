//! The company, by the parts of its own page.

use leptos::prelude::*;
use noren_api::company::{Company, CompanyProfile};
use noren_domain::company::SetupStep;

use super::Run;
use super::step::{Progress, Skip};
use crate::drafts::DraftKey;
use crate::editor::{FormPage, FormWords, Sending, look_after};
use crate::merge_patch::patch;
use crate::pages::settings::company::{LogoCard, Parts};
use crate::pages::settings::work::Work;
use crate::routes::Page;
use crate::session::use_masters;
use crate::words::{self, t};

const WORDS: FormWords =
    FormWords { title: words::setup::company, save: words::setup::next, failed: words::edit::not_saved };

#[component]
pub fn CompanyStep(run: Run, company: Company) -> impl IntoView {
    let Company { profile, logo, version, .. } = company;
    let (work, was_kept) =
        Work::begin((Some(version), profile.clone()), None, DraftKey::of_company(use_masters().me.id));
    let (restored, saved) = (RwSignal::new(was_kept), look_after(work));
    let save = Action::new_local(move |content: &CompanyProfile| {
        let ((version, base), content) = (work.base.get_value(), content.clone());
        async move {
            if let (Some(version), Some(patch)) = (version, patch("profile", &base, &content)) {
                let answered = run.api.edit_company(version, patch).await;
                if let Err(error) = answered {
                    // Somebody else was faster; the next try begins from what they saved, and says so before.
                    if let Some(current) = error.current::<Company>() {
                        work.base.set_value((Some(current.version), current.profile));
                    }
                    work.refused(&error);
                    return Err(error);
                }
            }
            saved.try_run(());
            run.go(Some(SetupStep::Store)).await
        }
    });
    let send = Callback::new(move |()| {
        if let Some(content) = work.checked() {
            save.dispatch_local(content);
        }
    });
    let on_drop = Callback::new(move |()| {
        let version = work.base.with_value(|(version, _)| *version);
        work.restart(version, profile.clone());
        restored.set(false);
    });
    let way = view! { <Skip run to=Some(SetupStep::Store) /> }.into_any();
    let head = view! { <Progress step=SetupStep::Company /> }.into_any();
    view! {
        <FormPage words=WORDS back=Signal::stored(Page::Settings.href()) sending=Sending::of(save) send restored on_drop way head>
            <p class="t-2">{t(words::setup::company_lead)}</p>
            <Parts work />
            <LogoCard work logo />
        </FormPage>
    }
}
