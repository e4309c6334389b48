//! `cargo xtask run`: from a fresh clone to a running Noren with one command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::error::Error;
use crate::packages;
use crate::server::{self, Server};
use crate::shell::{self, Output, step};
use crate::tools;
use crate::wasm_target::Toolchain;
use crate::web::{self, Mode};
use crate::workspace::Workspace;

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
    /// Start without the demo dealer
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
    step("building the server", || build(workspace))?;

    let server = Server {
        binary: binary(workspace),
        root: workspace.root.clone(),
        port: options.port,
        tls_port,
        database_url: options.database_url.clone(),
        settings: None,
        demo: !options.no_demo,
    };
    let accounts = if options.no_demo {
        None
    } else {
        Some(step("looking after the demo data", || server.seed(&Output::Terminal))?)
    };
    let mut running = step("starting the server", || server.start(&Output::Terminal))?;
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
    if server.keeps_mail() {
        println!("Mail is put into {}", workspace.shown(&server::mail_folder(&server.root)));
    }
    running.wait().map(server::exit_code)
}

fn build(workspace: &Workspace) -> Result<(), Error> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--package", "noren-server"]).args(workspace.lock_arguments());
    shell::run(&mut cargo, &Output::Terminal)
}

fn binary(workspace: &Workspace) -> PathBuf {
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
