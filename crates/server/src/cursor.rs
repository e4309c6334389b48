//! Cursors: opaque, authenticated, and good only for the list that they were given for.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use noren_persistence::{PageRequest, Position};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use crate::Error;

/// The form of the payload; a later form gets another number, and old cursors are then refused.
const FORM: u8 = 1;
const TAG: usize = 16;

/// Makes the cursors of one list: what is listed, filtered and sorted how is part of every cursor's authentication.
pub struct Cursors<'a> {
    pub key: &'a [u8; 32],
    /// The list with its filter and order, without page and limit.
    pub list: String,
}

impl Cursors<'_> {
    /// The page that a caller asks for.
    ///
    /// # Errors
    /// `CursorInvalid` when `after` was altered or belongs to another list.
    pub fn page<I: DeserializeOwned>(&self, after: Option<&str>, limit: Option<u64>) -> Result<PageRequest<I>, Error> {
        let after = after.map(|cursor| self.open::<(String, I)>(cursor)).transpose()?;
        let after = after.map(|(sort, id)| Position { sort, id });
        Ok(PageRequest { after, limit: limit.unwrap_or(noren_api::page::DEFAULT_LIMIT) })
    }

    /// The cursor of the page that follows, if one does.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub fn next<I: Serialize>(&self, position: Option<Position<I>>) -> Result<Option<String>, Error> {
        position.map(|Position { sort, id }| self.seal(&(sort, id))).transpose()
    }

    /// A cursor that says `position` to us and nothing to others.
    ///
    /// # Errors
    /// `Internal` when the position cannot be written, which no position of ours does.
    pub fn seal(&self, position: &impl Serialize) -> Result<String, Error> {
        let mut payload = vec![FORM];
        serde_json::to_writer(&mut payload, position).map_err(|error| Error::Internal(error.to_string()))?;
        let tag = self.tag(&payload)?.finalize().into_bytes();
        payload.extend(tag.iter().take(TAG));
        Ok(BASE64_URL_SAFE_NO_PAD.encode(payload))
    }

    /// The position of a cursor.
    ///
    /// # Errors
    /// `CursorInvalid` when it was altered or belongs to another list.
    pub fn open<T: DeserializeOwned>(&self, cursor: &str) -> Result<T, Error> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Error::CursorInvalid)?;
        let (payload, tag) = bytes.split_at_checked(bytes.len().saturating_sub(TAG)).ok_or(Error::CursorInvalid)?;
        self.tag(payload)?.verify_truncated_left(tag).map_err(|_| Error::CursorInvalid)?;
        let Some((&FORM, position)) = payload.split_first() else { return Err(Error::CursorInvalid) };
        serde_json::from_slice(position).map_err(|_| Error::CursorInvalid)
    }

    fn tag(&self, payload: &[u8]) -> Result<Hmac<Sha256>, Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key).map_err(|error| Error::Internal(error.to_string()))?;
        mac.update(self.list.as_bytes());
        mac.update(&[0]);
        mac.update(payload);
        Ok(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursors<'a>(key: &'a [u8; 32], list: &str) -> Cursors<'a> {
        Cursors { key, list: list.to_owned() }
    }

    #[test]
    fn a_cursor_comes_back_only_whole_and_for_its_own_list() {
        let key = [7; 32];
        let cursor = cursors(&key, "leads?status=new").seal(&("2026", 5)).unwrap();
        assert_eq!(cursors(&key, "leads?status=new").open::<(String, i32)>(&cursor).unwrap(), ("2026".to_owned(), 5));
        assert!(cursors(&key, "leads?status=working").open::<(String, i32)>(&cursor).is_err());
        assert!(cursors(&[8; 32], "leads?status=new").open::<(String, i32)>(&cursor).is_err());
        for at in 0..cursor.len() {
            let mut altered = cursor.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert!(cursors(&key, "leads?status=new").open::<(String, i32)>(&altered).is_err());
        }
        assert!(cursors(&key, "x").open::<(String, i32)>("").is_err());
    }
}
