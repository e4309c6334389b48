//! The watched folder: a file that has stopped growing is handed in, and goes into `taken` or `refused` once it is known which.
//!
//! One process looks at a time. What it has seen stands in the database, so that another goes on wherever one has ended: a file is noted
//! as handed in together with its row, and is moved by whoever looks next.

use std::path::{Path, PathBuf};
use std::time::Duration;

use actix_web::web::{Bytes, Data};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use noren_domain::intake::{IntakeOrigin, IntakeState, Reason};
use noren_extreme::files;
use noren_persistence::extreme_folder::{self as folder, Found, Seen};
use noren_persistence::extreme_intakes as intakes;

use super::super::sync::system;
use super::hand_in::File;
use super::take::take_all;
use crate::Error;
use crate::app::App;
use crate::body::MAX_TABLE;

/// How long a file lies unchanged before it passes for written.
const SETTLED: TimeDelta = TimeDelta::seconds(10);
/// How long the folder stays with a process that says nothing more.
const LIFE: TimeDelta = TimeDelta::minutes(5);
/// The code of a file that is not even read.
const TOO_LARGE: &str = "file.too_large";

/// Looks into the folder again and again, until the server stops.
pub async fn watch(app: Data<App>) {
    let Some(seconds) = app.config.extreme_folder.as_ref().map(|folder| folder.seconds).filter(|seconds| *seconds > 0)
    else {
        return;
    };
    loop {
        if let Err(error) = look(&app).await {
            tracing::error!(error = %error, "extreme.folder_not_looked_into");
        }
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
}

/// Looks into the folder once: hands in what has stopped growing, and moves what is over.
///
/// # Errors
/// Database errors, and when the folder cannot be read.
pub async fn look(app: &App) -> Result<(), Error> {
    let Some(path) = app.config.extreme_folder.as_ref().map(|folder| folder.path.clone()) else { return Ok(()) };
    // Looked at first without a write, because SQLite has one writer.
    if list(&path).await?.is_empty() {
        return Ok(());
    }
    let holder = app.intakes.holder;
    if !app.db.write(system(app), async |tx| folder::take(tx, holder, LIFE).await).await? {
        return Ok(());
    }
    let looked = look_alone(app, &path).await;
    app.db.write(system(app), async |tx| folder::give_back(tx, holder).await).await?;
    looked
}

async fn look_alone(app: &App, path: &Path) -> Result<(), Error> {
    // Anew: somebody else may have moved what was there a moment ago.
    let found = list(path).await?;
    let seen = app.db.write(system(app), async |tx| folder::see(tx, &found).await).await?;
    let now = app.clock.now();
    for Seen { found, seen_at, intake } in &seen {
        if intake.is_none() && now - *seen_at >= SETTLED {
            hand_in(app, path, found).await?;
        }
    }
    take_all(app).await?;
    let seen = app.db.write(system(app), async |tx| folder::see(tx, &found).await).await?;
    for Seen { found, intake, .. } in &seen {
        let Some(id) = intake else { continue };
        let Some(intake) = intakes::find(&app.db, *id).await? else { continue };
        if intake.state.is_over() {
            let place = if intake.state == IntakeState::Refused { "refused" } else { "taken" };
            put_aside(path, (&found.name, place), &id.to_string()).await?;
        }
    }
    Ok(())
}

/// The files in the folder whose names say what is in them, the oldest first.
async fn list(path: &Path) -> Result<Vec<Found>, Error> {
    let path = path.to_owned();
    blocking(move || {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let about = match entry.metadata() {
                Ok(about) => about,
                // It went a moment ago.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            if about.is_file() && files::stream_of(&name).is_some() {
                let modified_at = DateTime::<Utc>::from(about.modified()?).trunc_subsecs(6);
                found.push(Found { name, size: i64::try_from(about.len()).unwrap_or(i64::MAX), modified_at });
            }
        }
        found.sort_by(|one, other| (one.modified_at, &one.name).cmp(&(other.modified_at, &other.name)));
        Ok(found)
    })
    .await
}

/// Keeps a file as it is and notes that it waits. One that has grown meanwhile is seen anew the next time.
async fn hand_in(app: &App, path: &Path, found: &Found) -> Result<(), Error> {
    let Some(stream) = files::stream_of(&found.name) else { return Ok(()) };
    let size = usize::try_from(found.size).unwrap_or(usize::MAX);
    let is_too_large = size > MAX_TABLE;
    let hash = if is_too_large {
        String::new()
    } else {
        let place = path.join(&found.name);
        let bytes = blocking(move || std::fs::read(place)).await?;
        if bytes.len() != size {
            return Ok(());
        }
        app.files.put_original(Bytes::from(bytes)).await?
    };
    let file = File { name: &found.name, stream, hash: &hash, size, written_at: found.modified_at };
    let handed_in = app.db.write(system(app), async |tx| {
        let mut intake = file.insert(tx, IntakeOrigin::Folder).await?;
        folder::hand_in(tx, found, intake.id).await?;
        if is_too_large {
            intake.state = IntakeState::Refused;
            intake.counts.wrong = 1;
            intakes::settle(tx, &mut intake, &[Reason::of_file(TOO_LARGE)]).await?;
        }
        Ok::<_, Error>(())
    });
    handed_in.await
}

/// Moves a file into a folder beside it; one that is called alike there stays.
async fn put_aside(path: &Path, (name, place): (&str, &str), id: &str) -> Result<(), Error> {
    let (from, folder) = (path.join(name), path.join(place));
    let (plain, other) = (folder.join(name), folder.join(format!("{id}-{name}")));
    blocking(move || {
        std::fs::create_dir_all(folder)?;
        let to: PathBuf = if plain.exists() { other } else { plain };
        match std::fs::rename(from, to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))?;
    done.map_err(|error| Error::Internal(format!("the folder of EXTREME's files: {error}")))
}
