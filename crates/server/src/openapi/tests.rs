use super::*;

#[test]
fn the_document_knows_the_methods_of_a_path() {
    let document = Document::get();
    assert_eq!(document.methods("/api/v1/leads"), ["GET", "HEAD", "POST"]);
    assert_eq!(document.methods("/api/v1/leads/0192f0c1-2345-7abc-8def-0123456789ab"), ["GET", "HEAD", "PATCH"]);
    assert!(document.methods("/api/v1/nothing").is_empty());
}

/// OpenAPI knows no such member; whoever makes a client of the document stumbles over it.
#[test]
fn what_an_operation_does_not_have_is_left_out() {
    let document: Value = serde_json::from_str(&Document::get().json).unwrap();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let empty = operation.as_object().unwrap().iter().find(|(_, member)| member.is_null());
            assert!(empty.is_none(), "{} {empty:?}", operation["operationId"]);
        }
    }
}

/// A component that is named and not there ends every client that is made of the document.
#[test]
fn every_reference_leads_to_something() {
    fn walk<'a>(at: &'a Value, found: &mut Vec<&'a str>) {
        match at {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| walk(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let document: Value = serde_json::from_str(&Document::get().json).unwrap();
    let mut found = Vec::new();
    walk(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("all of it is in this document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn every_writing_operation_says_what_it_takes() {
    let document: Value = serde_json::from_str(&Document::get().json).unwrap();
    let bodyless = [
        "refresh_session",
        "log_out",
        "end_other_sessions",
        "invite_staff",
        "invite_staff_by_mail",
        "retry_outbox_message",
        "discard_outbox_message",
        "lock_screen",
        "suspend_staff",
        "reinstate_staff",
        "retire_staff",
        "close_store",
        "reopen_store",
        "accept_form_submission",
        "dismiss_form_submission",
        "see_mentions",
        "ask_passkey",
        "ask_passkey_again",
        "offer_authenticator",
        "offer_passkey",
        "make_recovery_codes",
        "verify_audit",
        "sync_extreme",
        "release_hold",
        "resume_outbox_destination",
        "allow_extreme_intake",
        "dismiss_extreme_intake",
        "export_extreme_intake_file",
        "export_extreme_intake_reasons",
        "enter_manual_entry",
        "reopen_manual_entry",
        "export_manual_entries",
    ];
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["post", "patch"] {
            let Some(operation) = item.get(method) else { continue };
            let named = bodyless.contains(&operation["operationId"].as_str().unwrap());
            assert_ne!(operation.get("requestBody").is_some(), named, "{method} {path}");
        }
    }
}

#[test]
fn every_operation_stands_in_the_permission_table_once() {
    let document: Value = serde_json::from_str(&Document::get().json).unwrap();
    let mut operations: Vec<String> = Vec::new();
    for item in document["paths"].as_object().unwrap().values() {
        operations.extend(item.as_object().unwrap().values().map(|o| o["operationId"].as_str().unwrap().to_owned()));
    }
    operations.sort_unstable();
    let listed = permissions::TABLE
        .iter()
        .map(|row| row.operation)
        .chain(permissions::PUBLIC.iter().map(|(operation, _)| *operation));
    let mut listed: Vec<String> = listed.map(str::to_owned).collect();
    listed.sort_unstable();
    assert_eq!(operations, listed);
}
