//! Bakes the folder the server serves: the WASM module and its JavaScript from wasm-bindgen, the style sheet, the page
//! and the public files. Everything below `assets/` carries a hash of its content in its name and may be cached for ever.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::css;
use crate::error::Error;
use crate::page::{self, Addresses};
use crate::web::{Mode, read, write};

/// The files that the web app is made of.
#[derive(Debug)]
pub struct Ingredients {
    pub wasm: PathBuf,
    pub page: PathBuf,
    pub styles: Vec<PathBuf>,
    /// The folder whose files are served under their own names, and those files.
    pub public: PathBuf,
    pub files: Vec<PathBuf>,
}

pub fn write_folder(ingredients: &Ingredients, mode: Mode, build_id: &str, dist: &Path) -> Result<(), Error> {
    let assets = dist.join("assets");
    let bound = dist.join("bound");
    bind(&ingredients.wasm, mode, &bound)?;

    let wasm = read(&bound.join("noren_bg.wasm"))?;
    let wasm_name = format!("noren-{}_bg.wasm", short_hash(&wasm));
    write(&assets.join(&wasm_name), wasm)?;

    let mut js = text_of(&bound.join("noren.js"))?.replace("noren_bg.wasm", &wasm_name);
    let snippets = bound.join("snippets");
    if snippets.is_dir() {
        let name = format!("snippets-{}", hash_of_folder(&snippets)?);
        // Only where JavaScript loads them: the module inside the WASM keeps its name.
        js = js.replace("from \"./snippets/", &format!("from \"./{name}/"));
        fs::rename(&snippets, assets.join(&name)).map_err(Error::file(&snippets))?;
    }
    fs::remove_dir_all(&bound).map_err(Error::file(&bound))?;
    let js_name = format!("noren-{}.js", short_hash(js.as_bytes()));
    write(&assets.join(&js_name), js)?;

    let style = style_sheet(&ingredients.styles)?;
    let css_name = format!("noren-{}.css", short_hash(style.as_bytes()));
    write(&assets.join(&css_name), style)?;

    let address = |name: &str| format!("/assets/{name}");
    let mut boot = page::boot_script(&address(&js_name), &address(&wasm_name));
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
    write(&dist.join("index.html"), page::filled(&text_of(&ingredients.page)?, &addresses)?)
}

/// Lets wasm-bindgen write the JavaScript that the module needs. Its version is that of Cargo.lock's `wasm-bindgen`:
/// both demand the very same `wasm-bindgen-shared`.
fn bind(wasm: &Path, mode: Mode, into: &Path) -> Result<(), Error> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("noren").typescript(false);
    bindgen.remove_name_section(mode == Mode::Release).remove_producers_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(into)).map_err(|error| Error::Bindgen(format!("{error:#}")))
}

fn style_sheet(files: &[PathBuf]) -> Result<String, Error> {
    files.iter().try_fold(String::new(), |sheet, file| Ok(sheet + &css::minified(&text_of(file)?)))
}

fn text_of(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(Error::file(path))
}

fn hash_of_folder(folder: &Path) -> Result<String, Error> {
    let mut files = Vec::new();
    css::collect(folder, &mut files)?;
    let mut hash = Sha256::new();
    for file in files {
        hash.update(read(&file)?);
    }
    Ok(hexadecimal(&hash.finalize()[..8]))
}

fn short_hash(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content)[..8])
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
