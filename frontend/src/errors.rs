//! What is wrong with a form, by field: found here or told by the server.

use std::collections::BTreeMap;

use noren_api::FieldProblem;
use serde_json::Value;
use validator::{ValidationErrors, ValidationErrorsKind};

/// What is wrong, by the path of the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<String, FieldProblem>);

impl FieldErrors {
    /// Of several rules that a field breaks, the first is told.
    pub fn add(&mut self, problem: FieldProblem) {
        self.0.entry(problem.field.clone()).or_insert(problem);
    }

    pub fn add_code(&mut self, field: &str, code: &str) {
        self.add(FieldProblem { field: field.to_owned(), code: code.to_owned(), min: None, max: None });
    }

    pub fn of(&self, path: &str) -> Option<&FieldProblem> {
        self.0.get(path)
    }

    pub fn remove(&mut self, path: &str) {
        self.0.remove(path);
    }

    /// Keeps only the paths that it says.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|path, _| keep(path));
    }

    /// Where something is wrong with a part or with anything in it.
    pub fn first_in(&self, part: &str) -> Option<&str> {
        self.0.keys().map(String::as_str).find(|path| is_in(path, part))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first bad field in the order of the form.
    pub fn first(&self, order: &[&str]) -> Option<&str> {
        let place = |path: &str| {
            let stem = path.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('.');
            order.iter().position(|known| *known == stem).unwrap_or(order.len())
        };
        self.0.keys().map(String::as_str).min_by_key(|path| place(path))
    }
}

/// Whether a path is a part's own, or of something in it.
pub fn is_in(path: &str, part: &str) -> bool {
    path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl IntoIterator for FieldErrors {
    type Item = FieldProblem;
    type IntoIter = std::collections::btree_map::IntoValues<String, FieldProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_values()
    }
}

impl FromIterator<FieldProblem> for FieldErrors {
    /// From the server's `errors[]`, whose paths may begin with the member that a form is about.
    fn from_iter<I: IntoIterator<Item = FieldProblem>>(problems: I) -> Self {
        let mut errors = Self::default();
        for mut problem in problems {
            let path = problem.field.strip_prefix("profile.").or_else(|| problem.field.strip_prefix("content."));
            if let Some(path) = path {
                problem.field = path.to_owned();
            }
            errors.add(problem);
        }
        errors
    }
}

/// The contract's own rules, as paths and codes.
pub fn collect(broken: &ValidationErrors, stem: &str, errors: &mut FieldErrors) {
    for (field, kind) in broken.errors() {
        let path = if stem.is_empty() { field.to_string() } else { format!("{stem}.{field}") };
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &path, errors),
            ValidationErrorsKind::List(items) => {
                for (at, inner) in items {
                    collect(inner, &format!("{path}.{at}"), errors);
                }
            }
            ValidationErrorsKind::Field(rules) => {
                for rule in rules {
                    let bound = |name: &str| rule.params.get(name).and_then(Value::as_i64);
                    let code = if rule.code == "length" { "too_long" } else { rule.code.as_ref() };
                    errors.add(FieldProblem {
                        field: path.clone(),
                        code: code.to_owned(),
                        min: bound("min"),
                        max: bound("max"),
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bad_field_is_the_first_of_the_form() {
        let errors: FieldErrors = ["note", "profile.phones.1", "wanted_car.budget"]
            .map(|field| FieldProblem { field: field.into(), code: "required".into(), min: None, max: None })
            .into_iter()
            .collect();
        assert_eq!(errors.first(&["name", "phones", "wanted_car.budget", "note"]), Some("phones.1"));
    }

    #[test]
    fn the_server_s_paths_and_the_form_s_are_the_same_map() {
        let errors: FieldErrors =
            [FieldProblem { field: "profile.mails.0".into(), code: "mail.form".into(), min: None, max: None }]
                .into_iter()
                .collect();
        assert!(errors.of("mails.0").is_some());
    }
}
