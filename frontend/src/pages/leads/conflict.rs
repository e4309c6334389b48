//! Two people edited the same lead: both versions, and a choice per field. Nothing is overwritten silently.

use std::collections::BTreeSet;

use leptos::prelude::*;
use noren_api::PageQuery;
use noren_api::leads::{Lead, LeadProfile, TimelineEntry};
use noren_domain::lead::Temperature;
use noren_domain::timeline::TimelineEvent;
use noren_domain::{StaffId, Timestamp};

use super::draft::{Draft, tag_ids};
use super::fields::Field;
use super::lines;
use crate::api::use_api;
use crate::conflict::ConflictPage;
use crate::session::{Masters, use_masters};
use crate::ui::clock;
use crate::ui::date;
use crate::ui::versions::Versions;
use crate::ui::yen;
use crate::words::{self, Lang, lang};

/// One field that the two versions disagree about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub field: Field,
    pub mine: String,
    pub theirs: String,
    /// Whether I changed it; what only the other person changed is theirs unless I say otherwise.
    pub changed_by_me: bool,
}

/// Every field in which my draft and what is saved now differ.
pub fn differences(base: &LeadProfile, mine: &Draft, current: &LeadProfile) -> Vec<Difference> {
    let (base, current) = (Draft::of(base), Draft::of(current));
    let mine = mine.clone().tidied();
    let differs = |field: Field| {
        let (mine, theirs) = (shown(&mine, field), shown(&current, field));
        (mine != theirs).then(|| Difference { field, changed_by_me: mine != shown(&base, field), mine, theirs })
    };
    Field::ALL.into_iter().filter_map(differs).collect()
}

/// My draft with what is saved now in the fields that were left to the other person.
pub fn merged(mine: &Draft, current: &LeadProfile, theirs: &BTreeSet<Field>) -> Draft {
    let (mut merged, current) = (mine.clone().tidied(), Draft::of(current));
    for field in theirs {
        match field {
            Field::Phones => merged.phones.clone_from(&current.phones),
            Field::Mails => merged.mails.clone_from(&current.mails),
            field => merged.set(*field, current.text(*field).to_owned()),
        }
    }
    merged
}

fn shown(draft: &Draft, field: Field) -> String {
    match field {
        Field::Phones => draft.phones.join("\n"),
        Field::Mails => draft.mails.join("\n"),
        field => draft.text(field).trim().to_owned(),
    }
}

/// A form's text as a person reads it.
fn read(field: Field, text: &str, masters: &Masters, lang: Lang) -> String {
    match field {
        _ if text.is_empty() => words::common::empty(lang).to_owned(),
        Field::Source => masters.source_name(text, lang),
        Field::Temperature => {
            let known = Temperature::ALL.into_iter().find(|known| known.as_str() == text);
            known.map_or_else(|| text.to_owned(), |known| lines::temperature(known)(lang).to_owned())
        }
        Field::Tags => {
            let ids = tag_ids(text);
            let names = masters.tags_of(&ids).map(|tag| tag.name.as_str()).collect::<Vec<_>>();
            names.join(words::common::comma(lang))
        }
        Field::Budget => yen::parse_man(text).map_or_else(|| text.to_owned(), |yen| yen::brief(yen, lang)),
        _ => text.to_owned(),
    }
}

/// Who saved last, where that was a person, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Editor {
    staff: Option<StaffId>,
    at: Timestamp,
}

/// The newest edit that was not mine. The answer to a stale edit does not name it, the timeline does, newest first.
fn last_editor(timeline: &[TimelineEntry], me: StaffId) -> Option<Editor> {
    let theirs =
        |entry: &&TimelineEntry| matches!(entry.event, TimelineEvent::Edited { .. }) && entry.staff_id != Some(me);
    timeline.iter().find(theirs).map(|entry| Editor { staff: entry.staff_id, at: entry.at })
}

