//! What a person has chosen for the fields of a kind of file. Pure.

use std::collections::BTreeMap;

use noren_api::extreme_intakes::{ExtremeColumnChoice, ExtremeColumns};

/// What the drop-down of a field has besides headings, which follow their mark.
pub const AUTOMATIC: &str = "automatic";
pub const FIXED: &str = "fixed";
pub const UNUSED: &str = "unused";
const HEADING: &str = "column:";

/// The choice for one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    Column(String),
    Fixed(String),
    Unused,
}

/// What is chosen, as it is being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    by_field: BTreeMap<String, Chosen>,
    pub is_whole_stock: bool,
}

/// The value of a heading in the drop-down.
pub fn of_heading(heading: &str) -> String {
    format!("{HEADING}{heading}")
}

impl Choices {
    /// The value of a field in the drop-down.
    pub fn value(&self, field: &str) -> String {
        match self.by_field.get(field) {
            None => AUTOMATIC.to_owned(),
            Some(Chosen::Column(heading)) => of_heading(heading),
            Some(Chosen::Fixed(_)) => FIXED.to_owned(),
            Some(Chosen::Unused) => UNUSED.to_owned(),
        }
    }

    /// What is always the same in a field, where that was chosen.
    pub fn fixed(&self, field: &str) -> Option<&str> {
        match self.by_field.get(field) {
            Some(Chosen::Fixed(text)) => Some(text),
            _ => None,
        }
    }

    /// The heading that was chosen for a field.
    pub fn heading(&self, field: &str) -> Option<&str> {
        match self.by_field.get(field) {
            Some(Chosen::Column(heading)) => Some(heading),
            _ => None,
        }
    }

    /// Takes what the drop-down of a field says.
    pub fn choose(&mut self, field: &str, value: &str) {
        let chosen = match (value, value.strip_prefix(HEADING)) {
            (_, Some(heading)) => Chosen::Column(heading.to_owned()),
            (FIXED, None) => Chosen::Fixed(String::new()),
            (UNUSED, None) => Chosen::Unused,
            _ => {
                self.by_field.remove(field);
                return;
            }
        };
        self.by_field.insert(field.to_owned(), chosen);
    }

    pub fn fix(&mut self, field: &str, text: String) {
        self.by_field.insert(field.to_owned(), Chosen::Fixed(text));
    }

    /// The fields that are always the same, of which nobody has said what.
    pub fn unsaid(&self) -> Vec<&str> {
        let is_unsaid = |chosen: &Chosen| matches!(chosen, Chosen::Fixed(text) if text.trim().is_empty());
        self.by_field.iter().filter(|(_, chosen)| is_unsaid(chosen)).map(|(field, _)| field.as_str()).collect()
    }

    pub fn to_send(&self) -> ExtremeColumns {
        let choice = |(field, chosen): (&String, &Chosen)| {
            let (column, fixed) = match chosen {
                Chosen::Column(heading) => (Some(heading.clone()), None),
                Chosen::Fixed(text) => (None, Some(text.trim().to_owned())),
                Chosen::Unused => (None, None),
            };
            ExtremeColumnChoice { field: field.clone(), column, fixed }
        };
        ExtremeColumns { choices: self.by_field.iter().map(choice).collect(), is_whole_stock: self.is_whole_stock }
    }
}

impl From<&ExtremeColumns> for Choices {
    fn from(columns: &ExtremeColumns) -> Self {
        let chosen = |choice: &ExtremeColumnChoice| {
            let chosen = match (&choice.column, &choice.fixed) {
                (Some(heading), _) => Chosen::Column(heading.clone()),
                (None, Some(text)) => Chosen::Fixed(text.clone()),
                (None, None) => Chosen::Unused,
            };
            (choice.field.clone(), chosen)
        };
        Self { by_field: columns.choices.iter().map(chosen).collect(), is_whole_stock: columns.is_whole_stock }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_what_is_sent_and_comes_back() {
        let mut choices = Choices { is_whole_stock: true, ..Choices::default() };
        choices.choose("stock_number", &of_heading("番号"));
        choices.choose("store_code", FIXED);
        assert_eq!(choices.unsaid(), ["store_code"]);
        choices.fix("store_code", " 本店 ".to_owned());
        choices.choose("comment", UNUSED);
        choices.choose("fees", UNUSED);
        choices.choose("fees", AUTOMATIC);
        let sent = choices.to_send();
        assert_eq!((sent.choices.len(), sent.is_whole_stock), (3, true));
        let back = Choices::from(&sent);
        assert_eq!((back.heading("stock_number"), back.fixed("store_code")), (Some("番号"), Some("本店")));
        assert_eq!((back.value("comment").as_str(), back.value("fees").as_str()), (UNUSED, AUTOMATIC));
        assert!(back.unsaid().is_empty());
    }
}
