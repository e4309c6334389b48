//! A PostgreSQL of our own for the length of a test run: a cluster in a temporary folder, on a free port, without any
//! of the durability that a test has no use for.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use nix::unistd::{User, geteuid};
use tempfile::TempDir;

use crate::error::Error;
use crate::server::free_port;
use crate::shell::{self, Log, Output, Running};

/// The variable that names a PostgreSQL to use instead.
pub const URL_VARIABLE: &str = "NOREN_TEST_POSTGRES_URL";

const OLDEST: u32 = 15;
const PATIENCE: Duration = Duration::from_secs(60);

/// What a server says that takes connections, and what a standby says.
const READY: [&str; 2] = ["ready to accept connections", "ready to accept read-only connections"];

/// Another server may take a port between our finding it free and PostgreSQL's listening.
const ATTEMPTS: u32 = 3;

/// The PostgreSQL to test against, if the caller named one.
pub fn given() -> Option<String> {
    std::env::var_os(URL_VARIABLE).map(|url| url.to_string_lossy().into_owned()).filter(|url| !url.is_empty())
}

/// Where PostgreSQL's programs are.
#[derive(Debug, Clone)]
pub struct Installation {
    folder: PathBuf,
}

impl Installation {
    /// The newest one installed, if it is new enough. Debian keeps the programs out of `PATH`.
    pub fn find() -> Option<Self> {
        let in_path = shell::find_program("initdb").and_then(|file| file.parent().map(Path::to_path_buf));
        let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        in_path
            .into_iter()
            .chain(debian.map(|version| version.path().join("bin")))
            .filter(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
            .filter_map(|folder| Some((major(&folder)?, folder)))
            .filter(|(major, _)| *major >= OLDEST)
            .max_by_key(|(major, _)| *major)
            .map(|(_, folder)| Self { folder })
    }
}

fn major(folder: &Path) -> Option<u32> {
    parse_major(&shell::capture(Command::new(folder.join("initdb")).arg("--version")).ok()?)
}

/// `initdb (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` → 15.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL)")?.1.trim_start();
    number.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

/// What a cluster does for what it has acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: a test has no use for it.
    Off,
    /// As PostgreSQL is shipped.
    On,
}

/// A running cluster; dropping it stops the server, then removes the folder.
#[derive(Debug)]
pub struct Cluster {
    port: u16,
    server: Option<Running>,
    durability: Durability,
    installation: Installation,
    owner: Owner,
    folder: TempDir,
}

impl Cluster {
    /// A cluster of tests, which forgets when the machine goes down.
    pub fn start(output: &Output) -> Result<Self, Error> {
        Self::start_with(Durability::Off, output)
    }

