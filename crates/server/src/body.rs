//! Bodies: read within their limits, parsed, and checked for shape, with errors that name the field.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt;
use noren_api::FieldProblem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::{Error, deadline, pictures};

/// How large a JSON body may be.
pub const MAX_BODY: usize = 256 * 1024;
/// How large a body of the public may be.
const MAX_PUBLIC_BODY: usize = 64 * 1024;
/// How large a picture may be.
const MAX_PICTURE: usize = 15 * 1024 * 1024;
/// How large a table may be.
pub const MAX_TABLE: usize = 50 * 1024 * 1024;

/// The whole body, if it is JSON, in time and not too large.
///
/// # Errors
/// `MediaType`, `BodyTooLarge`, `BodyTimeout`, or `Malformed` for a body that breaks off.
pub async fn json_body(request: &HttpRequest, payload: Payload, types: &[&str]) -> Result<BytesMut, Error> {
    kind_of(request, types)?;
    read(payload, MAX_BODY).await
}

/// The whole body of what the public sends, and which of the types it is.
///
/// # Errors
/// As [`json_body`], with a limit of its own.
pub async fn form_body(
    request: &HttpRequest,
    payload: Payload,
    types: &[&'static str],
) -> Result<(&'static str, BytesMut), Error> {
    let kind = kind_of(request, types)?;
    Ok((kind, read(payload, MAX_PUBLIC_BODY).await?))
}

/// The whole body, if it is a picture of the types that are taken.
///
/// # Errors
/// As [`json_body`], with a limit of its own.
pub async fn picture_body(request: &HttpRequest, payload: Payload) -> Result<Bytes, Error> {
    kind_of(request, pictures::TYPES)?;
    Ok(read(payload, MAX_PICTURE).await?.freeze())
}

/// The whole body, if it is a table of text.
///
/// # Errors
/// As [`json_body`], with a limit of its own.
pub async fn table_body(request: &HttpRequest, payload: Payload) -> Result<Bytes, Error> {
    kind_of(request, &["text/csv"])?;
    Ok(read(payload, MAX_TABLE).await?.freeze())
}

/// Which of the types the body is said to be.
fn kind_of<'a>(request: &HttpRequest, types: &[&'a str]) -> Result<&'a str, Error> {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    types.iter().copied().find(|kind| *kind == essence).ok_or(Error::MediaType)
}

async fn read(mut payload: Payload, longest: usize) -> Result<BytesMut, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            late if deadline::is_late(&late) => Error::BodyTimeout,
            _ => Error::Malformed("The body broke off."),
        })?;
        if body.len() + chunk.len() > longest {
            return Err(Error::BodyTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A body as `T`, with every shape rule checked.
///
/// # Errors
/// `Malformed` for what is not JSON, `Invalid` for JSON that is not a `T`.
pub fn parse_valid<T: DeserializeOwned + Serialize + Validate>(body: &[u8]) -> Result<T, Error> {
    let value = parse(body)?;
    require_strict(&value, &parse(body)?)?;
    checked(value)
}

/// Refuses what serde lets through: a list for a struct, its items in the order of the fields; and U+0000, which
/// PostgreSQL cannot keep in a text.
///
/// # Errors
/// `Invalid` with the first such field.
pub fn require_strict(parsed: &impl Serialize, given: &Value) -> Result<(), Error> {
    let parsed = serde_json::to_value(parsed).map_err(|error| Error::Internal(error.to_string()))?;
    let nul = nul_in(given).map(|path| (path, "characters"));
    match nul.or_else(|| list_for_object(&parsed, given).map(|path| (path, "type"))) {
        Some((path, code)) => Err(Error::field(path.trim_start_matches('.'), code)),
        None => Ok(()),
    }
}

fn nul_in(given: &Value) -> Option<String> {
    match given {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(at, item)| nul_in(item).map(|path| format!(".{at}{path}")))
        }
        Value::Object(members) => {
            let named = members.keys().any(|name| name.contains('\0')).then(String::new);
            let inside = |(name, member)| nul_in(member).map(|path| format!(".{name}{path}"));
            named.or_else(|| members.iter().find_map(inside))
        }
        _ => None,
    }
}

fn list_for_object(parsed: &Value, given: &Value) -> Option<String> {
    match (parsed, given) {
        (Value::Object(_), Value::Array(_)) => Some(String::new()),
        (Value::Object(parsed), Value::Object(given)) => given
            .iter()
            .find_map(|(name, value)| list_for_object(parsed.get(name)?, value).map(|path| format!(".{name}{path}"))),
        (Value::Array(parsed), Value::Array(given)) => parsed
            .iter()
            .zip(given)
            .enumerate()
            .find_map(|(at, (p, g))| list_for_object(p, g).map(|path| format!(".{at}{path}"))),
        _ => None,
    }
}

