//! The browser journeys: Playwright's runner from `tests/browser`, driving the system's own Chromium.

use std::path::Path;
use std::process::Command;

use crate::bundle::hexadecimal;
use crate::counts::{self, Counts};
use crate::error::Error;
use crate::server;
use crate::shell::{self, Output};
use crate::tools;
use crate::web::{read, write};
use crate::workspace::Workspace;
use sha2::{Digest as _, Sha256};

pub fn journeys(workspace: &Workspace, output: &Output) -> Result<Counts, Error> {
    let folder = workspace.root.join("tests/browser");
    let binary = server::build_dev(workspace, output)?;
    let chromium = tools::chromium().ok_or_else(|| Error::Missing("Chromium".to_owned()))?;
    install_runner(&folder, output)?;
    let mut playwright = Command::new(folder.join("node_modules/.bin/playwright"));
    playwright.current_dir(&folder).args(["test", "--reporter=list"]);
    playwright.env("NOREN_BINARY", binary).env("NOREN_CHROMIUM", chromium).env("NOREN_ROOT", &workspace.root);
    playwright.env("NOREN_EXTREME_SIMULATOR", server::simulator_dev(workspace));
    let success = shell::status(&mut playwright, output)?.success();
    Ok(counts::of_playwright(&output.text()?).judged(success))
}

/// `npm ci`, unless `node_modules` was made from this very lock file.
fn install_runner(folder: &Path, output: &Output) -> Result<(), Error> {
    let lock = hexadecimal(&Sha256::digest(read(&folder.join("package-lock.json"))?));
    let note = folder.join("node_modules/.noren-lock");
    if read(&note).is_ok_and(|made_from| made_from == lock.as_bytes()) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run(&mut npm, output)?;
    write(&note, lock)
}
