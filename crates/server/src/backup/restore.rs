//! `noren restore`: a backup in the place of what is there. Everything is unpacked and held against its sums beside the data
//! first. Then come the files, which harm nobody, then the database, in one step, and the key that opens what it holds.

use std::path::{Path, PathBuf};

use noren_domain::Timestamp;
use noren_persistence::snapshot::{self, Engine, Use};
use noren_persistence::{Db, staff};
use secrecy::ExposeSecret as _;

use super::archive::{Manifest, unpack};
use super::{Error, FOLDERS, KEY, postgres, settle};
use crate::app::settings;
use crate::config::Config;
use crate::secrets::{self, Keys};

/// What was restored.
pub struct Restored {
    pub made_at: Timestamp,
    pub noren: String,
}

/// Puts a backup in place and brings its schema up to date.
///
/// # Errors
/// Where the backup does not fit, or the database is in use or not empty; then nothing has been changed.
pub async fn restore(config: &Config, file: &Path, replace: bool) -> Result<Restored, Error> {
    let data = &config.data_dir;
    secrets::make_private(data).map_err(Error::file(data))?;
    let staging = tempfile::Builder::new().prefix(".noren-restore-").tempdir_in(data).map_err(Error::file(data))?;
    let (backup, into) = (file.to_owned(), staging.path().to_owned());
    let unpacking = tokio::task::spawn_blocking(move || unpack(&backup, &into));
    let manifest = unpacking.await.map_err(|error| Error::NotOurs(file.to_owned(), error.to_string()))??;
    check(config, &manifest, replace).await?;
    for folder in FOLDERS {
        put_files(&staging.path().join(folder), &data.join(folder))?;
    }
    let copy = staging.path().join(manifest.database.member());
    match manifest.database {
        Engine::Sqlite => put_database(&copy, &database_file(config)?)?,
        Engine::Postgres => postgres::load(config.database_url.expose_secret(), &copy).await?,
    }
    let key = staging.path().join(KEY);
    if key.exists() && config.secret_key.is_none() {
        std::fs::rename(&key, data.join(KEY)).map_err(Error::file(&key))?;
        settle(data)?;
    }
    Db::migrate(&settings(config, &Keys::load(config)?)).await?;
    Ok(Restored { made_at: manifest.made_at, noren: manifest.noren })
}

/// Whether the backup may be put here. Opens the database, which makes an empty one where there is none.
async fn check(config: &Config, manifest: &Manifest, replace: bool) -> Result<(), Error> {
    let keys = Keys::load(config)?;
    let settings = settings(config, &keys);
    let here = Engine::of_url(&settings.url);
    if here != manifest.database {
        return Err(Error::OtherEngine { there: manifest.database, here });
    }
    if !snapshot::knows(&manifest.migration) {
        return Err(Error::Newer(manifest.noren.clone()));
    }
    match snapshot::use_of(&settings).await? {
        Use::Others => return Err(Error::InUse),
        Use::Empty => return Ok(()),
        Use::Filled => {}
    }
    let db = Db::connect(&settings).await?;
    let is_somebodys = staff::exist(&db).await.unwrap_or(true);
    db.close().await?;
    if is_somebodys && !replace { Err(Error::NotEmpty) } else { Ok(()) }
}

/// Adds files to a folder. Those of one name are the same: a name is the hash of what it names, or the authority's, which
/// the backup has the say on.
fn put_files(from: &Path, to: &Path) -> Result<(), Error> {
    let Ok(entries) = from.read_dir() else { return Ok(()) };
    std::fs::create_dir_all(to).map_err(Error::file(to))?;
    for entry in entries {
        let entry = entry.map_err(Error::file(from))?;
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            put_files(&path, &place)?;
        } else {
            std::fs::rename(&path, &place).map_err(Error::file(&place))?;
        }
    }
    settle(to)
}

/// The old database is there until the moment in which the new one is.
fn put_database(copy: &Path, place: &Path) -> Result<(), Error> {
    for log in ["-wal", "-shm"] {
        let mut path = place.as_os_str().to_owned();
        path.push(log);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file(Path::new(&path))(error));
            }
            _ => {}
        }
    }
    std::fs::rename(copy, place).map_err(Error::file(place))?;
    settle(place.parent().unwrap_or(Path::new(".")))
}

fn database_file(config: &Config) -> Result<PathBuf, Error> {
    let url = config.database_url.expose_secret();
    snapshot::file(url).ok_or_else(|| Error::NoFile(url.to_owned()))
}
