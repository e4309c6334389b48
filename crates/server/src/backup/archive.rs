//! The file of a backup: a compressed tar whose last member says what the others are.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Component, Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use noren_domain::Timestamp;
use noren_persistence::snapshot::Engine;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Error;

/// Counts up when an older Noren could not read it.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// A manifest of a million files is smaller.
const LARGEST_MANIFEST: u64 = 256 << 20;

/// What a backup is.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The version that made it.
    pub noren: String,
    pub database: Engine,
    /// The newest migration of its database.
    pub migration: String,
    pub made_at: Timestamp,
    members: Vec<Member>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Member {
    path: String,
    bytes: u64,
    sha256: String,
}

impl Manifest {
    pub fn new(database: Engine, migration: String, made_at: Timestamp) -> Self {
        let noren = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, noren, database, migration, made_at, members: Vec::new() }
    }
}

/// A backup that is being written.
pub struct Writer {
    tar: tar::Builder<GzEncoder<File>>,
    path: PathBuf,
    members: Vec<Member>,
}

impl Writer {
    pub fn new(file: File, path: PathBuf) -> Self {
        let tar = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
        Self { tar, path, members: Vec::new() }
    }

    pub fn add(&mut self, name: &str, from: &Path) -> Result<(), Error> {
        let file = File::open(from).map_err(Error::file(from))?;
        let bytes = file.metadata().map_err(Error::file(from))?.len();
        let mut read = Hashed::new(file.take(bytes));
        self.tar.append_data(&mut header(bytes), name, &mut read).map_err(Error::file(&self.path))?;
        let (read, sha256) = read.end();
        if read != bytes {
            return Err(Error::file(from)(io::ErrorKind::UnexpectedEof.into()));
        }
        self.members.push(Member { path: name.to_owned(), bytes, sha256 });
        Ok(())
    }

    /// All files of a folder and of those in it; a folder that is not there has none.
    pub fn add_folder(&mut self, name: &str, folder: &Path) -> Result<(), Error> {
        let entries = match folder.read_dir() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(Error::file(folder))?,
        };
        let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(Error::file(folder))?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), format!("{name}/{}", entry.file_name().to_string_lossy()));
            let kind = entry.file_type().map_err(Error::file(&path))?;
            // What is written just now has another name until it is whole.
            let is_part = name.contains('#');
            if kind.is_dir() {
                self.add_folder(&name, &path)?;
            } else if kind.is_file() && !is_part {
                self.add(&name, &path)?;
            }
        }
        Ok(())
    }

    /// Writes what the members are; returns how many.
    pub fn finish(mut self, manifest: Manifest) -> Result<usize, Error> {
        let count = self.members.len();
        let manifest = Manifest { members: self.members, ..manifest };
        let failed = Error::file(&self.path);
        let text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from);
        let written = text.and_then(|text| {
            self.tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
            self.tar.into_inner()?.finish()?.flush()
        });
        written.map_err(failed)?;
        Ok(count)
    }
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header
}

/// Puts the members into an empty folder, and says what they are once each is known to be what was written.
///
/// # Errors
/// `NotOurs` for whatever is not a whole backup.
pub fn unpack(backup: &Path, into: &Path) -> Result<Manifest, Error> {
    let not_ours = |why: &str| Error::NotOurs(backup.to_owned(), why.to_owned());
    let broken = |error: io::Error| not_ours(&error.to_string());
    let mut tar = tar::Archive::new(GzDecoder::new(File::open(backup).map_err(Error::file(backup))?));
    let (mut members, mut manifest) = (Vec::new(), None);
    for entry in tar.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        let plain = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || !entry.header().entry_type().is_file() || manifest.is_some() {
            return Err(not_ours("it holds what none would"));
        }
        if name == MANIFEST {
            let read = serde_json::from_reader::<_, Manifest>(entry.take(LARGEST_MANIFEST));
            manifest = Some(read.map_err(|error| not_ours(&error.to_string()))?);
            continue;
        }
        members.push(unpack_one(&mut entry, name, into).map_err(broken)?);
    }
    let manifest = manifest.ok_or_else(|| not_ours("its end is missing"))?;
    if manifest.format != FORMAT {
        return Err(Error::Newer(manifest.noren));
    }
    if manifest.members != members {
        return Err(not_ours("its contents are not those that were written"));
    }
    Ok(manifest)
}

fn unpack_one(entry: &mut impl Read, name: String, into: &Path) -> io::Result<Member> {
    let path = into.join(&name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(&path)?;
    let mut read = Hashed::new(entry);
    io::copy(&mut read, &mut file)?;
    file.sync_all()?;
    let (bytes, sha256) = read.end();
    Ok(Member { path: name, bytes, sha256 })
}

/// What passes through, counted and summed.
struct Hashed<R> {
    from: R,
    bytes: u64,
    sum: Sha256,
}

impl<R> Hashed<R> {
    fn new(from: R) -> Self {
        Self { from, bytes: 0, sum: Sha256::new() }
    }

    fn end(self) -> (u64, String) {
        let sum = self.sum.finalize();
        (self.bytes, sum.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.sum.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}
