//! What is recorded of looks at personal data, and for how long.

use leptos::prelude::*;
use noren_api::FieldProblem;
use noren_api::access_events::{AccessRecording, RecordingSettings};
use noren_domain::StaffId;
use noren_domain::access::MAX_KEEP_MONTHS;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::frame::AuditGate;
use crate::api::Api;
use crate::drafts::DraftKey;
use crate::editor::FormWords;
use crate::errors::FieldErrors;
use crate::pages::settings::content::{self, Content};
use crate::pages::settings::editing::EditOf;
use crate::pages::settings::fields::{Section, Text};
use crate::pages::settings::record::{Answer, Only, Record};
use crate::pages::settings::work::Work;
use crate::routes::Page;
use crate::session::{Masters, Session};
use crate::ui::field::Typing;
use crate::words::{self, Lang, lang, t};

const EDIT: FormWords =
    FormWords { title: words::recording::title, save: words::common::save, failed: words::edit::not_saved };
const DIGITS: Typing =
    Typing { kind: None, inputmode: Some("numeric"), autocomplete: None, enterkeyhint: None, placeholder: None };

/// As it is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    settings: RecordingSettings,
    months: String,
}

impl Draft {
    fn of(settings: RecordingSettings) -> Self {
        Self { settings, months: settings.keep_months.to_string() }
    }

    fn months(&self) -> Option<u32> {
        let typed = noren_domain::text::tidy(&self.months);
        typed.parse().ok().filter(|months| (1..=MAX_KEEP_MONTHS).contains(months))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    LeadDetail,
    LeadList,
    LeadSearch,
    Timeline,
    FormSubmission,
    CustomerDetail,
    CustomerList,
    CustomerSearch,
    Records,
    ApiClients,
    KeepMonths,
}

impl Part {
    /// Those that are on or off.
    const SWITCHES: [Self; 10] = [
        Self::LeadDetail,
        Self::LeadList,
        Self::LeadSearch,
        Self::Timeline,
        Self::FormSubmission,
        Self::CustomerDetail,
        Self::CustomerList,
        Self::CustomerSearch,
        Self::Records,
        Self::ApiClients,
    ];

    fn switch(self, settings: &mut RecordingSettings) -> Option<&mut bool> {
        match self {
            Self::LeadDetail => Some(&mut settings.lead_detail),
            Self::LeadList => Some(&mut settings.lead_list),
            Self::LeadSearch => Some(&mut settings.lead_search),
            Self::Timeline => Some(&mut settings.timeline),
            Self::FormSubmission => Some(&mut settings.form_submission),
            Self::CustomerDetail => Some(&mut settings.customer_detail),
            Self::CustomerList => Some(&mut settings.customer_list),
            Self::CustomerSearch => Some(&mut settings.customer_search),
            Self::Records => Some(&mut settings.records),
            Self::ApiClients => Some(&mut settings.api_clients),
            Self::KeepMonths => None,
        }
    }

    fn hint(self) -> fn(Lang) -> &'static str {
        use words::recording as say;
        match self {
            Self::LeadDetail => say::lead_detail_hint,
            Self::LeadList => say::lead_list_hint,
            Self::LeadSearch => say::lead_search_hint,
            Self::Timeline => say::timeline_hint,
            Self::FormSubmission => say::form_submission_hint,
            Self::CustomerDetail => say::customer_detail_hint,
            Self::CustomerList => say::customer_list_hint,
            Self::CustomerSearch => say::customer_search_hint,
            Self::Records => say::records_hint,
            Self::ApiClients => say::api_clients_hint,
            Self::KeepMonths => say::keep_hint,
        }
    }
}

impl content::Part for Part {
    type Content = Draft;

    const ALL: &'static [Self] = &[
        Self::LeadDetail,
        Self::LeadList,
        Self::LeadSearch,
        Self::Timeline,
        Self::FormSubmission,
        Self::CustomerDetail,
        Self::CustomerList,
        Self::CustomerSearch,
        Self::Records,
        Self::ApiClients,
        Self::KeepMonths,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::LeadDetail => "lead_detail",
            Self::LeadList => "lead_list",
            Self::LeadSearch => "lead_search",
            Self::Timeline => "timeline",
            Self::FormSubmission => "form_submission",
            Self::CustomerDetail => "customer_detail",
            Self::CustomerList => "customer_list",
            Self::CustomerSearch => "customer_search",
            Self::Records => "records",
            Self::ApiClients => "api_clients",
            Self::KeepMonths => "keep_months",
        }
    }

    fn label(self) -> fn(Lang) -> &'static str {
        use words::access_kind as kind;
        match self {
            Self::LeadDetail => kind::lead_detail,
            Self::LeadList => kind::lead_list,
            Self::LeadSearch => kind::lead_search,
            Self::Timeline => kind::timeline,
            Self::FormSubmission => kind::form_submission,
            Self::CustomerDetail => kind::customer_detail,
            Self::CustomerList => kind::customer_list,
            Self::CustomerSearch => kind::customer_search,
            Self::Records => kind::records,
            Self::ApiClients => words::recording::api_clients,
            Self::KeepMonths => words::recording::keep_months,
        }
    }

    /// A switch says `on` or nothing.
    fn text(self, draft: &Draft) -> String {
        let mut settings = draft.settings;
        match self.switch(&mut settings) {
            Some(on) => if *on { "on" } else { "" }.to_owned(),
            None => draft.months.clone(),
        }
    }

    fn set(self, draft: &mut Draft, text: String) {
        match self.switch(&mut draft.settings) {
            Some(on) => *on = text == "on",
            None => draft.months = text,
        }
    }

    fn read(self, draft: &Draft, _: &Masters, lang: Lang) -> String {
        let text = self.text(draft);
        match self {
            Self::KeepMonths => words::recording::months(lang, text),
            _ if text.is_empty() => words::recording::off(lang).to_owned(),
            _ => words::recording::on(lang).to_owned(),
        }
    }
}

