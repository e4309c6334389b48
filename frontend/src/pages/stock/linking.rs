//! つなぐ: which lead wants which car. Somebody who comes from a lead finds the way at each car.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::LeadId;
use noren_domain::code::StockNumber;

use super::stock_list::use_stock_list;
use crate::api::{Api, use_api};
use crate::live::{Live, use_live};
use crate::pages::leads::lines;
use crate::routes::Page;
use crate::session::{Session, is_turned};
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::icon::{Glyph, Icon, Size};
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, lang, lang_untracked, t};

/// What linking needs. `Copy`; it outlives the page, because a toast does that offers the way back.
#[derive(Clone, Copy)]
pub struct Linking {
    api: Api,
    live: Live,
    toasts: Toasts,
}

impl Linking {
    pub fn new() -> Self {
        Self { api: use_api(), live: use_live(), toasts: use_toasts() }
    }

    /// Links a car to a lead, says so and offers the way back; `done` runs after either with whether they are linked.
    pub fn link(
        self,
        lead: LeadId,
        number: StockNumber,
        whom: String,
        done: impl Fn(bool) + Clone + Send + Sync + 'static,
    ) {
        self.link_saying((lead, number), words::wanted::linked_to(lang_untracked(), whom), done);
    }

    /// The same, said to whom it is for.
    pub fn like(self, lead: LeadId, number: StockNumber, done: impl Fn(bool) + Clone + Send + Sync + 'static) {
        self.link_saying((lead, number), words::customer_view::is_liked(lang_untracked()).to_owned(), done);
    }

    fn link_saying(
        self,
        (lead, number): (LeadId, StockNumber),
        said: String,
        done: impl Fn(bool) + Clone + Send + Sync + 'static,
    ) {
        spawn_local(async move {
            self.live.wrote(lead);
            let linked = self.api.link_vehicle(lead, number.clone()).await.is_ok();
            done(linked);
            if !linked {
                return self.toasts.say(words::wanted::not_linked(lang_untracked()));
            }
            self.toasts.say_with_undo(said, move || self.take_back(lead, number.clone(), done.clone()));
        });
    }

    /// Takes a car from a lead, says so and offers the way back; `done` runs after either.
    pub fn unlink(
        self,
        lead: LeadId,
        number: StockNumber,
        name: String,
        done: impl Fn(bool) + Clone + Send + Sync + 'static,
    ) {
        spawn_local(async move {
            self.live.wrote(lead);
            if self.api.unlink_vehicle(lead, number.clone()).await.is_err() {
                return self.toasts.say(words::wanted::not_unlinked(lang_untracked()));
            }
            done(false);
            let said = words::wanted::unlinked(lang_untracked(), name);
            self.toasts.say_with_undo(said, move || {
                let (number, done) = (number.clone(), done.clone());
                spawn_local(async move {
                    self.live.wrote(lead);
                    let linked = self.api.link_vehicle(lead, number).await.is_ok();
                    if !linked {
                        self.toasts.say(words::wanted::not_linked(lang_untracked()));
                    }
                    done(linked);
                });
            });
        });
    }

    fn take_back(self, lead: LeadId, number: StockNumber, done: impl Fn(bool) + 'static) {
        spawn_local(async move {
            self.live.wrote(lead);
            let failed = self.api.unlink_vehicle(lead, number).await.is_err();
            if failed {
                self.toasts.say(words::wanted::not_unlinked(lang_untracked()));
            }
            done(failed);
        });
    }
}

/// For whom one looks: who it is, and what they are linked to.
#[derive(Clone, Copy)]
pub struct Sought {
    pub lead: Memo<Option<LeadId>>,
    /// How they are called.
    name: LocalResource<Option<String>>,
    linked: RwSignal<Vec<StockNumber>>,
}

