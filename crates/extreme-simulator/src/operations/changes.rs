//! `GET` of a stream: what changed since a cursor.

use actix_web::http::StatusCode;

use super::cursor::Cursor;
use crate::access::Scope;
use crate::faults::Page;
use crate::http::{Answer, Call, hash};
use crate::problem::Problem;
use crate::store::Record;
use crate::stream::Stream;

/// How many records a page has where nothing is said.
const USUAL: usize = 200;

pub fn list(call: &Call, stream: Stream) -> Result<Answer, Problem> {
    let limit = call.limit(USUAL, call.settings.page)?;
    let reading = call.extreme.store.read()?;
    let head = reading.head(stream)?;
    let after = call.query("after");
    let cursor = after.map(|text| Cursor::read(text, stream, head, call.now, &call.settings)).transpose()?;
    let position = cursor.map(|cursor| cursor.position);
    let etag = etag(call, position, limit, head);
    if call.mix == crate::faults::Mix::default()
        && let Some(answer) = call.unchanged(&etag)
    {
        return Ok(answer);
    }
    let changes = reading.changes(stream, position, call.mix.room(limit))?;
    let next = Cursor { stream, position: changes.next, given: call.now.timestamp() }.to_string();
    let page = Page { items: changes.items, tombstones: changes.tombstones, next, more: changes.more };
    let body = call.mix.apply(&call.extreme, (stream, after, limit), page, |record| hide(call, stream, record))?;
    Ok(Answer::json(StatusCode::OK, &body)?.with_header("etag", etag))
}

/// Takes away what only `costs:read` may see.
pub fn hide(call: &Call, stream: Stream, record: &mut Record) {
    if !call.caller.may(Scope::CostsRead) {
        for member in stream.costs() {
            record.remove(*member);
        }
    }
}

/// It holds the day, so that who asks every minute gets a fresh cursor before the old one expires.
fn etag(call: &Call, position: Option<u64>, limit: usize, head: u64) -> String {
    let costs = call.caller.may(Scope::CostsRead);
    let path = &call.sent.path;
    let day = call.now.date_naive();
    format!("\"{}\"", hash(&format!("{path} {position:?} {limit} {head} {costs} {day}")))
}
