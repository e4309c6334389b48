//! The generated document, against which every answer is held: a status that it does not name is a contract that lies.

use std::sync::LazyLock;

use reqwest::Method;
use serde_json::Value;

static PATHS: LazyLock<Value> = LazyLock::new(|| {
    let mut document: Value = serde_json::from_str(&noren_server::openapi::Document::get().json).unwrap();
    document["paths"].take()
});

/// # Panics
/// When an operation of the document answers with a status that the document does not name.
pub fn require_known(method: &Method, path: &str, status: u16) {
    let Some(operation) = operation(method, path) else { return };
    let known = operation["responses"].get(status.to_string()).is_some();
    assert!(known, "the document does not know that {method} {path} answers {status}");
}

fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |known: &str| {
        let known: Vec<&str> = known.split('/').collect();
        known.len() == parts.len()
            && known.iter().zip(&parts).all(|(known, part)| known.starts_with('{') || known == part)
    };
    // A path in words goes before one with a name in it.
    let mut items: Vec<_> = PATHS.as_object()?.iter().filter(|(known, _)| fits(known)).collect();
    items.sort_by_key(|(known, _)| known.matches('{').count());
    items.first()?.1.get(method.as_str().to_lowercase())
}
