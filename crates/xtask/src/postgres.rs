//! A PostgreSQL of our own for the length of a test run: a cluster in a temporary folder, on a free port, without any
//! of the durability that a test has no use for.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use nix::unistd::{User, geteuid};
use tempfile::TempDir;

use crate::error::Error;
use crate::shell::{self, Log, Output, Running};

/// The variable that names a PostgreSQL to use instead.
pub const URL_VARIABLE: &str = "NOREN_TEST_POSTGRES_URL";

const OLDEST: u32 = 15;
const PATIENCE: Duration = Duration::from_secs(60);

/// Another server may take a port between our finding it free and PostgreSQL's listening.
const ATTEMPTS: u32 = 3;

/// The PostgreSQL to test against, if the caller named one.
pub fn given() -> Option<String> {
    std::env::var_os(URL_VARIABLE).map(|url| url.to_string_lossy().into_owned()).filter(|url| !url.is_empty())
}

/// Where PostgreSQL's programs are.
#[derive(Debug)]
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

/// A running cluster; dropping it stops the server, then removes the folder.
#[derive(Debug)]
pub struct Cluster {
    port: u16,
    _server: Running,
    _folder: TempDir,
}

impl Cluster {
    pub fn start(output: &Output) -> Result<Self, Error> {
        let installation =
            Installation::find().ok_or_else(|| Error::Missing(format!("PostgreSQL {OLDEST} or later")))?;
        let owner = Owner::choose();
        let folder =
            tempfile::Builder::new().prefix("noren-postgres-").tempdir().map_err(Error::file(std::env::temp_dir()))?;
        owner.own(folder.path())?;

        let mut initdb = owner.command(&installation.folder.join("initdb"), folder.path());
        initdb.arg("--pgdata").arg(folder.path().join("data"));
        initdb.args(["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]);
        shell::run(&mut initdb, output)?;

        let mut attempt = 1;
        let (server, port) = loop {
            match serve(&installation, &owner, folder.path()) {
                Err(Error::ClusterDead(_)) if attempt < ATTEMPTS => attempt += 1,
                started => break started?,
            }
        };
        output.say(&format!("PostgreSQL listens on port {port}"));
        Ok(Self { port, _server: server, _folder: folder })
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

fn serve(installation: &Installation, owner: &Owner, folder: &Path) -> Result<(Running, u16), Error> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|source| Error::Start { program: "postgres".to_owned(), source })?
        .port();
    let log = folder.join("log");
    let mut postgres = owner.command(&installation.folder.join("postgres"), folder);
    postgres.arg("-D").arg(folder.join("data")).arg("-p").arg(port.to_string());
    let sockets = format!("unix_socket_directories={}", folder.display());
    for setting in [
        "listen_addresses=127.0.0.1",
        "max_connections=300",
        "shared_buffers=128MB",
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        &sockets,
    ] {
        postgres.arg("-c").arg(setting);
    }
    let mut server = Running::start(&mut postgres, &Output::Log(Log::create(log.clone())?))?;
    let begin = Instant::now();
    loop {
        let told = fs::read_to_string(&log).map_err(Error::file(&log))?;
        if told.contains("ready to accept connections") {
            return Ok((server, port));
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
