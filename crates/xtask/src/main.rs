//! The commands of this repository. `cargo xtask run` starts Noren on a fresh machine, `cargo xtask test` proves it;
//! nothing here is part of the product, so nothing here depends on its crates.

mod bench;
mod browser;
mod bundle;
mod compress;
mod counts;
mod css;
mod dev;
mod error;
mod http;
mod openapi;
mod order;
mod os_release;
mod packages;
mod page;
mod parts;
mod postgres;
mod prove;
mod proxy;
mod run;
mod server;
mod shell;
mod simulator;
mod sizes;
mod split;
mod switch;
mod test;
mod tools;
mod trim;
mod wasm_target;
mod watch;
mod web;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Error;
use crate::shell::Output;
use crate::workspace::{Lock, Workspace};

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build everything in release, then start Noren on 127.0.0.1 with its data in ./data
    Run(run::Options),
    /// Run every test there is, or only the parts named
    Test(test::Options),
    /// Run the fast parts: formatting, clippy, unit tests and the API tests on SQLite
    Check,
    /// Start a development server that rebuilds and reloads on a change
    Dev(dev::Options),
    /// Build the web app into ./dist
    Web(web::Options),
    /// Write openapi/noren.json from the code
    Openapi,
    /// Prove what the server promises, by tools from outside and by faults on purpose
    Prove(prove::Options),
    /// Measure what the server promises of its speed, in release
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = shell::catch_signals().and_then(|()| obey(Cli::parse().command));
    match outcome {
        Ok(code) => code,
        Err(Error::Interrupted) => ExitCode::from(130),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Run(options) => run::run(&Workspace::find(Lock::Locked)?, &options),
        Command::Test(options) => test::test(&Workspace::find(Lock::Locked)?, &options),
        Command::Check => test::check(&Workspace::find(Lock::Open)?),
        Command::Dev(options) => dev::dev(&Workspace::find(Lock::Open)?, &options),
        Command::Web(options) => web::web(&Workspace::find(Lock::Open)?, &options),
        Command::Prove(options) => prove::prove(&Workspace::find(Lock::Locked)?, &options),
        Command::Bench(options) => bench::bench(&Workspace::find(Lock::Locked)?, &options),
        Command::Openapi => openapi::accept(&Workspace::find(Lock::Open)?, &Output::Terminal),
    }
}
