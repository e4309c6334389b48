//! `GET /revisions/{stream}`: what is there, by key and revision.

use actix_web::http::StatusCode;
use serde_json::json;

use crate::http::{Answer, Call};
use crate::problem::Problem;
use crate::stream::Stream;

pub fn list_revisions(call: &Call) -> Result<Answer, Problem> {
    let stream = Stream::named(call.segment("stream")).ok_or_else(Problem::not_found)?;
    let scope = stream.scope();
    if !call.caller.may(scope) {
        return Err(Problem::forbidden(scope.name()));
    }
    let limit = call.limit(call.settings.revisions_page, call.settings.revisions_page)?;
    let after = call.query("after");
    if after.is_some_and(|after| after.len() > 40) {
        return Err(Problem::bad_request("cursor.invalid"));
    }
    let page = call.extreme.store.read()?.revisions(stream, after, limit)?;
    Answer::json(StatusCode::OK, &json!({"items": page.items, "count": page.count, "more": page.more}))
}
