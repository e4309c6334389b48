//! The first synchronisation: `noren sync` against a simulator with a large dealer, into an empty database.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use tempfile::TempDir;

use super::memory::Memory;
use crate::error::Error;
use crate::http::Request;
use crate::postgres::{self, Cluster};
use crate::run;
use crate::server::free_port;
use crate::shell::{self, Log, Output, Running, step};
use crate::simulator::{self, Dealer, Simulator};
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub struct Options {
    /// Vehicles of the dealer
    #[arg(long, default_value_t = 100_000)]
    vehicles: u64,
    /// Customers of the dealer, with what they bought and had done
    #[arg(long, default_value_t = 200_000)]
    customers: u64,
}

/// How often its memory is looked at.
const EVERY: Duration = Duration::from_millis(20);

pub fn sync(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    step("building in release", || run::build(workspace))?;
    let folder = tempfile::tempdir().map_err(Error::file(std::env::temp_dir()))?;
    let (vehicles, customers) = (options.vehicles, options.customers);
    let simulator = Simulator {
        binary: simulator::release_binary(workspace),
        root: folder.path().to_owned(),
        port: free_port()?,
        dealer: Dealer::Still { vehicles, customers },
    };
    let bench = Bench { workspace, folder, simulator };
    let title = format!("making up {vehicles} vehicles and {customers} customers");
    let _running = step(&title, || bench.simulator.start(&bench.log("simulator")?))?;
    bench.measure("SQLite", None)?;
    if let Some(url) = postgres::given() {
        bench.measure("PostgreSQL", Some(&url))?;
    } else {
        let cluster = Cluster::start(&bench.log("postgres")?)?;
        bench.measure("PostgreSQL", Some(&cluster.url()))?;
    }
    Ok(ExitCode::SUCCESS)
}

struct Bench<'a> {
    workspace: &'a Workspace,
    folder: TempDir,
    /// Its store is a file, so that its memory is not in the way of who is measured.
    simulator: Simulator,
}

impl Bench<'_> {
    fn log(&self, name: &str) -> Result<Output, Error> {
        Ok(Output::Log(Log::create(self.folder.path().join(name).with_extension("log"))?))
    }

    /// The first round and one without a change.
    fn measure(&self, name: &str, database_url: Option<&str>) -> Result<(), Error> {
        let data = self.folder.path().join(name);
        println!("\n{name}, first synchronisation");
        shell::run(&mut self.noren("migrate", &data, database_url), &self.log(name)?)?;
        self.round(&mut self.noren("sync", &data, database_url))?;
        println!("{name}, a round without a change");
        Request::bare("DELETE", "/control/requests").send(self.simulator.port)?;
        self.round(&mut self.noren("sync", &data, database_url))?;
        let requests = Request::bare("GET", "/control/requests").send(self.simulator.port)?;
        println!("  requests: {}", requests["operations"]);
        Ok(())
    }

    fn noren(&self, command: &str, data: &Path, database_url: Option<&str>) -> Command {
        let mut noren = Command::new(run::binary(self.workspace));
        noren.arg(command).current_dir(self.folder.path());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NOREN_")) {
            noren.env_remove(name);
        }
        noren.env("NOREN_DATA_DIR", data).env("NOREN_EXTREME_PER_MINUTE", "1000000").envs(self.simulator.settings());
        if let Some(url) = database_url {
            noren.env("NOREN_DATABASE_URL", url);
        }
        noren
    }

    /// Runs `noren sync`, and looks at its memory from its first word on.
    fn round(&self, noren: &mut Command) -> Result<(), Error> {
        let begin = Instant::now();
        let (mut running, out) = Running::listen(noren)?;
        let mut lines = BufReader::new(out).lines();
        let _first = lines.next();
        let (at_rest, begun) = (Memory::of(running.id()), Instant::now());
        let mut most = at_rest;
        let status = loop {
            most = Memory::of(running.id()).or(most);
            if let Some(status) = running.poll()? {
                break status;
            }
            thread::sleep(EVERY);
        };
        for line in lines.map_while(Result::ok) {
            println!("  {line}");
        }
        println!("  {:<36} {:>7.2} s", "together", begun.elapsed().as_secs_f64());
        println!("  {:<36} {:>7.2} s", "with its start", begin.elapsed().as_secs_f64());
        if let (Some(at_rest), Some(most)) = (at_rest, most) {
            let (now, most) = (at_rest.now, most.most);
            println!("  memory: {now:.1} MB before, {most:.1} MB at most, {:.1} MB more", most - now);
        }
        if status.success() { Ok(()) } else { Err(Error::ServerDied(status)) }
    }
}
