//! The list of other systems as a person types it. Pure, and tested on the host.

use noren_api::FieldProblem;
use noren_api::external_systems::{ExternalSystemList, SettledSystem};
use noren_domain::Invalid;
use noren_domain::external_system::{self, Covers, MAX_SYSTEMS};
use serde::{Deserialize, Serialize};

use crate::messages;
use crate::pages::settings::master::{List, Master};
use crate::words::{self, Lang};

pub type Draft = List<Systems>;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub key: String,
    pub name_ja: String,
    pub name_en: String,
    pub template: String,
    pub covers: Covers,
    pub active: bool,
    /// Whether the server has it: its key stays, and it stays in the list.
    pub known: bool,
}

impl Row {
    fn of(system: &SettledSystem) -> Self {
        let SettledSystem { key, name_ja, name_en, template, covers, active } = system.clone();
        Self { key, name_ja, name_en, template, covers, active, known: true }
    }

    fn sent(&self) -> SettledSystem {
        let Self { key, name_ja, name_en, template, covers, active, known: _ } = self.clone();
        SettledSystem { key, name_ja, name_en, template, covers, active }
    }
}

impl Draft {
    pub fn of(list: &ExternalSystemList) -> Self {
        Self { rows: list.systems.iter().map(Row::of).collect() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Systems;

impl Master for Systems {
    type Row = Row;
    type Sent = ExternalSystemList;

    const ITSELF: &'static [Self; 1] = &[Self];
    const PATH: &'static str = "systems";
    const TITLE: fn(Lang) -> &'static str = words::external_systems::title;
    const MOST: usize = MAX_SYSTEMS;
    const FIRST: &'static str = "name_ja";

    fn blank() -> Row {
        Row { active: true, ..Row::default() }
    }

    fn is_blank(row: &Row) -> bool {
        let texts = [&row.key, &row.name_ja, &row.name_en, &row.template];
        !row.known && texts.into_iter().all(|text| text.trim().is_empty())
    }

    fn is_same(one: &Row, other: &Row) -> bool {
        one.key == other.key
    }

    fn is_active(row: &Row) -> bool {
        row.active
    }

    fn line(row: &Row, _: Lang) -> String {
        format!("{} {}", row.name_ja, row.template)
    }

    fn to_send(rows: &[Row]) -> ExternalSystemList {
        ExternalSystemList { systems: rows.iter().map(Row::sent).collect() }
    }

    fn check(sent: ExternalSystemList) -> Result<(), Invalid> {
        external_system::check(&[], sent.typed()).map(drop)
    }

    fn advice(broken: &FieldProblem, lang: Lang) -> String {
        let own = match broken.code.as_str() {
            "required" => words::field_problem::required,
            "code.form" => words::external_systems::key_form,
            "code.twice" => words::external_systems::key_twice,
            "template.https" => words::external_systems::template_https,
            "template.form" => words::external_systems::template_form,
            "template.placeholder" => words::external_systems::template_placeholder,
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
        let system = SettledSystem {
            key: "goo".to_owned(),
            name_ja: "グーネット".to_owned(),
            name_en: "Goonet".to_owned(),
            template: "https://example.jp/{code}".to_owned(),
            covers: Covers::Vehicles,
            active: true,
        };
        Draft::of(&ExternalSystemList { systems: vec![system] })
    }

    #[test]
    fn a_list_reads_back_as_it_was_written() {
        assert_eq!(Draft::of(&draft().sent()), draft());
        assert!(draft().problems().is_empty());
    }

    #[test]
    fn a_row_that_was_left_empty_is_not_kept_and_a_wrong_one_is_said() {
        let mut draft = draft();
        draft.rows.push(Systems::blank());
        assert_eq!(draft.clone().tidied().rows.len(), 1);
        draft.rows[1].template = "http://example.jp/{code}".to_owned();
        let errors = draft.tidied().problems();
        for path in ["systems.1.key", "systems.1.name_ja", "systems.1.name_en", "systems.1.template"] {
            assert!(errors.of(path).is_some(), "{path}");
        }
    }
}