impl Content for Draft {
    type Part = Part;
    type Sent = RecordingSettings;

    fn name(&self) -> &'static str {
        ""
    }

    fn problems(&self) -> FieldErrors {
        let wrong = || FieldProblem {
            field: "keep_months".to_owned(),
            code: "out_of_range".to_owned(),
            min: Some(1),
            max: Some(i64::from(MAX_KEEP_MONTHS)),
        };
        self.months().is_none().then(wrong).into_iter().collect()
    }

    fn sent(&self) -> RecordingSettings {
        let keep_months = self.months().unwrap_or(self.settings.keep_months);
        RecordingSettings { keep_months, ..self.settings }
    }

    fn sentence(_: &FieldProblem, lang: Lang) -> String {
        words::recording::keep_wrong(lang, MAX_KEEP_MONTHS)
    }
}

impl Record for AccessRecording {
    type Id = Only;
    type Content = Draft;

    const MEMBER: &'static str = "settings";
    const LIST: Page = Page::AccessEvents;

    fn id(&self) -> Only {
        Only
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn content(&self) -> Draft {
        Draft::of(self.settings)
    }

    fn draft(me: StaffId, _: Option<Only>) -> DraftKey {
        DraftKey::of_recording(me)
    }

    fn read(api: Api, _: Only) -> impl Future<Output = Answer<Self>> + 'static {
        api.get_access_recording()
    }

    /// It is always there.
    async fn create(api: Api, _: RecordingSettings, _: String) -> Answer<Self> {
        api.get_access_recording().await
    }

    fn edit(api: Api, _: Only, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static {
        api.edit_access_recording(version, patch)
    }
}

#[component]
pub fn RecordingPage() -> impl IntoView {
    let edit = || {
        let body = |work: Work<Draft>, _: AccessRecording| view! { <Parts work /> }.into_any();
        view! { <EditOf id=Only words=EDIT failed=words::recording::not_loaded body /> }.into_any()
    };
    view! {
        <main class="page form-pane">
            <AuditGate may=Session::administers view=edit />
        </main>
    }
}

#[component]
fn Parts(work: Work<Draft>) -> impl IntoView {
    view! {
        <Section title=words::recording::kinds>
            <p class="t-2">{t(words::recording::what)}</p>
            <div class="options">{Part::SWITCHES.map(|part| switch(work, part)).collect_view()}</div>
        </Section>
        <Section title=words::recording::keeping>
            <Text work part=Part::KeepMonths hint=words::recording::keep_hint required=true typing=DIGITS />
        </Section>
    }
}

fn switch(work: Work<Draft>, part: Part) -> AnyView {
    use content::Part as _;
    let on = work.text(part);
    let turn = move |on: bool| work.set(part, if on { "on".to_owned() } else { String::new() });
    view! {
        <label class="chip option">
            <input
                type="checkbox"
                id=part.path()
                name=part.path()
                prop:checked=move || !on.get().is_empty()
                on:change:target=move |ev| turn(ev.target().checked())
            />
            <span>{t(part.label())} <small>{move || part.hint()(lang())}</small></span>
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use content::Part as _;
    use noren_domain::access::AccessRecording as Settings;

    use super::*;

    #[test]
    fn what_is_switched_and_typed_is_what_is_sent() {
        let mut draft = Draft::of(Settings::default().into());
        for part in Part::SWITCHES {
            assert_eq!(part.text(&draft), "on", "{part:?}");
            part.set(&mut draft, String::new());
            assert_eq!(part.text(&draft), "", "{part:?}");
        }
        Part::KeepMonths.set(&mut draft, "１２ ".into());
        assert!(draft.problems().of("keep_months").is_none());
        let sent = Settings::from(draft.sent());
        assert_eq!(Settings::default().changes_to(&sent).len(), 11);
        assert_eq!(sent.keep_months, 12);
        for wrong in ["", "0", "121", "一年"] {
            Part::KeepMonths.set(&mut draft, wrong.into());
            assert!(draft.problems().of("keep_months").is_some(), "{wrong}");
        }
    }
}
