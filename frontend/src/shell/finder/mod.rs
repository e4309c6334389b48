//! さがす: one field for the whole app, in the bar above every page; on a phone it is opened from the bar below. What is
//! found stands under it, and what one looked at lately while nothing is typed.

mod offer;

use leptos::html;
use leptos::prelude::*;
use noren_domain::LeadId;
use wasm_bindgen::JsCast as _;

use self::offer::Offer;
use crate::api::{Api, use_api};
use crate::lead_search::{Lack, LeadSearch};
use crate::recent::{self, Viewed};
use crate::session::use_masters;
use crate::ui::button::{IconButton, Kind};
use crate::ui::combo::{Combo, is_composing};
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, lang, t};

/// The search of the app. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Finder {
    open: RwSignal<bool>,
    leads: LeadSearch,
    viewed: RwSignal<Vec<Viewed<LeadId>>>,
    /// The row that Enter opens.
    combo: Combo,
    root: NodeRef<html::Div>,
    input: NodeRef<html::Input>,
    /// Somebody asked for it before it was there.
    awaited: StoredValue<bool>,
}

impl Finder {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            leads: LeadSearch::new(),
            viewed: RwSignal::default(),
            combo: Combo::new("found"),
            root: NodeRef::new(),
            input: NodeRef::new(),
            awaited: StoredValue::new(false),
        }
    }

    /// Opens it, with the cursor in it. The field must be there at once: a keyboard comes up only within the tap.
    pub fn show(self) {
        let (Some(root), Some(input)) = (self.root.get_untracked(), self.input.get_untracked()) else {
            return self.awaited.set_value(true);
        };
        let _ = root.set_attribute("data-open", "");
        let _ = input.focus();
    }

    fn close(self) {
        self.open.set(false);
        self.combo.active.set(None);
        if let Some(input) = self.input.get_untracked() {
            let _ = input.blur();
        }
    }

    fn clear(self) {
        self.leads.typed.set(String::new());
        self.close();
    }

    fn words(self) -> String {
        self.leads.words()
    }

    fn search(self, api: Api, typed: String) {
        self.combo.active.set(None);
        self.leads.search(api, typed);
    }

    /// The rows; the last answer stays until the next one is there.
    fn offers(self) -> Vec<Offer> {
        let words = self.words();
        if words.is_empty() {
            return self.viewed.get().into_iter().map(Offer::viewed).collect();
        }
        let rows =
            self.leads.with_rows(|rows| rows.iter().map(|row| Offer::found(row, &words, lang())).collect::<Vec<_>>());
        let elsewhere = [Offer::of_customers(&words, lang()), Offer::all(&words, lang())];
        rows.into_iter().chain(Offer::of_stock(&words, lang())).chain(elsewhere).collect()
    }

    /// What is said of the rows.
    fn said(self) -> Option<String> {
        let words = self.words();
        if words.is_empty() {
            let some = self.viewed.with(|viewed| !viewed.is_empty());
            return some.then(|| words::finder::recent(lang()).to_owned());
        }
        self.leads.lack().map(|lack| match lack {
            Lack::Nobody => words::finder::nothing(lang(), words),
            Lack::Failed => words::finder::failed(lang()).to_owned(),
        })
    }

    fn key(self, event: &web_sys::KeyboardEvent, count: usize) {
        if is_composing(event) {
            return;
        }
        let at = self.combo.active.get_untracked();
        match event.key().as_str() {
            _ if self.combo.walk(event, count) => {}
            "Enter" => self.pick(at.unwrap_or(count.saturating_sub(1)), at.is_some()),
            "Escape" => self.clear(),
            _ => return,
        }
        event.prevent_default();
    }

    /// By its link, so that a form that would be left can ask first.
    fn pick(self, at: usize, chosen: bool) {
        if !chosen && untrack(|| self.words()).is_empty() {
            return;
        }
        let row = document().get_element_by_id(&self.combo.row_id(at));
        if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
            row.click();
        }
    }
}

pub fn use_finder() -> Finder {
    expect_context()
}

#[component]
pub fn FinderBar() -> impl IntoView {
    let (finder, api, me) = (use_finder(), use_api(), use_masters().me.id);
    let offers = Memo::new(move |_| finder.offers());
    let open = move || finder.open.get();
    finder.input.on_load(move |_| {
        if finder.awaited.get_value() {
            finder.awaited.set_value(false);
            finder.show();
        }
    });
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "/" && !is_typing() {
            event.prevent_default();
            finder.show();
        }
    });
    on_cleanup(move || slash.remove());
    let arrive = move |_| {
        finder.viewed.set(recent::of(me));
        finder.open.set(true);
    };
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if !finder.root.get_untracked().is_some_and(|root| root.contains(to.as_ref())) {
            finder.open.set(false);
        }
    };
    let expanded = move || (open() && offers.with(|offers| !offers.is_empty())).to_string();
    view! {
        <div class="finder" role="search" node_ref=finder.root data-open=move || open().then_some("") on:focusout=leave>
            <label class="search">
                <span class="sr">{t(words::finder::label)}</span>
                <Glyph icon=Icon::Search />
                <input
                    node_ref=finder.input
                    class="input"
                    type="search"
                    name="find"
                    role="combobox"
                    aria-autocomplete="list"
                    aria-controls="found"
                    aria-expanded=expanded
                    aria-activedescendant=move || finder.combo.active_id()
                    maxlength="100"
                    autocomplete="off"
                    enterkeyhint="search"
                    placeholder=t(words::finder::hint)
                    prop:value=finder.leads.typed
                    on:focus=arrive
                    on:input:target=move |ev| finder.search(api, ev.target().value())
                    on:keydown=move |ev| finder.key(&ev, offers.with_untracked(Vec::len))
                />
            </label>
            <IconButton
                label=Signal::derive(move || words::common::close(lang()))
                icon=Icon::Close
                kind=Kind::Quiet
                on_click=Callback::new(move |()| finder.clear())
            />
            <div class="found floating" hidden=move || !open()>
                <p role="status" class="t-meta t-2">{move || finder.said()}</p>
                // A tap must not take the cursor out of the field before it is a click.
                <div role="listbox" id="found" aria-label=t(words::finder::label) on:mousedown=|ev| ev.prevent_default()>
                    {move || offers.get().into_iter().enumerate().map(|(at, offer)| row(finder, at, offer)).collect_view()}
                </div>
            </div>
        </div>
    }
}

fn row(finder: Finder, at: usize, offer: Offer) -> AnyView {
    let Offer { href, name, told, mark: (from, to) } = offer;
    let part = |range: std::ops::Range<usize>| name.get(range).unwrap_or_default().to_owned();
    view! {
        <a
            role="option"
            id=finder.combo.row_id(at)
            href=href
            tabindex="-1"
            aria-selected=move || finder.combo.is_active(at)
            on:click=move |_| finder.clear()
        >
            <span class="clip">{part(0..from)} <mark>{part(from..to)}</mark> {part(to..name.len())}</span>
            <small class="t-2 clip">{told}</small>
        </a>
    }
    .into_any()
}

/// Whether a letter would go into a field, or a sheet lies over the page.
fn is_typing() -> bool {
    let selector = "input:focus, textarea:focus, select:focus, dialog[open]";
    document().query_selector(selector).ok().flatten().is_some()
}
