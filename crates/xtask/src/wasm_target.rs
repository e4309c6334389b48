//! The Rust that compiles for WASM: the toolchain in use, with its WASM target added by rustup; where rustup can add
//! none, Debian's toolchain, which builds the standard library from source.

use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::os_release::{Kind, Os};
use crate::packages::{self, Need};
use crate::shell::{self, Output};
use crate::workspace::{Workspace, forget_outer_cargo};

const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN: Need = Need {
    what: "the Rust target wasm32-unknown-unknown",
    packages: &["rustc-web", "cargo-web", "rust-web-src", "lld-19"],
    advice: "add it with `rustup target add wasm32-unknown-unknown` (rustup comes from https://rustup.rs/)",
};

const DEBIAN_CLIPPY: Need = Need { what: "clippy for the WASM code", packages: &["rust-web-clippy"], advice: "" };

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The toolchain in use had the target.
    Present,
    /// rustup has just added it.
    Added,
    Debian,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Present => "the Rust in use has the WASM target",
            Self::Added => "rustup added the WASM target",
            Self::Debian => "Debian's Rust, building its standard library for WASM",
        })
    }
}

impl Toolchain {
    /// Finds the WASM target or gets it; Debian's way only where rustup's is closed.
    pub fn find_or_install(workspace: &Workspace, output: &Output) -> Result<Self, Error> {
        if in_sysroot()? {
            return Ok(Self::Present);
        }
        // Once Debian's way was taken, rustup is not asked again: without a network it takes its time to say no.
        if Self::Debian.target_folder(workspace).exists() && installed(&DEBIAN) {
            return Ok(Self::Debian);
        }
        if shell::find_program("rustup").is_some() {
            let mut rustup = Command::new("rustup");
            rustup.current_dir(&workspace.root).args(["target", "add", TARGET]);
            if shell::status(&mut rustup, output)?.success() && in_sysroot()? {
                return Ok(Self::Added);
            }
            output.say("rustup cannot add the WASM target; trying Debian's toolchain");
        }
        if Os::read().kind != Kind::Debian {
            return packages::install(&[Need { packages: &[], ..DEBIAN }], output).map(|()| Self::Present);
        }
        if !installed(&DEBIAN) {
            packages::install(&[DEBIAN], output)?;
        }
        Ok(Self::Debian)
    }

    /// A cargo command that compiles for WASM.
    pub fn cargo(self, workspace: &Workspace, subcommand: &str) -> Command {
        match self {
            Self::Present | Self::Added => {
                let mut cargo = workspace.cargo();
                cargo.env("CARGO_BUILD_TARGET", TARGET).arg(subcommand);
                cargo
            }
            Self::Debian => self.debian("/usr/bin/cargo", workspace, subcommand),
        }
    }

    /// Clippy for the WASM code.
    pub fn clippy(self, workspace: &Workspace, output: &Output) -> Result<Command, Error> {
        if self != Self::Debian {
            return Ok(self.cargo(workspace, "clippy"));
        }
        if !installed(&DEBIAN_CLIPPY) {
            packages::install(&[DEBIAN_CLIPPY], output)?;
        }
        // Called by its name, because `cargo clippy` would find rustup's.
        Ok(self.debian("/usr/bin/cargo-clippy", workspace, "clippy"))
    }

    fn debian(self, program: &str, workspace: &Workspace, subcommand: &str) -> Command {
        let mut cargo = Command::new(program);
        forget_outer_cargo(&mut cargo);
        cargo.current_dir(&workspace.root).args([subcommand, "-Z", "build-std=std,panic_abort"]);
        cargo.env_remove("RUSTUP_TOOLCHAIN").env("CARGO", "/usr/bin/cargo");
        cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
        cargo.env("CARGO_BUILD_TARGET", TARGET).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19");
        cargo.env("CARGO_TARGET_DIR", self.target_folder(workspace));
        cargo
    }

    /// Two compilers do not share a target folder.
    pub fn target_folder(self, workspace: &Workspace) -> PathBuf {
        match self {
            Self::Present | Self::Added => workspace.target.clone(),
            Self::Debian => workspace.target.join("wasm-debian"),
        }
    }
}

/// Whether the standard library for WASM lies beside the compiler in use.
fn in_sysroot() -> Result<bool, Error> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = shell::capture(Command::new(rustc).args(["--print", "sysroot"]))?;
    let libraries = PathBuf::from(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib");
    Ok(libraries.is_dir())
}

fn installed(need: &Need) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Status}\n"]).args(need.packages).stderr(Stdio::null());
    shell::capture(&mut query).is_ok_and(|states| states.lines().all(|state| state == "installed"))
}
