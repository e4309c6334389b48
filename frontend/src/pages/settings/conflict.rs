//! Two people edited the same thing: both versions, and a choice per part.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::content::{Content, Part};
use crate::conflict::ConflictPage;
use crate::session::use_masters;
use crate::ui::versions::Versions;
use crate::words::{self, lang};

/// My version with what is saved now in the parts that were left to the other person.
pub fn merged<C: Content>(mine: &C, current: &C, theirs: &BTreeSet<C::Part>) -> C {
    let mut merged = mine.clone();
    for part in theirs {
        part.take(&mut merged, current);
    }
    merged.keeping(current)
}

/// The screen with both versions.
#[component]
pub fn Conflict<C: Content>(
    /// Of what is saved now.
    version: i64,
    current: C,
    mine: C,
    /// What I have changed.
    changed: BTreeSet<C::Part>,
    whom: Signal<Option<String>>,
    /// What is saved now and its version, and what I have made of the two.
    on_settle: Callback<(i64, C, C)>,
    on_back: Callback<()>,
) -> impl IntoView {
    let found: BTreeSet<C::Part> = C::Part::ALL.iter().copied().filter(|part| part.differs(&mine, &current)).collect();
    // What only the other person changed is theirs unless I say otherwise.
    let mut left = found.clone();
    for part in changed {
        left.remove(&part);
    }
    let theirs = RwSignal::new(left);
    let name = Signal::derive(move || words::conflict::somebody(lang()).to_owned());
    let cards = {
        let (mine, current) = (mine.clone(), current.clone());
        let card = move |part: C::Part| {
            view! { <Difference part mine=mine.clone() current=current.clone() theirs name /> }
        };
        found.iter().copied().map(card).collect_view()
    };
    let on_take_all = Callback::new(move |()| theirs.set(found.clone()));
    let settle = Callback::new(move |()| {
        let merged = theirs.with_untracked(|theirs| merged(&mine, &current, theirs));
        on_settle.run((version, current.clone(), merged));
    });
    view! {
        <ConflictPage whom name on_take_all on_settle=settle on_back>
            {cards}
        </ConflictPage>
    }
}

#[component]
fn Difference<C: Content>(
    part: C::Part,
    mine: C,
    current: C,
    theirs: RwSignal<BTreeSet<C::Part>>,
    name: Signal<String>,
) -> impl IntoView {
    let masters = use_masters();
    let shown = |content: C| {
        let masters = masters.clone();
        Signal::derive(move || part.read(&content, &masters, lang()))
    };
    let is_theirs = Memo::new(move |_| theirs.with(|theirs| theirs.contains(&part)));
    let on_choose = Callback::new(move |take_theirs: bool| {
        theirs.update(|theirs| {
            if take_theirs {
                theirs.insert(part)
            } else {
                theirs.remove(&part)
            };
        });
    });
    view! {
        <Versions
            path=part.path()
            legend=Signal::derive(move || part.label()(lang()).to_owned())
            mine=shown(mine)
            theirs=shown(current)
            name
            is_theirs
            on_choose
        />
    }
}
