//! The generated document: collected from the handlers, then completed with what all operations share.

use std::sync::LazyLock;

use noren_domain::api_client::Scope;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use crate::{patch_schema, permissions};

const DESCRIPTION: &str = "The CRM beside the dealer's core system. JSON in UTF-8, snake_case; times RFC 3339; money in whole yen; \
     ids UUIDv7. Every 4xx and 5xx is a problem (RFC 9457) with a stable `code`. Creating requests carry `Idempotency-Key`, \
     edits carry `If-Match`. Clients ignore fields and enum values that they do not know.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Noren", version = "1", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    components(schemas(noren_api::Problem, noren_api::FieldProblem))
)]
struct Base;

/// The document, as text and as a table of paths.
pub struct Document {
    pub json: String,
    paths: Vec<(Vec<String>, Vec<Operation>)>,
}

struct Operation {
    method: &'static str,
    /// The names of its query parameters.
    query: Vec<String>,
}

impl Document {
    /// The document of this process.
    #[must_use]
    pub fn get() -> &'static Self {
        static DOCUMENT: LazyLock<Document> = LazyLock::new(Document::build);
        &DOCUMENT
    }

    fn build() -> Self {
        let value = document();
        let paths = value["paths"].as_object().map(table).unwrap_or_default();
        let mut json = serde_json::to_string_pretty(&value).unwrap_or_default();
        json.push('\n');
        Self { json, paths }
    }

    /// The methods of a path, HEAD included where there is GET; none for a path that is not in the document.
    #[must_use]
    pub fn methods(&self, path: &str) -> Vec<&'static str> {
        self.operations(path).iter().map(|operation| operation.method).collect()
    }

    /// The first name in a query string that the operation does not know.
    #[must_use]
    pub fn unknown_query(&self, method: &str, path: &str, query: &str) -> Option<String> {
        let operation = self.operations(path).iter().find(|operation| operation.method == method)?;
        let mut names = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned());
        names.find(|name| !operation.query.contains(name))
    }

    fn operations(&self, path: &str) -> &[Operation] {
        let wanted: Vec<&str> = path.split('/').collect();
        let fits = |known: &[String]| {
            known.len() == wanted.len()
                && known.iter().zip(&wanted).all(|(known, wanted)| known.starts_with('{') || known == wanted)
        };
        self.paths.iter().find(|(known, _)| fits(known)).map_or(&[], |(_, operations)| operations)
    }
}

fn table(paths: &Map<String, Value>) -> Vec<(Vec<String>, Vec<Operation>)> {
    let of_item = |item: &Value| {
        let known = [
            ("get", "GET"),
            ("get", "HEAD"),
            ("post", "POST"),
            ("patch", "PATCH"),
            ("put", "PUT"),
            ("delete", "DELETE"),
        ];
        known
            .into_iter()
            .filter_map(|(key, method)| Some(Operation { method, query: query_of(item.get(key)?) }))
            .collect()
    };
    // Literal paths before templates, so that `/leads/x` is not taken for `/leads/{id}`.
    let mut rows: Vec<(Vec<String>, Vec<Operation>)> =
        paths.iter().map(|(path, item)| (path.split('/').map(str::to_owned).collect(), of_item(item))).collect();
    rows.sort_by_key(|(path, _)| path.iter().filter(|part| part.starts_with('{')).count());
    rows
}

fn query_of(operation: &Value) -> Vec<String> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let of_query = parameters.filter(|parameter| parameter["in"] == "query");
    of_query.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned)).collect()
}

fn document() -> Value {
    let app = actix_web::App::new().into_utoipa_app().openapi(Base::openapi());
    let (_, collected) = app
        .service(utoipa_actix_web::scope("/api/v1").configure(crate::app::routes))
        .service(utoipa_actix_web::scope("/public/v1").configure(crate::app::public_routes))
        .split_for_parts();
    let mut document = serde_json::to_value(collected).unwrap_or_default();
    document["info"]["description"] = DESCRIPTION.into();
    document["components"]["securitySchemes"] = json!({
        "bearer": {"type": "http", "scheme": "bearer", "description": "A person's access token, of five minutes"},
        "api_key": {"type": "http", "scheme": "bearer", "description": api_key_description()},
        "refresh_cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-noren_refresh"}
    });
    let schemas = document["components"]["schemas"].clone();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if let Some(body) = operation.pointer_mut("/requestBody/content/application~1merge-patch+json/schema") {
                    *body = patch_schema::of(body, &schemas);
                }
                complete(path, method, operation);
            }
        }
    }
    document
}

