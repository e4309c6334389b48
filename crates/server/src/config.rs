//! Configuration: defaults, then `noren.toml`, then `NOREN_…` variables. Every problem is reported at once.

mod extreme;
mod extreme_folder;
mod mail;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use actix_web::http::Uri;
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

use crate::tls::{self, Wanted};
pub use extreme::Extreme;
pub use extreme_folder::ExtremeFolder;
pub use mail::Mail;

/// Everything that can be set. With nothing set, Noren runs on an embedded database under `./data`.
#[derive(Clone, Debug)]
pub struct Config {
    /// `NOREN_LISTEN`: the address to serve on.
    pub listen: SocketAddr,
    /// `NOREN_TLS`, `NOREN_TLS_CERTIFICATE`, `NOREN_TLS_KEY`: whether and with which certificate it speaks TLS.
    pub tls: tls::Setting,
    /// `NOREN_HTTP_LISTEN`: an address beside it that sends plain http over to TLS.
    pub http_listen: Option<SocketAddr>,
    /// `NOREN_BASE_URL`: how the outside reaches this server; links in problems begin with it.
    pub base_url: String,
    /// `NOREN_DATA_DIR`: the embedded database, files and the generated secret key.
    pub data_dir: PathBuf,
    /// `NOREN_DATABASE_URL`: `sqlite://…` or `postgres://…`.
    pub database_url: SecretString,
    /// `NOREN_DATABASE_CONNECTIONS`
    pub database_connections: u32,
    /// `NOREN_MIGRATE`: whether `serve` brings the schema up to date first.
    pub migrate: bool,
    /// `NOREN_POSTAL_CODES`: whether `serve` loads Japan Post's data where this edition is not loaded yet.
    pub postal_codes: bool,
    /// `NOREN_SECRET_KEY`: 64 hexadecimal digits, shared by all processes on one database. Kept in the data folder
    /// if not set.
    pub secret_key: Option<SecretString>,
    /// `NOREN_TRUSTED_PROXIES`: addresses whose `X-Forwarded-For` is believed, separated by commas.
    pub trusted_proxies: Vec<IpAddr>,
    /// `NOREN_METRICS_TOKEN`: lets others than loopback read `/metrics`.
    pub metrics_token: Option<SecretString>,
    /// `NOREN_DOCS`: whether `/docs` and the OpenAPI document are public.
    pub docs: bool,
    /// `NOREN_LOG`: a filter such as `info` or `noren_server=debug`.
    pub log: String,
    /// `NOREN_WORKERS`: threads that serve requests.
    pub workers: usize,
    /// `NOREN_SECOND_FACTOR`: of whom one is required: `administrators`, `everyone`, or nobody (`optional`).
    pub second_factor: SecondFactorPolicy,
    pub mail: Mail,
    /// The dealer's core system, where there is one.
    pub extreme: Option<Extreme>,
    /// Where it puts its files, if it can only write them.
    pub extreme_folder: Option<ExtremeFolder>,
    pub limits: Limits,
}

/// Of whom a second factor is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorPolicy {
    Administrators,
    Everyone,
    Optional,
}

impl FromStr for SecondFactorPolicy {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "administrators" => Ok(Self::Administrators),
            "everyone" => Ok(Self::Everyone),
            "optional" => Ok(Self::Optional),
            _ => Err(()),
        }
    }
}

/// What one caller may ask of the server.
#[derive(Clone, Debug)]
pub struct Limits {
    /// `NOREN_STAFF_PER_MINUTE`: requests of one session.
    pub staff_per_minute: u32,
    /// `NOREN_API_CLIENT_PER_MINUTE`: requests of one integrator's key.
    pub api_client_per_minute: u32,
    /// `NOREN_SEARCH_PER_SECOND`: searches of one session.
    pub search_per_second: u32,
    /// `NOREN_LOGINS_PER_ADDRESS`: sign-ins in 15 minutes from one address.
    pub logins_per_address: i32,
    /// `NOREN_FRESH_SECONDS`: how long a sign-in is good for what is sensitive.
    pub fresh_seconds: i64,
    /// `NOREN_CONNECTIONS_PER_ADDRESS`: connections that one address may hold; a trusted proxy may hold any number.
    pub connections_per_address: usize,
    /// `NOREN_BODY_SECONDS`: how long a body may take to arrive.
    pub body_seconds: u64,
    /// `NOREN_HEARTBEAT_SECONDS`: how often an event stream that has nothing to say says so, and asks whether its caller may
    /// still listen.
    pub heartbeat_seconds: u64,
    /// `NOREN_DRAIN_SECONDS`: how long to answer 503 on `/readyz` before the doors close.
    pub drain_seconds: u64,
}

