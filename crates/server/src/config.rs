//! Configuration: defaults, then `noren.toml`, then `NOREN_…` variables. Every problem is reported at once.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use secrecy::SecretString;

/// Everything that can be set. With nothing set, Noren runs on an embedded database under `./data`.
#[derive(Clone, Debug)]
pub struct Config {
    /// `NOREN_LISTEN`: the address to serve on.
    pub listen: SocketAddr,
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
    pub limits: Limits,
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
    /// `NOREN_CONNECTIONS_PER_ADDRESS`: connections that one address may hold; a trusted proxy may hold any number.
    pub connections_per_address: usize,
    /// `NOREN_BODY_SECONDS`: how long a body may take to arrive.
    pub body_seconds: u64,
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
    /// All problems at once: unknown names, values that do not parse, an unreadable file.
    pub fn load() -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let mut values = from_file(Path::new("noren.toml"), &mut problems);
        values.extend(std::env::vars().filter_map(|(name, value)| Some((setting_name(&name)?, value))));
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
        let config = Self {
            listen,
            base_url: reader
                .take("base_url", "an address", format!("http://{listen}"))
                .trim_end_matches('/')
                .to_owned(),
            database_url: reader.take("database_url", "a database address", sqlite).into(),
            data_dir,
            database_connections: reader.take("database_connections", "a number", 16),
            migrate: reader.take("migrate", "true or false", true),
            postal_codes: reader.take("postal_codes", "true or false", true),
            secret_key: reader.optional("secret_key").map(SecretString::from),
            trusted_proxies: reader.list("trusted_proxies", "addresses separated by commas"),
            metrics_token: reader.optional("metrics_token").map(SecretString::from),
            docs: reader.take("docs", "true or false", true),
            log: reader.take("log", "a filter", "info".to_owned()),
            workers: reader.take("workers", "a number", std::thread::available_parallelism().map_or(2, usize::from)),
            limits: Limits {
                staff_per_minute: reader.take("staff_per_minute", "a number", 600),
                api_client_per_minute: reader.take("api_client_per_minute", "a number", 1_200),
                search_per_second: reader.take("search_per_second", "a number", 20),
                logins_per_address: reader.take("logins_per_address", "a number", 100),
                connections_per_address: reader.take("connections_per_address", "a number", 64),
                body_seconds: reader.take("body_seconds", "a number", 15),
                drain_seconds: reader.take("drain_seconds", "a number", 5),
            },
        };
        reader.finish(config)
    }
}

/// `NOREN_DATA_DIR` → `data_dir`; variables of the test harness are not settings.
fn setting_name(variable: &str) -> Option<String> {
    variable.strip_prefix("NOREN_").filter(|name| !name.starts_with("TEST_")).map(str::to_lowercase)
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

struct Reader {
    values: BTreeMap<String, String>,
    problems: Vec<String>,
}

impl Reader {
    fn take<T: FromStr>(&mut self, name: &str, expected: &str, default: T) -> T {
        let Some(text) = self.optional(name) else { return default };
        self.parse(name, expected, &text).unwrap_or(default)
    }

    fn optional(&mut self, name: &str) -> Option<String> {
        self.values.remove(name).filter(|text| !text.is_empty())
    }

    fn list<T: FromStr>(&mut self, name: &str, expected: &str) -> Vec<T> {
        let text = self.optional(name).unwrap_or_default();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items.filter_map(|item| self.parse(name, expected, item)).collect()
    }

    /// The value itself stays out of the message: it may be a secret in the wrong place.
    fn parse<T: FromStr>(&mut self, name: &str, expected: &str, text: &str) -> Option<T> {
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.problems.push(format!("{name}: {expected} is expected"));
        }
        parsed
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
}
