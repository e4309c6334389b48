//! タグ: the editable master of the words by which a dealer marks leads.

use serde::{Deserialize, Serialize};

use crate::text::{one_line, tidy};
use crate::timeline::FieldChange;
use crate::{Invalid, TagId};

/// How many tags a dealer may have.
pub const MAX_TAGS: usize = 100;
/// How many of them one lead may have.
pub const MAX_ON_LEAD: usize = 10;
/// How long a name may be, in characters: what fits a chip.
pub const MAX_NAME: usize = 20;

/// What a tag looks like. Red is left out: it says late, refused or lost, and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// 墨
    #[default]
    Plain,
    /// 藍
    Accent,
    /// 松葉
    Ok,
    /// 黄土
    Warn,
}

impl Tone {
    pub const ALL: [Self; 4] = [Self::Plain, Self::Accent, Self::Ok, Self::Warn];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Ok => "ok",
            Self::Warn => "warn",
        }
    }
}

/// One row of the master. `position` is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub tone: Tone,
    pub position: i32,
    /// Whether leads may still be given it.
    pub active: bool,
}

/// A row as somebody wants it to be; a new one has no id yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTag {
    pub id: Option<TagId>,
    pub name: String,
    pub tone: Tone,
    pub active: bool,
}

/// A tag as a lead has it: what it is, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadTag {
    pub id: TagId,
    pub name: String,
}

/// Checks the whole master as somebody wants it to be, in the order in which it is to be shown.
///
/// # Errors
/// By the path of the row: `tag.unknown` and `tag.twice` on ids, `required`, `too_long` and `name.twice` on names; on `tags` as a
/// whole `tags.missing` (leads name them, so a tag retires and never goes) and `too_many`.
pub fn check(known: &[Tag], wanted: Vec<TypedTag>, mut mint: impl FnMut() -> TagId) -> Result<Vec<Tag>, Invalid> {
    let mut broken = Invalid::default();
    let mut tags: Vec<Tag> = Vec::with_capacity(wanted.len());
    for (at, typed) in wanted.into_iter().enumerate() {
        let TypedTag { id, name, tone, active } = typed;
        let id = broken.take(format!("tags.{at}.id"), identified(known, &tags, id));
        let name = broken.take(format!("tags.{at}.name"), named(&tags, &name)).unwrap_or_default();
        let position = i32::try_from(at + 1).unwrap_or(i32::MAX);
        tags.push(Tag { id: id.flatten().unwrap_or_else(&mut mint), name, tone, position, active });
    }
    let kept = |one: &Tag| tags.iter().any(|tag| tag.id == one.id);
    let whole = match () {
        () if tags.len() > MAX_TAGS => Err("too_many"),
        () if !known.iter().all(kept) => Err("tags.missing"),
        () => Ok(()),
    };
    broken.take("tags", whole);
    broken.finish(tags)
}

fn identified(known: &[Tag], earlier: &[Tag], id: Option<TagId>) -> Result<Option<TagId>, &'static str> {
    match id {
        Some(id) if earlier.iter().any(|tag| tag.id == id) => Err("tag.twice"),
        Some(id) if known.iter().all(|tag| tag.id != id) => Err("tag.unknown"),
        id => Ok(id),
    }
}

fn named(earlier: &[Tag], typed: &str) -> Result<String, &'static str> {
    let name = one_line(typed);
    match () {
        () if tidy(&name).is_empty() => Err("required"),
        () if name.chars().count() > MAX_NAME => Err("too_long"),
        () if earlier.iter().any(|tag| same(&tag.name) == same(&name)) => Err("name.twice"),
        () => Ok(name),
    }
}

/// Two names are one where they differ in width or in capitals alone.
fn same(name: &str) -> String {
    tidy(name).to_lowercase()
}

/// What differs between two states of the master, as a person reads it: one entry for each tag, by what it is called.
#[must_use]
pub fn changes(before: &[Tag], after: &[Tag]) -> Vec<FieldChange> {
    let of = |tags: &[Tag], id: TagId| {
        let tag = tags.iter().find(|tag| tag.id == id)?;
        let Tag { id: _, name, tone, position, active } = tag;
        let state = if *active { "active" } else { "retired" };
        Some(format!("{position}. {name}, {}, {state}", tone.as_str()))
    };
    let pairs = after.iter().map(|tag| (&tag.name, of(before, tag.id), of(after, tag.id)));
    let changed = pairs.filter(|(_, before, after)| before != after);
    changed.map(|(name, before, after)| FieldChange { field: name.clone(), before, after }).collect()
}

