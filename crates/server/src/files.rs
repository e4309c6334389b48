//! Files: pictures, and what was handed in, under the hash of their bytes, in a folder of this machine.

use std::io::ErrorKind;
use std::path::Path;

use actix_web::web::Bytes;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, path};
use sha2::{Digest, Sha256};

use crate::Error;

/// Where pictures that anybody may see are kept.
const PHOTOS: &str = "photos";
/// Where files that were handed in are kept as they came.
const ORIGINALS: &str = "originals";

/// The house's files.
pub struct Files {
    store: Box<dyn ObjectStore>,
}

/// Why files cannot be kept.
#[derive(Debug, thiserror::Error)]
#[error("files cannot be kept in {folder}: {source}")]
pub struct NoFolder {
    folder: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl Files {
    /// Files in a folder, which is made if it is missing.
    ///
    /// # Errors
    /// `NoFolder`.
    pub fn open(folder: &Path) -> Result<Self, NoFolder> {
        let failed = |source| NoFolder { folder: folder.display().to_string(), source };
        std::fs::create_dir_all(folder).map_err(|error| failed(error.into()))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(error.into()))?;
        // What was answered with success is on the disk.
        Ok(Self { store: Box::new(store.with_fsync(true)) })
    }

    /// Keeps a picture, and says by which hash it is found.
    ///
    /// # Errors
    /// `DiskFull`; `Internal` when it cannot be written for another reason.
    pub async fn put_photo(&self, picture: Vec<u8>) -> Result<String, Error> {
        self.put(PHOTOS, picture.into()).await
    }

    /// The picture with this hash.
    ///
    /// # Errors
    /// `Internal` when it cannot be read.
    pub async fn photo(&self, hash: &str) -> Result<Option<Bytes>, Error> {
        self.get(PHOTOS, hash).await
    }

    /// Keeps a file as it came, and says by which hash it is found.
    ///
    /// # Errors
    /// `DiskFull`; `Internal` when it cannot be written for another reason.
    pub async fn put_original(&self, file: Bytes) -> Result<String, Error> {
        self.put(ORIGINALS, file).await
    }

    /// The file with this hash, byte for byte.
    ///
    /// # Errors
    /// `Internal` when it cannot be read.
    pub async fn original(&self, hash: &str) -> Result<Option<Bytes>, Error> {
        self.get(ORIGINALS, hash).await
    }

    async fn put(&self, folder: &str, bytes: Bytes) -> Result<String, Error> {
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let put = self.store.put(&place(folder, &hash), bytes.into()).await;
        put.map_err(|error| if is_full(&error) { Error::DiskFull } else { Error::Internal(error.to_string()) })?;
        Ok(hash)
    }

    async fn get(&self, folder: &str, hash: &str) -> Result<Option<Bytes>, Error> {
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return Ok(None);
        }
        let read = async { self.store.get(&place(folder, hash)).await?.bytes().await };
        match read.await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::Internal(error.to_string())),
        }
    }
}

/// Whether there was no room, however deep the reason lies.
fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let said = error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::StorageFull);
    said || error.source().is_some_and(is_full)
}

/// In folders that do not grow without end.
fn place(folder: &str, hash: &str) -> path::Path {
    path::Path::from_iter([folder, &hash[..2], hash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_known_behind_other_words() {
        let full = |kind| object_store::Error::Generic { store: "folder", source: std::io::Error::from(kind).into() };
        assert!(is_full(&full(ErrorKind::StorageFull)));
        assert!(!is_full(&full(ErrorKind::PermissionDenied)));
    }
}
