//! `noren backup`: everything that a dealer's Noren is, in one file, while it goes on serving.
//!
//! The database is copied first and the files after it. A file is kept before the row that names it and is never changed or
//! deleted, so whatever the copy names is among the files that are there later.

mod archive;
mod postgres;
mod restore;

use std::path::{Path, PathBuf};

use noren_persistence::snapshot::Engine;
use noren_persistence::{Db, snapshot};
use secrecy::ExposeSecret as _;

use crate::app::settings;
use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::secrets::Keys;
use archive::{Manifest, Writer};

pub use restore::restore;

/// What can go wrong, in words for whoever keeps the machine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is there already; name another file")]
    Exists(PathBuf),
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{0} is no backup of Noren, or not the whole of one: {1}")]
    NotOurs(PathBuf, String),
    #[error("the backup is of a database on {there}; this one is on {here}")]
    OtherEngine { there: Engine, here: Engine },
    #[error(
        "the backup was made by Noren {0}, whose schema this version does not know; install that version or a later one"
    )]
    Newer(String),
    #[error("the database is not empty; --replace puts the backup in its place")]
    NotEmpty,
    #[error("somebody uses the database; stop Noren first")]
    InUse,
    #[error("`{program}` cannot be run: {why}")]
    Program { program: &'static str, why: String },
    #[error("the database is at {0}, which is no file of its own")]
    NoFile(String),
    #[error(transparent)]
    Keys(#[from] crate::secrets::Error),
    #[error(transparent)]
    Database(#[from] noren_persistence::Error),
}

impl Error {
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

/// What was written.
pub struct Made {
    pub files: usize,
    pub bytes: u64,
    /// Whether the secret key is in it; otherwise it comes from the configuration and has to be kept too.
    pub has_key: bool,
}

/// Where a backup's parts come from and go to, besides the database.
const FOLDERS: [&str; 2] = ["files", "tls"];
const KEY: &str = "secret.key";

/// Writes a backup. Nothing is at `file` before it is whole; only its owner may read it.
///
/// # Errors
/// When the file exists, or anything cannot be read or written.
pub async fn backup(config: &Config, file: &Path) -> Result<Made, Error> {
    if file.exists() {
        return Err(Error::Exists(file.to_owned()));
    }
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let staging =
        tempfile::Builder::new().prefix(".noren-backup-").tempdir_in(&folder).map_err(Error::file(&folder))?;
    let keys = Keys::load(config)?;
    let db = Db::connect(&settings(config, &keys)).await?;
    let about = db.about().await?;
    let engine = Engine::of(&about);
    let copy = staging.path().join(engine.member());
    match engine {
        Engine::Sqlite => snapshot::copy(&db, &copy).await?,
        Engine::Postgres => postgres::dump(config.database_url.expose_secret(), &copy).await?,
    }
    let migration = about.migration.unwrap_or_default();
    let manifest = Manifest::new(engine, migration, SystemClock.now());
    let (data, file) = (config.data_dir.clone(), file.to_owned());
    let writing = tokio::task::spawn_blocking(move || write(&data, &copy, manifest, (&folder, &file)));
    let made = writing.await.map_err(|error| Error::NotOurs(PathBuf::new(), error.to_string()))?;
    drop(staging);
    made
}

/// Returns once what was renamed into a folder is there after a power cut too.
fn settle(folder: &Path) -> Result<(), Error> {
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file(folder))
}

fn write(data: &Path, copy: &Path, manifest: Manifest, (folder, file): (&Path, &Path)) -> Result<Made, Error> {
    // Made for its owner alone.
    let part = tempfile::NamedTempFile::new_in(folder).map_err(Error::file(folder))?;
    let mut archive = Writer::new(part.as_file().try_clone().map_err(Error::file(file))?, file.to_owned());
    archive.add(manifest.database.member(), copy)?;
    let key = data.join(KEY);
    let has_key = key.exists();
    if has_key {
        archive.add(KEY, &key)?;
    }
    for name in FOLDERS {
        archive.add_folder(name, &data.join(name))?;
    }
    let files = archive.finish(manifest)?;
    let failed = Error::file(file);
    let bytes = part.as_file().sync_all().and_then(|()| part.as_file().metadata()).map_err(failed)?.len();
    part.persist_noclobber(file).map_err(|error| Error::file(file)(error.error))?;
    settle(folder)?;
    Ok(Made { files, bytes, has_key })
}
