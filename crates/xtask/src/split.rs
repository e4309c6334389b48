//! Cuts the module into the part that starts the app and the parts that come when a page asks for them: what stands
//! behind the functions that the code marks with `wasm_split`, and what several of them share.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use tempfile::tempdir;
use wasm_split_cli_support::{Options, transform};

use crate::error::Error;
use crate::web::read;

/// Where the module's main part finds the functions that fetch the others. The name is gone once the two scripts are
/// one, see [`Parts::joined_to`].
const LINK: &str = "./later.js";

#[derive(Debug)]
pub struct Parts {
    /// Is still to pass through wasm-bindgen.
    pub main: Vec<u8>,
    pub later: Vec<Part>,
    /// The script that fetches the later parts.
    link: String,
}

#[derive(Debug)]
pub struct Part {
    /// As the script names it.
    pub file: String,
    pub wasm: Vec<u8>,
}

pub fn split(wasm: &Path) -> Result<Parts, Error> {
    let folder = tempdir().map_err(Error::file("a temporary folder"))?;
    let (input, main) = (read(wasm)?, folder.path().join("main.wasm"));
    let mut options = Options::new(&input);
    options.output_dir = folder.path();
    options.main_out_path = &main;
    options.link_name = LINK;
    let made = transform(options).map_err(|error| Error::Split(format!("{error:#}")))?;
    let part = |path: &Path| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        read(path).map(|wasm| Part { file, wasm })
    };
    let later = made.split_modules.iter().map(|path| part(path)).collect::<Result<_, Error>>()?;
    let link = folder.path().join(LINK);
    let link = fs::read_to_string(&link).map_err(Error::file(&link))?;
    Ok(Parts { main: read(&main)?, later, link })
}

impl Parts {
    /// One script of wasm-bindgen's for the main part and of the one that fetches the others, which are `files` by the
    /// names that it gives them. As two they would import one another, and neither could carry the other's hash.
    pub fn joined_to(&self, main: &str, files: &HashMap<String, String>) -> String {
        let names: Vec<&str> = main.lines().filter_map(imported).collect();
        let own: Vec<&str> = self.link.lines().filter(|line| !line.starts_with("import ")).collect();
        let functions: Vec<&str> = own.iter().filter_map(|line| exported(line)).collect();
        let mut link = own.join("\n").replace("export const ", "const ");
        for (from, to) in files {
            link = link.replace(&format!("\"./{from}\""), &format!("\"./{to}\""));
        }
        let main: Vec<&str> = main.lines().filter(|line| imported(line).is_none()).collect();
        let functions = functions.join(", ");
        let named = names.iter().map(|name| format!("const {name} = {{ {functions} }};\n"));
        named.fold(format!("{}\n{link}\n", main.join("\n")), |script, line| script + &line)
    }
}

/// The name of `import * as import1 from "./later.js"`, which stands there once for each function.
fn imported(line: &str) -> Option<&str> {
    line.strip_prefix("import * as ").filter(|_| line.contains(LINK))?.split_whitespace().next()
}

fn exported(line: &str) -> Option<&str> {
    line.strip_prefix("export const ")?.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_scripts_become_one() {
        let link = "import { initSync } from \"./main.js\";\nexport const load_a = f(new URL(\"./split_a.wasm\"));\n";
        let parts = Parts { main: Vec::new(), later: Vec::new(), link: link.to_owned() };
        let files = HashMap::from([("split_a.wasm".to_owned(), "a-1.wasm".to_owned())]);
        let import = |name: &str| format!("import * as {name} from \"./later.js\"\n");
        let main = import("import1") + &import("import2") + "let wasm;";
        let joined = "let wasm;\nconst load_a = f(new URL(\"./a-1.wasm\"));\nconst import1 = { load_a };\nconst import2 = { load_a };\n";
        assert_eq!(parts.joined_to(&main, &files), joined);
    }
}
