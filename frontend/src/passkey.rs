//! Passkeys: the browser asks the device, which asks its owner (WebAuthn). What is asked and answered goes through as JSON, which the
//! browser reads and writes by itself.

use js_sys::futures::JsFuture;
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use serde_json::Value;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::json;

/// Whether this browser has them here: it wants a name in the address, and HTTPS.
pub fn are_known() -> bool {
    let host = window().location().hostname().unwrap_or_default();
    let is_number = host.starts_with('[') || host.split('.').all(|part| part.parse::<u8>().is_ok());
    !is_number && reader("parseRequestOptionsFromJSON").is_some()
}

/// Has a device prove whose it is; nothing where its owner did not want to, or it could not.
pub async fn ask(options: &Value) -> Option<Value> {
    exchange("get", "parseRequestOptionsFromJSON", options).await
}

/// Has a device make a passkey.
pub async fn make(options: &Value) -> Option<Value> {
    exchange("create", "parseCreationOptionsFromJSON", options).await
}

fn reader(name: &str) -> Option<(JsValue, Function)> {
    let kind = Reflect::get(&window(), &"PublicKeyCredential".into()).ok()?;
    let reader = Reflect::get(&kind, &name.into()).ok()?.dyn_into().ok()?;
    Some((kind, reader))
}

async fn exchange(act: &str, read: &str, options: &Value) -> Option<Value> {
    let (kind, read) = reader(read)?;
    let public_key = read.call1(&kind, &JSON::parse(&options.to_string()).ok()?).ok()?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"publicKey".into(), &public_key).ok()?;
    let credentials = Reflect::get(&window().navigator(), &"credentials".into()).ok()?;
    let act: Function = Reflect::get(&credentials, &act.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = act.call1(&credentials, &wanted).ok()?.dyn_into().ok()?;
    let shown = JsFuture::from(promise).await.ok()?;
    json::read(&String::from(JSON::stringify(&shown).ok()?)).ok()
}
