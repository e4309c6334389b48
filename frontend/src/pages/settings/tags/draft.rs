//! The list of tags as a person types it. Pure, and tested on the host.

use noren_api::FieldProblem;
use noren_api::tags::{SettledTag, TagList};
use noren_domain::tag::{self, MAX_TAGS, Tone, TypedTag};
use noren_domain::{Invalid, TagId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::messages;
use crate::pages::settings::master::{List, Master};
use crate::words::{self, Lang};

pub type Draft = List<Tags>;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// None until the server has it.
    pub id: Option<TagId>,
    pub name: String,
    pub tone: Tone,
    pub active: bool,
}

impl Row {
    fn of(tag: &SettledTag) -> Self {
        let SettledTag { id, name, tone, active } = tag.clone();
        Self { id, name, tone, active }
    }

    fn sent(&self) -> SettledTag {
        let Self { id, name, tone, active } = self.clone();
        SettledTag { id, name, tone, active }
    }
}

impl Draft {
    pub fn of(list: &TagList) -> Self {
        Self { rows: list.tags.iter().map(Row::of).collect() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tags;

impl Master for Tags {
    type Row = Row;
    type Sent = TagList;

    const ITSELF: &'static [Self; 1] = &[Self];
    const PATH: &'static str = "tags";
    const TITLE: fn(Lang) -> &'static str = words::tags::title;
    const MOST: usize = MAX_TAGS;
    const FIRST: &'static str = "name";

    fn blank() -> Row {
        Row { active: true, ..Row::default() }
    }

    fn is_blank(row: &Row) -> bool {
        row.id.is_none() && row.name.trim().is_empty()
    }

    fn is_same(one: &Row, other: &Row) -> bool {
        one.id.is_some() && one.id == other.id
    }

    fn is_active(row: &Row) -> bool {
        row.active
    }

    fn line(row: &Row, _: Lang) -> String {
        row.name.clone()
    }

    fn to_send(rows: &[Row]) -> TagList {
        TagList { tags: rows.iter().map(Row::sent).collect() }
    }

    /// Which ids there are is the server's to say.
    fn check(sent: TagList) -> Result<(), Invalid> {
        let unknown = |typed| TypedTag { id: None, ..typed };
        let typed = sent.typed().into_iter().map(unknown).collect();
        tag::check(&[], typed, || TagId(Uuid::nil())).map(drop)
    }

    fn advice(broken: &FieldProblem, lang: Lang) -> String {
        let own = match broken.code.as_str() {
            "required" => words::field_problem::required,
            "name.twice" => words::tags::name_twice,
            _ => return messages::field(broken, lang),
        };
        own(lang).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::settings::content::Content as _;

    fn draft() -> Draft {
        let tag = |number, name: &str| SettledTag {
            id: Some(TagId(Uuid::from_u128(number))),
            name: name.to_owned(),
            tone: Tone::Ok,
            active: true,
        };
        Draft::of(&TagList { tags: vec![tag(1, "下取あり"), tag(2, "県外")] })
    }

    #[test]
    fn a_list_reads_back_as_it_was_written() {
        assert_eq!(Draft::of(&draft().sent()), draft());
        assert!(draft().problems().is_empty());
    }

    #[test]
    fn a_row_that_was_left_empty_is_not_kept_and_a_name_is_given_once() {
        let mut draft = draft();
        draft.rows.push(Tags::blank());
        assert_eq!(draft.clone().tidied().rows.len(), 2);
        draft.rows[2].name = "下取あり ".to_owned();
        draft.rows[1].name = String::new();
        let errors = draft.tidied().problems();
        let code = |path| errors.of(path).map(|problem| problem.code.as_str());
        assert_eq!((code("tags.1.name"), code("tags.2.name")), (Some("required"), Some("name.twice")));
    }

    #[test]
    fn a_list_that_stays_mine_keeps_what_somebody_added_meanwhile() {
        let (mine, mut theirs) = (draft(), draft());
        theirs.rows[0].name = "下取りあり".to_owned();
        theirs.rows.push(Row { id: Some(TagId(Uuid::from_u128(3))), name: "法人".to_owned(), ..Tags::blank() });
        let kept = mine.keeping(&theirs);
        let names: Vec<&str> = kept.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["下取あり", "県外", "法人"]);
    }
}