/// What sensitive operations say.
const FRESH: &str = "Wants of people a sign-in that is less than ten minutes old; otherwise the answer is 403 `auth.not_fresh`, and `POST /auth/step-up` helps.";

/// What is open while the screen is turned to a customer.
const TURNED: &str = "Open in お客様表示, in which it answers no more than a customer may see; all that does not say so is answered 403 `view.customer` then.";

/// What scopes there are, for the scheme of integrators' keys.
fn api_key_description() -> String {
    let names = Scope::ALL.map(|scope| format!("`{}`", scope.as_str())).join(", ");
    format!("An integrator's key. An operation names the scope that the key must have been given: {names}")
}

/// What changes a resource in the version that the caller saw, without being a PATCH.
const MOVES: &[&str] = &[
    "assign_lead",
    "erase_lead",
    "link_lead_customer",
    "unlink_lead_customer",
    "suspend_staff",
    "reinstate_staff",
    "retire_staff",
    "retry_outbox_message",
    "discard_outbox_message",
    "rotate_api_client",
    "revoke_api_client",
    "close_store",
    "reopen_store",
    "set_company_logo",
    "remove_company_logo",
    "settle_extreme_conflict",
    "extend_hold",
    "release_hold",
    "allow_extreme_intake",
    "dismiss_extreme_intake",
    "set_extreme_column_map",
    "enter_manual_entry",
    "reopen_manual_entry",
];

/// Says of the words of a query what holds for all text: that no NUL character is in it.
fn without_nul(operation: &mut Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let schema = &parameter["schema"];
        let says_more = ["enum", "format", "pattern"].into_iter().any(|member| schema.get(member).is_some());
        if parameter["in"] == "query" && schema["type"] == "string" && !says_more {
            parameter["schema"]["pattern"] = "^[^\\u0000]*$".into();
        }
    }
}

/// Adds what follows from an operation's kind: its security, its header parameters and its failures.
fn complete(path: &str, method: &str, operation: &mut Value) {
    without_nul(operation);
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    let public = permissions::PUBLIC.iter().any(|(operation, _)| *operation == id);
    if permissions::TABLE.iter().any(|row| row.operation == id && row.fresh) {
        let said = operation["description"].as_str().map(|text| format!("{text}\n\n")).unwrap_or_default();
        operation["description"] = format!("{said}{FRESH}").into();
    }
    if permissions::TABLE.iter().any(|row| row.operation == id && row.customer_view) {
        let said = operation["description"].as_str().map(|text| format!("{text}\n\n")).unwrap_or_default();
        operation["description"] = format!("{said}{TURNED}").into();
    }
    let has_body = operation.get("requestBody").is_some();
    // At the door, 202 says that there is more to prove; inside, that something was begun.
    let answers = |status: &str| operation["responses"].get(status).is_some();
    let creates = answers("201") || (answers("202") && !public);
    let edits = method == "patch" || MOVES.contains(&id.as_str());
    let scope = permissions::scope_of(&id).map(Scope::as_str);
    operation["security"] = match scope {
        _ if id == "refresh_session" => json!([{"refresh_cookie": []}]),
        _ if public => json!([]),
        Some(scope) => json!([{"bearer": []}, {"api_key": [scope]}]),
        None => json!([{"bearer": []}]),
    };
    if let Some(scope) = scope {
        let said = operation["description"].as_str().map(|said| format!("{said}\n\n")).unwrap_or_default();
        operation["description"] = format!("{said}Integrators' keys need the scope `{scope}`.").into();
    }
    let mut failures = vec![400, 405, 406, 414, 422, 429, 431, 500, 503];
    if !public || matches!(id.as_str(), "log_in" | "refresh_session" | "pass_second_factor" | "sign_in_by_passkey") {
        failures.push(401);
    }
    let of_site = path.starts_with("/public/v1/forms/");
    if !public || of_site || id == "refresh_session" {
        failures.push(403);
    }
    // What was made once may be out of the caller's sight when they ask again under the same key.
    if path.contains('{') || creates {
        failures.push(404);
    }
    if has_body {
        failures.extend([408, 413, 415]);
    }
    if creates {
        failures.push(409);
    }
    let may_have_key = id == "submit_form";
    if creates || may_have_key {
        let description =
            "8 to 255 visible ASCII characters, best a UUID; the same key with the same payload is answered as before";
        header_parameter(
            operation,
            ("Idempotency-Key", !may_have_key),
            description,
            &json!({"type": "string", "minLength": 8, "maxLength": 255, "pattern": "^[!-~]+$"}),
        );
    }
    if edits {
        failures.extend([409, 412, 428]);
        let description = "The ETag of the version that the edit is based on";
        header_parameter(
            operation,
            ("If-Match", true),
            description,
            &json!({"type": "string", "pattern": "^\"[0-9]{1,18}\"$"}),
        );
    }
    if id == "stream_events" {
        // A header that is not sent is absent and never null.
        operation["parameters"][0]["schema"]["type"] = "integer".into();
        let content = &mut operation["responses"]["200"]["content"]["text/event-stream"];
        content["schema"] = streamed(&content["schema"]);
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, response) in responses.iter_mut() {
        // A handler names what else it refuses, and need not say how where it is a problem.
        if status.starts_with('4') && response.get("content").is_none() {
            response["content"] = problem_content();
        }
        let names = headers_of(status, edits || is_single(path));
        if !names.is_empty() {
            response["headers"] = names.into_iter().map(header).collect();
        }
    }
    for status in failures {
        let problem = json!({
            "description": title_of(status),
            "content": problem_content()
        });
        let problem = responses.entry(status.to_string()).or_insert(problem);
        let names = headers_of(&status.to_string(), false);
        if !names.is_empty() {
            problem["headers"] = names.into_iter().map(header).collect();
        }
    }
}

