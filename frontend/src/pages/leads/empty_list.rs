//! Why the list is empty, and what comes next.

use leptos::prelude::*;

use super::list::use_lead_list;
use super::query::Tab;
use crate::routes::Page;
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::words::{self, lang, t};

#[component]
pub fn EmptyList() -> impl IntoView {
    let list = use_lead_list();
    move || {
        let query = list.query.get();
        if query.narrows() {
            let title = Signal::derive(move || words::list::nothing_matches(lang()).to_owned());
            let clear = Callback::new(move |()| list.go(list.query.get_untracked().widened()));
            return view! {
                <Empty icon=Icon::Search title>
                    <Button kind=Kind::Secondary on_click=clear>{t(words::list::clear)}</Button>
                </Empty>
            }
            .into_any();
        }
        let why = match query.tab {
            Tab::New => words::list::empty_new,
            Tab::Mine => words::list::empty_mine,
            Tab::Nurturing => words::list::empty_nurturing,
            Tab::All => words::list::empty_all,
        };
        view! {
            <Empty icon=Icon::Leads title=Signal::derive(move || why(lang()).to_owned())>
                <LinkButton href=Page::NewLead.href() icon=Icon::Pen>
                    {t(words::nav::new_lead)}
                </LinkButton>
            </Empty>
        }
        .into_any()
    }
}
