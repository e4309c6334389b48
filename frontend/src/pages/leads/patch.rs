//! What of a lead was changed, as the server wants to hear it. Pure.

use noren_api::leads::LeadProfile;
use serde_json::Value;

use crate::merge_patch;

/// The merge patch that makes `after` of `before`, or nothing where they are equal.
pub fn patch(before: &LeadProfile, after: &LeadProfile) -> Option<Value> {
    merge_patch::patch("profile", before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::leads::draft::Draft;
    use crate::pages::leads::draft::tests::known_lead;
    use crate::pages::leads::fields::Field;
    use serde_json::json;

    #[test]
    fn a_form_that_was_only_opened_changes_nothing() {
        let known = known_lead();
        assert_eq!(patch(&known, &Draft::of(&known).check().unwrap()), None);
    }

    #[test]
    fn only_changed_fields_are_sent() {
        let known = known_lead();
        let mut draft = Draft::of(&known);
        draft.set(Field::Kana, String::new());
        draft.set(Field::City, "前橋市".into());
        draft.set(Field::Budget, "３５０万円".into());
        draft.phones.push("  ".into());
        draft.phones.push("027-123-4567".into());
        let sent = patch(&known, &draft.tidied().check().unwrap());
        let expected = json!({ "profile": {
            "kana": null,
            "address": { "city": "前橋市" },
            "wanted_car": { "budget": 3_500_000 },
            "phones": ["090-1234-5678", "027-123-4567"],
        }});
        assert_eq!(sent, Some(expected));
    }
}
