//! タグ of a lead: as its page and its row show them, and as its form chooses them.

use leptos::prelude::*;
use noren_api::tags::Tag;
use noren_domain::TagId;

use super::draft::tag_ids;
use super::fields::Field;
use super::form::Form;
use crate::session::use_masters;
use crate::ui::badge::TagChip;
use crate::ui::choice::{Choice, Toggles};
use crate::words::lang;

/// How many a row has room for.
const IN_ROW: usize = 2;

/// The tags of a lead as chips.
pub fn chips(ids: &[TagId]) -> impl IntoView + use<> {
    let masters = use_masters();
    masters.tags_of(ids).map(|tag| view! { <TagChip tone=tag.tone name=tag.name.clone() /> }).collect_view()
}

/// The first tags of a lead, and how many more there are.
pub fn in_row(ids: &[TagId]) -> impl IntoView + use<> {
    let more = ids.len().saturating_sub(IN_ROW);
    (!ids.is_empty()).then(|| {
        view! {
            <span class="tags">
                {chips(&ids[..ids.len() - more])}
                {(more > 0).then(|| view! { <small class="t-3 num">{format!("+{more}")}</small> })}
            </span>
        }
    })
}

/// Every tag that can be given, and those that the lead has. A dealer without tags is not asked for any.
#[component]
pub fn TagField(form: Form) -> impl IntoView {
    let masters = use_masters();
    let chosen = Memo::new(move |_| form.draft.with(|draft| tag_ids(draft.text(Field::Tags))));
    // What is taken back can be given again while the form is open, though it may have retired.
    let had = chosen.get_untracked();
    let offered: Vec<Tag> = masters.tags.iter().filter(|tag| tag.active || had.contains(&tag.id)).cloned().collect();
    if offered.is_empty() {
        return ().into_any();
    }
    let choices = offered.iter().map(|tag| Choice::new(tag.id.to_string(), tag.name.clone())).collect::<Vec<_>>();
    let is_chosen = move |id: String| chosen.with(|chosen| id.parse().is_ok_and(|id| chosen.contains(&id)));
    let toggle = move |id: String| {
        let Ok(id) = id.parse() else { return };
        let ids = toggled(&masters.tags, &chosen.get_untracked(), id);
        form.set(Field::Tags, ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        form.left(Field::Tags.path());
    };
    view! {
        <div class="wide">
            <Toggles
                name=Field::Tags.path()
                legend=Signal::derive(move || Field::Tags.label()(lang()).to_owned())
                choices=Signal::stored(choices)
                is_chosen=Callback::new(is_chosen)
                on_toggle=Callback::new(toggle)
                error=form.error(Field::Tags.path())
            />
        </div>
    }
    .into_any()
}

/// With the tag or without it, in the order of the master, so that what is taken back has changed nothing.
fn toggled(master: &[Tag], chosen: &[TagId], id: TagId) -> Vec<TagId> {
    let stays = |known: &TagId| chosen.contains(known) != (*known == id);
    let unknown = chosen.iter().copied().filter(|id| master.iter().all(|tag| tag.id != *id));
    master.iter().map(|tag| tag.id).filter(stays).chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use noren_domain::tag::Tone;
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> TagId {
        TagId(Uuid::from_u128(number))
    }

    #[test]
    fn a_tag_comes_and_goes_and_the_others_keep_their_order() {
        let tag = |number| Tag { id: id(number), name: number.to_string(), tone: Tone::Plain, active: true };
        let master = [1, 2, 3].map(tag);
        assert_eq!(toggled(&master, &[id(3)], id(1)), [id(1), id(3)]);
        assert_eq!(toggled(&master, &[id(1), id(3)], id(3)), [id(1)]);
        assert_eq!(toggled(&master, &[id(2), id(9)], id(2)), [id(9)], "one that only the server knows stays");
    }
}
