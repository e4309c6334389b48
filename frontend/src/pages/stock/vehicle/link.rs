//! 見込み客につなぐ: whom the car is for, found as everywhere else.

use leptos::prelude::*;
use noren_domain::LeadId;

use super::super::linking::{Linking, Sought};
use super::Shown;
use super::interested::Interested;
use super::whom::LeadPicker;
use crate::ui::button::{Button, Kind, Size};
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, lang, t};

/// The main action of the page: to whomever one looks for, else to whom one chooses.
#[component]
pub fn LinkAction(car: Shown) -> impl IntoView {
    let sought = expect_context::<Sought>();
    let (linking, Interested(leads)) = (Linking::new(), expect_context());
    let open = RwSignal::new(false);
    let number = move || car.with_untracked(|car| car.stock_number.clone());
    let linked = Memo::new(move |_| car.with(|car| sought.is_linked(&car.stock_number)));
    let link = Callback::new(move |(lead, whom): (LeadId, String)| {
        let number = number();
        open.set(false);
        let is_sought = sought.lead.get_untracked() == Some(lead);
        linking.link(lead, number.clone(), whom, move |is_linked| {
            if is_sought {
                sought.note(&number, is_linked);
            }
            leads.refetch();
        });
    });
    let action = move || {
        match sought.lead.get() {
        Some(_) if linked.get() => view! {
            <Button kind=Kind::Secondary size=Size::Large icon=Icon::Check on_click=Callback::new(move |()| open.set(true))>
                {t(words::wanted::linked)}
            </Button>
        }
        .into_any(),
        Some(lead) => view! {
            <Button kind=Kind::Primary size=Size::Large icon=Icon::Link on_click=Callback::new(move |()| link.run((lead, untrack(|| sought.name()))))>
                {t(words::wanted::link)}
            </Button>
        }
        .into_any(),
        None => view! {
            <Button kind=Kind::Primary size=Size::Large icon=Icon::Link on_click=Callback::new(move |()| open.set(true))>
                {t(words::vehicle::link)}
            </Button>
        }
        .into_any(),
    }
    };
    view! {
        {action}
        <Dialog open title=Signal::derive(move || words::vehicle::link(lang()).to_owned())>
            <div class="dialog-body">
                <LeadPicker label=words::wanted::whom on_pick=link />
            </div>
        </Dialog>
    }
}

/// The same for whom the screen is turned to: the car is one that they like, or one no more.
#[component]
pub fn LikeAction(car: Shown, lead: LeadId) -> impl IntoView {
    let (sought, linking) = (expect_context::<Sought>(), Linking::new());
    let number = move || car.with_untracked(|car| car.stock_number.clone());
    let liked = Memo::new(move |_| car.with(|car| sought.is_linked(&car.stock_number)));
    let like = Callback::new(move |()| {
        let number = number();
        linking.like(lead, number.clone(), move |is_linked| sought.note(&number, is_linked));
    });
    let leave = Callback::new(move |()| {
        let number = number();
        let name = car.with_untracked(|car| car.identity.model_name.clone());
        linking.unlink(lead, number.clone(), name, move |is_linked| sought.note(&number, is_linked));
    });
    move || {
        if liked.get() {
            return view! {
                <span class="linked">
                    <Glyph icon=Icon::Check />
                    {t(words::customer_view::liked)}
                </span>
                <span class="push"></span>
                <Button kind=Kind::Secondary size=Size::Large on_click=leave>{t(words::customer_view::unlike)}</Button>
            }
            .into_any();
        }
        view! {
            <span class="push"></span>
            <Button kind=Kind::Primary size=Size::Large icon=Icon::Check on_click=like>{t(words::customer_view::like)}</Button>
        }
        .into_any()
    }
}
