//! Where things are: the root of this repository and cargo's target folder. Every cargo command starts here, free of
//! the variables that the surrounding `cargo run` set, so that its artefacts are those of a cargo typed by hand.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::shell;

/// Whether Cargo.lock may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    Locked,
    Open,
}

#[derive(Debug)]
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
    lock: Lock,
}

impl Workspace {
    pub fn find(lock: Lock) -> Result<Self, Error> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
        let manifest = PathBuf::from(manifest);
        let root = manifest.ancestors().nth(2).unwrap_or(&manifest).to_path_buf();
        let mut workspace = Self { target: root.join("target"), root, lock };
        let metadata = shell::capture(workspace.cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
        if let Some(target) = metadata["target_directory"].as_str() {
            workspace.target = PathBuf::from(target);
        }
        // The server's build script makes it too, but is not run again by whoever deletes it: a server that is compiled without it shows
        // no web app, however often that is built later.
        fs::create_dir_all(workspace.dist()).map_err(Error::file(&workspace.dist()))?;
        Ok(workspace)
    }

    /// Cargo, in the root of the workspace.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        forget_outer_cargo(&mut command);
        command
    }

    /// The arguments that keep Cargo.lock as it is, for commands that check in a clean clone.
    pub fn lock_arguments(&self) -> &'static [&'static str] {
        match self.lock {
            Lock::Locked => &["--locked"],
            Lock::Open => &[],
        }
    }

    /// The folder of our own notes and logs; git ignores it.
    pub fn notes(&self) -> PathBuf {
        self.root.join("target").join("xtask")
    }

    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A path as a reader of this repository would write it.
    pub fn shown<'path>(&self, path: &'path Path) -> std::path::Display<'path> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// Removes what `cargo run` sets for the program it runs: build scripts that look at it would be run again in vain.
pub fn forget_outer_cargo(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "LD_LIBRARY_PATH" {
            command.env_remove(&name);
        }
    }
}