/// The tags that a lead is to have, each once and in the order of the master.
///
/// # Errors
/// `too_many`; `tag.unknown` for what is not in the master; `tag.retired` for what has retired, unless the lead has it already.
pub fn choose(master: &[Tag], before: &[LeadTag], wanted: &[TagId]) -> Result<Vec<LeadTag>, &'static str> {
    let known = |id: &TagId| master.iter().any(|tag| tag.id == *id);
    let chosen: Vec<&Tag> = master.iter().filter(|tag| wanted.contains(&tag.id)).collect();
    let usable = |tag: &&Tag| tag.active || before.iter().any(|had| had.id == tag.id);
    match () {
        () if !wanted.iter().all(known) => Err("tag.unknown"),
        () if chosen.len() > MAX_ON_LEAD => Err("too_many"),
        () if !chosen.iter().all(usable) => Err("tag.retired"),
        () => Ok(chosen.into_iter().map(|tag| LeadTag { id: tag.id, name: tag.name.clone() }).collect()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> TagId {
        TagId(Uuid::from_u128(number))
    }

    fn typed(number: u128, name: &str) -> TypedTag {
        TypedTag { id: Some(id(number)).filter(|_| number > 0), name: name.to_owned(), tone: Tone::Ok, active: true }
    }

    /// A master of these names, with the ids 1, 2 and so on.
    fn master(names: &[&str]) -> Vec<Tag> {
        let mut next = 0;
        let mint = || {
            next += 1;
            id(next)
        };
        check(&[], names.iter().map(|name| typed(0, name)).collect(), mint).unwrap()
    }

    fn codes(outcome: Result<Vec<Tag>, Invalid>) -> Vec<String> {
        let broken = outcome.err().unwrap_or_default().0;
        broken.into_iter().map(|error| format!("{} {}", error.field, error.code)).collect()
    }

    #[test]
    fn a_new_row_gets_an_id_and_a_known_one_keeps_it() {
        let known = master(&["下取あり", "県外"]);
        let wanted = vec![typed(2, " 県外 "), typed(0, "法人"), TypedTag { active: false, ..typed(1, "下取り") }];
        let tags = check(&known, wanted, || id(9)).unwrap();
        let seen: Vec<_> = tags.iter().map(|tag| (tag.id, tag.position, tag.name.as_str())).collect();
        assert_eq!(seen, [(id(2), 1, "県外"), (id(9), 2, "法人"), (id(1), 3, "下取り")]);
        let changes = changes(&known, &tags);
        assert_eq!(changes.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["県外", "法人", "下取り"]);
        assert_eq!(changes[1], FieldChange::to("法人", "2. 法人, ok, active"));
        assert_eq!(changes[2].before.as_deref(), Some("1. 下取あり, ok, active"));
        assert_eq!(changes[2].after.as_deref(), Some("3. 下取り, ok, retired"));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let known = master(&["下取あり", "県外"]);
        let long = "あ".repeat(MAX_NAME + 1);
        let wanted = vec![typed(1, " "), typed(1, &long), typed(7, "ＶＩＰ"), typed(0, "vip")];
        assert_eq!(
            codes(check(&known, wanted, || id(9))),
            [
                "tags.0.name required",
                "tags.1.id tag.twice",
                "tags.1.name too_long",
                "tags.2.id tag.unknown",
                "tags.3.name name.twice",
                "tags tags.missing",
            ]
        );
        let many = (0..=MAX_TAGS).map(|at| typed(0, &at.to_string())).collect();
        assert_eq!(codes(check(&[], many, || id(9))), ["tags too_many"]);
    }

    #[test]
    fn a_dealer_may_do_without_tags() {
        assert_eq!(check(&[], Vec::new(), || id(9)), Ok(Vec::new()));
        let known = master(&["県外"]);
        let retired = vec![TypedTag { active: false, ..typed(1, "県外") }];
        assert!(check(&known, retired, || id(9)).is_ok());
    }

    #[test]
    fn a_lead_gets_each_tag_once_and_in_the_order_of_the_master() {
        let master = master(&["下取あり", "県外", "法人"]);
        let chosen = choose(&master, &[], &[id(3), id(1), id(3)]).unwrap();
        assert_eq!(chosen.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["下取あり", "法人"]);
        assert_eq!(choose(&master, &[], &[id(1), id(8)]), Err("tag.unknown"));
    }

    #[test]
    fn a_retired_tag_stays_where_it_is_and_goes_nowhere_else() {
        let mut master = master(&["下取あり", "県外"]);
        master[1].active = false;
        let before = [LeadTag { id: id(2), name: "県外".into() }];
        assert_eq!(choose(&master, &[], &[id(2)]), Err("tag.retired"));
        assert_eq!(choose(&master, &before, &[id(2), id(1)]).map(|tags| tags.len()), Ok(2));
    }

    #[test]
    fn a_lead_has_no_more_tags_than_a_person_takes_in() {
        let names: Vec<String> = (0..=MAX_ON_LEAD).map(|at| at.to_string()).collect();
        let master = master(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let all: Vec<TagId> = master.iter().map(|tag| tag.id).collect();
        assert_eq!(choose(&master, &[], &all), Err("too_many"));
        assert!(choose(&master, &[], &all[1..]).is_ok());
    }
}
