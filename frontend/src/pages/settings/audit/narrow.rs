//! What narrows a list of records. It stands in the address, so that a link can name it and going back keeps it.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::routes::Page;
use crate::session::Masters;
use crate::ui::field::Opt;
use crate::words::{self, Lang, lang, t};

/// What a list of records can be narrowed by.
pub trait Wanted: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<F: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static> Wanted for F {}

/// What is looked for, of the kind that the server is asked by.
pub struct Looking<F: Send + Sync + 'static> {
    pub wanted: Memo<F>,
    go: Callback<F>,
}

impl<F: Send + Sync + 'static> Clone for Looking<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Send + Sync + 'static> Copy for Looking<F> {}

impl<F: Wanted> Looking<F> {
    pub fn new(page: Page) -> Self {
        let (location, navigate) = (use_location(), use_navigate());
        let wanted = Memo::new(move |_| location.search.with(|search| parse(search)));
        let go = Callback::new(move |wanted: F| {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&at(page, &wanted), options);
        });
        Self { wanted, go }
    }

    pub fn change(self, change: impl FnOnce(&mut F)) {
        let mut wanted = self.wanted.get_untracked();
        change(&mut wanted);
        self.go.run(wanted);
    }

    pub fn clear(self) -> Callback<()> {
        Callback::new(move |()| self.go.run(F::default()))
    }

    pub fn narrows(self) -> bool {
        self.wanted.with(|wanted| *wanted != F::default())
    }
}

/// The address of a list that is narrowed.
pub fn at(page: Page, wanted: &impl Serialize) -> String {
    let search = serde_urlencoded::to_string(wanted).unwrap_or_default();
    if search.is_empty() { page.href() } else { format!("{}?{search}", page.href()) }
}

/// An address that was mistyped narrows nothing.
fn parse<F: Default + DeserializeOwned>(search: &str) -> F {
    serde_urlencoded::from_str(search.trim_start_matches('?')).unwrap_or_default()
}

/// Everybody whom the person knows, as records name them.
pub fn actors(masters: &Masters) -> Vec<Opt> {
    let person =
        |staff: &noren_api::staff::StaffMember| Opt { value: format!("staff:{}", staff.id), label: staff.name.clone() };
    masters.staff.iter().map(person).collect()
}

/// One filter: a chip that opens the device's own list.
#[component]
pub fn Narrow(
    name: &'static str,
    label: fn(Lang) -> &'static str,
    any: fn(Lang) -> &'static str,
    #[prop(into)] options: Signal<Vec<Opt>>,
    value: Signal<Option<String>>,
    choose: Callback<Option<String>>,
) -> impl IntoView {
    let all = move || {
        let any = Opt { value: String::new(), label: any(lang()).to_owned() };
        let mut all = vec![any];
        all.extend(options.get());
        // What a link has narrowed to may be nothing that one could choose.
        if let Some(own) = value.get().filter(|own| all.iter().all(|known| known.value != *own)) {
            all.push(Opt { label: words::audit::one_of(lang()).to_owned(), value: own });
        }
        all
    };
    let is = move |own: &str| value.with(|value| value.as_deref().unwrap_or_default() == own);
    let option = move |Opt { value: own, label }: Opt| {
        let same = own.clone();
        let selected = untrack(|| is(&own));
        view! { <option value=own selected=selected prop:selected=move || is(&same)>{label}</option> }
    };
    let chosen = move |text: String| choose.run(Some(text).filter(|text| !text.is_empty()));
    view! {
        <select
            class="chip"
            name=name
            aria-label=t(label)
            data-chosen=move || value.with(Option::is_some).then_some("")
            on:change:target=move |ev| chosen(ev.target().value())
        >
            {move || all().into_iter().map(option).collect_view()}
        </select>
    }
}

/// The first and the last day.
#[component]
pub fn Days(
    from: Signal<Option<NaiveDate>>,
    to: Signal<Option<NaiveDate>>,
    /// Whether it is the first, and the day.
    choose: Callback<(bool, Option<NaiveDate>)>,
) -> impl IntoView {
    let field =
        move |name: &'static str, label: fn(Lang) -> &'static str, day: Signal<Option<NaiveDate>>, first: bool| {
            view! {
                <label class="audit-day-field">
                    <span class="t-meta t-2">{t(label)}</span>
                    <input
                        class="input"
                        type="date"
                        name=name
                        prop:value=move || day.get().map(|day| day.to_string()).unwrap_or_default()
                        on:change:target=move |ev| choose.run((first, ev.target().value().parse().ok()))
                    />
                </label>
            }
        };
    view! {
        {field("from", words::audit::from, from, true)}
        {field("to", words::audit::to, to, false)}
    }
}

#[cfg(test)]
mod tests {
    use noren_api::access_events::AccessFilter;
    use noren_api::audit_events::AuditFilter;
    use noren_domain::access::AccessKind;

    use super::*;

    #[test]
    fn the_address_of_a_list_reads_back_as_the_same_list() {
        let wanted = AuditFilter {
            subject: Some("lead:0192f0c1-2345-7abc-8def-0123456789ab".into()),
            from: "2026-11-21".parse().ok(),
            ..AuditFilter::default()
        };
        let address = at(Page::Audit, &wanted);
        let (_, search) = address.split_once('?').unwrap();
        assert_eq!(parse::<AuditFilter>(&format!("?{search}")), wanted);
        let wanted = AccessFilter { kind: Some(AccessKind::LeadSearch), ..AccessFilter::default() };
        assert_eq!(at(Page::AccessEvents, &wanted), format!("{}?kind=lead_search", Page::AccessEvents.href()));
        assert_eq!(parse::<AccessFilter>("?kind=lead_search"), wanted);
        assert_eq!(at(Page::Audit, &AuditFilter::default()), Page::Audit.href());
        assert_eq!(parse::<AuditFilter>("?shoe=42"), AuditFilter::default());
    }
}
