//! What a handler is given: validated bodies and queries, ids, and the version that an edit is based on.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use noren_api::FieldProblem;
use serde::de::DeserializeOwned;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::{Error, deadline};

/// How large a JSON body may be.
pub const MAX_BODY: usize = 256 * 1024;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// A JSON body that parsed and keeps every shape rule.
pub struct Valid<T>(pub T);

/// A query string that parsed and keeps every shape rule.
pub struct ValidQuery<T>(pub T);

/// A JSON Merge Patch (RFC 7396).
pub struct MergePatch(serde_json::Value);

/// The id in the path. One that does not parse is as unknown as any other: 404.
pub struct Id<T>(pub T);

/// The version that the caller saw, from `If-Match`.
pub struct IfMatch(pub i64);

impl<T> Deref for Valid<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Valid<T> {
    type Error = Error;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { parse_valid(&json_body(&request, payload, &["application/json"]).await?).map(Self) })
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for ValidQuery<T> {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let deserializer =
            serde_urlencoded::Deserializer::new(form_urlencoded::parse(request.query_string().as_bytes()));
        let parsed = serde_path_to_error::deserialize::<_, T>(deserializer).map_err(|error| query_error(&error));
        std::future::ready(parsed.and_then(checked).map(Self))
    }
}

impl FromRequest for MergePatch {
    type Error = Error;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let body = json_body(&request, payload, &["application/merge-patch+json", "application/json"]).await?;
            let patch: serde_json::Value = parse(&body)?;
            if patch.is_object() { Ok(Self(patch)) } else { Err(Error::field("", "type")) }
        })
    }
}

impl MergePatch {
    /// The document with the patch applied, checked like any other input.
    ///
    /// # Errors
    /// `Invalid` with every broken field.
    pub fn apply<T: DeserializeOwned + serde::Serialize + Validate>(&self, to: &T) -> Result<T, Error> {
        let mut document = serde_json::to_value(to).map_err(|error| Error::Internal(error.to_string()))?;
        merge(&mut document, &self.0);
        let merged = serde_path_to_error::deserialize(document)
            .map_err(|error| data_error(error.path(), &error.inner().to_string()))?;
        checked(merged)
    }
}

fn merge(target: &mut serde_json::Value, patch: &serde_json::Value) {
    let Some(changes) = patch.as_object() else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = serde_json::Value::Object(serde_json::Map::new());
    }
    let Some(members) = target.as_object_mut() else { return };
    for (name, change) in changes {
        if change.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name).or_insert(serde_json::Value::Null), change);
        }
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Id<T> {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let path = actix_web::web::Path::<T>::from_request(request, payload).into_inner();
        std::future::ready(path.map(|path| Self(path.into_inner())).map_err(|_| Error::NotFound))
    }
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        let version = header.ok_or(Error::IfMatchRequired).and_then(|tag| version(tag).map(Self));
        std::future::ready(version)
    }
}

/// The version of a strong entity tag; a weak one never matches (RFC 9110, 13.1.1) and stands for no version.
fn version(tag: &str) -> Result<i64, Error> {
    let tag = tag.trim();
    if tag.starts_with("W/") {
        return Ok(-1);
    }
    let digits = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    digits
        .and_then(|digits| digits.parse().ok())
        .ok_or(Error::Malformed("If-Match names one entity tag, as the ETag header gave it."))
}

/// Whether the caller already has this version.
pub fn is_unchanged(headers: &HeaderMap, version: i64) -> bool {
    let tags = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let own = format!("\"{version}\"");
    tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == "*" || tag == own)
}

/// The whole body, if it is JSON, in time and not too large.
///
/// # Errors
/// `MediaType`, `BodyTooLarge`, `BodyTimeout`, or `Malformed` for a body that breaks off.
pub async fn json_body(request: &HttpRequest, payload: Payload, types: &[&str]) -> Result<BytesMut, Error> {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !types.contains(&essence.as_str()) {
        return Err(Error::MediaType);
    }
    read(payload).await
}

async fn read(mut payload: Payload) -> Result<BytesMut, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            late if deadline::is_late(&late) => Error::BodyTimeout,
            _ => Error::Malformed("The body broke off."),
        })?;
        if body.len() + chunk.len() > MAX_BODY {
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
pub fn parse_valid<T: DeserializeOwned + Validate>(body: &[u8]) -> Result<T, Error> {
    checked(parse(body)?)
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

fn checked<T: Validate>(value: T) -> Result<T, Error> {
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
                let bound = |name: &str| error.params.get(name).and_then(serde_json::Value::as_i64);
                let (min, max) = (bound("min"), bound("max"));
                FieldProblem { field: join(name), code: shape_code(error, max), min, max }
            })),
        }
    }
}

fn shape_code(error: &validator::ValidationError, max: Option<i64>) -> String {
    let length = error.params.get("value").map_or(0, |value| match value {
        serde_json::Value::String(text) => text.chars().count(),
        serde_json::Value::Array(items) => items.len(),
        _ => 0,
    });
    let over = max.is_some_and(|max| i64::try_from(length).unwrap_or(i64::MAX) > max);
    let is_list = error.params.get("value").is_some_and(serde_json::Value::is_array);
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
fn data_error(path: &serde_path_to_error::Path, message: &str) -> Error {
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

fn query_error(error: &serde_path_to_error::Error<serde_urlencoded::de::Error>) -> Error {
    data_error(error.path(), &error.inner().to_string())
}

fn named<'a>(message: &'a str, before: &str) -> Option<&'a str> {
    message.strip_prefix(before)?.split('`').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_merge_patch_follows_the_examples_of_its_rfc() {
        for (mut target, patch, merged) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            merge(&mut target, &patch);
            assert_eq!(target, merged);
        }
    }

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
        let long = "あ".repeat(101);
        let body = format!("{{{store},\"profile\":{{\"name\":\"{long}\",\"address\":{{\"city\":\"{long}\"}}}}}}");
        assert_eq!(fields(&body), ["profile.address.city too_long", "profile.name too_long"]);
    }

    #[test]
    fn an_entity_tag_is_a_version_in_quotes() {
        assert_eq!(version("\"7\"").unwrap(), 7);
        assert_eq!(version("W/\"7\"").unwrap(), -1);
        assert!(version("7").is_err());
    }
}
