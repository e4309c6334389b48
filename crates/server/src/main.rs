//! The binary `noren`.

use clap::Parser;
use noren_server::command::{Cli, run};

#[actix_web::main]
async fn main() -> std::process::ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("noren: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