/// All that is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has {} problem(s):\n  {}", .0.len(), .0.join("\n  "))]
pub struct Problems(pub Vec<String>);

impl Config {
    /// Reads `noren.toml` (if there is one) and the environment.
    ///
    /// # Errors
    /// All problems at once: unknown names, values that do not parse or are out of range, an unreadable file.
    pub fn load() -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let mut values = from_file(Path::new("noren.toml"), &mut problems);
        values.extend(from_environment(std::env::vars_os(), &mut problems));
        Self::from_values(values, problems)
    }

    /// The configuration of a test or a tool: defaults, with some values set by their lower-case names.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn with(values: &[(&str, &str)]) -> Result<Self, Problems> {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self::from_values(values.collect(), Vec::new())
    }

    fn from_values(values: BTreeMap<String, String>, problems: Vec<String>) -> Result<Self, Problems> {
        let mut reader = Reader { values, problems };
        let listen = reader.take("listen", "an address and port", SocketAddr::from(([127, 0, 0, 1], 8080)));
        let data_dir = reader.take("data_dir", "a folder", PathBuf::from("data"));
        let sqlite = format!("sqlite://{}", data_dir.join("noren.sqlite3").display());
        let Wanted { tls, http_listen } = tls::read(&mut reader, listen);
        let base_url = reader.fitting("base_url", "an address such as https://noren.example", is_base_url);
        let config = Self {
            listen,
            base_url: as_browsers_say(&tls::base_url(&mut reader, base_url, &tls, listen)),
            tls,
            http_listen,
            database_url: reader.take("database_url", "a database address", sqlite).into(),
            mail: Mail::read(&mut reader, &data_dir),
            extreme: Extreme::read(&mut reader),
            extreme_folder: ExtremeFolder::read(&mut reader),
            data_dir,
            database_connections: reader.within("database_connections", 1..=1_000, 16),
            migrate: reader.take("migrate", "true or false", true),
            postal_codes: reader.take("postal_codes", "true or false", true),
            secret_key: reader.fitting("secret_key", "64 hexadecimal digits", is_key).map(SecretString::from),
            trusted_proxies: reader.list("trusted_proxies", "addresses separated by commas"),
            metrics_token: reader.optional("metrics_token").map(SecretString::from),
            docs: reader.take("docs", "true or false", true),
            log: reader
                .fitting("log", "a filter such as noren_server=debug", |text| EnvFilter::try_new(text).is_ok())
                .unwrap_or_else(|| "info".to_owned()),
            // All workers together hold 4096 connections; each needs room for some.
            workers: reader.within("workers", 1..=256, std::thread::available_parallelism().map_or(2, usize::from)),
            second_factor: reader.take(
                "second_factor",
                "administrators, everyone or optional",
                SecondFactorPolicy::Administrators,
            ),
            limits: Limits {
                staff_per_minute: reader.within("staff_per_minute", 1..=1_000_000, 600),
                api_client_per_minute: reader.within("api_client_per_minute", 1..=1_000_000, 1_200),
                search_per_second: reader.within("search_per_second", 1..=1_000_000, 20),
                logins_per_address: reader.within("logins_per_address", 1..=1_000_000, 100),
                fresh_seconds: reader.within("fresh_seconds", 1..=3_600, 600),
                connections_per_address: reader.within("connections_per_address", 1..=1_000_000, 64),
                body_seconds: reader.within("body_seconds", 1..=3_600, 15),
                heartbeat_seconds: reader.within("heartbeat_seconds", 1..=60, 15),
                drain_seconds: reader.within("drain_seconds", 0..=3_600, 5),
            },
        };
        if config.extreme.is_some() && config.extreme_folder.is_some() {
            reader.problem("extreme_folder: an EXTREME that is connected needs no files");
        }
        reader.finish(config)
    }
}

/// The settings among the variables. Others are nobody's business here, whatever bytes they hold.
fn from_environment(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
    problems: &mut Vec<String>,
) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for (variable, value) in variables {
        let Some(name) = setting_name(&variable.to_string_lossy()) else { continue };
        match value.into_string() {
            Ok(value) => drop(values.insert(name, value)),
            Err(_) => problems.push(format!("{name}: text in UTF-8 is expected")),
        }
    }
    values
}

/// `NOREN_DATA_DIR` → `data_dir`. Variables of the test harness are not settings. Neither are those by which Kubernetes
/// tells every container of a Service that is named `noren`: `NOREN_SERVICE_HOST`, `NOREN_PORT`,
/// `NOREN_PORT_8080_TCP_ADDR` and so on; refusing them would keep the server from starting there.
fn setting_name(variable: &str) -> Option<String> {
    let name = variable.strip_prefix("NOREN_")?;
    let foreign = name == "PORT" || ["TEST_", "SERVICE_", "PORT_"].iter().any(|prefix| name.starts_with(prefix));
    (!foreign).then(|| name.to_lowercase())
}

