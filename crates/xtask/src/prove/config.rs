//! What schemathesis is told for a role: who calls, real values to try, how much to try, and what is left out.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::api::Role;
use super::dealer::{Account, Caller, Given};
use super::exclusions::{Check, Operation, What};
use crate::error::Error;

/// Tries of an operation in the phases that make values up; the phase that walks through what the document says about
/// each value tries as often as it needs.
const EXAMPLES: u32 = 10;
/// The same values in each run.
const SEED: u32 = 20_261_122;
/// How often a real value is taken where there is one.
const REAL: f64 = 0.7;

/// Real values for parameters: the beginning of the path, the parameter, the dictionary.
const SUPPLIES: &[(&str, &str, &str)] = &[
    ("/api/v1/api-clients/{id}", "path.id", "api_client_ids"),
    ("/api/v1/form-submissions/{id}", "path.id", "form_submission_ids"),
    ("/api/v1/forms/{id}", "path.id", "form_ids"),
    ("/api/v1/leads/{id}", "path.id", "lead_ids"),
    ("/api/v1/leads", "body.store_id", "store_ids"),
    ("/api/v1/leads/{id}/assign", "body.assignee_id", "staff_ids"),
    ("/api/v1/forms", "body.content.store_id", "store_ids"),
    ("/api/v1/postal-codes/{code}", "path.code", "postal_codes"),
    ("/public/v1/forms/{form_key}", "path.form_key", "form_keys"),
    ("/public/v1/forms/{form_key}/postal-codes/{code}", "path.code", "postal_codes"),
    ("/api/v1/auth/login", "body.mail", "mails"),
    ("/api/v1/auth/login", "body.password", "passwords"),
];

/// Real values for members of bodies, wherever they stand: the member, the dictionary.
const MEMBERS: &[(&str, &str)] = &[("store_id", "store_ids"), ("assignee_id", "staff_ids")];

/// The same for header parameters: the header, the parameter, the dictionary.
const HEADERS: &[(&str, &str, &str)] = &[("If-Match", "header.If-Match", "versions")];

/// The whole configuration. Its checks are all that there are; shrinking a failing request would take longer than finding it.
pub fn of(role: Role, document: &Value, caller: &Caller, given: &Given, site: &str, hooks: &Path) -> Value {
    let operations = Operation::all(document);
    let operations: Vec<Value> = operations.iter().filter_map(|one| of_operation(one, role, given, site)).collect();
    let dictionaries = given.iter().map(|(name, values)| ((*name).to_owned(), json!({"values": values})));
    let mut config = json!({
        "seed": SEED,
        "hooks": hooks.to_string_lossy(),
        "continue-on-failure": true,
        "request-timeout": 30,
        // An event stream never ends; its first event is there at once.
        "max-stream-events": 1,
        "cache": {"enabled": false},
        "generation": {"max-examples": EXAMPLES, "database": "none", "no-shrink": true},
        // These say that the run does not do what is written here.
        "warnings": {"fail-on": [
            "unmatched_filter", "dictionary_mismatch", "missing_deserializer", "unresolvable_reference",
            "base_url_mismatch", "unused_openapi_auth", "unsupported_regex"
        ]},
        "dictionaries": dictionaries.collect::<Map<_, _>>(),
        "operations": operations,
    });
    match caller {
        Caller::Nobody => {}
        Caller::Person(account) => {
            let openapi = json!({"bearer": sign_in(account, "body", "/access_token")});
            config["auth"] = json!({"dynamic": {"openapi": openapi}});
        }
        // It is sent to the operations of people too, which refuse it.
        Caller::Key(key) => {
            config["auth"] = json!({"openapi": {"api_key": {"bearer": key}, "bearer": {"bearer": key}}});
        }
    }
    config
}

fn sign_in(account: &Account, place: &str, selector: &str) -> Value {
    json!({
        "path": "/api/v1/auth/login",
        "payload": {"mail": account.mail, "password": account.password},
        "extract_from": place,
        "extract_selector": selector,
        "retry_on": [401],
    })
}

fn of_operation(operation: &Operation<'_>, role: Role, given: &Given, site: &str) -> Option<Value> {
    let mut entry = Map::new();
    let bound = |dictionary| json!({"dictionary": dictionary, "probability": REAL});
    let parameters = supplies(operation).filter(|(_, dictionary)| given.contains_key(dictionary));
    let parameters: Map<_, _> = parameters.map(|(name, dictionary)| (name.to_owned(), bound(dictionary))).collect();
    if !parameters.is_empty() {
        entry.insert("parameters".to_owned(), parameters.into());
    }
    if operation.has("header", "X-Noren") {
        entry.insert("headers".to_owned(), json!({"Origin": site}));
    }
    let checks = checks(operation, role);
    if !checks.is_empty() {
        entry.insert("checks".to_owned(), checks.into());
    }
    if entry.is_empty() {
        return None;
    }
    entry.insert("include-operation-id".to_owned(), operation.id.into());
    Some(entry.into())
}

