//! The binary `noren` as its operators meet it: a child process with an environment, exit codes and a log.

use std::path::PathBuf;
use std::process::{ExitStatus, Output, Stdio};
use std::sync::Arc;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use noren_server::clock::SystemClock;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

use super::client::Trust;
use super::database::Database;
use super::user::User;

/// The binary, with an empty database and a folder of its own.
pub struct Binary {
    pub url: String,
    folder: tempfile::TempDir,
    _database: Database,
}

/// A process that serves; it ends with the test at the latest.
pub struct Serving {
    pub log: PathBuf,
    pub address: String,
    /// Whom its callers trust.
    pub roots: Vec<CertificateDer<'static>>,
    child: Child,
}

impl Binary {
    pub async fn new() -> Self {
        let database = Database::create_empty().await;
        Self { url: database.url.clone(), folder: tempfile::tempdir().unwrap(), _database: database }
    }

    /// The folder that it keeps its secret key in.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The certificate of its local authority.
    pub fn authority(&self) -> PathBuf {
        self.data_dir().join("tls/authority.crt")
    }

    /// What `serve` prints for the person who started it.
    pub fn printed(&self) -> PathBuf {
        self.folder.path().join("serve.out")
    }

    /// A command line with the settings of this database and no others.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(path());
        command.args(arguments).current_dir(&self.folder).env_clear().kill_on_drop(true);
        command.env("NOREN_DATABASE_URL", &self.url).env("NOREN_DATA_DIR", self.data_dir());
        command.env("NOREN_LISTEN", "127.0.0.1:0").env("NOREN_DRAIN_SECONDS", "1").env("NOREN_POSTAL_CODES", "false");
        command.env("NOREN_SECOND_FACTOR", "optional");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Changes rows behind Noren's back, and says how many.
    pub async fn tamper(&self, statement: &str) -> u64 {
        super::database::tamper(&self.url, statement).await
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().await.unwrap()
    }

    /// Runs a command that reads a line.
    pub async fn run_with(&self, arguments: &[&str], line: &str) -> Output {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).await.unwrap();
        child.wait_with_output().await.unwrap()
    }

    /// Starts `noren serve` and waits until its log says where.
    pub async fn serve(&self) -> Serving {
        self.serve_with(&[]).await
    }

    /// The same with further settings; over TLS where they speak of it.
    pub async fn serve_with(&self, settings: &[(&str, &str)]) -> Serving {
        let log = self.folder.path().join("serve.log");
        let mut command = self.command(&["serve"]);
        command.envs(settings.iter().copied()).stderr(std::fs::File::create(&log).unwrap());
        let child = command.stdout(std::fs::File::create(self.printed()).unwrap()).spawn().unwrap();
        let mut serving = Serving { log, address: String::new(), roots: Vec::new(), child };
        let said = super::eventually(async || serving.find("serving").is_some()).await;
        assert!(said, "{}", std::fs::read_to_string(&serving.log).unwrap());
        let scheme = if settings.iter().any(|(name, _)| name.starts_with("NOREN_TLS")) { "https" } else { "http" };
        serving.address = format!("{scheme}://{}", serving.find("serving").unwrap()["address"].as_str().unwrap());
        serving.roots =
            std::fs::read(self.authority()).iter().map(|pem| CertificateDer::from_pem_slice(pem).unwrap()).collect();
        serving
    }
}

impl Serving {
    /// The first line of the log with this message.
    pub fn find(&self, message: &str) -> Option<Value> {
        let log = std::fs::read_to_string(&self.log).unwrap();
        let mut lines = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_default());
        lines.find(|line| line["message"] == message)
    }

    pub fn anonymous(&self) -> User {
        User::new(Trust { roots: self.roots.clone(), clock: Arc::new(SystemClock) }.client(), self.address.clone())
    }

    /// Asks it to look at its certificate again.
    pub fn hang_up(&self) {
        self.signal(Signal::SIGHUP);
    }

    /// Asks it to stop, as systemd and containers do.
    pub fn terminate(&self) {
        self.signal(Signal::SIGTERM);
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id().unwrap()).unwrap();
        kill(Pid::from_raw(id), signal).unwrap();
    }

    /// Ends it in the middle of whatever it does.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    pub async fn wait(&mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
    }
}

/// Where `cargo xtask` has built it: beside the folder of this test.
fn path() -> PathBuf {
    let path = std::env::current_exe().unwrap().parent().unwrap().with_file_name("noren");
    assert!(path.is_file(), "{} is not built: cargo build --bin noren", path.display());
    path
}
