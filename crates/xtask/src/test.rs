//! `cargo xtask test` and its fast subset `cargo xtask check`. Every part that was asked for runs, whatever became of
//! the others; only what would be built on a failed build is not tried, and counts as failed.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::browser;
use crate::counts;
use crate::error::Error;
use crate::openapi;
use crate::packages;
use crate::parts::{Outcome, Report};
use crate::postgres::{self, Cluster};
use crate::server;
use crate::shell::{self, Output};
use crate::sizes;
use crate::tools;
use crate::wasm_target::Toolchain;
use crate::web::{self, Mode};
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub struct Options {
    /// The parts to run; all of them otherwise
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting
    Fmt,
    /// Clippy on the host and for WASM, warnings denied
    Clippy,
    /// The unit tests of every crate
    Unit,
    /// The API tests on SQLite
    ApiSqlite,
    /// The API tests on PostgreSQL
    ApiPostgres,
    /// The OpenAPI document is the one checked in
    Openapi,
    /// The web app builds and stays within its size
    WebSize,
    /// The journeys in Chromium
    Browser,
}

pub fn test(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    let wanted = |part: Part| options.parts.is_empty() || options.parts.contains(&part);
    let mut report = Report::begin(workspace);
    let mut toolchain = None;
    report.part("tools", |output| {
        if wanted(Part::Clippy) || wanted(Part::WebSize) || wanted(Part::Browser) {
            toolchain = Some(Toolchain::find_or_install(workspace, output)?);
        }
        install(wanted, output)?;
        Ok(Outcome::passed(toolchain.map_or_else(String::new, |toolchain| toolchain.to_string())))
    })?;
    if wanted(Part::Fmt) {
        report.part("fmt", |output| fmt(workspace, output))?;
    }
    if wanted(Part::Clippy) {
        report.part("clippy (host)", |output| clippy_host(workspace, output))?;
        report.part("clippy (wasm)", |output| clippy_wasm(workspace, need(toolchain)?, output))?;
    }
    if wanted(Part::Unit) {
        report.part("unit", |output| unit(workspace, output))?;
    }
    if wanted(Part::ApiSqlite) {
        report.part("api-sqlite", |output| api(workspace, None, output))?;
    }
    if wanted(Part::ApiPostgres) {
        report.part("api-postgres", |output| api_postgres(workspace, output))?;
    }
    if wanted(Part::Openapi) {
        report.part("openapi", |output| openapi::check(workspace, output).map(|()| Outcome::passed("")))?;
    }
    let mut web_stands = true;
    if wanted(Part::WebSize) {
        report.part("web-size", |output| {
            let built = web::build(workspace, Mode::Release, &need(toolchain)?, output);
            web_stands = built.is_ok();
            built?;
            let sizes = sizes::of(&workspace.dist())?;
            output.say(&sizes::table(&sizes));
            sizes::within_limits(&sizes).map(Outcome::passed)
        })?;
    }
    if wanted(Part::Browser) {
        report.part("browser", |output| {
            if !web_stands {
                return Err(Error::Dependency("the build of the web app"));
            }
            web::build(workspace, Mode::Release, &need(toolchain)?, output)?;
            browser::journeys(workspace, output).map(Outcome::from)
        })?;
    }
    Ok(report.end())
}

/// The parts that are quick enough to run after every thought.
pub fn check(workspace: &Workspace) -> Result<ExitCode, Error> {
    let mut report = Report::begin(workspace);
    report.part("fmt", |output| fmt(workspace, output))?;
    report.part("clippy (host)", |output| clippy_host(workspace, output))?;
    report.part("unit", |output| unit(workspace, output))?;
    report.part("api-sqlite", |output| api(workspace, None, output))?;
    Ok(report.end())
}

fn install(wanted: impl Fn(Part) -> bool, output: &Output) -> Result<(), Error> {
    let mut needs = tools::missing_for_build();
    if wanted(Part::ApiSqlite) || wanted(Part::ApiPostgres) {
        needs.append(&mut tools::missing_for_api());
    }
    if wanted(Part::ApiPostgres) && postgres::given().is_none() {
        needs.append(&mut tools::missing_for_postgres());
    }
    if wanted(Part::Browser) {
        needs.append(&mut tools::missing_for_browser());
    }
    packages::install(&needs, output)?;
    if wanted(Part::Browser) { packages::install_if_possible(&tools::wanted_for_browser(), output) } else { Ok(()) }
}

fn need(toolchain: Option<Toolchain>) -> Result<Toolchain, Error> {
    toolchain.ok_or(Error::Dependency("the search for the WASM target"))
}

fn fmt(workspace: &Workspace, output: &Output) -> Result<Outcome, Error> {
    shell::run(workspace.cargo().args(["fmt", "--all", "--check", "--", "--color=never"]), output)?;
    Ok(Outcome::passed(""))
}

fn clippy_host(workspace: &Workspace, output: &Output) -> Result<Outcome, Error> {
    let mut cargo = workspace.cargo();
    cargo.args(["clippy", "--workspace", "--exclude", "noren-frontend", "--all-targets"]);
    cargo.args(workspace.lock_arguments()).args(["--", "--deny", "warnings"]);
    shell::run(&mut cargo, output)?;
    Ok(Outcome::passed(""))
}

fn clippy_wasm(workspace: &Workspace, toolchain: Toolchain, output: &Output) -> Result<Outcome, Error> {
    let mut cargo = toolchain.clippy(workspace, output)?;
    cargo.args(["--package", "noren-frontend"]).args(workspace.lock_arguments()).args(["--", "--deny", "warnings"]);
    shell::run(&mut cargo, output)?;
    Ok(Outcome::passed(""))
}

/// The whole workspace, web app included, is named here, in `api` and in `server::build_dev`, so that all three share
/// one set of features.
fn unit(workspace: &Workspace, output: &Output) -> Result<Outcome, Error> {
    // `contract` is what holds the stand-in for EXTREME against its contract.
    tests(workspace, &["--lib", "--bins", "--test", "contract"], None, output)
}

/// Some of these tests start the binary.
fn api(workspace: &Workspace, postgres: Option<&str>, output: &Output) -> Result<Outcome, Error> {
    server::build_dev(workspace, output)?;
    tests(workspace, &["--test", "api"], postgres, output)
}

fn api_postgres(workspace: &Workspace, output: &Output) -> Result<Outcome, Error> {
    if let Some(url) = postgres::given() {
        return api(workspace, Some(&url), output);
    }
    let cluster = Cluster::start(output)?;
    api(workspace, Some(&cluster.url()), output)
}

fn tests(workspace: &Workspace, targets: &[&str], postgres: Option<&str>, output: &Output) -> Result<Outcome, Error> {
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast"]).args(targets).args(workspace.lock_arguments());
    match postgres {
        Some(url) => cargo.env(postgres::URL_VARIABLE, url),
        None => cargo.env_remove(postgres::URL_VARIABLE),
    };
    let success = shell::status(&mut cargo, output)?.success();
    Ok(counts::of_cargo(&output.text()?).judged(success).into())
}
