//! How EXTREME, the dealer's core system, is reached.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use actix_web::http::Uri;
use noren_extreme::Credentials;
use secrecy::SecretString;

use super::Reader;

/// One installation of EXTREME. With nothing set there is none, and Noren works without.
#[derive(Clone, Debug)]
pub struct Extreme {
    /// `NOREN_EXTREME_URL`: where its contract is served, such as `https://extreme.example.jp/extreme/v1`.
    pub url: String,
    /// `NOREN_EXTREME_CLIENT_ID` and `NOREN_EXTREME_CLIENT_SECRET`, or `NOREN_EXTREME_KEY`.
    pub credentials: Credentials,
    /// `NOREN_EXTREME_AUTHORITY`: certificates of the house's own, in PEM, beside those that the machine trusts.
    pub authority: Option<PathBuf>,
    /// `NOREN_EXTREME_SECONDS`: how often changes are asked for; 0 is never by itself.
    pub seconds: u64,
    /// `NOREN_EXTREME_PAGE_SECONDS`: how long one page of changes may take.
    pub page_seconds: u64,
    /// `NOREN_EXTREME_CONCURRENT`: how many requests may be on their way at once.
    pub concurrent: usize,
    /// `NOREN_EXTREME_PER_MINUTE`: how many requests may be made in a minute.
    pub per_minute: NonZeroU32,
}

impl Extreme {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let url = reader.fitting("extreme_url", "an address such as https://extreme.example.jp/extreme/v1", is_address);
        let id = reader.optional("extreme_client_id");
        let secret = reader.optional("extreme_client_secret").map(SecretString::from);
        let key = reader.optional("extreme_key").map(SecretString::from);
        let authority = reader.optional("extreme_authority").map(PathBuf::from);
        let seconds = reader.within("extreme_seconds", 0..=86_400, 15);
        let page_seconds = reader.within("extreme_page_seconds", 1..=300, 30);
        let concurrent = reader.within("extreme_concurrent", 1..=64, 8);
        let per_minute = reader.within("extreme_per_minute", 1..=1_000_000, 600);
        let is_set = id.is_some() || secret.is_some() || key.is_some() || authority.is_some();
        let credentials = credentials(id, secret, key);
        match (url, credentials) {
            (Some(url), Some(credentials)) => Some(Self {
                url: url.trim_end_matches('/').to_owned(),
                credentials,
                authority: authority.filter(|path| is_there(reader, path)),
                seconds,
                page_seconds,
                concurrent,
                per_minute: NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN),
            }),
            (Some(_), None) => {
                let wanted =
                    "extreme_client_id and extreme_client_secret, or extreme_key, are expected with extreme_url";
                reader.problems.push(format!("extreme_key: {wanted}"));
                None
            }
            (None, _) => {
                if is_set {
                    reader.problems.push("extreme_url: an address is expected where the rest is set".to_owned());
                }
                None
            }
        }
    }
}

/// One of the two ways, and not half of one.
fn credentials(id: Option<String>, secret: Option<SecretString>, key: Option<SecretString>) -> Option<Credentials> {
    match (id, secret, key) {
        (Some(id), Some(secret), None) => Some(Credentials::Client { id, secret }),
        (None, None, Some(key)) => Some(Credentials::Key(key)),
        _ => None,
    }
}

fn is_address(text: &str) -> bool {
    let known =
        text.parse::<Uri>().is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some());
    known && !text.contains(['?', '#', '@'])
}

fn is_there(reader: &mut Reader, path: &Path) -> bool {
    let is_there = path.is_file();
    if !is_there {
        reader.problems.push("extreme_authority: a file is expected".to_owned());
    }
    is_there
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    const URL: (&str, &str) = ("extreme_url", "http://127.0.0.1:8090/extreme/v1/");

    #[test]
    fn without_an_address_there_is_none() {
        assert!(Config::with(&[]).unwrap().extreme.is_none());
        let found = Config::with(&[URL, ("extreme_key", "k")]).unwrap().extreme.unwrap();
        assert_eq!((found.url.as_str(), found.seconds, found.concurrent), ("http://127.0.0.1:8090/extreme/v1", 15, 8));
    }

    #[test]
    fn half_of_what_is_needed_is_said_and_no_secret_with_it() {
        let wrong: [&[(&str, &str)]; 5] = [
            &[URL],
            &[("extreme_key", "hunter2")],
            &[URL, ("extreme_client_id", "noren")],
            &[URL, ("extreme_key", "hunter2"), ("extreme_client_id", "noren"), ("extreme_client_secret", "hunter2")],
            &[("extreme_url", "extreme.example.jp"), ("extreme_key", "hunter2")],
        ];
        for values in wrong {
            let problems = Config::with(values).err().map(|problems| problems.0.join("\n")).unwrap_or_default();
            assert!(problems.contains("extreme_") && !problems.contains("hunter2"), "{values:?}: {problems}");
        }
    }
}
