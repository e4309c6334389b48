//! What of something was changed, as the server wants to hear it: JSON Merge Patch. Pure.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::json;

/// The merge patch that makes `after` of `before` under the name of the member that holds it, or nothing where they are equal.
pub fn patch(member: &str, before: &impl Serialize, after: &impl Serialize) -> Option<Value> {
    let (before, after) = (as_value(before)?, as_value(after)?);
    let mut document = Map::new();
    document.insert(member.to_owned(), difference(&before, &after)?);
    Some(Value::Object(document))
}

/// By way of text, which the app writes anyway: `to_value` would be a second writer of every type.
fn as_value(content: &impl Serialize) -> Option<Value> {
    json::read(&serde_json::to_string(content).ok()?).ok()
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
