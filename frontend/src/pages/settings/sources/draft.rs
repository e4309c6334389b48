//! The list of sources as a person types it. Pure, and tested on the host.

use noren_api::FieldProblem;
use noren_api::lead_sources::{LeadSourceList, SettledSource};
use noren_domain::lead_source;
use serde::{Deserialize, Serialize};

use crate::errors::FieldErrors;
use crate::messages;
use crate::pages::settings::content::{self, Content};
use crate::session::Masters;
use crate::words::{self, Lang};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub sources: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub code: String,
    pub name_ja: String,
    pub name_en: String,
    /// Within how many minutes a first answer is due.
    pub minutes: String,
    pub active: bool,
    /// Whether the server has it: its code stays, and it stays in the list.
    pub known: bool,
}

impl Row {
    fn of(source: &SettledSource) -> Self {
        let SettledSource { code, name_ja, name_en, first_response_minutes, active } = source.clone();
        Self { code, name_ja, name_en, minutes: first_response_minutes.to_string(), active, known: true }
    }

    fn sent(&self) -> SettledSource {
        let Self { code, name_ja, name_en, minutes, active, .. } = self.clone();
        let digits = noren_domain::text::tidy(&minutes);
        SettledSource { code, name_ja, name_en, first_response_minutes: digits.parse().unwrap_or_default(), active }
    }

    fn is_blank(&self) -> bool {
        !self.known && [&self.code, &self.name_ja, &self.name_en].into_iter().all(|text| text.trim().is_empty())
    }
}

impl Draft {
    pub fn of(list: &LeadSourceList) -> Self {
        Self { sources: list.sources.iter().map(Row::of).collect() }
    }
}

/// The list is one part: its order is as much of it as its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Sources,
}

impl content::Part for Part {
    type Content = Draft;

    const ALL: &'static [Self] = &[Self::Sources];

    fn path(self) -> &'static str {
        "sources"
    }

    fn label(self) -> fn(Lang) -> &'static str {
        words::sources::title
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
            let text = words::sources::line(lang, &row.minutes, &row.name_ja);
            if row.active { text } else { format!("{text} {}", words::rows::retired(lang)) }
        };
        content::said(draft.sources.iter().map(line).collect::<Vec<_>>().join("\n"), lang)
    }
}

impl Content for Draft {
    type Part = Part;
    type Sent = LeadSourceList;

    /// A source that is saved never goes, so those that somebody has added meanwhile come last.
    fn keeping(mut self, current: &Self) -> Self {
        let unknown = |row: &&Row| self.sources.iter().all(|mine| mine.code != row.code);
        let added: Vec<Row> = current.sources.iter().filter(unknown).cloned().collect();
        self.sources.extend(added);
        self
    }

    fn name(&self) -> &str {
        ""
    }

    fn tidied(mut self) -> Self {
        self.sources.retain(|row| !row.is_blank());
        self
    }

    fn problems(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Err(broken) = lead_source::check(&[], self.sent().typed()) {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        errors
    }

    fn sent(&self) -> LeadSourceList {
        LeadSourceList { sources: self.sources.iter().map(Row::sent).collect() }
    }

    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
        let own = match broken.code.as_str() {
            "required" => words::field_problem::required,
            "code.form" => words::sources::code_form,
            "code.twice" => words::sources::code_twice,
            "minutes.range" => words::sources::minutes_range,
            "sources.none_active" => words::sources::none_active,
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
        let source = |code: &str, name: &str| SettledSource {
            code: code.to_owned(),
            name_ja: name.to_owned(),
            name_en: name.to_owned(),
            first_response_minutes: 15,
            active: true,
        };
        Draft::of(&LeadSourceList { sources: vec![source("phone", "電話"), source("line", "LINE")] })
    }

    #[test]
    fn a_list_reads_back_as_it_was_written() {
        assert_eq!(Draft::of(&draft().sent()), draft());
        assert!(draft().problems().is_empty());
    }

    #[test]
    fn a_row_that_was_left_empty_is_not_kept_and_a_half_one_is_said() {
        let mut draft = draft();
        draft.sources.push(Draft::blank());
        assert_eq!(draft.clone().tidied().sources.len(), 2);
        draft.sources[2].name_ja = "動画".to_owned();
        draft.sources[2].minutes = "すぐ".to_owned();
        let errors = draft.clone().tidied().problems();
        for path in ["sources.2.code", "sources.2.name_en", "sources.2.first_response_minutes"] {
            assert!(errors.of(path).is_some(), "{path}");
        }
    }

    #[test]
    fn minutes_may_be_written_in_full_width() {
        let mut draft = draft();
        draft.sources[0].minutes = "３０".to_owned();
        assert_eq!(draft.sent().sources[0].first_response_minutes, 30);
    }

    #[test]
    fn a_list_that_stays_mine_keeps_what_somebody_added_meanwhile() {
        let (mine, mut theirs) = (draft(), draft());
        theirs.sources[0].name_ja = "お電話".to_owned();
        theirs.sources.push(Row { code: "video".to_owned(), known: true, ..Row::default() });
        let kept = mine.keeping(&theirs);
        let codes: Vec<&str> = kept.sources.iter().map(|row| row.code.as_str()).collect();
        assert_eq!((codes, kept.sources[0].name_ja.as_str()), (vec!["phone", "line", "video"], "電話"));
    }
}