/// Whether a path leads to one resource that has versions. Records of what happened have none.
fn is_single(path: &str) -> bool {
    let has_none = ["/api/v1/access-events/{id}", "/api/v1/audit-verifications/{id}"].contains(&path);
    let others = [
        "/api/v1/access-recording",
        "/api/v1/company",
        "/api/v1/vehicles/{stock_number}",
        "/api/v1/integrations/extreme/column-maps/{stream}",
    ];
    others.contains(&path) || (path.ends_with("{id}") && !has_none)
}

fn problem_content() -> Value {
    json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}})
}

/// One event of the stream, field by field: its lines are no JSON, only the data of a change is.
fn streamed(change: &Value) -> Value {
    let of = |event: Value, data: Value| {
        json!({
            "type": "object",
            "required": ["id", "event", "data"],
            "properties": {"id": {"type": "string", "pattern": "^[0-9]+$"}, "event": event, "data": data}
        })
    };
    let change = json!({"type": "string", "contentMediaType": "application/json", "contentSchema": change});
    let others = json!({"type": "string", "enum": ["ready", "reset", "replaced", "ended"]});
    json!({"oneOf": [of(json!({"const": "change"}), change), of(others, json!({"const": "{}"}))]})
}

/// The header fields that answers of a status carry; a single resource has its version.
fn headers_of(status: &str, single: bool) -> Vec<&'static str> {
    match status {
        "200" if single => vec!["ETag"],
        "201" => vec!["Location", "ETag", "Idempotency-Replayed"],
        "202" => vec!["Location", "Idempotency-Replayed"],
        "401" | "403" => vec!["WWW-Authenticate"],
        "405" => vec!["Allow"],
        "412" => vec!["ETag"],
        "429" => vec!["Retry-After", "RateLimit", "RateLimit-Policy"],
        "503" => vec!["Retry-After"],
        _ => Vec::new(),
    }
}

fn header(name: &str) -> (String, Value) {
    let description = match name {
        "ETag" => "The version, for If-Match and If-None-Match",
        "Location" => "Where it is",
        "Idempotency-Replayed" => "true, if the answer is that of an earlier request with the same key",
        "Allow" => "The methods that there are",
        "Retry-After" => "Seconds to wait",
        "RateLimit" => {
            "What is left of each quota (r), and the seconds until it is whole or the next request is admitted (t)"
        }
        "RateLimit-Policy" => "So many requests (q) in so many seconds (w)",
        _ => "How to sign in, or the scope that a key lacks",
    };
    (name.to_owned(), json!({"description": description, "schema": {"type": "string"}}))
}

fn header_parameter(operation: &mut Value, (name, required): (&str, bool), description: &str, schema: &Value) {
    let parameter =
        json!({"name": name, "in": "header", "required": required, "description": description, "schema": schema});
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

/// The title of the first problem with this status.
fn title_of(status: u16) -> &'static str {
    crate::problem::KINDS.iter().find(|kind| kind.status == status).map_or("Problem", |kind| kind.title)
}

#[cfg(test)]
mod tests;
