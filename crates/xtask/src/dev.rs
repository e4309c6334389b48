//! `cargo xtask dev`: the development server. A change to the web app builds it again and the open pages reload
//! themselves; a change to the server builds and restarts it. A build that fails leaves the last good one running.

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::Args;

use crate::error::Error;
use crate::packages;
use crate::server::{self, Server};
use crate::shell::{self, Output, Running, step};
use crate::simulator::{self, Simulator};
use crate::tools;
use crate::wasm_target::Toolchain;
use crate::watch::{Stale, Watch};
use crate::web::{self, Mode};
use crate::workspace::Workspace;

const PACE: Duration = Duration::from_millis(500);

#[derive(Debug, Args)]
pub struct Options {
    /// The port of 127.0.0.1 to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The database; an SQLite file under ./data otherwise
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The port of 127.0.0.1 for EXTREME's simulator
    #[arg(long, default_value_t = 8090)]
    extreme_port: u16,
}

pub fn dev(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    server::demand_free(options.port)?;
    let (binary, root, port) = (server::simulator_dev(workspace), workspace.root.clone(), options.extreme_port);
    let simulator = (!simulator::is_needless(&root)).then_some(Simulator { binary, root, port });
    if simulator.is_some() {
        simulator::demand_free(port)?;
    }
    packages::install(&tools::missing_for_build(), &Output::Terminal)?;
    let toolchain = Toolchain::find_or_install(workspace, &Output::Terminal)?;
    let build_web = || step("building the web app", || web::build(workspace, Mode::Dev, &toolchain, &Output::Terminal));
    let build_server = || step("building the server", || server::build_dev(workspace, &Output::Terminal));

    let mut watch = Watch::begin(&workspace.root);
    build_web()?;
    let server = Server {
        binary: build_server()?,
        root: workspace.root.clone(),
        port: options.port,
        tls_port: None,
        database_url: options.database_url.clone(),
        settings: None,
        extreme: simulator.as_ref().map(Simulator::settings).unwrap_or_default(),
        demo: true,
    };
    let accounts = server.seed(&Output::Terminal)?;
    // It goes on with what it was started with while the server is built again; Ctrl-C ends it too.
    let mut extreme = simulator.as_ref().map(|simulator| simulator.start(&Output::Terminal)).transpose()?;
    let mut running = Some(server.start(&Output::Terminal)?);
    println!("\nNoren is at http://127.0.0.1:{}/ and watches its sources (Ctrl-C ends it)\n", options.port);
    println!("{}", accounts.trim_end());

    while !shell::interrupted() {
        thread::sleep(PACE);
        notice_death(&mut running, "the server")?;
        notice_death(&mut extreme, "EXTREME's simulator")?;
        let stale = settled(&mut watch);
        if stale.web {
            survive(build_web())?;
        }
        if stale.server && survive(build_server())?.is_some() {
            if let Some(old) = running.take() {
                old.stop()?;
            }
            running = survive(server.start(&Output::Terminal))?;
        }
    }
    running.map_or(Ok(ExitCode::SUCCESS), |running| running.stop().map(server::exit_code))
}

/// Waits until an editor or git has written all it has to write.
fn settled(watch: &mut Watch) -> Stale {
    let mut stale = watch.look();
    if stale.any() {
        loop {
            thread::sleep(PACE / 2);
            let more = watch.look();
            if !more.any() {
                break;
            }
            stale = stale.and(more);
        }
    }
    stale
}

/// A failed build is told and waited out; only an interruption ends the loop.
fn survive<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::Interrupted) => Err(Error::Interrupted),
        Err(error) => {
            println!("    {error}\n    waiting for the next change");
            Ok(None)
        }
    }
}

fn notice_death(running: &mut Option<Running>, who: &str) -> Result<(), Error> {
    if let Some(child) = running
        && let Some(status) = child.poll()?
    {
        if !shell::interrupted() {
            println!("    {who} ended with {status}\n    waiting for the next change");
        }
        *running = None;
    }
    Ok(())
}
