//! `cargo xtask prove restore`: a backup is made while people write, and put into two other places; another one once nobody
//! writes. By the sums of all that the databases hold, told by their own programs, both places are equal and the quiet one is
//! the source; everything acknowledged before the backup began is in it, and the audit chains are whole.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use super::dealer::Dealer;
use super::ground::{Engine, Ground, Stand, folder};
use super::writers::{self, Writers};
use crate::error::Error;
use crate::packages;
use crate::parts::{Outcome, Report};
use crate::postgres::Cluster;
use crate::shell::{self, Output};
use crate::{server, tools};

const EVERY: Duration = Duration::from_millis(40);
/// How long people write before the backup and after it.
const AROUND: Duration = Duration::from_secs(1);
/// Leads that are acknowledged before the backup begins.
const BEFORE: usize = 200;

pub fn prove(ground: &Ground<'_>, report: &mut Report<'_>) -> Result<(), Error> {
    for engine in Engine::ALL {
        report.part(&format!("restore {}", engine.name()), |output| {
            packages::install(&tools::missing_for_restore(), output)?;
            on(ground, engine, output)
        })?;
    }
    Ok(())
}

/// A dealer with the cluster that the database is in.
struct Place {
    stand: Stand,
    cluster: Option<Cluster>,
}

impl Place {
    fn new(ground: &Ground<'_>, engine: Engine, output: &Output) -> Result<Self, Error> {
        let cluster = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Cluster::start(output)?),
        };
        let url = cluster.as_ref().map(Cluster::url);
        Ok(Self { stand: Stand::empty(folder()?, ground, ("restore", url))?, cluster })
    }

    fn run(&self, arguments: &[&str], output: &Output) -> Result<(), Error> {
        shell::run(&mut self.stand.server.command(arguments), output)
    }

    /// A sum of every row of every table.
    fn sum(&self) -> Result<String, Error> {
        let told = match &self.cluster {
            None => {
                let file = server::data_folder(&self.stand.server.root).join("noren.sqlite3");
                shell::capture(Command::new("sqlite3").arg(file).arg(".dump"))?
            }
            Some(cluster) => shell::capture(Command::new("pg_dump").args([
                "--data-only",
                "--disable-triggers",
                "--dbname",
                &cluster.url(),
            ]))?,
        };
        // In whatever order the rows lie, and without the word that each dump of PostgreSQL makes up for itself.
        let mut lines: Vec<&str> = told.lines().filter(|line| !line.contains("restrict ")).collect();
        lines.sort_unstable();
        let sum = Sha256::digest(lines.join("\n"));
        Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn on(ground: &Ground<'_>, engine: Engine, output: &Output) -> Result<Outcome, Error> {
    let source = Place::new(ground, engine, output)?;
    let backups = folder()?;
    let (loaded, quiet) = (backups.path().join("loaded.noren"), backups.path().join("quiet.noren"));
    let source = Place { stand: source.stand.seeded(output)?, ..source };
    let (running, _) = source.stand.start()?;
    let writers = Writers::new(&source.stand.dealer)?;
    let port = source.stand.server.port;
    let before = (0..BEFORE).map(|number| writers.create(&format!("before-{number:04}"), port));
    let before = before.collect::<Result<Vec<_>, _>>()?;
    let (took, written) = writers::at_once(&writers, EVERY, || {
        thread::sleep(AROUND);
        let begin = Instant::now();
        source.run(&["backup", &shown(&loaded)], output)?;
        let took = begin.elapsed();
        thread::sleep(AROUND);
        Ok(took)
    })?;
    running.kill()?;
    source.run(&["backup", &shown(&quiet)], output)?;

    let restored = |backup: &PathBuf| restored(ground, engine, backup, output);
    let (one, other, same) = (restored(&loaded)?, restored(&loaded)?, restored(&quiet)?);
    if one.sum()? != other.sum()? {
        return Err(Error::Broken("one backup was restored as two different things".to_owned()));
    }
    if same.sum()? != source.sum()? {
        return Err(Error::Broken("a backup of which nobody wrote is not its source".to_owned()));
    }
    let dealer = Dealer { port: one.stand.server.port, accounts: source.stand.dealer.accounts.clone() };
    let (serving, _) = one.stand.start()?;
    let reader = Writers::new(&dealer)?;
    before.iter().try_for_each(|lead| reader.read(&lead.id).map(drop))?;
    serving.kill()?;
    one.stand.verify(output)?;
    same.stand.verify(output)?;
    let (leads, took) = (written.len(), took.as_secs_f64());
    Ok(Outcome::passed(format!(
        "{leads} leads written around a backup of {took:.2} s; two places equal, the quiet one is its source"
    )))
}

fn restored(ground: &Ground<'_>, engine: Engine, backup: &Path, output: &Output) -> Result<Place, Error> {
    let place = Place::new(ground, engine, output)?;
    place.run(&["restore", &shown(backup)], output)?;
    Ok(place)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
