//! Mail into a folder, one `.eml` file each: where no mail server is set, and where another program collects it.

use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use tokio::fs;
use tokio::io::AsyncWriteExt;

use crate::message::compose;
use crate::{Cause, Correspondent, Error, Mail, Sender};

/// A folder that mail is put into; made when the first one comes.
pub struct Folder {
    path: PathBuf,
    from: Correspondent,
}

impl Folder {
    #[must_use]
    pub fn new(path: PathBuf, from: Correspondent) -> Self {
        Self { path, from }
    }
}

#[async_trait]
impl Sender for Folder {
    async fn send(&self, mail: &Mail) -> Result<(), Error> {
        let text = compose(&self.from, mail)?.formatted();
        put(&self.path, &mail.key, &text).await.map_err(|_| Error::Transient(Cause::Folder))
    }
}

/// Writes the file whole or not at all; the same mail once more is the same file. Links in it open accounts, so it is its
/// owner's alone.
async fn put(folder: &Path, key: &str, text: &[u8]) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    let unfinished = folder.join(format!(".{key}.part"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished).await?;
    file.write_all(text).await?;
    file.sync_all().await?;
    fs::rename(&unfinished, folder.join(format!("{key}.eml"))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_mail_sent_twice_is_one_file_with_all_its_headers() {
        let folder = tempfile::tempdir().unwrap();
        let from = Correspondent { name: "前橋モーターズ".into(), address: "noren@dealer.example".into() };
        let sender = Folder::new(folder.path().join("mail"), from);
        let mail = Mail {
            key: "0192f0c1".into(),
            to: Correspondent { name: "髙橋 渉".into(), address: "wataru@dealer.example".into() },
            subject: "パスワードの再設定".into(),
            text: "次のリンクを開いてください。\n".into(),
            written_at: "2026-11-21T01:00:00Z".parse().unwrap(),
        };
        sender.send(&mail).await.unwrap();
        sender.send(&mail).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(files[0].as_ref().unwrap().path()).unwrap();
        for line in [
            "Message-ID: <0192f0c1@dealer.example>\r\n",
            "Date: Sat, 21 Nov 2026 01:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "MIME-Version: 1.0\r\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
        assert!(text.is_ascii(), "words that are not ASCII are encoded");
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused_for_good() {
        let from = Correspondent { name: String::new(), address: "noren@dealer.example".into() };
        let mail = Mail {
            key: "1".into(),
            to: Correspondent { name: String::new(), address: "nobody".into() },
            subject: String::new(),
            text: String::new(),
            written_at: "2026-11-21T01:00:00Z".parse().unwrap(),
        };
        let refused = Folder::new("/nowhere".into(), from).send(&mail).await;
        assert_eq!(refused, Err(Error::Final(Cause::Address)));
    }
}
