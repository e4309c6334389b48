//! What is the same about every master that is settled as one list: how it is answered, and how a stale edit is.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::Error;
use crate::extract::is_unchanged;

/// A list with its version.
pub trait Master: Serialize {
    fn version(&self) -> i64;
}

/// The master for whoever reads it, or 304 for whoever has this version.
pub fn read(request: &HttpRequest, master: &impl Master) -> HttpResponse {
    if is_unchanged(request.headers(), master.version()) {
        return HttpResponse::NotModified().insert_header(etag(master)).finish();
    }
    answer(master)
}

pub fn answer(master: &impl Master) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(master)).json(master)
}

/// The problem of an old version, with the list as it is now.
pub fn stale<T>(master: &impl Master) -> Result<T, Error> {
    Err(Error::stale(master, master.version()))
}

fn etag(master: &impl Master) -> (&'static str, String) {
    ("etag", format!("\"{}\"", master.version()))
}
