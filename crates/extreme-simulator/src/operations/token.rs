//! `POST /oauth/token` and `GET /health`.

use actix_web::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::access::{Client, Scope, TOKEN_SECONDS};
use crate::http::{Answer, Call};
use crate::problem::Problem;

const DAY: u64 = 86_400;

/// Client credentials (RFC 6749, section 4.4). Its errors are those of section 5.2, not problems.
pub fn issue_token(call: &Call) -> Result<Answer, Problem> {
    let content_type = call.sent.header("content-type").unwrap_or_default();
    let mut form = form_urlencoded::parse(&call.sent.body);
    let grant_type = form.clone().find(|(name, _)| name == "grant_type").map(|(_, value)| value.into_owned());
    let wanted = form.find(|(name, _)| name == "scope").map(|(_, value)| value.into_owned());
    if !content_type.starts_with("application/x-www-form-urlencoded") || grant_type.is_none() {
        return refuse(StatusCode::BAD_REQUEST, "invalid_request", None);
    }
    if grant_type.as_deref() != Some("client_credentials") {
        return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type", None);
    }
    let Some(client) = client(call) else {
        let refused = refuse(StatusCode::UNAUTHORIZED, "invalid_client", None)?;
        return Ok(refused.with_header("www-authenticate", "Basic realm=\"EXTREME\""));
    };
    match scopes(client, wanted.as_deref()) {
        Ok(scopes) => give(call, scopes),
        Err(name) => {
            let description = format!("{name} is not among the scopes of this client");
            refuse(StatusCode::BAD_REQUEST, "invalid_scope", Some(&description))
        }
    }
}

fn give(call: &Call, scopes: Vec<Scope>) -> Result<Answer, Problem> {
    let grant = call.extreme.access.grant(scopes, call.extreme.clock.now());
    let scope: Vec<&str> = grant.scopes.iter().map(|scope| scope.name()).collect();
    let body = json!({
        "access_token": grant.token,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "scope": scope.join(" "),
    });
    Ok(Answer::json(StatusCode::OK, &body)?.with_header("cache-control", "no-store"))
}

fn refuse(status: StatusCode, error: &str, description: Option<&str>) -> Result<Answer, Problem> {
    let body = match description {
        Some(description) => json!({"error": error, "error_description": description}),
        None => json!({"error": error}),
    };
    Ok(Answer::json(status, &body)?.with_header("cache-control", "no-store"))
}

fn client(call: &Call) -> Option<&Client> {
    let (scheme, encoded) = call.sent.header("authorization")?.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    // RFC 6749, section 2.3.1: both are encoded as in forms before they are joined.
    call.extreme.access.client(&plain(id), &plain(secret))
}

fn plain(encoded: &str) -> String {
    let decoded = form_urlencoded::parse(encoded.as_bytes()).next();
    decoded.map_or_else(String::new, |(name, _)| name.into_owned())
}

fn scopes<'a>(client: &Client, wanted: Option<&'a str>) -> Result<Vec<Scope>, &'a str> {
    let Some(wanted) = wanted else { return Ok(client.scopes.clone()) };
    let known = |name: &'a str| Scope::named(name).filter(|scope| client.scopes.contains(scope)).ok_or(name);
    wanted.split(' ').filter(|name| !name.is_empty()).map(known).collect()
}

pub fn read_health(call: &Call) -> Result<Answer, Problem> {
    let settings = call.settings;
    let scopes: Vec<&str> = call.caller.scopes.iter().map(|scope| scope.name()).collect();
    let body = json!({
        "name": "EXTREME",
        "version": "12.4",
        "contract": "1.0.0",
        "time": call.now.to_rfc3339(),
        "limits": {
            "page": settings.page,
            "revisions_page": settings.revisions_page,
            "requests_per_minute": settings.requests_per_minute,
            "concurrent": settings.concurrent,
            "cursor_days": settings.cursor_seconds.div_euclid(DAY).max(1),
            "idempotency_days": settings.idempotency_days.max(1),
        },
        "scopes": scopes,
    });
    Answer::json(StatusCode::OK, &body)
}
