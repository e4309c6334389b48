//! `cargo xtask run`: from a fresh clone to a running Noren with one command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::Args;

use crate::error::Error;
use crate::packages;
use crate::server::{self, Server};
use crate::shell::{self, Output, Running, step};
use crate::simulator::{self, Dealer, Simulator};
use crate::tools;
use crate::wasm_target::Toolchain;
use crate::web::{self, Mode};
use crate::workspace::Workspace;

/// How often both are looked after.
const PACE: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
pub struct Options {
    /// The database, for example postgres://user:password@127.0.0.1/noren; an SQLite file under ./data otherwise
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The port of 127.0.0.1 to listen on; with --lan, that of every address where plain http is sent over to TLS
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Serve every device in this network, over TLS by a local authority that they are helped to trust
    #[arg(long)]
    lan: bool,
    /// The port for TLS
    #[arg(long, default_value_t = 8443, requires = "lan")]
    tls_port: u16,
    /// The port of 127.0.0.1 for EXTREME's simulator
    #[arg(long, default_value_t = 8090)]
    extreme_port: u16,
    /// Start without the demo dealer, and without EXTREME's simulator
    #[arg(long)]
    no_demo: bool,
    /// Delete ./data first
    #[arg(long)]
    reset: bool,
}

/// Why `--reset` deletes nothing.
#[derive(Debug, thiserror::Error)]
pub enum ResetRefused {
    #[error("--reset deletes ./data only; a database named by --database-url is yours to empty")]
    OtherDatabase,
    #[error("{} does not look like Noren's data, so --reset leaves it alone", .0.display())]
    NotOurs(PathBuf),
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    let tls_port = options.lan.then_some(options.tls_port);
    for port in [Some(options.port), tls_port].into_iter().flatten() {
        server::demand_free(port)?;
    }
    let simulator = simulator(workspace, options);
    if simulator.is_some() {
        simulator::demand_free(options.extreme_port)?;
    }
    if options.reset {
        reset(workspace, options)?;
    }
    packages::install(&tools::missing_for_build(), &Output::Terminal)?;
    if !binary(workspace).exists() {
        println!("The first run compiles everything: about 16 minutes on two cores. A later one takes seconds.");
    }
    let toolchain = step("finding the WASM target", || Toolchain::find_or_install(workspace, &Output::Terminal))?;
    println!("    {toolchain}");
    step("building the web app", || web::build(workspace, Mode::Release, &toolchain, &Output::Terminal))?;
    step("building the server and EXTREME's simulator", || build(workspace))?;

    let server = Server {
        binary: binary(workspace),
        root: workspace.root.clone(),
        port: options.port,
        tls_port,
        database_url: options.database_url.clone(),
        settings: None,
        extreme: simulator.as_ref().map(Simulator::settings).unwrap_or_default(),
        demo: !options.no_demo,
    };
    let accounts = if options.no_demo {
        None
    } else {
        Some(step("looking after the demo data", || server.seed(&Output::Terminal))?)
    };
    let start = |simulator: &Simulator| step("starting EXTREME's simulator", || simulator.start(&Output::Terminal));
    let extreme = simulator.as_ref().map(start).transpose()?;
    let running = step("starting the server", || server.start(&Output::Terminal))?;
    if options.lan {
        // The server itself has said where it is.
        println!("Ctrl-C ends it.\n");
    } else {
        println!("\nNoren is at http://127.0.0.1:{}/ (Ctrl-C ends it)\n", options.port);
    }
    match accounts {
        Some(accounts) => println!("{}", accounts.trim_end()),
        None => {
            println!("No demo data: where nobody works yet, the server has just said the address that sets Noren up.");
        }
    }
    if let Some(simulator) = &simulator {
        println!("EXTREME is played by a simulator with a made-up dealer: {}", simulator.page());
    }
    if server.keeps_mail() {
        println!("Mail is put into {}", workspace.shown(&server::mail_folder(&server.root)));
    }
    both(running, extreme)
}

/// Waits for the end of the server or of the simulator; the other one ends with it.
fn both(mut server: Running, mut extreme: Option<Running>) -> Result<ExitCode, Error> {
    loop {
        if let Some(status) = server.poll()? {
            if extreme.is_some() && !shell::interrupted() {
                println!("The server ended with {status}; EXTREME's simulator ends with it.");
            }
            return Ok(server::exit_code(status));
        }
        if let Some(simulator) = &mut extreme
            && !shell::interrupted()
            && let Some(status) = simulator.poll()?
        {
            println!("EXTREME's simulator ended with {status}; the server ends with it.");
            server.stop()?;
            return Ok(ExitCode::FAILURE);
        }
        thread::sleep(PACE);
    }
}

/// What stands in for EXTREME beside the demo dealer, unless this server has an EXTREME of its own.
fn simulator(workspace: &Workspace, options: &Options) -> Option<Simulator> {
    let (binary, root) = (simulator::release_binary(workspace), workspace.root.clone());
    let is_wanted = !options.no_demo && !simulator::is_needless(&root);
    is_wanted.then_some(Simulator { binary, root, port: options.extreme_port, dealer: Dealer::Demo })
}

/// Both together always, so that neither is compiled again for the other's sake.
pub fn build(workspace: &Workspace) -> Result<(), Error> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--package", "noren-server", "--package", simulator::PACKAGE]);
    cargo.args(workspace.lock_arguments());
    shell::run(&mut cargo, &Output::Terminal)
}

pub fn binary(workspace: &Workspace) -> PathBuf {
    workspace.target.join("release/noren")
}

fn reset(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    if options.database_url.is_some() {
        return Err(ResetRefused::OtherDatabase.into());
    }
    let data = server::data_folder(&workspace.root);
    if !data.exists() {
        return Ok(());
    }
    if !is_ours(&data).map_err(Error::file(&data))? {
        return Err(ResetRefused::NotOurs(data).into());
    }
    println!("--reset: deleting {} with its database, keys and files", data.display());
    fs::remove_dir_all(&data).map_err(Error::file(&data))
}

fn is_ours(data: &Path) -> io::Result<bool> {
    let known = ["noren.sqlite3", "demo-accounts.json"].iter().any(|name| data.join(name).exists());
    Ok(known || fs::read_dir(data)?.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn child(script: &str) -> Running {
        Running::start(Command::new("sh").args(["-c", script]), &Output::Terminal).unwrap()
    }

    #[test]
    fn the_death_of_one_ends_the_other() {
        assert_eq!(both(child("exec sleep 600"), Some(child("exit 3"))).unwrap(), ExitCode::FAILURE);
        assert_eq!(both(child("exit 3"), Some(child("exec sleep 600"))).unwrap(), ExitCode::from(3));
        assert_eq!(both(child("exit 0"), None).unwrap(), ExitCode::SUCCESS);
    }

    #[test]
    fn only_a_folder_of_ours_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_ours(folder.path()).unwrap());
        fs::write(folder.path().join("thesis.txt"), "dear").unwrap();
        assert!(!is_ours(folder.path()).unwrap());
        fs::write(folder.path().join("noren.sqlite3"), "").unwrap();
        assert!(is_ours(folder.path()).unwrap());
    }
}
