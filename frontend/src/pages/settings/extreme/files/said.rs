//! What states and reasons of files mean, in words. Pure.

use noren_api::extreme_intakes::{ExtremeField, ExtremeIntake};
use noren_domain::intake::{IntakeOrigin, IntakeState};

use crate::ui::badge::Tone;
use crate::ui::yen::grouped;
use crate::words::{self, Lang};

type Words = fn(Lang) -> &'static str;

pub fn state(state: IntakeState) -> (Tone, Words) {
    use words::extreme_files as say;
    match state {
        IntakeState::Waiting => (Tone::Accent, say::waiting),
        IntakeState::Asking => (Tone::Warn, say::asking),
        IntakeState::Taken => (Tone::Ok, say::taken),
        IntakeState::Refused => (Tone::Warn, say::refused),
        IntakeState::Repeated => (Tone::Plain, say::repeated),
    }
}

/// What became of it, in figures.
pub fn figures(intake: &ExtremeIntake, lang: Lang) -> String {
    use words::extreme_files as say;
    match intake.state {
        IntakeState::Taken => {
            let figures = say::figures(lang, grouped(intake.new), grouped(intake.changed), grouped(intake.unchanged));
            let gone = (intake.gone > 0).then(|| say::gone(lang, grouped(intake.gone)));
            [Some(figures), gone].into_iter().flatten().collect::<Vec<_>>().join("・")
        }
        IntakeState::Refused => say::wrong(lang, grouped(intake.wrong)),
        IntakeState::Asking => say::asks(lang, grouped(intake.gone), grouped(intake.here)),
        IntakeState::Waiting | IntakeState::Repeated => String::new(),
    }
}

/// Who has handed it in.
pub fn from(intake: &ExtremeIntake, lang: Lang) -> String {
    use words::extreme_files as say;
    match (intake.origin, &intake.handed_in_by_name) {
        (IntakeOrigin::Upload, Some(name)) => say::from_person(lang, name),
        (IntakeOrigin::Upload, None) => String::new(),
        (IntakeOrigin::Folder, _) => say::from_folder(lang).to_owned(),
    }
}

/// What a field is called: in Japanese by its usual heading.
pub fn field(field: &ExtremeField, lang: Lang) -> String {
    let usual = field.usual.first().filter(|_| lang == Lang::Ja);
    usual.cloned().unwrap_or_else(|| field.field.replace('_', " "))
}

/// Why a cell, or a file, is not taken, and how to mend it.
pub fn reason(code: &str) -> Words {
    use words::extreme_files as say;
    match code {
        "required" => say::why_required,
        "code.form" => say::why_code,
        "number.form" => say::why_number,
        "number.range" => say::why_range,
        "day.form" => say::why_day,
        "month.form" => say::why_month,
        "flag.form" => say::why_flag,
        "word.unknown" => say::why_word,
        "plate.form" => say::why_plate,
        "postal_code.form" => say::why_postal,
        "store.unknown" => say::why_store,
        "too_long" => say::why_long,
        "key.twice" => say::why_twice,
        "row.cells" => say::why_cells,
        "column.missing" => say::why_missing,
        "column.twice" => say::why_double,
        "file.encoding" => say::why_encoding,
        "file.empty" => say::why_empty,
        "file.no_rows" => say::why_no_rows,
        "file.too_many_rows" => say::why_too_many,
        "file.too_many_columns" => say::why_wide,
        "file.too_large" => say::why_too_large,
        "file.dismissed" => say::why_dismissed,
        _ => say::why_other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_of_a_newer_server_has_a_sentence_too() {
        assert_eq!(reason("moon.phase")(Lang::Ja), words::extreme_files::why_other(Lang::Ja));
        assert_ne!(reason("day.form")(Lang::En), words::extreme_files::why_other(Lang::En));
    }

    #[test]
    fn a_field_is_called_as_in_the_trade() {
        let usual = vec!["管理番号".to_owned(), "在庫番号".to_owned()];
        let known = ExtremeField {
            field: "stock_number".to_owned(),
            form: noren_api::extreme_intakes::ExtremeFieldForm::Code,
            needed: true,
            usual,
            found: None,
            examples: Vec::new(),
        };
        assert_eq!((field(&known, Lang::Ja).as_str(), field(&known, Lang::En).as_str()), ("管理番号", "stock number"));
    }
}
