//! What the commands need from the system besides Rust, and how it is found.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::css;
use crate::error::Error;
use crate::os_release::{Kind, Os};
use crate::packages::Need;
use crate::postgres::Installation;
use crate::prove;
use crate::shell;

const C_COMPILER: Need = Need {
    what: "a C compiler (for SQLite)",
    packages: &["gcc", "libc6-dev"],
    advice: "install a C compiler that answers to `cc`",
};

const POSTGRES: Need = Need {
    what: "PostgreSQL 15 or later (initdb and postgres)",
    packages: &["postgresql"],
    advice: "install PostgreSQL 15 or later and put its initdb into PATH, or set NOREN_TEST_POSTGRES_URL to a superuser's address",
};

const CURL: Need = Need {
    what: "curl (an example of the guide runs it)",
    packages: &["curl"],
    advice: "install curl so that it is in PATH",
};

const OPENSSL: Need = Need {
    what: "OpenSSL's command line (a judge of the server's certificates)",
    packages: &["openssl"],
    advice: "install OpenSSL so that `openssl` is in PATH",
};

const CHROMIUM: Need = Need {
    what: "Chromium",
    packages: &["chromium"],
    advice: "install Chromium or Chrome so that `chromium` or `google-chrome` is in PATH",
};

/// Chromium without its windows: the same engine, for half of the processor's time.
const HEADLESS: Need = Need {
    what: "Chromium's headless shell",
    packages: &["chromium-headless-shell"],
    advice: "the journeys take less time with `chromium-headless-shell` in PATH",
};

const FONTS: Need = Need {
    what: "the BIZ UD Gothic fonts",
    packages: &["fonts-morisawa-bizud-gothic"],
    advice: "install the BIZ UD Gothic fonts where fontconfig finds them",
};

const NODE: Need = Need {
    what: "Node.js 20 or later with npm",
    packages: &["nodejs", "npm"],
    advice: "Node.js comes from https://nodejs.org/ (or, for apt, from https://deb.nodesource.com/)",
};

const PYTHON: Need = Need {
    what: "Python 3.10 or later with venv and ensurepip",
    packages: &["python3", "python3-venv"],
    advice: "install Python 3.10 or later so that `python3 -m venv` works",
};

const SQLITE: Need = Need {
    what: "SQLite's command line (it tells what a database holds)",
    packages: &["sqlite3"],
    advice: "install SQLite so that `sqlite3` is in PATH",
};

const POSTGRES_CLIENTS: Need = Need {
    what: "PostgreSQL's client programs (pg_dump, pg_restore and psql)",
    packages: &["postgresql-client"],
    advice: "install PostgreSQL's client programs so that `pg_dump` is in PATH",
};

const NODE_MAJOR: u32 = 20;

/// What compiling the server takes.
pub fn missing_for_build() -> Vec<Need> {
    if shell::find_program("cc").is_some() { Vec::new() } else { vec![C_COMPILER] }
}

/// What the API tests take: somebody else reads exported tables, and judges certificates.
pub fn missing_for_api() -> Vec<Need> {
    let python = shell::find_program("python3").is_none().then_some(PYTHON);
    let openssl = shell::find_program("openssl").is_none().then_some(OPENSSL);
    let curl = shell::find_program("curl").is_none().then_some(CURL);
    [python, openssl, curl].into_iter().flatten().collect()
}

/// What the API tests on PostgreSQL take.
pub fn missing_for_postgres() -> Vec<Need> {
    let server = Installation::find().is_none().then_some(POSTGRES);
    let clients = shell::find_program("pg_dump").is_none().then_some(POSTGRES_CLIENTS);
    [server, clients].into_iter().flatten().collect()
}

/// What the browser journeys take.
pub fn missing_for_browser() -> Vec<Need> {
    let os = Os::read();
    let mut needs = Vec::new();
    if chromium().is_none() {
        needs.push(CHROMIUM);
    }
    if !has_fonts() {
        needs.push(FONTS);
    }
    if !has_node() {
        needs.push(NODE);
    }
    needs.into_iter().map(|need| Need { packages: available(&need, &os), ..need }).collect()
}

/// What the journeys can do without, and are quicker with.
pub fn wanted_for_browser() -> Vec<Need> {
    let os = Os::read();
    if shell::find_program(HEADLESS.packages[0]).is_some() || os.kind != Kind::Debian {
        Vec::new()
    } else {
        vec![HEADLESS]
    }
}

/// What proving the document takes.
pub fn missing_for_prove() -> Vec<Need> {
    if prove::has_python() { Vec::new() } else { vec![PYTHON] }
}

/// What comparing restored databases takes.
pub fn missing_for_restore() -> Vec<Need> {
    let sqlite = shell::find_program("sqlite3").is_none().then_some(SQLITE);
    sqlite.into_iter().chain(missing_for_postgres()).collect()
}

/// Debian 12 ships Node.js 18, and Ubuntu's `chromium` is a snap that a test cannot drive.
fn available(need: &Need, os: &Os) -> &'static [&'static str] {
    let ships = match (os.kind, need) {
        (Kind::Debian, need) => *need != NODE || os.major >= 13,
        (Kind::Ubuntu, need) => *need == FONTS,
        (Kind::Other, _) => false,
    };
    if ships { need.packages } else { &[] }
}

pub fn chromium() -> Option<PathBuf> {
    ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        .into_iter()
        .find_map(shell::find_program)
}

fn has_fonts() -> bool {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let system = [PathBuf::from("/usr/share/fonts"), PathBuf::from("/usr/local/share/fonts")];
    let own = [home.join(".fonts"), home.join(".local/share/fonts"), home.join("Library/Fonts")];
    system.iter().chain(&own).any(|folder| holds_fonts(folder).unwrap_or(false))
}

fn holds_fonts(folder: &Path) -> Result<bool, Error> {
    let mut files = Vec::new();
    css::collect(folder, &mut files)?;
    let named = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("BIZUD"));
    Ok(files.iter().any(named))
}

fn has_node() -> bool {
    shell::find_program("npm").is_some()
        && shell::find_program("node").is_some()
        && shell::capture(Command::new("node").arg("--version"))
            .is_ok_and(|version| node_major(&version).is_some_and(|major| major >= NODE_MAJOR))
}

/// `v20.19.2` → 20.
fn node_major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn os(kind: Kind, major: u32) -> Os {
        Os { kind, major, name: String::new() }
    }

    #[test]
    fn a_version_of_node_begins_with_its_major() {
        assert_eq!(node_major("v20.19.2\n"), Some(20));
        assert_eq!(node_major("20"), None);
        assert_eq!(node_major(""), None);
    }

    #[test]
    fn debian_has_a_fitting_node_since_13() {
        assert!(available(&NODE, &os(Kind::Debian, 12)).is_empty());
        assert_eq!(available(&NODE, &os(Kind::Debian, 13)), NODE.packages);
        assert_eq!(available(&CHROMIUM, &os(Kind::Debian, 12)), CHROMIUM.packages);
    }

    #[test]
    fn ubuntus_chromium_is_a_snap() {
        assert!(available(&CHROMIUM, &os(Kind::Ubuntu, 24)).is_empty());
    }
}