/// Parses a body whose shape has no rules of its own.
///
/// # Errors
/// `Malformed`, or `Invalid` with the first field of a wrong type.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let (path, inner) = (error.path().clone(), error.inner());
        if inner.is_data() {
            data_error(&path, &inner.to_string())
        } else {
            Error::Malformed("The body is not well-formed JSON.")
        }
    })?;
    json.end().map_err(|_| Error::Malformed("Something follows the JSON document."))?;
    Ok(parsed)
}

/// The value, if it keeps every shape rule.
///
/// # Errors
/// `Invalid` with every broken field.
pub fn checked<T: Validate>(value: T) -> Result<T, Error> {
    match value.validate() {
        Ok(()) => Ok(value),
        Err(errors) => {
            let mut problems = Vec::new();
            collect(&errors, "", &mut problems);
            problems.sort_by(|a, b| a.field.cmp(&b.field));
            Err(Error::Invalid(problems))
        }
    }
}

/// Field and code alone: `params` also hold the rejected value, which may be personal and is never echoed.
fn collect(errors: &ValidationErrors, prefix: &str, into: &mut Vec<FieldProblem>) {
    let join = |name: &str| if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
    for (name, kind) in errors.errors() {
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &join(name), into),
            ValidationErrorsKind::List(items) => {
                for (at, inner) in items {
                    collect(inner, &join(&format!("{name}.{at}")), into);
                }
            }
            ValidationErrorsKind::Field(broken) => into.extend(broken.iter().map(|error| {
                let bound = |name: &str| error.params.get(name).and_then(Value::as_i64);
                let (min, max) = (bound("min"), bound("max"));
                FieldProblem { field: join(name), code: shape_code(error, max), min, max }
            })),
        }
    }
}

fn shape_code(error: &validator::ValidationError, max: Option<i64>) -> String {
    let length = error.params.get("value").map_or(0, |value| match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        _ => 0,
    });
    let over = max.is_some_and(|max| i64::try_from(length).unwrap_or(i64::MAX) > max);
    let is_list = error.params.get("value").is_some_and(Value::is_array);
    match (error.code.as_ref(), over) {
        ("length", true) if is_list => "too_many",
        ("length", true) => "too_long",
        ("length", false) if length == 0 => "required",
        ("length", false) => "too_short",
        ("range", _) => "out_of_range",
        (other, _) => other,
    }
    .to_owned()
}

/// The first type error or unknown field, with its path.
pub fn data_error(path: &serde_path_to_error::Path, message: &str) -> Error {
    let path = match path.to_string() {
        dot if dot == "." => String::new(),
        path => path.replace('[', ".").replace(']', ""),
    };
    match named(message, "unknown field `").or_else(|| named(message, "missing field `")) {
        Some(name) => {
            let code = if message.starts_with("missing") { "required" } else { "unknown_field" };
            let parent = path.strip_suffix(name).map_or(path.as_str(), |parent| parent.trim_end_matches('.'));
            Error::field(if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }, code)
        }
        None if message.starts_with("unknown variant") => Error::field(path, "unknown"),
        None => Error::field(path, "type"),
    }
}

fn named<'a>(message: &'a str, before: &str) -> Option<&'a str> {
    message.strip_prefix(before)?.split('`').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_body_names_the_field() {
        let fields = |body: &str| match parse_valid::<noren_api::leads::NewLead>(body.as_bytes()) {
            Err(Error::Invalid(errors)) => {
                errors.into_iter().map(|e| format!("{} {}", e.field, e.code)).collect::<Vec<_>>()
            }
            Err(other) => vec![other.code().to_owned()],
            Ok(_) => Vec::new(),
        };
        let store = "\"store_id\":\"0192f0c1-2345-7abc-8def-0123456789ab\"";
        assert_eq!(fields("{"), ["request.malformed"]);
        assert_eq!(fields(&format!("{{{store},\"profile\":{{\"phones\":[1]}}}}")), ["profile.phones.0 type"]);
        assert_eq!(fields(&format!("{{{store},\"profile\":{{\"colour\":1}}}}")), ["profile.colour unknown_field"]);
        assert_eq!(fields("{\"profile\":{}}"), ["store_id required"]);
        assert_eq!(
            fields(&format!("{{{store},\"profile\":{{\"temperature\":\"hot\"}}}}")),
            ["profile.temperature unknown"]
        );
        assert_eq!(fields(&format!("{{{store},\"profile\":{{\"wanted_car\":[]}}}}")), ["profile.wanted_car type"]);
        assert_eq!(fields(&format!("{{{store},\"profile\":[\"walk_in\"]}}")), ["profile type"]);
        let long = "あ".repeat(101);
        let body = format!("{{{store},\"profile\":{{\"name\":\"{long}\",\"address\":{{\"city\":\"{long}\"}}}}}}");
        assert_eq!(fields(&body), ["profile.address.city too_long", "profile.name too_long"]);
    }
}
