//! What of a lead was changed, as the server wants to hear it. Pure.

use noren_api::leads::LeadProfile;
use serde_json::{Map, Value};

use crate::json;

/// The merge patch that makes `after` of `before`, or nothing where they are equal.
pub fn patch(before: &LeadProfile, after: &LeadProfile) -> Option<Value> {
    let (before, after) = (as_value(before)?, as_value(after)?);
    let mut document = Map::new();
    document.insert("profile".to_owned(), difference(&before, &after)?);
    Some(Value::Object(document))
}

/// By way of text, which the app writes anyway: `to_value` would be a second writer of every type.
fn as_value(profile: &LeadProfile) -> Option<Value> {
    json::read(&serde_json::to_string(profile).ok()?).ok()
}

/// RFC 7396: only what differs, `null` for what is gone, lists as a whole.
fn difference(before: &Value, after: &Value) -> Option<Value> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let changed: Map<String, Value> = after
                .iter()
                .filter_map(|(key, value)| {
                    Some((key.clone(), difference(before.get(key).unwrap_or(&Value::Null), value)?))
                })
                .collect();
            (!changed.is_empty()).then_some(Value::Object(changed))
        }
        (before, after) => (before != after).then(|| after.clone()),
    }
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
