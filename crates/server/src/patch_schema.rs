//! What a JSON Merge Patch (RFC 7396) over a document may hold, out of the document's own schema: every member may be
//! absent, and one that may be absent from the document may be null, which removes it.

use serde_json::{Map, Value, json};

/// The schema of a patch; `schemas` are those that references lead to.
pub fn of(schema: &Value, schemas: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        let named = &schemas[name];
        return if named["properties"].is_object() { of(named, schemas) } else { schema.clone() };
    }
    let mut patch = schema.clone();
    if let Some(choices) = patch.get_mut("oneOf").and_then(Value::as_array_mut) {
        choices.iter_mut().for_each(|choice| *choice = of(choice, schemas));
    }
    if let Some(members) = patch.get_mut("properties").and_then(Value::as_object_mut) {
        let needed =
            |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name));
        let patched = std::mem::take(members).into_iter().map(|(name, member)| {
            let member = of(&member, schemas);
            let member = if needed(&name) { member } else { or_null(member) };
            (name, member)
        });
        *members = patched.collect::<Map<_, _>>();
        patch.as_object_mut().map(|patch| patch.remove("required"));
    }
    patch
}

fn or_null(schema: Value) -> Value {
    let nothing = json!({"type": "null"});
    let allows = |list: &Value, one: &Value| list.as_array().is_some_and(|list| list.contains(one));
    if allows(&schema["type"], &nothing["type"]) || allows(&schema["oneOf"], &nothing) {
        return schema;
    }
    json!({"oneOf": [nothing, schema]})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_needs_nothing_and_removes_what_may_be_absent() {
        let schemas = json!({
            "Car": {"type": "object", "required": ["maker"], "properties": {
                "maker": {"type": "string"}, "model": {"type": ["string", "null"]}, "tags": {"type": "array"}
            }},
            "Colour": {"type": "string", "enum": ["red"]}
        });
        let whole = json!({"type": "object", "required": ["car"], "properties": {
            "car": {"$ref": "#/c/Car"}, "spare": {"oneOf": [{"type": "null"}, {"$ref": "#/c/Car"}]}, "colour": {"$ref": "#/c/Colour"}
        }});
        let car = json!({"type": "object", "properties": {
            "maker": {"type": "string"},
            "model": {"type": ["string", "null"]},
            "tags": {"oneOf": [{"type": "null"}, {"type": "array"}]}
        }});
        assert_eq!(
            of(&whole, &schemas),
            json!({"type": "object", "properties": {
                "car": car,
                "spare": {"oneOf": [{"type": "null"}, car]},
                "colour": {"oneOf": [{"type": "null"}, {"$ref": "#/c/Colour"}]}
            }})
        );
    }
}
