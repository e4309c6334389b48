//! The list of tags as a person types it. Pure, and tested on the host.

use noren_api::FieldProblem;
use noren_api::tags::{SettledTag, TagList};
use noren_domain::TagId;
use noren_domain::tag::{self, Tone, TypedTag};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::errors::FieldErrors;
use crate::messages;
use crate::pages::settings::content::{self, Content};
use crate::session::Masters;
use crate::words::{self, Lang};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub tags: Vec<Row>,
}

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

    fn is_blank(&self) -> bool {
        self.id.is_none() && self.name.trim().is_empty()
    }
}

impl Draft {
    pub fn of(list: &TagList) -> Self {
        Self { tags: list.tags.iter().map(Row::of).collect() }
    }
}

/// The list is one part: its order is as much of it as its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Tags,
}

impl content::Part for Part {
    type Content = Draft;

    const ALL: &'static [Self] = &[Self::Tags];

    fn path(self) -> &'static str {
        "tags"
    }

    fn label(self) -> fn(Lang) -> &'static str {
        words::tags::title
    }

    fn text(self, _: &Draft) -> String {
        String::new()
    }

    fn set(self, _: &mut Draft, _: String) {}

    fn take(self, draft: &mut Draft, from: &Draft) {
        draft.clone_from(from);
    }

    fn differs(self, one: &Draft, other: &Draft) -> bool {
        one.sent() != other.sent()
    }

    fn read(self, draft: &Draft, _: &Masters, lang: Lang) -> String {
        let line = |row: &Row| {
            if row.active { row.name.clone() } else { format!("{} {}", row.name, words::rows::retired(lang)) }
        };
        content::said(draft.tags.iter().map(line).collect::<Vec<_>>().join("\n"), lang)
    }
}

impl Content for Draft {
    type Part = Part;
    type Sent = TagList;

    /// A tag that is saved never goes, so those that somebody has added meanwhile come last.
    fn keeping(mut self, current: &Self) -> Self {
        let unknown = |row: &&Row| row.id.is_some() && self.tags.iter().all(|mine| mine.id != row.id);
        let added: Vec<Row> = current.tags.iter().filter(unknown).cloned().collect();
        self.tags.extend(added);
        self
    }

    fn name(&self) -> &str {
        ""
    }

    fn tidied(mut self) -> Self {
        self.tags.retain(|row| !row.is_blank());
        self
    }

    /// Which ids there are is the server's to say.
    fn problems(&self) -> FieldErrors {
        let unknown = |typed| TypedTag { id: None, ..typed };
        let typed = self.sent().typed().into_iter().map(unknown).collect();
        let mut errors = FieldErrors::default();
        if let Err(broken) = tag::check(&[], typed, || TagId(Uuid::nil())) {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        errors
    }

    fn sent(&self) -> TagList {
        TagList { tags: self.tags.iter().map(Row::sent).collect() }
    }

    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
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
    use crate::pages::settings::rows::Listed as _;

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
        draft.tags.push(Draft::blank());
        assert_eq!(draft.clone().tidied().tags.len(), 2);
        draft.tags[2].name = "下取あり ".to_owned();
        draft.tags[1].name = String::new();
        let errors = draft.tidied().problems();
        let code = |path| errors.of(path).map(|problem| problem.code.as_str());
        assert_eq!((code("tags.1.name"), code("tags.2.name")), (Some("required"), Some("name.twice")));
    }

    #[test]
    fn a_list_that_stays_mine_keeps_what_somebody_added_meanwhile() {
        let (mine, mut theirs) = (draft(), draft());
        theirs.tags[0].name = "下取りあり".to_owned();
        theirs.tags.push(Row { id: Some(TagId(Uuid::from_u128(3))), name: "法人".to_owned(), ..Draft::blank() });
        let kept = mine.keeping(&theirs);
        let names: Vec<&str> = kept.tags.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["下取あり", "県外", "法人"]);
    }
}
