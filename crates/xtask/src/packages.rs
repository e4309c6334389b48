//! Debian's packages: on Debian with root they are installed, elsewhere the one command to type is named.

use std::path::Path;
use std::process::Command;

use nix::unistd::geteuid;

use crate::error::Error;
use crate::os_release::{Kind, Os};
use crate::shell::{self, Output};

/// Something this repository needs from the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// What it is and why, for people on other systems.
    pub what: &'static str,
    /// The packages that hold it on this system; none when the system has no such package.
    pub packages: &'static [&'static str],
    /// How to get it where there is no package.
    pub advice: &'static str,
}

/// Installs what is missing, or says in one message all that is.
pub fn install(needs: &[Need], output: &Output) -> Result<(), Error> {
    if needs.is_empty() {
        return Ok(());
    }
    let os = Os::read();
    if !(geteuid().is_root() && has_apt(&os)) {
        return Err(Error::Missing(message(needs, &os)));
    }
    let names = names(needs);
    if !names.is_empty() {
        output.say(&format!("installing {}", names.join(" ")));
        shell::run(apt_get().arg("update"), output)?;
        shell::run(apt_get().args(["install", "--no-install-recommends"]).args(names), output)?;
    }
    let rest: Vec<Need> = needs.iter().filter(|need| need.packages.is_empty()).copied().collect();
    if rest.is_empty() { Ok(()) } else { Err(Error::Missing(message(&rest, &os))) }
}

/// Installs what things are quicker with, where that can be done; otherwise they go on without.
pub fn install_if_possible(needs: &[Need], output: &Output) -> Result<(), Error> {
    if !(geteuid().is_root() && has_apt(&Os::read())) {
        return Ok(());
    }
    match install(needs, output) {
        Err(Error::Interrupted) => Err(Error::Interrupted),
        Err(error) => {
            output.say(&format!("{error}; going on without"));
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-y", "-o", "Dpkg::Use-Pty=0"]);
    command
}

fn has_apt(os: &Os) -> bool {
    os.kind != Kind::Other && Path::new("/usr/bin/apt-get").exists()
}

fn names(needs: &[Need]) -> Vec<&'static str> {
    needs.iter().flat_map(|need| need.packages).copied().collect()
}

fn message(needs: &[Need], os: &Os) -> String {
    let mut text = needs.iter().map(|need| need.what).collect::<Vec<_>>().join("; ");
    let names = names(needs);
    if os.kind != Kind::Other && !names.is_empty() {
        text += "\ninstall it with: sudo apt-get install --no-install-recommends ";
        text += &names.join(" ");
    }
    for need in needs.iter().filter(|need| os.kind == Kind::Other || need.packages.is_empty()) {
        text += &format!("\n{}: {}", os.name, need.advice);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTGRES: Need = Need { what: "PostgreSQL 15", packages: &["postgresql"], advice: "see postgresql.org" };
    const NODE: Need = Need { what: "Node.js 20", packages: &[], advice: "see nodejs.org" };

    fn os(kind: Kind) -> Os {
        Os { kind, major: 12, name: "Some system".into() }
    }

    #[test]
    fn debian_gets_one_command_for_everything() {
        let fonts = Need { what: "fonts", packages: &["fonts-a", "fonts-b"], advice: "" };
        assert_eq!(
            message(&[POSTGRES, fonts], &os(Kind::Debian)),
            "PostgreSQL 15; fonts\ninstall it with: sudo apt-get install --no-install-recommends postgresql fonts-a fonts-b"
        );
    }

    #[test]
    fn what_debian_has_no_package_for_comes_with_advice() {
        let text = message(&[POSTGRES, NODE], &os(Kind::Debian));
        assert!(text.contains("sudo apt-get install --no-install-recommends postgresql\n"));
        assert!(text.ends_with("Some system: see nodejs.org"));
    }

    #[test]
    fn another_system_is_told_what_is_missing() {
        assert_eq!(message(&[POSTGRES], &os(Kind::Other)), "PostgreSQL 15\nSome system: see postgresql.org");
    }
}