    pub fn start_with(durability: Durability, output: &Output) -> Result<Self, Error> {
        let (installation, owner, folder) = prepare()?;
        let mut initdb = owner.command(&installation.folder.join("initdb"), folder.path());
        initdb.arg("--pgdata").arg(folder.path().join("data"));
        initdb.args(["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]);
        shell::run(&mut initdb, output)?;
        Self::serve(installation, owner, folder, durability, output)
    }

    /// Another cluster that follows this one, and is promised everything before this one acknowledges it.
    pub fn standby(&self, output: &Output) -> Result<Self, Error> {
        let (installation, owner, folder) = prepare()?;
        let mut copy = owner.command(&installation.folder.join("pg_basebackup"), folder.path());
        copy.arg("--pgdata").arg(folder.path().join("data")).arg("--dbname").arg(self.url());
        copy.args(["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"]);
        shell::run(&mut copy, output)?;
        let standby = Self::serve(installation, owner, folder, self.durability, output)?;
        self.execute("ALTER SYSTEM SET synchronous_standby_names = '*'", output)?;
        self.execute("SELECT pg_reload_conf()", output)?;
        Ok(standby)
    }

    /// Makes a standby the one that writes; returns when it does.
    pub fn promote(&self, output: &Output) -> Result<(), Error> {
        self.execute("SELECT pg_promote(true, 60)", output)
    }

    /// Ends the server without asking, as a power cut would.
    pub fn kill(&mut self) -> Result<(), Error> {
        self.server.take().map_or(Ok(()), |server| server.kill().map(drop))
    }

    /// Starts a killed server again where it was; returns when it takes connections.
    pub fn start_again(&mut self) -> Result<(), Error> {
        let begin = Instant::now();
        loop {
            match serve(&self.installation, &self.owner, (self.folder.path(), self.port), self.durability) {
                Ok(server) => {
                    self.server = Some(server);
                    return Ok(());
                }
                // What the killed one had begun is still ending.
                Err(Error::ClusterDead(_)) if begin.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(100)),
                Err(error) => return Err(error),
            }
        }
    }

    fn serve(
        installation: Installation,
        owner: Owner,
        folder: TempDir,
        durability: Durability,
        output: &Output,
    ) -> Result<Self, Error> {
        let mut attempt = 1;
        let (server, port) = loop {
            let port = free_port()?;
            match serve(&installation, &owner, (folder.path(), port), durability) {
                Err(Error::ClusterDead(_)) if attempt < ATTEMPTS => attempt += 1,
                started => break (Some(started?), port),
            }
        };
        output.say(&format!("PostgreSQL listens on port {port}"));
        Ok(Self { port, server, durability, installation, owner, folder })
    }

    fn execute(&self, statement: &str, output: &Output) -> Result<(), Error> {
        let mut psql = self.owner.command(&self.installation.folder.join("psql"), self.folder.path());
        shell::run(psql.args(["--no-psqlrc", "--quiet", "--command", statement]).arg(self.url()), output)
    }

    /// Where it listens on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

/// What there is before a cluster: PostgreSQL, who runs it, and their folder.
fn prepare() -> Result<(Installation, Owner, TempDir), Error> {
    let installation = Installation::find().ok_or_else(|| Error::Missing(format!("PostgreSQL {OLDEST} or later")))?;
    let owner = Owner::choose();
    let folder = tempfile::Builder::new().prefix("noren-postgres-").tempdir();
    let folder = folder.map_err(Error::file(std::env::temp_dir()))?;
    owner.own(folder.path())?;
    Ok((installation, owner, folder))
}

fn serve(
    installation: &Installation,
    owner: &Owner,
    (folder, port): (&Path, u16),
    durability: Durability,
) -> Result<Running, Error> {
    let log = folder.join("log");
    let mut postgres = owner.command(&installation.folder.join("postgres"), folder);
    postgres.arg("-D").arg(folder.join("data")).arg("-p").arg(port.to_string());
    let sockets = format!("unix_socket_directories={}", folder.display());
    let fast: &[&str] = match durability {
        Durability::Off => &["fsync=off", "full_page_writes=off", "synchronous_commit=off"],
        Durability::On => &[],
    };
    let settings = ["listen_addresses=127.0.0.1", "max_connections=300", "shared_buffers=128MB", &sockets];
    for setting in settings.iter().chain(fast) {
        postgres.arg("-c").arg(setting);
    }
    let mut server = Running::start(&mut postgres, &Output::Log(Log::create(log.clone())?))?;
    let begin = Instant::now();
    loop {
        let told = fs::read_to_string(&log).map_err(Error::file(&log))?;
        if READY.iter().any(|words| told.contains(words)) {
            return Ok(server);
        }
        if shell::interrupted() {
            return Err(Error::Interrupted);
        }
        if server.poll()?.is_some() || begin.elapsed() > PATIENCE {
            return Err(Error::ClusterDead(told));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Whose cluster it is: PostgreSQL refuses to run as root.
#[derive(Debug)]
struct Owner {
    /// None when we may run it as ourselves.
    other: Option<User>,
}

impl Owner {
    fn choose() -> Self {
        if !geteuid().is_root() {
            return Self { other: None };
        }
        let other = ["postgres", "nobody"].into_iter().find_map(|name| User::from_name(name).ok().flatten());
        Self { other }
    }

    fn own(&self, folder: &Path) -> Result<(), Error> {
        self.other.as_ref().map_or(Ok(()), |user| {
            chown(folder, Some(user.uid.as_raw()), Some(user.gid.as_raw())).map_err(Error::file(folder))
        })
    }

    /// A program of PostgreSQL's, run by the owner. The kernel ends it should this process be killed outright.
    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = if shell::find_program("setpriv").is_some() {
            let mut setpriv = Command::new("setpriv");
            setpriv.args(["--pdeathsig", "QUIT"]);
            if let Some(user) = &self.other {
                setpriv.arg(format!("--reuid={}", user.uid)).arg(format!("--regid={}", user.gid)).arg("--clear-groups");
            }
            setpriv.arg(program);
            setpriv
        } else if let Some(user) = &self.other {
            let mut runuser = Command::new("runuser");
            runuser.args(["-u", &user.name, "--"]).arg(program);
            runuser
        } else {
            Command::new(program)
        };
        // A variable like PGPORT or PGDATA must not reach a cluster of ours.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        command.current_dir(folder).env("LC_ALL", "C.UTF-8").env("HOME", folder);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_in_every_form() {
        let cases = [
            ("initdb (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", Some(15)),
            ("initdb (PostgreSQL) 17.0", Some(17)),
            ("initdb (PostgreSQL) 18beta1", Some(18)),
            ("initdb (PostgreSQL) 18", Some(18)),
            ("no idea", None),
        ];
        for (version, expected) in cases {
            assert_eq!(parse_major(version), expected, "{version}");
        }
    }
}
