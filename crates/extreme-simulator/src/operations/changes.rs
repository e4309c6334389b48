//! `GET` of a stream: what changed since a cursor.

use actix_web::http::StatusCode;

use super::cursor::Cursor;
use crate::access::Scope;
use crate::faults::{Mix, Page};
use crate::http::{Answer, Call, hash};
use crate::problem::Problem;
use crate::store::{Reading, Record};
use crate::stream::Stream;

/// How many records a page has where nothing is said.
const USUAL: usize = 200;

pub fn list(call: &Call, stream: Stream) -> Result<Answer, Problem> {
    let limit = call.limit(USUAL, call.settings.page)?;
    let reading = call.extreme.store.read()?;
    let head = reading.head(stream)?;
    let after = call.query("after").map(|text| Cursor::read(text, stream, head, call.now, &call.settings));
    let after = after.transpose()?.map(|cursor| cursor.position);
    let etag = etag(call, after, limit, head);
    if call.mix == Mix::default()
        && let Some(answer) = call.unchanged(&etag)
    {
        return Ok(answer);
    }
    let page = read(call, &reading, stream, (after, limit))?;
    Ok(Answer::json(StatusCode::OK, &page)?.with_header("etag", etag))
}

/// The page, mixed up where a fault wants it so.
fn read(call: &Call, reading: &Reading, stream: Stream, (after, limit): (Option<u64>, usize)) -> Result<Page, Problem> {
    let faults = &call.extreme.faults;
    let again = after.filter(|_| call.mix.again).and_then(|after| faults.page_again(stream, after));
    let begin = again.unwrap_or(after);
    let changes = reading.changes(stream, begin, call.mix.room(limit))?;
    if again.is_none() {
        faults.keep_page(stream, begin, changes.next);
    }
    let next = Cursor { stream, position: changes.next, given: call.now.timestamp() }.to_string();
    let mut page = Page { items: changes.items, tombstones: changes.tombstones, next, more: changes.more };
    call.mix.apply(reading, stream, limit, &mut page)?;
    page.items.iter_mut().for_each(|record| hide(call, stream, record));
    Ok(page)
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
