//! Addresses of pictures that anybody can open and nobody can make up.

use noren_api::vehicles::PhotoSize;
use noren_domain::Timestamp;

use crate::Error;
use crate::app::App;
use crate::cursor::Cursors;

/// An address ends with a day of UTC, so that a page that is loaded again has the same.
const DAY: i64 = 86_400;

/// Where a picture is that was made.
pub fn of_hash(hash: &str) -> String {
    format!("/photos/{hash}")
}

/// Where a picture is seen that has not been fetched yet, for a day or two.
///
/// # Errors
/// As [`Cursors::seal`].
pub fn of_unmade(app: &App, photo_id: &str, size: PhotoSize) -> Result<String, Error> {
    let until = (app.clock.now().timestamp().div_euclid(DAY) + 2) * DAY;
    Ok(format!("/photos/of/{}", seals(app)?.seal(&(photo_id, size, until))?))
}

/// What an address of ours asks for, while it is good.
///
/// # Errors
/// `NotFound` for one that nobody made here, or that has ended.
pub fn opened(app: &App, sealed: &str) -> Result<(String, PhotoSize), Error> {
    let opened = seals(app)?.open::<(String, PhotoSize, i64)>(sealed);
    let (photo_id, size, until) = opened.map_err(|_| Error::NotFound)?;
    let end = Timestamp::from_timestamp(until, 0).ok_or(Error::NotFound)?;
    if app.clock.now() < end { Ok((photo_id, size)) } else { Err(Error::NotFound) }
}

/// They are authenticated as cursors are, and for nothing else.
fn seals(app: &App) -> Result<Cursors<'_>, Error> {
    app.cursors("photos", &())
}
