//! The contract itself: which answers it knows, and whether one fits.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

pub static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::read);

pub struct Contract {
    pub document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// An operation as the contract has it.
#[derive(Clone, Debug)]
pub struct Described {
    pub id: String,
    pub method: String,
    pub path: String,
    /// Where it stands in the document.
    pub pointer: String,
    pub content: Value,
}

impl Contract {
    fn read() -> Self {
        let text = include_str!("../../../../openapi/extreme.yaml");
        Self { document: yaml_serde::from_str(text).unwrap(), validators: Mutex::default() }
    }

    pub fn operations(&self) -> Vec<Described> {
        let paths = self.document["paths"].as_object().unwrap();
        let of_path = |(path, methods): (&String, &Value)| {
            let describe = |(method, content): (&String, &Value)| Described {
                id: content["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                pointer: format!("/paths/{}/{method}", escape(path)),
                content: content.clone(),
            };
            methods.as_object().unwrap().iter().map(describe).collect::<Vec<_>>()
        };
        paths.iter().flat_map(of_path).collect()
    }

    pub fn operation(&self, id: &str) -> Described {
        self.operations().into_iter().find(|operation| operation.id == id).unwrap()
    }

    /// The statuses that an operation may answer with.
    pub fn statuses(&self, operation: &Described) -> Vec<u16> {
        operation.content["responses"].as_object().unwrap().keys().map(|status| status.parse().unwrap()).collect()
    }

    /// The response with its place in the document.
    fn response(&self, operation: &Described, status: u16) -> Option<(String, &Value)> {
        let pointer = format!("{}/responses/{status}", operation.pointer);
        let response = self.document.pointer(&pointer)?;
        match response.get("$ref").and_then(Value::as_str) {
            Some(to) => Some((to[1..].to_owned(), self.document.pointer(&to[1..])?)),
            None => Some((pointer, response)),
        }
    }

    /// Says what is wrong with an answer.
    pub fn check(&self, operation: &Described, answer: &super::client::Reply) -> Result<(), String> {
        let (pointer, response) =
            self.response(operation, answer.status).ok_or_else(|| format!("{} is not documented", answer.status))?;
        let headers = response.get("headers").and_then(Value::as_object).cloned().unwrap_or_default();
        for name in headers.keys().filter(|name| *name != "Idempotency-Replayed") {
            answer.header(name).ok_or_else(|| format!("{name} is missing"))?;
        }
        let Some(content) = response.get("content").and_then(Value::as_object) else {
            return if answer.bytes.is_empty() { Ok(()) } else { Err("there should be no body".to_owned()) };
        };
        let essence = answer.header("content-type").unwrap_or_default();
        let described = content.get(&essence).ok_or_else(|| format!("{essence:?} is not documented"))?;
        if described.get("schema").is_none() {
            return Ok(());
        }
        self.fits(&format!("{pointer}/content/{}/schema", escape(&essence)), &answer.body)
    }

    /// Whether a value fits the schema at a place of the document.
    pub fn fits(&self, pointer: &str, value: &Value) -> Result<(), String> {
        let errors: Vec<String> = self
            .validator(pointer)
            .iter_errors(value)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(errors.join("; ")) }
    }

    fn validator(&self, pointer: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap();
        let make = || {
            let mut schema: Map<String, Value> = self.document.as_object().unwrap().clone();
            // Braces are no characters of a URI.
            let reference = format!("#{pointer}").replace('{', "%7B").replace('}', "%7D");
            schema.insert("$ref".to_owned(), json!(reference));
            let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
            Arc::new(options.build(&Value::Object(schema)).unwrap())
        };
        Arc::clone(validators.entry(pointer.to_owned()).or_insert_with(make))
    }
}

pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Every example beside a schema, with the schema's place.
fn examples(value: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(object) => {
            if object.contains_key("schema") {
                let place = format!("{pointer}/schema");
                let many = object.get("examples").and_then(Value::as_object).into_iter().flat_map(Map::values);
                let values = many.map(|example| example["value"].clone()).chain(object.get("example").cloned());
                found.extend(values.map(|value| (place.clone(), value)));
            } else if let Some(list) = object.get("examples").and_then(Value::as_array) {
                found.extend(list.iter().map(|value| (pointer.to_owned(), value.clone())));
            }
            for (name, inner) in object.iter().filter(|(name, _)| !["example", "examples"].contains(&name.as_str())) {
                examples(inner, &format!("{pointer}/{}", escape(name)), found);
            }
        }
        Value::Array(list) => {
            for (number, inner) in list.iter().enumerate() {
                examples(inner, &format!("{pointer}/{number}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_example_of_the_contract_fits_its_schema() {
    let mut found = Vec::new();
    examples(&CONTRACT.document, "", &mut found);
    assert!(found.len() > 100, "{}", found.len());
    for (pointer, value) in found {
        if let Err(wrong) = CONTRACT.fits(&pointer, &value) {
            panic!("{pointer}: {wrong}\n{value}");
        }
    }
}

#[test]
fn the_simulator_serves_exactly_the_operations_of_the_contract() {
    let mut described: Vec<(String, String, String)> =
        CONTRACT.operations().into_iter().map(|one| (one.id, one.method, one.path)).collect();
    let served = noren_extreme_simulator::OPERATIONS;
    let mut served: Vec<(String, String, String)> =
        served.iter().map(|one| (one.id.to_owned(), one.method.to_string(), one.path.to_owned())).collect();
    described.sort();
    served.sort();
    assert_eq!(served, described);
}