/// The screen with both versions.
#[component]
pub fn Conflict(
    current: Lead,
    mine: Draft,
    found: Vec<Difference>,
    /// Whose lead it is.
    whom: Signal<Option<String>>,
    on_settle: Callback<(Lead, Draft)>,
    on_back: Callback<()>,
) -> impl IntoView {
    let (api, masters) = (use_api(), use_masters());
    let theirs: BTreeSet<Field> = found.iter().filter(|found| !found.changed_by_me).map(|found| found.field).collect();
    let all: BTreeSet<Field> = found.iter().map(|found| found.field).collect();
    let theirs = RwSignal::new(theirs);
    let (lead, me) = (current.id, masters.me.id);
    let editor = LocalResource::new(move || async move {
        let timeline = api.list_timeline(lead, PageQuery::default()).await.ok()?;
        last_editor(&timeline.items, me)
    });
    let staff = move || editor.get().flatten()?.staff;
    let name = Signal::derive(move || match staff().and_then(|id| masters.staff_name(id)) {
        Some(name) => words::conflict::called(lang(), name),
        None => words::conflict::somebody(lang()).to_owned(),
    });
    let when = Signal::derive(move || Some(date::near(editor.get().flatten()?.at, clock::now(), lang())));
    let state = StoredValue::new((current, mine));
    let settle = Callback::new(move |()| {
        let (current, mine) = state.get_value();
        let merged = theirs.with_untracked(|theirs| merged(&mine, &current.profile, theirs));
        on_settle.run((current, merged));
    });
    let on_take_all = Callback::new(move |()| theirs.set(all.clone()));
    let cards = found.into_iter().map(|difference| view! { <DifferenceCard difference theirs name /> }).collect_view();
    view! {
        <ConflictPage whom name when on_take_all on_settle=settle on_back>
            {cards}
        </ConflictPage>
    }
}

/// One field with its two versions.
#[component]
fn DifferenceCard(difference: Difference, theirs: RwSignal<BTreeSet<Field>>, name: Signal<String>) -> impl IntoView {
    let field = difference.field;
    let masters = use_masters();
    let (mine, other) = (difference.mine, difference.theirs);
    let mine = {
        let masters = masters.clone();
        Signal::derive(move || read(field, &mine, &masters, lang()))
    };
    let other = Signal::derive(move || read(field, &other, &masters, lang()));
    let on_choose = Callback::new(move |take_theirs: bool| {
        theirs.update(|theirs| {
            if take_theirs {
                theirs.insert(field)
            } else {
                theirs.remove(&field)
            };
        });
    });
    let is_theirs = Memo::new(move |_| theirs.with(|theirs| theirs.contains(&field)));
    let legend = Signal::derive(move || field.label()(lang()).to_owned());
    view! { <Versions path=field.path() legend mine theirs=other name is_theirs on_choose /> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use noren_domain::TimelineEntryId;
    use uuid::Uuid;

    #[test]
    fn whoever_else_edited_last_is_named() {
        let staff = |number| StaffId(Uuid::from_u128(number));
        let me = staff(1);
        let at: Timestamp = "2026-11-21T00:41:00Z".parse().unwrap();
        let entry = |staff_id, event| TimelineEntry { id: TimelineEntryId(Uuid::nil()), at, staff_id, event };
        let edited = || TimelineEvent::Edited { changes: Vec::new() };
        let assigned = entry(Some(staff(2)), TimelineEvent::Assigned { from: None, to: Some(me) });
        let timeline =
            [assigned, entry(Some(me), edited()), entry(Some(staff(3)), edited()), entry(Some(staff(2)), edited())];
        assert_eq!(last_editor(&timeline, me), Some(Editor { staff: Some(staff(3)), at }));
        assert_eq!(last_editor(&timeline[..2], me), None);
        assert_eq!(last_editor(&[entry(None, edited())], me), Some(Editor { staff: None, at }));
    }

    fn profile(note: &str, city: &str) -> LeadProfile {
        let mut profile =
            LeadProfile { source_code: "walk_in".into(), name: Some("渡邉".into()), ..LeadProfile::default() };
        profile.note = Some(note.into());
        profile.address.city = Some(city.into());
        profile.phones = vec!["090-1234-5678".into()];
        profile
    }

    #[test]
    fn what_only_the_other_changed_is_theirs_at_first() {
        let base = profile("電話は夜", "前橋市");
        let mut mine = Draft::of(&base);
        mine.set(Field::Note, "電話は朝".into());
        let current = profile("電話は昼", "高崎市");
        let found = differences(&base, &mine, &current);
        let fields: Vec<(Field, bool)> = found.iter().map(|found| (found.field, found.changed_by_me)).collect();
        assert_eq!(fields, [(Field::Note, true), (Field::City, false)]);
    }

    #[test]
    fn the_merge_is_mine_but_for_what_was_left_to_them() {
        let base = profile("電話は夜", "前橋市");
        let mut mine = Draft::of(&base);
        mine.set(Field::Note, "電話は朝".into());
        mine.phones.clear();
        let current = profile("電話は昼", "高崎市");
        let merged = merged(&mine, &current, &BTreeSet::from([Field::City, Field::Phones]));
        assert_eq!(merged.text(Field::Note), "電話は朝");
        assert_eq!(merged.text(Field::City), "高崎市");
        assert_eq!(merged.phones, ["090-1234-5678"]);
        assert!(differences(&base, &merged, &merged.check().unwrap()).is_empty());
    }
}
