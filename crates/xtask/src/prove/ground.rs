//! Where faults are made: the server in release with the demo dealer, on each database in turn.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::dealer::Dealer;
use crate::error::Error;
use crate::http::Request;
use crate::postgres::{self, Cluster};
use crate::server::{self, Server};
use crate::shell::{self, Log, Output, Running};
use crate::web::read;
use crate::workspace::Workspace;

/// How long a start may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// The quotas of a caller are wide open: what is tried is the server and not its gate.
const SETTINGS: &[(&str, &str)] = &[
    ("NOREN_STAFF_PER_MINUTE", "1000000"),
    ("NOREN_API_CLIENT_PER_MINUTE", "1000000"),
    ("NOREN_SEARCH_PER_SECOND", "1000000"),
    ("NOREN_LOGINS_PER_ADDRESS", "1000000"),
    ("NOREN_CONNECTIONS_PER_ADDRESS", "10000"),
    ("NOREN_DRAIN_SECONDS", "0"),
];

/// The binary in release, built once for all parts.
pub struct Ground<'a> {
    pub workspace: &'a Workspace,
    /// The binary `noren`.
    pub binary: PathBuf,
}

/// Which database a fault is made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A demo dealer of its own, whose server is started and ended as the proof wants it.
pub struct Stand {
    pub server: Server,
    pub dealer: Dealer,
    log: PathBuf,
    _cluster: Option<Cluster>,
    _folder: TempDir,
}

impl Stand {
    /// A dealer on a database that somebody else looks after.
    pub fn on(ground: &Ground<'_>, database: (&str, Option<String>), output: &Output) -> Result<Self, Error> {
        Self::within(folder()?, ground, database, output)
    }

    /// The same with its data in a folder that there is.
    pub fn within(
        folder: TempDir,
        ground: &Ground<'_>,
        (name, database_url): (&str, Option<String>),
        output: &Output,
    ) -> Result<Self, Error> {
        Self::empty(folder, ground, (name, database_url))?.seeded(output)
    }

    /// The same with the demo dealer; nothing serves yet.
    pub fn seeded(self, output: &Output) -> Result<Self, Error> {
        self.server.seed(output)?;
        let accounts = read(&server::data_folder(&self.server.root).join("demo-accounts.json"))?;
        Ok(Self { dealer: Dealer::of(self.server.port, &accounts)?, ..self })
    }

    /// A place for a dealer who comes from elsewhere.
    pub fn empty(
        folder: TempDir,
        ground: &Ground<'_>,
        (name, database_url): (&str, Option<String>),
    ) -> Result<Self, Error> {
        let server = Server {
            binary: ground.binary.clone(),
            root: folder.path().to_owned(),
            port: server::free_port()?,
            tls_port: None,
            database_url,
            settings: Some(SETTINGS),
            extreme: Vec::new(),
            demo: true,
        };
        let dealer = Dealer { port: server.port, accounts: Vec::new() };
        let log = ground.workspace.notes().join(format!("prove-server-{}.log", name.to_lowercase()));
        Ok(Self { server, dealer, log, _cluster: None, _folder: folder })
    }

    /// Fills an empty database; nothing serves yet.
    pub fn make(ground: &Ground<'_>, engine: Engine, output: &Output) -> Result<Self, Error> {
        let cluster = match engine {
            Engine::Postgres if postgres::given().is_none() => Some(Cluster::start(output)?),
            _ => None,
        };
        let database_url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => cluster.as_ref().map(Cluster::url).or_else(postgres::given),
        };
        Ok(Self { _cluster: cluster, ..Self::on(ground, (engine.name(), database_url), output)? })
    }

    /// Starts the server, and says how long it took until it was ready for work.
    pub fn start(&self) -> Result<(Running, Duration), Error> {
        let log = Output::Log(Log::create(self.log.clone())?);
        let begin = Instant::now();
        let mut running = Running::start(&mut self.server.command(&["serve"]), &log)?;
        loop {
            if Request::bare("GET", "/readyz").ask(self.server.port).is_ok_and(|answer| answer.is_success()) {
                return Ok((running, begin.elapsed()));
            }
            if let Some(status) = running.poll()? {
                return if shell::interrupted() { Err(Error::Interrupted) } else { Err(Error::ServerDied(status)) };
            }
            if begin.elapsed() > PATIENCE {
                return Err(Error::Silent { port: self.server.port, seconds: PATIENCE.as_secs() });
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// How many leads there are.
    pub fn leads(&self) -> Result<u64, Error> {
        let counts = Request::get("/api/v1/lead-counts", &self.dealer.sign_in()?).send(self.server.port)?;
        counts["all"].as_u64().ok_or_else(|| Error::Missing("the number of leads".to_owned()))
    }

    /// Walks the audit chains; an error where one is broken.
    pub fn verify(&self, output: &Output) -> Result<(), Error> {
        shell::run(&mut self.server.command(&["audit", "verify"]), output)
    }
}

/// A folder that goes with whoever has it.
pub fn folder() -> Result<TempDir, Error> {
    tempfile::Builder::new().prefix("noren-prove-").tempdir().map_err(Error::file(std::env::temp_dir()))
}