/// The parameters of an operation for which there are real values, with the dictionaries.
fn supplies(operation: &Operation<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_path = SUPPLIES.iter().filter(|(path, name, _)| match name.starts_with("body.") {
        true => operation.has_body && operation.path == *path,
        false => operation.path.starts_with(path),
    });
    let of_header = HEADERS.iter().filter(|(name, ..)| operation.has("header", name));
    of_path.chain(of_header).map(|(_, parameter, dictionary)| (*parameter, *dictionary))
}

/// One real value per parameter and member, for `hooks.py`.
pub fn examples(document: &Value, given: &Given) -> Value {
    let of_one = |operation: &Operation<'_>| -> Map<String, Value> {
        let values = supplies(operation).filter_map(|(name, dictionary)| Some((name, given.get(dictionary)?.first()?)));
        values.map(|(name, value)| (name.to_owned(), value.as_str().into())).collect()
    };
    let operations = Operation::all(document);
    let operations = operations.iter().map(|operation| (operation.id.to_owned(), Value::Object(of_one(operation))));
    let members =
        MEMBERS.iter().filter_map(|(name, dictionary)| Some((*name, given.get(dictionary)?.first()?.as_str())));
    json!({"operations": operations.collect::<Map<_, _>>(), "members": members.collect::<BTreeMap<_, _>>()})
}

fn checks(operation: &Operation<'_>, role: Role) -> Map<String, Value> {
    let mut checks = Map::new();
    for check in Check::ALL {
        let further = operation.exclusions(role).filter_map(|row| match &row.what {
            What::Status(of, status) if *of == check => Some(*status),
            What::Status(..) => None,
        });
        let further: Vec<&str> = further.collect();
        if !further.is_empty() {
            let expected = [check.usual(), &further].concat();
            checks.insert(check.name().to_owned(), json!({"expected-statuses": expected}));
        }
    }
    checks
}

/// As schemathesis reads it.
pub fn written(config: &Value) -> Result<String, Error> {
    toml::to_string(config).map_err(|error| Error::Unwritable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_for(role: Role, caller: &Caller) -> Value {
        let document: Value = serde_json::from_str(include_str!("../../../../openapi/noren.json")).unwrap();
        let given = SUPPLIES.iter().chain(HEADERS).map(|(_, _, name)| (*name, vec!["x".to_owned()])).collect();
        of(role, &document, caller, &given, "http://127.0.0.1:1", Path::new("hooks.py"))
    }

    fn entry<'a>(config: &'a Value, id: &str) -> &'a Value {
        let entries = config["operations"].as_array().unwrap();
        entries.iter().find(|entry| entry["include-operation-id"] == id).unwrap()
    }

    #[test]
    fn an_edit_may_be_stale_and_break_a_rule() {
        let config = made_for(Role::Manager, &Caller::Nobody);
        let checks = &entry(&config, "edit_lead")["checks"];
        let expected = checks["positive_data_acceptance"]["expected-statuses"].as_array().unwrap();
        for status in ["2xx", "412", "422"] {
            assert!(expected.contains(&status.into()), "{status}");
        }
        assert!(!expected.contains(&"400".into()));
        assert_eq!(entry(&config, "edit_lead")["parameters"]["path.id"]["dictionary"], "lead_ids");
    }

    #[test]
    fn every_supply_is_for_an_operation() {
        let config = made_for(Role::Manager, &Caller::Nobody);
        let used = config["operations"].to_string();
        for (path, parameter, dictionary) in SUPPLIES.iter().chain(HEADERS) {
            assert!(used.contains(&format!("\"{dictionary}\"")), "{path} {parameter}");
        }
    }

    #[test]
    fn the_configuration_is_written_as_toml() {
        let account = Account { mail: "a@noren.example".into(), password: "b\"c".into(), role: "manager".into() };
        let text = written(&made_for(Role::Manager, &Caller::Person(account))).unwrap();
        assert!(text.contains("[auth.dynamic.openapi.bearer]"), "{text}");
        assert!(text.parse::<toml::Table>().is_ok());
    }
}
