//! The parts of a key that are typed or chosen.

use leptos::prelude::*;
use noren_domain::api_client::Scope;

use super::ClientWork;
use super::content::{Draft, Part, scope_words, toggle};
use crate::pages::settings::content::Part as _;
use crate::pages::settings::fields::{Section, Text, label};
use crate::session::use_masters;
use crate::ui::field::Typing;
use crate::words::{self, Lang, t};

const DATE: Typing =
    Typing { kind: Some("date"), inputmode: None, autocomplete: None, enterkeyhint: None, placeholder: None };
const DIGITS: Typing = Typing { kind: None, inputmode: Some("numeric"), ..DATE };

#[component]
pub fn Parts(work: ClientWork) -> impl IntoView {
    use words::api_clients as say;
    let stores = use_masters().stores.iter().map(|store| (store.id, store.name.clone())).collect::<Vec<_>>();
    let scopes = Scope::ALL.map(move |scope| {
        let [name, what] = scope_words(scope);
        let has = move |draft: &Draft| draft.scopes.contains(&scope);
        let turn = move |draft: &mut Draft| toggle(&mut draft.scopes, scope);
        view! {
            <Choice work part=Part::Scopes value=scope.as_str().to_owned() has turn>
                <b>{t(name)}</b>
                <small>{t(what)}</small>
            </Choice>
        }
    });
    let stores = stores.into_iter().map(move |(id, name)| {
        let has = move |draft: &Draft| draft.store_ids.contains(&id);
        let turn = move |draft: &mut Draft| toggle(&mut draft.store_ids, id);
        view! {
            <Choice work part=Part::Stores value=id.to_string() has turn>
                <b>{name}</b>
            </Choice>
        }
    });
    view! {
        <div class="stack form-section">
            <Section title=say::basics>
                <Text work part=Part::Name hint=say::name_hint required=true />
                <Text work part=Part::Expires hint=say::expires_hint required=true typing=DATE />
            </Section>
            <Section title=words::api_client_part::stores>
                <Choices work part=Part::Stores hint=say::stores_hint>{stores.collect_view()}</Choices>
            </Section>
            <Section title=say::bounds>
                <Text work part=Part::Addresses hint=say::addresses_hint rows=3 />
                <Text work part=Part::Requests hint=say::requests_hint typing=DIGITS />
            </Section>
        </div>
        <Section title=words::api_client_part::scopes>
            <Choices work part=Part::Scopes hint=say::scopes_hint>{scopes.collect_view()}</Choices>
        </Section>
    }
}

/// Several things with check marks, of which at least one is wanted.
#[component]
fn Choices(work: ClientWork, part: Part, hint: fn(Lang) -> &'static str, children: Children) -> impl IntoView {
    let error = work.error(part);
    let error_id = format!("{}-error", part.path());
    let described = {
        let id = error_id.clone();
        move || error.with(Option::is_some).then(|| id.clone())
    };
    view! {
        <fieldset
            class="choices"
            id=part.path()
            data-state=move || error.with(Option::is_some).then_some("error")
            aria-describedby=described
        >
            <legend class="sr">{label(part)}</legend>
            <p class="hint">{t(hint)}</p>
            <div class="options">{children()}</div>
            {move || error.get().map(|text| view! { <p class="error" id=error_id.clone()>{text}</p> })}
        </fieldset>
    }
}

#[component]
fn Choice<H, T>(work: ClientWork, part: Part, value: String, has: H, turn: T, children: Children) -> impl IntoView
where
    H: Fn(&Draft) -> bool + Copy + Send + Sync + 'static,
    T: Fn(&mut Draft) + Copy + Send + Sync + 'static,
{
    let change = move |_| {
        work.content.update(|draft| turn(draft));
        work.left(part);
    };
    view! {
        <label class="chip option">
            <input
                type="checkbox"
                name=part.path()
                value=value
                prop:checked=move || work.content.with(|draft| has(draft))
                on:change=change
            />
            <span>{children()}</span>
        </label>
    }
}
