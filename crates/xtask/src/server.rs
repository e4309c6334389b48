//! The binary `noren` as a child: what it is told through its environment, and when it is ready.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::shell::{self, Output, Running};
use crate::simulator;
use crate::workspace::Workspace;

const PATIENCE: Duration = Duration::from_secs(60);

/// Where a server listens and keeps its data.
#[derive(Debug)]
pub struct Server {
    pub binary: PathBuf,
    pub root: PathBuf,
    /// Where it answers in plain http.
    pub port: u16,
    /// Where it serves the whole network over TLS, if it is to; the plain port then leads there.
    pub tls_port: Option<u16>,
    pub database_url: Option<String>,
    /// The settings of a server to which those in our own environment must not come; `None` where they are for it.
    pub settings: Option<&'static [(&'static str, &'static str)]>,
    /// The way to EXTREME, in the server's own variables; empty where it is to find one by itself, or none.
    pub extreme: Vec<(&'static str, String)>,
    /// Whether somebody tries Noren with the demo dealer, whose administrator is asked for no second factor then.
    pub demo: bool,
}

impl Server {
    /// The binary with the settings of this server.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.current_dir(&self.root).args(arguments);
        if let Some(settings) = self.settings {
            for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NOREN_")) {
                command.env_remove(name);
            }
            command.envs(settings.iter().copied());
        }
        if self.demo && std::env::vars_os().all(|(name, _)| name != "NOREN_SECOND_FACTOR") {
            command.env("NOREN_SECOND_FACTOR", "optional");
        }
        match self.tls_port {
            None => command.env("NOREN_LISTEN", address(self.port).to_string()),
            Some(tls_port) => {
                let everywhere = |port| SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)).to_string();
                command.env("NOREN_LISTEN", everywhere(tls_port)).env("NOREN_HTTP_LISTEN", everywhere(self.port));
                command.env("NOREN_TLS", "local")
            }
        };
        command.envs(self.extreme.iter().map(|(name, value)| (name, value)));
        command.env("NOREN_DATA_DIR", data_folder(&self.root));
        if self.keeps_mail() {
            command.env("NOREN_MAIL_FOLDER", mail_folder(&self.root));
        }
        if let Some(url) = &self.database_url {
            command.env("NOREN_DATABASE_URL", url);
        }
        command
    }

    /// Whether mail is looked at in the data folder, because nobody has set up another way for it.
    pub fn keeps_mail(&self) -> bool {
        let set_up = self.root.join("noren.toml").exists()
            || ["NOREN_MAIL_SMTP_URL", "NOREN_MAIL_FOLDER"].iter().any(|name| std::env::var_os(name).is_some());
        self.settings.is_some() || !set_up
    }

    /// Fills an empty database with the demo dealer; returns what there is to know about its accounts.
    pub fn seed(&self, output: &Output) -> Result<String, Error> {
        shell::run(&mut self.command(&["migrate"]), output)?;
        shell::capture(&mut self.command(&["seed", "--demo"]))
    }

    /// Reads all that EXTREME has.
    pub fn sync(&self, output: &Output) -> Result<(), Error> {
        shell::run(&mut self.command(&["sync"]), output)
    }

    /// Starts the server and waits until it answers.
    pub fn start(&self, output: &Output) -> Result<Running, Error> {
        let mut running = Running::start(&mut self.command(&["serve"]), output)?;
        let begin = Instant::now();
        while !answers(self.port) {
            if let Some(status) = running.poll()? {
                return if shell::interrupted() { Err(Error::Interrupted) } else { Err(Error::ServerDied(status)) };
            }
            if begin.elapsed() > PATIENCE {
                return Err(Error::Silent { port: self.port, seconds: PATIENCE.as_secs() });
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(running)
    }
}

/// Builds the server of the dev profile, and the simulator of EXTREME beside it. Every dev build names the whole
/// workspace and, by `--examples` (of which there are none), the development dependencies: cargo then unifies the same
/// features for all of them and compiles no dependency twice.
pub fn build_dev(workspace: &Workspace, output: &Output) -> Result<PathBuf, Error> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--workspace", "--bin", "noren", "--bin", simulator::PROGRAM, "--examples"]);
    shell::run(cargo.args(workspace.lock_arguments()), output)?;
    Ok(workspace.target.join("debug/noren"))
}

pub fn data_folder(root: &Path) -> PathBuf {
    root.join("data")
}

pub fn mail_folder(root: &Path) -> PathBuf {
    data_folder(root).join("mail")
}

/// A port that nobody listened on a moment ago.
pub fn free_port() -> Result<u16, Error> {
    let bound = TcpListener::bind(address(0)).and_then(|listener| listener.local_addr());
    bound.map(|address| address.port()).map_err(|source| Error::Start { program: "noren".to_owned(), source })
}

/// Says so early when the port cannot be had.
pub fn demand_free(port: u16) -> Result<(), Error> {
    TcpListener::bind(address(port)).map(drop).map_err(|_| Error::PortTaken(port))
}

/// The server's status as our own.
pub fn exit_code(status: ExitStatus) -> ExitCode {
    status.code().map_or(ExitCode::FAILURE, |code| ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address(port), Duration::from_millis(500))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(head.starts_with(b"HTTP/1.") && head.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
