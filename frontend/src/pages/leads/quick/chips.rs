//! What is chosen by one tap each.

use leptos::prelude::*;
use noren_api::lead_sources::LeadSource;

use crate::pages::leads::fields::Field;
use crate::pages::leads::form::{Form, temperatures};
use crate::pages::leads::lines;
use crate::session::use_masters;
use crate::ui::choice::{Choice, Choices};
use crate::ui::icon::Icon;
use crate::words::{self, Lang, lang};

type Word = fn(Lang) -> &'static str;

/// The ways in of somebody whom a person writes down by hand; the others come by themselves, or rarely.
const AT_HAND: [&str; 4] = ["walk_in", "phone", "referral", "line"];
/// A budget in 万円, and in millions of yen for those who read English.
const BUDGETS: [(&str, &str); 6] =
    [("100", "1"), ("150", "1.5"), ("200", "2"), ("250", "2.5"), ("300", "3"), ("400", "4")];
/// The shapes of cars; the lead says them in Japanese, as a form of the shop's own site would.
const SHAPES: [(&str, Icon, Word); 6] = [
    ("軽", Icon::Kei, words::shape::kei),
    ("コンパクト", Icon::Compact, words::shape::compact),
    ("ミニバン", Icon::Minivan, words::shape::minivan),
    ("SUV", Icon::Suv, words::shape::suv),
    ("セダン", Icon::Sedan, words::shape::sedan),
    ("商用", Icon::Truck, words::shape::truck),
];

/// One field of the draft as chips. Tapping a chosen one takes it back.
#[component]
fn Chips(
    form: Form,
    field: Field,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(optional)] end: Option<AnyView>,
) -> impl IntoView {
    view! {
        <Choices
            name=field.path()
            legend=Signal::derive(move || field.label()(lang()).to_owned())
            choices
            chosen=form.text(field)
            on_choose=Callback::new(move |value| {
                form.set(field, value);
                form.left(field.path());
            })
            error=form.error(field.path())
            required=form.needs(field)
            again=true
            end
        />
    }
}

/// The few that fit, and the rest.
fn parted(sources: &[LeadSource]) -> (Vec<&LeadSource>, Vec<&LeadSource>) {
    let (mut few, mut rest): (Vec<_>, Vec<_>) =
        sources.iter().filter(|source| source.active).partition(|source| AT_HAND.contains(&&*source.code.0));
    // A dealer of other habits has some chips all the same.
    let lacking = AT_HAND.len().saturating_sub(few.len()).min(rest.len());
    few.extend(rest.drain(..lacking));
    (few, rest)
}

#[component]
pub fn SourceChips(form: Form) -> impl IntoView {
    let masters = use_masters();
    let codes = |sources: Vec<&LeadSource>| sources.iter().map(|source| source.code.0.clone()).collect::<Vec<_>>();
    let (few, rest) = parted(&masters.sources);
    let (few, rest) = (codes(few), StoredValue::new(codes(rest)));
    let masters = StoredValue::new(masters);
    let name = move |code: &str| masters.with_value(|masters| masters.source_name(code, lang()));
    let choices = move || {
        few.iter().map(|code| Choice::new(&**code, name(code)).with(lines::source_icon(code))).collect::<Vec<_>>()
    };
    let other = move || {
        let chosen = form.draft.with(|draft| draft.text(Field::Source).to_owned());
        rest.with_value(|rest| rest.contains(&chosen)).then_some(chosen)
    };
    let option = move |code: String| {
        let (selected, label) = (Some(&code) == other().as_ref(), name(&code));
        view! { <option value=code selected=selected>{label}</option> }
    };
    let select = view! {
        <select
            class="chip"
            aria-label=move || words::quick::other_source(lang())
            data-chosen=move || other().map(|_| "")
            prop:value=move || other().unwrap_or_default()
            on:change:target=move |ev| {
                form.set(Field::Source, ev.target().value());
                form.left(Field::Source.path());
            }
        >
            <option value="">{move || words::quick::other(lang())}</option>
            {move || rest.get_value().into_iter().map(option).collect_view()}
        </select>
    };
    view! { <Chips form field=Field::Source choices=Signal::derive(choices) end=select.into_any() /> }
}

#[component]
pub fn ShapeChips(form: Form) -> impl IntoView {
    let choices = || SHAPES.map(|(value, icon, label)| Choice::new(value, label(lang())).with(icon)).to_vec();
    view! { <Chips form field=Field::BodyType choices=Signal::derive(choices) /> }
}

#[component]
pub fn BudgetChips(form: Form) -> impl IntoView {
    let label =
        |(man, million): (&str, &str)| words::quick::up_to(lang(), if lang() == Lang::Ja { man } else { million });
    let choices = move || BUDGETS.map(|budget| Choice::new(budget.0, label(budget))).to_vec();
    view! { <Chips form field=Field::Budget choices=Signal::derive(choices) /> }
}

#[component]
pub fn TemperatureChips(form: Form) -> impl IntoView {
    view! { <Chips form field=Field::Temperature choices=Signal::derive(temperatures) /> }
}

#[cfg(test)]
mod tests {
    use noren_domain::Yen;
    use noren_domain::lead_source::SourceCode;

    use super::*;
    use crate::ui::yen;

    fn source(code: &str, active: bool) -> LeadSource {
        let name = code.to_owned();
        LeadSource {
            code: SourceCode(code.into()),
            name_ja: name.clone(),
            name_en: name,
            first_response_minutes: 5,
            active,
        }
    }

    fn codes(sources: &[LeadSource]) -> (Vec<&str>, Vec<&str>) {
        fn of(sources: Vec<&LeadSource>) -> Vec<&str> {
            sources.into_iter().map(|one| one.code.0.as_str()).collect()
        }
        let (few, rest) = parted(sources);
        (of(few), of(rest))
    }

    #[test]
    fn who_comes_in_or_calls_is_one_tap() {
        let sources = ["carsensor", "walk_in", "phone", "referral", "line", "other"].map(|code| source(code, true));
        assert_eq!(codes(&sources), (AT_HAND.to_vec(), vec!["carsensor", "other"]));
    }

    #[test]
    fn a_dealer_without_the_usual_ones_has_chips_all_the_same() {
        let mut sources = ["a", "b", "c", "walk_in", "d"].map(|code| source(code, true)).to_vec();
        sources.push(source("phone", false));
        assert_eq!(codes(&sources), (vec!["walk_in", "a", "b", "c"], vec!["d"]));
        assert_eq!(codes(&sources[..1]), (vec!["a"], vec![]));
    }

    #[test]
    fn a_budget_says_the_same_in_both_languages() {
        for (man, million) in BUDGETS {
            let yen = yen::parse_man(man).unwrap();
            assert_eq!(Some(Yen(yen.0 / 100)), yen::parse_man(million));
        }
    }
}