impl Sought {
    pub fn new() -> Self {
        let (api, list) = (use_api(), use_stock_list());
        let turned = expect_context::<RwSignal<Session>>().with_untracked(Session::turned);
        // While a customer looks, it is them or nobody.
        let lead = Memo::new(move |_| match turned {
            Some(view) => view.lead_id,
            None => list.query.with(|query| query.lead),
        });
        let linked = RwSignal::new(Vec::new());
        let name = LocalResource::new(move || {
            let lead = lead.get();
            async move {
                // Whoever looks themselves need not be told who they are.
                let lead = lead.filter(|_| turned.is_none());
                let profile = api.get_lead(lead?).await.ok()?.lead.profile;
                Some(lines::called(profile.name.as_deref(), profile.company.as_deref(), lang_untracked()).to_string())
            }
        });
        Effect::new(move || {
            let Some(lead) = lead.get() else { return };
            spawn_local(async move {
                let wanted = api.list_wanted_vehicles(lead).await.map(|wanted| wanted.items).unwrap_or_default();
                linked.try_set(wanted.into_iter().map(|wanted| wanted.stock_number).collect());
            });
        });
        Self { lead, name, linked }
    }

    /// How they are called, once that is known.
    pub fn name(self) -> String {
        self.name.get().flatten().unwrap_or_default()
    }

    pub fn is_linked(self, number: &StockNumber) -> bool {
        self.linked.with(|linked| linked.contains(number))
    }

    pub fn note(self, number: &StockNumber, is_linked: bool) {
        self.linked.try_update(|linked| {
            linked.retain(|known| known != number);
            if is_linked {
                linked.push(number.clone());
            }
        });
    }
}

/// Above the list: for whom one looks, the way back to them and the way out.
#[component]
pub fn Looking() -> impl IntoView {
    let (list, sought) = (use_stock_list(), expect_context::<Sought>());
    let stop = Callback::new(move |()| list.change(|query| query.lead = None));
    let turned = is_turned();
    move || {
        let lead = sought.lead.get().filter(|_| !turned)?;
        Some(view! {
            <div class="line looking">
                <Glyph icon=Icon::Link />
                <span class="grow clip">{move || words::wanted::looking(lang(), sought.name())}</span>
                <LinkButton kind=Kind::Quiet href=Page::Lead(lead).href()>{t(words::wanted::to_lead)}</LinkButton>
                <Button kind=Kind::Quiet on_click=stop>{t(words::wanted::stop)}</Button>
            </div>
        })
    }
}

/// At a car: links it to whomever one looks for, or says that it is linked.
#[component]
pub fn LinkHere(number: StockNumber, name: String) -> impl IntoView {
    let (sought, linking) = (expect_context::<Sought>(), Linking::new());
    let number = StoredValue::new(number);
    let linked = Memo::new(move |_| number.with_value(|number| sought.is_linked(number)));
    let turned = is_turned();
    let (word, linked_word) = if turned {
        (words::customer_view::like as fn(_) -> _, words::customer_view::liked as fn(_) -> _)
    } else {
        (words::wanted::link as fn(_) -> _, words::wanted::linked as fn(_) -> _)
    };
    let link = move |_| {
        let Some(lead) = sought.lead.get_untracked() else { return };
        let number = number.get_value();
        sought.note(&number, true);
        if turned {
            return linking.like(lead, number.clone(), move |is_linked| sought.note(&number, is_linked));
        }
        let whom = untrack(|| sought.name());
        linking.link(lead, number.clone(), whom, move |is_linked| sought.note(&number, is_linked));
    };
    move || {
        if linked.get() {
            return view! {
                <span class="linked push">
                    <Glyph icon=Icon::Check size=Size::Small />
                    {t(linked_word)}
                </span>
            }
            .into_any();
        }
        let label = format!("{} {name}", word(lang()));
        view! {
            <button class="btn push" type="button" data-kind="soft" aria-label=label on:click=link>
                <Glyph icon=Icon::Link size=Size::Small />
                {t(word)}
            </button>
        }
        .into_any()
    }
}