/// Whether links can begin with it: http or https, a host, perhaps a port. A path is refused: the app, its cookie and its links live at the root.
fn is_base_url(text: &str) -> bool {
    let known_scheme = text.starts_with("http://") || text.starts_with("https://");
    let Ok(address) = text.parse::<Uri>() else { return false };
    let (Some(host), Some(authority)) = (address.host(), address.authority()) else { return false };
    let whole = authority.as_str() == host
        || address.port_u16().is_some_and(|port| authority.as_str() == format!("{host}:{port}"));
    known_scheme && !host.is_empty() && whole && address.path() == "/" && !text.contains(['?', '#'])
}

/// The base address as browsers name it in `Origin`, with which it is compared.
fn as_browsers_say(url: &str) -> String {
    let url = url.trim_end_matches('/').to_ascii_lowercase();
    // An IPv6 address is no site of a form, but may well be this server's.
    noren_domain::form::origin(&url).unwrap_or(url)
}

fn is_key(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn from_file(path: &Path, problems: &mut Vec<String>) -> BTreeMap<String, String> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return BTreeMap::new(),
        Err(error) => {
            problems.push(format!("{}: {error}", path.display()));
            return BTreeMap::new();
        }
    };
    match text.parse::<toml::Table>() {
        Ok(table) => table.into_iter().map(|(name, value)| (name, plain(&value))).collect(),
        Err(error) => {
            problems.push(format!("{}: {}", path.display(), error.message()));
            BTreeMap::new()
        }
    }
}

/// A value of the file as the environment would write it.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// The values that were set, as they are taken out one by one, and what was wrong with them.
pub(crate) struct Reader {
    values: BTreeMap<String, String>,
    problems: Vec<String>,
}

impl Reader {
    fn take<T: FromStr>(&mut self, name: &str, expected: &str, default: T) -> T {
        let Some(text) = self.optional(name) else { return default };
        self.parse(name, expected, &text).unwrap_or(default)
    }

    /// A number in the range in which it does what it says.
    fn within<T: FromStr + PartialOrd + Display>(&mut self, name: &str, range: RangeInclusive<T>, default: T) -> T {
        let expected = format!("a number from {} to {}", range.start(), range.end());
        let Some(text) = self.optional(name) else { return default };
        let number = self.parse_if(name, &expected, &text, |number| range.contains(number));
        number.unwrap_or(default)
    }

    /// A text of some form.
    pub(crate) fn fitting(&mut self, name: &str, expected: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
        let text = self.optional(name)?;
        self.parse_if(name, expected, &text, |text: &String| fits(text))
    }

    pub(crate) fn optional(&mut self, name: &str) -> Option<String> {
        self.values.remove(name).filter(|text| !text.is_empty())
    }

    fn list<T: FromStr>(&mut self, name: &str, expected: &str) -> Vec<T> {
        let text = self.optional(name).unwrap_or_default();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items.filter_map(|item| self.parse(name, expected, item)).collect()
    }

    pub(crate) fn parse<T: FromStr>(&mut self, name: &str, expected: &str, text: &str) -> Option<T> {
        self.parse_if(name, expected, text, |_| true)
    }

    /// The value itself stays out of the message: it may be a secret in the wrong place.
    fn parse_if<T: FromStr>(&mut self, name: &str, expected: &str, text: &str, fits: impl Fn(&T) -> bool) -> Option<T> {
        let parsed = text.parse().ok().filter(fits);
        if parsed.is_none() {
            self.problems.push(format!("{name}: {expected} is expected"));
        }
        parsed
    }

    /// What does not fit together; it begins with the name of a setting.
    pub(crate) fn problem(&mut self, problem: &str) {
        self.problems.push(problem.to_owned());
    }

