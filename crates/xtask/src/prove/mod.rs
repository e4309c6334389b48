//! `cargo xtask prove [part]`: what the house promises, tried by tools from outside and by faults on purpose. Without a
//! part all of them are run; each says one line.

mod api;
mod config;
mod database;
mod dealer;
mod disk;
mod duplicates;
mod exclusions;
mod ground;
mod kill;
mod restore;
mod summary;
mod venv;
mod writers;

use std::process::{self, ExitCode};

use clap::{Args, Subcommand};

use crate::error::Error;
use crate::packages;
use crate::parts::{Outcome, Report};
use crate::run;
use crate::tools;
use crate::workspace::Workspace;

use api::Role;
use ground::Ground;
pub use venv::is_possible as has_python;

#[derive(Debug, Args)]
pub struct Options {
    /// What to prove; everything otherwise
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Debug, Clone, Subcommand)]
enum Part {
    /// The server does what its OpenAPI document says, whatever it is sent
    Api {
        /// The roles to prove it for; all of them otherwise
        roles: Vec<Role>,
    },
    /// The server is killed at random moments under load, and nothing that it acknowledged is lost or doubled
    Kill {
        /// How often on each database
        #[arg(long, default_value_t = TIMES)]
        times: u32,
        /// Of the moments, to have the same ones again; another one each time otherwise
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Every third answer is lost on the way, and each key still makes exactly one lead
    Duplicates {
        /// How many on each database
        #[arg(long, default_value_t = KEYS)]
        keys: usize,
    },
    /// PostgreSQL is cut off, killed and replaced by its standby, and nothing acknowledged is lost
    Database,
    /// A full disk is said, reads go on, and it recovers without a restart
    Disk,
    /// A backup under load, restored elsewhere, is the same to the last row
    Restore,
}

/// How often the server is killed.
const TIMES: u32 = 100;
/// How many things are made while answers get lost.
const KEYS: usize = 10_000;

pub fn prove(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    let parts = match &options.part {
        Some(part) => vec![part.clone()],
        None => vec![
            Part::Api { roles: Vec::new() },
            Part::Kill { times: TIMES, seed: None },
            Part::Duplicates { keys: KEYS },
            Part::Database,
            Part::Disk,
            Part::Restore,
        ],
    };
    let mut report = Report::begin(workspace);
    let ready = report.part("tools", |output| {
        packages::install(&tools::missing_for_build(), output)?;
        if parts.iter().any(|part| !matches!(part, Part::Api { .. })) {
            run::build(workspace)?;
        }
        Ok(Outcome::passed(""))
    })?;
    let ground = Ground { workspace, binary: run::binary(workspace) };
    for part in parts.iter().filter(|_| ready) {
        match part {
            Part::Api { roles } => api::prove(workspace, roles, &mut report),
            Part::Kill { times, seed } => {
                kill::prove(&ground, (*times, seed.unwrap_or(process::id().into())), &mut report)
            }
            Part::Duplicates { keys } => duplicates::prove(&ground, *keys, &mut report),
            Part::Database => database::prove(&ground, &mut report),
            Part::Disk => disk::prove(&ground, &mut report),
            Part::Restore => restore::prove(&ground, &mut report),
        }?;
    }
    Ok(report.end())
}
