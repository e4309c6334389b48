//! What can be done with a lead, within the thumb's reach. What the viewer may not do is not there.

mod assign;
mod hands;
mod inquiry;
mod moves;
mod sheet;

use leptos::prelude::*;
use noren_domain::lead::LeadStatus;

pub use self::assign::AssignButton;
use self::hands::Hands;
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
    let allowed = Memo::new(move |_| lead.with(|lead| (lead.allowed.clone(), lead.status)));
    let edit = move || {
        let href = hands.list.beside(Page::EditLead(lead.with(|lead| lead.id)));
        allowed.with(|(allowed, _)| allowed.edit).then(|| {
            view! { <LinkButton href icon=Icon::Pen short=words::lead::edit>{t(words::lead::edit)}</LinkButton> }
        })
    };
    let moves = move || {
        let (allowed, from) = allowed.get();
        let mut targets = allowed.move_to.into_iter();
        let main = targets.next().map(|to| view! { <MainMove from to /> });
        let rest: Vec<LeadStatus> = targets.collect();
        let rest = (!rest.is_empty()).then(|| view! { <MoveButton from rest /> });
        view! {
            {rest}
            <span class="push"></span>
            {main}
        }
    };
    view! {
        <footer class="actions">
            {edit}
            {move || allowed.with(|(allowed, _)| allowed.edit).then(|| view! { <InquiryButton /> })}
            {moves}
        </footer>
    }
}
