//! `cargo xtask web`: the SPA, compiled for WASM and put into `dist/`, which the server embeds. A build whose inputs
//! are those of the last one leaves `dist/` untouched, so that the server is not built again either.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use sha2::{Digest as _, Sha256};

use crate::bundle::{self, Ingredients};
use crate::compress;
use crate::css;
use crate::error::Error;
use crate::shell::{self, Output};
use crate::sizes;
use crate::wasm_target::Toolchain;
use crate::workspace::Workspace;

/// What makes `dist/` other than its inputs: the code that bakes it.
const RECIPE: [&str; 8] = [
    include_str!("web.rs"),
    include_str!("bundle.rs"),
    include_str!("compress.rs"),
    include_str!("css.rs"),
    include_str!("order.rs"),
    include_str!("page.rs"),
    include_str!("split.rs"),
    include_str!("trim.rs"),
];

#[derive(Debug, Args)]
pub struct Options {
    /// A quick build that is large, not compressed, and reloads itself in the browser
    #[arg(long)]
    dev: bool,
}

/// What the build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Release,
    Dev,
}

impl Mode {
    fn profile(self) -> &'static str {
        match self {
            Self::Release => "web",
            Self::Dev => "dev",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Release => "web",
            Self::Dev => "debug",
        }
    }
}

pub fn web(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    let mode = if options.dev { Mode::Dev } else { Mode::Release };
    let toolchain = Toolchain::find_or_install(workspace, &Output::Terminal)?;
    println!("WASM toolchain: {toolchain}");
    build(workspace, mode, &toolchain, &Output::Terminal)?;
    print!("{}", sizes::table(&sizes::of(&workspace.dist())?));
    Ok(ExitCode::SUCCESS)
}

/// Brings `dist/` up to date.
pub fn build(workspace: &Workspace, mode: Mode, toolchain: &Toolchain, output: &Output) -> Result<(), Error> {
    let wasm = compile(workspace, mode, toolchain, output)?;
    let ingredients = gather(workspace, wasm)?;
    let stamp = stamp(mode, &ingredients)?;
    let dist = workspace.dist();
    // Two builds at once would fill the same folder; the second waits, and finds it up to date.
    let lock = workspace.target.join("web.lock");
    let lock = fs::File::create(&lock).and_then(|file| file.lock().map(|()| file)).map_err(Error::file(&lock))?;
    if fs::read_to_string(dist.join(".stamp")).is_ok_and(|old| old == stamp) {
        output.say("dist/ is up to date");
        return Ok(());
    }
    output.say("filling dist/");
    let fresh = workspace.root.join("dist.new");
    clear(&fresh)?;
    bundle::write_folder(&ingredients, mode, &stamp[..16], &fresh)?;
    if mode == Mode::Release {
        compress::beside_every_file(&fresh)?;
    }
    write(&fresh.join(".stamp"), &stamp)?;
    swap(&fresh, &dist, &workspace.root.join("dist.old"))?;
    drop(lock);
    Ok(())
}

fn compile(workspace: &Workspace, mode: Mode, toolchain: &Toolchain, output: &Output) -> Result<PathBuf, Error> {
    let mut cargo = toolchain.cargo(workspace, "build");
    cargo.args(["--package", "noren-frontend", "--profile", mode.profile()]);
    cargo.args(workspace.lock_arguments());
    // Without the first every view is a type of its own: slower to compile, and 38 kB more after compression. The
    // second leaves in the module what it takes to split it.
    let flags = "--cfg erase_components -C link-arg=--emit-relocs";
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    shell::run(&mut cargo, output)?;
    let built = toolchain.target_folder(workspace).join("wasm32-unknown-unknown").join(mode.folder());
    Ok(built.join("noren-frontend.wasm"))
}

fn gather(workspace: &Workspace, wasm: PathBuf) -> Result<Ingredients, Error> {
    let frontend = workspace.root.join("frontend");
    let public = frontend.join("public");
    let mut files = Vec::new();
    css::collect(&public, &mut files)?;
    Ok(Ingredients {
        wasm,
        page: frontend.join("index.html"),
        boot: frontend.join("boot.js"),
        worker: frontend.join("sw.js"),
        styles: css::files(&frontend)?,
        public,
        files,
    })
}

/// A hash of all that decides what `dist/` holds.
fn stamp(mode: Mode, ingredients: &Ingredients) -> Result<String, Error> {
    let mut hash = Sha256::new();
    hash.update(mode.profile());
    for source in RECIPE {
        hash.update(source);
    }
    let one = [&ingredients.wasm, &ingredients.page, &ingredients.boot, &ingredients.worker];
    for path in one.into_iter().chain(&ingredients.styles).chain(&ingredients.files) {
        let content = read(path)?;
        hash.update(path.as_os_str().as_encoded_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(bundle::hexadecimal(&hash.finalize()))
}

/// Puts the new folder into the old one's place, so that nobody ever sees a half-filled one.
fn swap(fresh: &Path, dist: &Path, old: &Path) -> Result<(), Error> {
    clear(old)?;
    // A folder that came with a container's image cannot be renamed, only removed.
    if dist.exists() && fs::rename(dist, old).is_err() {
        clear(dist)?;
    }
    fs::rename(fresh, dist).map_err(Error::file(dist))?;
    clear(old)
}

fn clear(folder: &Path) -> Result<(), Error> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(Error::file(folder)) } else { Ok(()) }
}

pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::file(path))
}

pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    fs::write(path, content).map_err(Error::file(path))
}
