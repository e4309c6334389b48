//! `cargo xtask bench`: figures that the documents promise, measured in release on this machine.

mod live;
mod memory;
mod stand;
mod sync;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::error::Error;
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The first synchronisation with EXTREME, and a round without a change, on SQLite and on PostgreSQL
    Sync(sync::Options),
    /// Live reads while EXTREME is well, slow and gone, and what waited leaving when it is back, on SQLite and on PostgreSQL
    Live(live::Options),
}

pub fn bench(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    match &options.what {
        What::Sync(options) => sync::sync(workspace, options),
        What::Live(options) => live::live(workspace, options),
    }
}
