//! The list of sources as a person types it. Pure, and tested on the host.

use noren_api::FieldProblem;
use noren_api::lead_sources::{LeadSourceList, SettledSource};
use noren_domain::Invalid;
use noren_domain::lead_source::{self, MAX_SOURCES};
use serde::{Deserialize, Serialize};

use crate::messages;
use crate::pages::settings::master::{List, Master};
use crate::words::{self, Lang};

pub type Draft = List<Sources>;

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
}

impl Draft {
    pub fn of(list: &LeadSourceList) -> Self {
        Self { rows: list.sources.iter().map(Row::of).collect() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sources;

impl Master for Sources {
    type Row = Row;
    type Sent = LeadSourceList;

    const ITSELF: &'static [Self; 1] = &[Self];
    const PATH: &'static str = "sources";
    const TITLE: fn(Lang) -> &'static str = words::sources::title;
    const MOST: usize = MAX_SOURCES;
    const FIRST: &'static str = "name_ja";

    fn blank() -> Row {
        Row { minutes: "60".to_owned(), active: true, ..Row::default() }
    }

    fn is_blank(row: &Row) -> bool {
        !row.known && [&row.code, &row.name_ja, &row.name_en].into_iter().all(|text| text.trim().is_empty())
    }

    fn is_same(one: &Row, other: &Row) -> bool {
        one.code == other.code
    }

    fn is_active(row: &Row) -> bool {
        row.active
    }

    fn line(row: &Row, lang: Lang) -> String {
        words::sources::line(lang, &row.minutes, &row.name_ja)
    }

    fn to_send(rows: &[Row]) -> LeadSourceList {
        LeadSourceList { sources: rows.iter().map(Row::sent).collect() }
    }

    fn check(sent: LeadSourceList) -> Result<(), Invalid> {
        lead_source::check(&[], sent.typed()).map(drop)
    }

    fn advice(broken: &FieldProblem, lang: Lang) -> String {
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
    use crate::pages::settings::content::Content as _;

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
        draft.rows.push(Sources::blank());
        assert_eq!(draft.clone().tidied().rows.len(), 2);
        draft.rows[2].name_ja = "動画".to_owned();
        draft.rows[2].minutes = "すぐ".to_owned();
        let errors = draft.clone().tidied().problems();
        for path in ["sources.2.code", "sources.2.name_en", "sources.2.first_response_minutes"] {
            assert!(errors.of(path).is_some(), "{path}");
        }
    }

    #[test]
    fn minutes_may_be_written_in_full_width() {
        let mut draft = draft();
        draft.rows[0].minutes = "３０".to_owned();
        assert_eq!(draft.sent().sources[0].first_response_minutes, 30);
    }

    #[test]
    fn a_list_that_stays_mine_keeps_what_somebody_added_meanwhile() {
        let (mine, mut theirs) = (draft(), draft());
        theirs.rows[0].name_ja = "お電話".to_owned();
        theirs.rows.push(Row { code: "video".to_owned(), known: true, ..Row::default() });
        let kept = mine.keeping(&theirs);
        let codes: Vec<&str> = kept.rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!((codes, kept.rows[0].name_ja.as_str()), (vec!["phone", "line", "video"], "電話"));
    }
}
