//! Two people edited the same form: both versions, and a choice per part.

use std::collections::BTreeSet;

use leptos::prelude::*;
use noren_api::forms::{Form, FormContent};
use noren_domain::form::{FormField, FormLanguage};

use super::content::{Part, kind_name};
use crate::conflict::ConflictPage;
use crate::session::{Masters, use_masters};
use crate::ui::versions::Versions;
use crate::words::{self, Lang, lang};

/// My version with what is saved now in the parts that were left to the other person.
fn merged(mine: &FormContent, current: &FormContent, theirs: &BTreeSet<Part>) -> FormContent {
    let mut merged = mine.clone();
    for part in theirs {
        part.take(&mut merged, current);
    }
    merged
}

/// A part as a person reads it.
fn read(part: Part, content: &FormContent, masters: &Masters, lang: Lang) -> String {
    let text = part.text(content);
    match part {
        Part::Store => masters.store_name(content.store_id).to_owned(),
        Part::Source => masters.source_name(&text, lang),
        Part::Active if content.active => words::forms::open(lang).to_owned(),
        Part::Active => words::forms::closed(lang).to_owned(),
        Part::Language if content.language == FormLanguage::En => Lang::En.own_name().to_owned(),
        Part::Language => Lang::Ja.own_name().to_owned(),
        Part::Fields => content.fields.iter().map(|field| read_field(field, lang)).collect::<Vec<_>>().join("\n"),
        _ if text.is_empty() => words::common::empty(lang).to_owned(),
        _ => text,
    }
}

fn read_field(field: &FormField, lang: Lang) -> String {
    let usual = kind_name(field.kind)(lang);
    let name = field.label.as_ref().map_or_else(|| usual.to_owned(), |label| words::forms::called(lang, label, usual));
    if field.required { words::forms::must(lang, name) } else { name }
}

/// The screen with both versions.
#[component]
pub fn Conflict(
    current: Form,
    mine: FormContent,
    /// What I have changed.
    changed: BTreeSet<Part>,
    whom: Signal<Option<String>>,
    on_settle: Callback<(Form, FormContent)>,
    on_back: Callback<()>,
) -> impl IntoView {
    let found: BTreeSet<Part> = Part::ALL.into_iter().filter(|part| part.differs(&mine, &current.content)).collect();
    // What only the other person changed is theirs unless I say otherwise.
    let mut left = found.clone();
    for part in changed {
        left.remove(&part);
    }
    let theirs = RwSignal::new(left);
    let name = Signal::derive(move || words::conflict::somebody(lang()).to_owned());
    let cards = {
        let (mine, current) = (mine.clone(), current.content.clone());
        let card =
            move |part: Part| view! { <Difference part mine=mine.clone() current=current.clone() theirs name /> };
        found.iter().copied().map(card).collect_view()
    };
    let on_take_all = Callback::new(move |()| theirs.set(found.clone()));
    let settle = Callback::new(move |()| {
        let merged = theirs.with_untracked(|theirs| merged(&mine, &current.content, theirs));
        on_settle.run((current.clone(), merged));
    });
    view! {
        <ConflictPage whom name on_take_all on_settle=settle on_back>
            {cards}
        </ConflictPage>
    }
}

#[component]
fn Difference(
    part: Part,
    mine: FormContent,
    current: FormContent,
    theirs: RwSignal<BTreeSet<Part>>,
    name: Signal<String>,
) -> impl IntoView {
    let masters = use_masters();
    let shown = |content: FormContent| {
        let masters = masters.clone();
        Signal::derive(move || read(part, &content, &masters, lang()))
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

#[cfg(test)]
mod tests {
    use super::super::content::tests::content;
    use super::*;

    #[test]
    fn the_merge_is_mine_but_for_what_was_left_to_them() {
        let (mut mine, mut current) = (content(), content());
        mine.title = "ご来店の予約".into();
        mine.fields.truncate(2);
        current.title = "ご相談".into();
        current.fields.truncate(3);
        current.active = false;
        let merged = merged(&mine, &current, &BTreeSet::from([Part::Fields, Part::Active]));
        assert_eq!((merged.title.as_str(), merged.active, merged.fields.len()), ("ご来店の予約", false, 3));
    }
}
