//! A picture of EXTREME's, fetched once and made anew in two sizes. What is no picture is remembered for a while and not asked for again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use chrono::TimeDelta;
use noren_extreme as extreme;
use noren_persistence::Actor;
use noren_persistence::vehicle_photos::{self, Made, Outcome};
use tokio::sync::{Mutex, MutexGuard};

use crate::app::App;
use crate::{Error, health, pictures};

/// How many pixels wide and high the two sizes are at most.
const LARGE: u32 = 1_600;
const SMALL: u32 = 480;
/// How long a picture that was refused is not asked for again.
const REFUSED: TimeDelta = TimeDelta::hours(1);
/// How long one waits for pictures that are on their way.
const WAIT: Duration = Duration::from_secs(8);

/// Who fetches which picture just now. Those of one name wait for each other, so it is fetched once; and as there are few turns, a page of
/// pictures that nobody has seen neither floods EXTREME nor fills the memory.
#[derive(Default)]
pub struct Turns([Mutex<()>; 4]);

impl Turns {
    async fn take(&self, photo_id: &str) -> Result<MutexGuard<'_, ()>, Error> {
        let mut hasher = DefaultHasher::new();
        photo_id.hash(&mut hasher);
        let at = usize::try_from(hasher.finish() % self.0.len() as u64).unwrap_or_default();
        tokio::time::timeout(WAIT, self.0[at].lock()).await.map_err(|_elapsed| Error::Busy)
    }
}

/// Where the picture is in either size; it is fetched if nobody has asked for it yet.
///
/// # Errors
/// `NotFound` where there is no such picture or what came was none, `Busy` where EXTREME cannot be asked just now.
pub async fn made(app: &App, photo_id: &str) -> Result<Made, Error> {
    if let Some(known) = known(app, photo_id).await? {
        return known;
    }
    let _turn = app.photo_turns.take(photo_id).await?;
    // Whoever had the turn before may have made it.
    if let Some(known) = known(app, photo_id).await? {
        return known;
    }
    let link = app.extreme.as_ref().ok_or(Error::NotFound)?;
    health::require_room(app)?;
    match link.gateway.photo(photo_id).await {
        Ok(photo) => made_of(app, photo_id, photo).await,
        Err(extreme::Error::NotFound | extreme::Error::Hostile(_) | extreme::Error::Final { .. }) => {
            refuse(app, photo_id).await
        }
        Err(error) => {
            tracing::debug!(error = %error, "photo.not_fetched");
            Err(Error::Busy)
        }
    }
}

/// What is known of it, as far as that holds yet.
async fn known(app: &App, photo_id: &str) -> Result<Option<Result<Made, Error>>, Error> {
    let mut known = vehicle_photos::known(&app.db, &[photo_id]).await?;
    Ok(match known.remove(photo_id) {
        Some(Outcome::Made(made)) => Some(Ok(made)),
        Some(Outcome::Refused { at }) if app.clock.now() - at < REFUSED => Some(Err(Error::NotFound)),
        _ => None,
    })
}

async fn made_of(app: &App, photo_id: &str, photo: extreme::Photo) -> Result<Made, Error> {
    let [large, small] = match pictures::remake(photo.bytes.into(), [LARGE, SMALL]).await {
        Ok(sizes) => sizes,
        Err(Error::Invalid(_)) => return refuse(app, photo_id).await,
        Err(error) => return Err(error),
    };
    // A file that no row names does no harm; a row without its file would.
    let made = Made { small: app.files.put_photo(small).await?, large: app.files.put_photo(large).await? };
    note(app, photo_id, &Outcome::Made(made.clone())).await?;
    Ok(made)
}

async fn refuse(app: &App, photo_id: &str) -> Result<Made, Error> {
    tracing::warn!(photo_id, "photo.refused");
    note(app, photo_id, &Outcome::Refused { at: app.clock.now() }).await?;
    Err(Error::NotFound)
}

async fn note(app: &App, photo_id: &str, outcome: &Outcome) -> Result<(), Error> {
    let actor = Actor::system(app.clock.now());
    Ok(app.db.write(actor, async |tx| vehicle_photos::put(tx, photo_id, outcome).await).await?)
}
