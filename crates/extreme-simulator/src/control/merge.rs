//! JSON Merge Patch (RFC 7396), but that `null` empties a member instead of taking it away: every member of a record stays there.

use serde_json::{Map, Value};

/// Changes `target` as `patch` says.
pub fn patch(target: &mut Value, patch_with: &Value) {
    let Some(members) = patch_with.as_object() else {
        *target = patch_with.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(object) = target.as_object_mut() else { return };
    for (name, value) in members {
        match value {
            Value::Null => drop(object.insert(name.clone(), Value::Null)),
            value => patch(object.entry(name.clone()).or_insert(Value::Null), value),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_replaced_one_by_one_and_null_empties() {
        let mut target = json!({"a": 1, "b": {"c": 2, "d": 3}, "e": [1]});
        patch(&mut target, &json!({"a": null, "b": {"c": 9}, "e": [], "f": "x"}));
        assert_eq!(target, json!({"a": null, "b": {"c": 9, "d": 3}, "e": [], "f": "x"}));
    }
}
