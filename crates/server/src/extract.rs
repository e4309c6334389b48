//! What a handler is given: validated bodies and queries, ids, and the version that an edit is based on.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::Error;
use crate::body::{checked, data_error, json_body, parse, parse_valid, require_strict};
use crate::method;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// A JSON body that parsed and keeps every shape rule.
pub struct Valid<T>(pub T);

/// A query string that parsed and keeps every shape rule.
pub struct ValidQuery<T>(pub T);

/// A JSON Merge Patch (RFC 7396).
pub struct MergePatch(serde_json::Value);

/// The id in the path. One that does not parse is as unknown as any other: 404; unless it is a word of the document, which takes
/// other methods: 405.
pub struct Id<T>(pub T);

/// The version that the caller saw, from `If-Match`.
pub struct IfMatch(pub i64);

impl<T> Deref for Valid<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Serialize + Validate + 'static> FromRequest for Valid<T> {
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
        let pairs = || form_urlencoded::parse(request.query_string().as_bytes());
        if let Some((name, _)) = pairs().find(|(_, value)| value.contains('\0')) {
            return std::future::ready(Err(Error::field(name, "characters")));
        }
        let deserializer = serde_urlencoded::Deserializer::new(pairs());
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
    pub fn apply<T: DeserializeOwned + Serialize + Validate>(&self, to: &T) -> Result<T, Error> {
        let mut document = serde_json::to_value(to).map_err(|error| Error::Internal(error.to_string()))?;
        merge(&mut document, &self.0);
        let merged = serde_path_to_error::deserialize(&document)
            .map_err(|error| data_error(error.path(), &error.inner().to_string()))?;
        require_strict(&merged, &document)?;
        checked(merged)
    }
}

fn query_error(error: &serde_path_to_error::Error<serde_urlencoded::de::Error>) -> Error {
    data_error(error.path(), &error.inner().to_string())
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
        std::future::ready(path.map(|path| Self(path.into_inner())).map_err(|_| method::refusal(request)))
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
    has_tag(headers, &format!("\"{version}\""))
}

/// Whether the caller already has what this entity tag names.
pub fn has_tag(headers: &HeaderMap, own: &str) -> bool {
    let tags = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == "*" || tag == own)
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
    fn an_entity_tag_is_a_version_in_quotes() {
        assert_eq!(version("\"7\"").unwrap(), 7);
        assert_eq!(version("W/\"7\"").unwrap(), -1);
        assert!(version("7").is_err());
    }
}