    fn finish(mut self, config: Config) -> Result<Config, Problems> {
        self.problems.extend(self.values.keys().map(|name| format!("{name}: there is no such setting")));
        if self.problems.is_empty() { Ok(config) } else { Err(Problems(self.problems)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn nothing_set_is_a_whole_configuration() {
        let config = Config::with(&[]).unwrap();
        assert_eq!(config.base_url, "http://127.0.0.1:8080");
        assert_eq!(config.database_url.expose_secret(), "sqlite://data/noren.sqlite3");
    }

    #[test]
    fn every_problem_is_reported_and_no_value_is_printed() {
        let problems = Config::with(&[("listen", "xyzzy"), ("workers", "many"), ("colour", "indigo")]).unwrap_err();
        let text = problems.to_string();
        for name in ["listen", "workers", "colour"] {
            assert!(text.contains(name), "{text}");
        }
        assert!(!text.contains("xyzzy") && !text.contains("many") && !text.contains("indigo"), "{text}");
    }

    /// The names of the settings that are reported.
    fn refused(values: &[(&str, &str)]) -> Vec<String> {
        let problems = Config::with(values).err().map(|problems| problems.0).unwrap_or_default();
        problems.iter().filter_map(|problem| Some(problem.split_once(':')?.0.to_owned())).collect()
    }

    #[test]
    fn a_number_that_would_stop_the_server_is_reported_with_the_others() {
        let positive = [
            "database_connections",
            "workers",
            "staff_per_minute",
            "api_client_per_minute",
            "search_per_second",
            "logins_per_address",
            "fresh_seconds",
            "connections_per_address",
            "body_seconds",
            "heartbeat_seconds",
        ];
        assert_eq!(refused(&positive.map(|name| (name, "0"))), positive);
        assert_eq!(refused(&[("logins_per_address", "-1"), ("workers", "5000")]), ["workers", "logins_per_address"]);
        assert_eq!(refused(&[("drain_seconds", "0"), ("workers", "1")]), [""; 0]);
    }

    #[test]
    fn a_base_url_has_a_scheme_and_a_host() {
        for url in ["http://127.0.0.1:8080", "http://[::1]:8080", "https://noren.example", "https://noren.example/"] {
            assert_eq!(refused(&[("base_url", url)]), [""; 0], "{url}");
        }
        for url in [
            "noren.example",
            "/",
            "ftp://noren.example",
            "https://",
            "https:///noren",
            "https://noren.example/noren",
            "https://noren.example:99999",
            "https://noren.example:",
            "https://shop@noren.example",
            "https://noren.example?a=b",
            "https://noren.example/#top",
            "https://noren example",
        ] {
            assert_eq!(refused(&[("base_url", url)]), ["base_url"], "{url}");
        }
    }

    #[test]
    fn a_base_url_is_kept_as_browsers_say_it() {
        for (given, kept) in [
            ("https://Noren.Example:443/", "https://noren.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
        ] {
            let values = BTreeMap::from([("base_url".to_owned(), given.to_owned())]);
            assert_eq!(Config::from_values(values, Vec::new()).unwrap().base_url, kept, "{given}");
        }
    }

    #[test]
    fn a_malformed_key_and_filter_are_reported_at_once() {
        let long = "a".repeat(63);
        for key in ["abc", &long, &format!("{long}g"), &format!("{long}あ"), &format!("+{long}")] {
            assert_eq!(refused(&[("log", "noren_server=loud"), ("secret_key", key)]), ["secret_key", "log"], "{key}");
        }
        let whole = "0aF".repeat(22);
        assert_eq!(refused(&[("log", "noren_server=debug,info"), ("secret_key", &whole[..64])]), [""; 0]);
    }

    #[test]
    fn only_our_own_variables_are_read() {
        let variables = [
            ("NOREN_LISTEN", "127.0.0.1:1"),
            ("NOREN_TEST_POSTGRES_URL", "postgres://"),
            ("NOREN_SERVICE_HOST", "10.0.0.1"),
            ("NOREN_SERVICE_PORT_HTTP", "8080"),
            ("NOREN_PORT", "tcp://10.0.0.1:8080"),
            ("NOREN_PORT_8080_TCP_ADDR", "10.0.0.1"),
            ("NOREN_COLOUR", "indigo"),
            ("PATH", "/bin"),
        ];
        let mut problems = Vec::new();
        let values = from_environment(variables.map(|(name, value)| (name.into(), value.into())), &mut problems);
        assert_eq!(values.keys().collect::<Vec<_>>(), ["colour", "listen"]);
        assert_eq!(problems, [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_a_problem_only_in_a_setting() {
        use std::os::unix::ffi::OsStringExt;
        let bytes = |text: &[u8]| OsString::from_vec(text.to_vec());
        let variables = [
            (bytes(b"NOREN_LOG"), bytes(b"\xff")),
            (bytes(b"NOREN_\xff"), bytes(b"a")),
            (bytes(b"LESS_\xff"), bytes(b"\xff")),
        ];
        let mut problems = Vec::new();
        let values = from_environment(variables, &mut problems);
        assert_eq!(problems, ["log: text in UTF-8 is expected"]);
        assert_eq!(values.keys().collect::<Vec<_>>(), ["\u{fffd}"], "which is then no such setting");
    }
}
