//! What can be done with a lead, within the thumb's reach. What the viewer may not do is not there.

mod assign;
mod erase;
mod erasure;
mod hands;
mod inquiry;
mod moves;
mod sheet;

use leptos::prelude::*;
use noren_domain::lead::LeadStatus;

pub use self::assign::AssignButton;
pub use self::erase::EraseButton;
pub use self::hands::Hands;
use self::inquiry::InquiryButton;
use self::moves::{MainMove, MoveButton};
use crate::routes::Page;
use crate::ui::button::LinkButton;
use crate::ui::icon::Icon;
use crate::words::{self, t};

/// The bar at the foot of the page.
#[component]
pub fn ActionBar() -> impl IntoView {
    let hands = Hands::take();
    let lead = hands.view.lead;
    let may_edit = Memo::new(move |_| lead.with(|lead| lead.allowed.edit));
    // While its sheet is open the button stays, and with it what was typed, whatever others do meanwhile.
    let choosing = RwSignal::new(false);
    let targets = Memo::new(move |before: Option<&(LeadStatus, Vec<LeadStatus>)>| match before {
        Some(before) if choosing.get() => before.clone(),
        _ => lead.with(|lead| (lead.status, lead.allowed.move_to.clone())),
    });
    let edit = move || {
        let href = hands.list.beside(Page::EditLead(lead.with(|lead| lead.id)));
        may_edit.get().then(|| {
            view! { <LinkButton href icon=Icon::Pen short=words::lead::edit>{t(words::lead::edit)}</LinkButton> }
        })
    };
    let moves = move || {
        let (from, targets) = targets.get();
        let mut targets = targets.into_iter();
        let main = targets.next().map(|to| view! { <MainMove from to /> });
        let rest: Vec<LeadStatus> = targets.collect();
        let rest = (!rest.is_empty()).then(|| view! { <MoveButton open=choosing from rest /> });
        view! {
            {rest}
            <span class="push"></span>
            {main}
        }
    };
    view! {
        <footer class="actions">
            {edit}
            {move || may_edit.get().then(|| view! { <InquiryButton /> })}
            {moves}
        </footer>
    }
}
