//! How mail leaves: through a mail server, or into a folder.

use std::path::{Path, PathBuf};

use noren_messaging::{Smtp, Tls};
use secrecy::SecretString;

use super::Reader;

/// With nothing set, mail is written into a folder where nobody but the operator sees it.
#[derive(Clone, Debug)]
pub struct Mail {
    /// `NOREN_MAIL_SMTP_URL`: `smtp://` or `smtps://`, with name and password where the mail server wants them.
    pub smtp_url: Option<SecretString>,
    /// `NOREN_MAIL_TLS`: how `smtp://` is encrypted.
    pub tls: Tls,
    /// `NOREN_MAIL_FOLDER`: where mail is put where no mail server is set.
    pub folder: PathBuf,
    /// `NOREN_MAIL_FROM`: the address that mail comes from.
    pub from: String,
    /// `NOREN_MAIL_FROM_NAME`: what the sender is called.
    pub from_name: String,
    /// `NOREN_MAIL_SECONDS`: how long a mail server may take for one mail.
    pub seconds: u64,
    /// Whether mail reaches people: there is a mail server, or a folder that somebody has named and collects from.
    pub is_set_up: bool,
}

impl Mail {
    pub(super) fn read(reader: &mut Reader, data_dir: &Path) -> Self {
        let smtp_url =
            reader.fitting("mail_smtp_url", "an address such as smtp://user:password@host", Smtp::is_address);
        let folder = reader.optional("mail_folder").map(PathBuf::from);
        let from = reader.fitting("mail_from", "a mail address", |text| noren_domain::contact::mail(text).is_ok());
        if smtp_url.is_some() && folder.is_some() {
            reader.problems.push("mail_folder: mail_smtp_url is set, so nothing would be put there".to_owned());
        }
        if smtp_url.is_some() && from.is_none() {
            reader.problems.push("mail_from: a mail address is expected where mail_smtp_url is set".to_owned());
        }
        let tls = reader
            .fitting("mail_tls", "required, opportunistic or none", |text| text.parse::<Tls>().is_ok())
            .and_then(|text| text.parse().ok());
        Self {
            is_set_up: smtp_url.is_some() || folder.is_some(),
            smtp_url: smtp_url.map(SecretString::from),
            tls: tls.unwrap_or(Tls::Required),
            folder: folder.unwrap_or_else(|| data_dir.join("mail")),
            from: from.unwrap_or_else(|| "noren@noren.invalid".to_owned()),
            from_name: reader.optional("mail_from_name").unwrap_or_else(|| "Noren".to_owned()),
            // Less than the lease of a message, so that nobody else begins with it meanwhile.
            seconds: reader.within("mail_seconds", 1..=50, 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn refused(values: &[(&str, &str)]) -> Vec<String> {
        Config::with(values).err().map(|problems| problems.0).unwrap_or_default()
    }

    #[test]
    fn mail_goes_into_the_data_folder_until_something_is_set() {
        let mail = Config::with(&[("data_dir", "/srv/noren")]).unwrap().mail;
        assert_eq!((mail.folder.to_str(), mail.is_set_up), (Some("/srv/noren/mail"), false));
        assert!(Config::with(&[("mail_folder", "/var/spool/noren")]).unwrap().mail.is_set_up);
        let server = [("mail_smtp_url", "smtp://mail.example"), ("mail_from", "noren@dealer.example")];
        assert!(Config::with(&server).unwrap().mail.is_set_up);
    }

    #[test]
    fn what_is_wrong_about_mail_is_said_at_once_and_without_the_password() {
        let wrong = [
            ("mail_smtp_url", "smtp//user:hunter2@mail.example"),
            ("mail_from", "noren"),
            ("mail_tls", "maybe"),
            ("mail_seconds", "60"),
        ];
        let text = refused(&wrong).join("\n");
        for (name, value) in wrong {
            assert!(text.contains(&format!("{name}: ")) && !text.contains(value), "{text}");
        }
        assert_eq!(refused(&[("mail_smtp_url", "smtp://mail.example")]).len(), 1, "a sender is missing");
        let both = [
            ("mail_smtp_url", "smtp://mail.example"),
            ("mail_from", "noren@dealer.example"),
            ("mail_folder", "/var/spool/noren"),
        ];
        assert_eq!(refused(&both).len(), 1);
    }
}
