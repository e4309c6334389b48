//! PostgreSQL's own programs, which know best how it is copied. The password reaches them by their environment, where other
//! users of the machine do not see it.

use std::path::Path;

use percent_encoding::percent_decode_str;
use tokio::process::Command;
use url::Url;

use super::Error;

/// What is there before the backup comes, in the transaction in which it comes.
const EMPTY: &str = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;";

/// Writes the database to a file, as it was at one instant.
pub async fn dump(url: &str, to: &Path) -> Result<(), Error> {
    let mut command = told(program("pg_dump"), url)?;
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--schema=public", "--file"]).arg(to);
    run("pg_dump", command).await
}

/// Puts a dump in the place of everything that the database holds, or leaves all as it is.
pub async fn load(url: &str, from: &Path) -> Result<(), Error> {
    let script = from.with_extension("sql");
    let mut command = program("pg_restore");
    command.args(["--no-owner", "--no-privileges", "--schema=public", "--file"]).arg(&script).arg(from);
    run("pg_restore", command).await?;
    let mut command = told(program("psql"), url)?;
    command.args(["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]);
    command.args(["--command", EMPTY, "--file"]).arg(&script).stdout(std::process::Stdio::null());
    run("psql", command).await
}

fn program(name: &'static str) -> Command {
    let mut command = Command::new(name);
    command.stdin(std::process::Stdio::null()).kill_on_drop(true).env("PGCONNECT_TIMEOUT", "10");
    command
}

/// A program that is told where the database is.
fn told(mut command: Command, url: &str) -> Result<Command, Error> {
    let mut address = Url::parse(url).map_err(|error| Error::NoFile(error.to_string()))?;
    if let Some(password) = address.password() {
        command.env("PGPASSWORD", percent_decode_str(password).decode_utf8_lossy().as_ref());
    }
    // An address of this kind has a place for it.
    let _ = address.set_password(None);
    command.arg("--dbname").arg(address.as_str());
    Ok(command)
}

async fn run(program: &'static str, mut command: Command) -> Result<(), Error> {
    let ended = command.output().await.map_err(|error| Error::Program {
        program,
        why: format!("{error}; it comes with PostgreSQL's client programs (Debian: postgresql-client)"),
    })?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    Err(Error::Program { program, why: said.lines().take(5).collect::<Vec<_>>().join("; ") })
}
