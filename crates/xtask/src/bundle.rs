//! Bakes the folder the server serves: the WASM module and its JavaScript from wasm-bindgen, the style sheet, the page
//! and the public files. Everything below `assets/` carries a hash of its content in its name and may be cached for ever.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::css;
use crate::error::Error;
use crate::order;
use crate::page::{self, Addresses};
use crate::sizes;
use crate::split::{self, Part, Parts};
use crate::trim;
use crate::web::{Mode, read, write};

/// The files that the web app is made of.
#[derive(Debug)]
pub struct Ingredients {
    pub wasm: PathBuf,
    pub page: PathBuf,
    /// The script that starts the app, and the service worker that keeps it.
    pub boot: PathBuf,
    pub worker: PathBuf,
    pub styles: Vec<PathBuf>,
    /// The folder whose files are served under their own names, and those files.
    pub public: PathBuf,
    pub files: Vec<PathBuf>,
}

pub fn write_folder(ingredients: &Ingredients, mode: Mode, build_id: &str, dist: &Path) -> Result<(), Error> {
    let assets = dist.join("assets");
    let parts = split::split(&ingredients.wasm)?;
    let later = write_later(&parts, mode, &assets)?;
    let (wasm, js) = bind(&parts, &later, mode)?;
    let wasm_name = format!("noren-{}_bg.wasm", short_hash(&wasm));
    write(&assets.join(&wasm_name), wasm)?;

    let js = js.replace("noren_bg.wasm", &wasm_name);
    let js_name = format!("noren-{}.js", short_hash(js.as_bytes()));
    write(&assets.join(&js_name), js)?;

    let style = style_sheet(&ingredients.styles)?;
    let css_name = format!("noren-{}.css", short_hash(style.as_bytes()));
    write(&assets.join(&css_name), style)?;

    let address = |name: &str| format!("/assets/{name}");
    let fields = [("js", address(&js_name)), ("wasm", address(&wasm_name))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut boot = page::script(&text_of(&ingredients.boot)?, &fields)?;
    if mode == Mode::Dev {
        boot.push_str(&page::reload_script(build_id));
        write(&dist.join("build-id.txt"), build_id)?;
    }
    let boot_name = format!("boot-{}.js", short_hash(boot.as_bytes()));
    write(&assets.join(&boot_name), boot)?;

    for file in &ingredients.files {
        let name = file.strip_prefix(&ingredients.public).unwrap_or(file);
        write(&dist.join(name), read(file)?)?;
    }
    let addresses = Addresses {
        css: address(&css_name),
        js: address(&js_name),
        wasm: address(&wasm_name),
        boot: address(&boot_name),
    };
    let later = later.values().map(|name| address(name)).collect();
    write(&dist.join("sw.js"), worker(ingredients, mode, build_id, &Kept { addresses: &addresses, later })?)?;
    write(&dist.join("index.html"), page::filled(&text_of(&ingredients.page)?, &addresses)?)
}

/// The parts that come later, each under its name with a hash; returns these by the names they had.
fn write_later(parts: &Parts, mode: Mode, assets: &Path) -> Result<HashMap<String, String>, Error> {
    let mut names = HashMap::new();
    for Part { file, wasm } in &parts.later {
        let wasm = if mode == Mode::Release { in_order(wasm)? } else { wasm.clone() };
        let page = file.trim_start_matches("split_").trim_end_matches(".wasm");
        let name = format!("{}{page}-{}.wasm", sizes::LATER, short_hash(&wasm));
        write(&assets.join(&name), wasm)?;
        names.insert(file.clone(), name);
    }
    Ok(names)
}

fn in_order(wasm: &[u8]) -> Result<Vec<u8>, Error> {
    order::ordered(wasm).map_err(|error| Error::Bindgen(error.to_string()))
}

/// What the service worker keeps.
struct Kept<'a> {
    addresses: &'a Addresses,
    /// The addresses of the parts that come when a page asks for them.
    later: Vec<String>,
}

/// The service worker of this very build. One of development keeps nothing, so that nothing stands in the way of the next.
fn worker(ingredients: &Ingredients, mode: Mode, build_id: &str, kept: &Kept) -> Result<String, Error> {
    let Addresses { css, js, wasm, boot } = kept.addresses;
    let mut files = vec!["/", css, js, wasm, boot, "/favicon.svg", "/manifest.webmanifest"];
    files.extend(kept.later.iter().map(String::as_str));
    if mode == Mode::Dev {
        files.clear();
    }
    let files = serde_json::Value::from(files).to_string();
    Ok(page::script(&text_of(&ingredients.worker)?, &[("version", build_id), ("files", &files)])?)
}

/// Lets wasm-bindgen write the JavaScript that the app's main part needs; both come back. Its version is that of Cargo.lock's
/// `wasm-bindgen`: both demand the very same `wasm-bindgen-shared`.
fn bind(parts: &Parts, later: &HashMap<String, String>, mode: Mode) -> Result<(Vec<u8>, String), Error> {
    let mut bindgen = Bindgen::new();
    // What the later parts take from the main one are exports of the linker's.
    bindgen.input_bytes("noren", parts.main.clone()).typescript(false).keep_lld_exports(true);
    bindgen.remove_name_section(mode == Mode::Release).remove_producers_section(true);
    let output = bindgen.web(true).and_then(Bindgen::generate_output);
    let mut output = output.map_err(|error| Error::Bindgen(format!("{error:#}")))?;
    if output.snippets().values().any(|files| !files.is_empty()) || !output.local_modules().is_empty() {
        return Err(Error::Bindgen("a library brings JavaScript files of its own".to_owned()));
    }
    let js = parts.joined_to(output.js(), later);
    if mode == Mode::Dev {
        return Ok((output.wasm_mut().emit_wasm(), js));
    }
    let js = trim::trimmed(output.wasm_mut(), &js);
    Ok((in_order(&output.wasm_mut().emit_wasm())?, js))
}

fn style_sheet(files: &[PathBuf]) -> Result<String, Error> {
    files.iter().try_fold(String::new(), |sheet, file| Ok(sheet + &css::minified(&text_of(file)?)))
}

fn text_of(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(Error::file(path))
}

/// Tells one build's file from another's. No longer than that takes: the script that the app begins with names every part.
fn short_hash(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content)[..5])
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
