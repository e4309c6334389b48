//! What wasm-bindgen leaves in that nobody needs. Some of the libraries export classes of their own to JavaScript, which
//! keeps their code alive whether they are used or not; and every name on the border between WASM and JavaScript carries
//! a hash, in both files, that does not compress.

use std::collections::HashMap;

use walrus::Module;
use walrus::passes::gc;

/// Removes from both what nobody calls, and gives what crosses the border short names. Returns the JavaScript.
pub fn trimmed(module: &mut Module, js: &str) -> String {
    let js = without_classes(js);
    let unused: Vec<_> =
        module.exports.iter().filter(|export| !names(&js, &export.name)).map(walrus::Export::id).collect();
    unused.into_iter().for_each(|id| module.exports.delete(id));
    gc::run(module);
    let js = without_imports(&js, |name| module.imports.iter().any(|import| import.name == name));
    let mut short = HashMap::new();
    let names = module.imports.iter_mut().map(|import| &mut import.name);
    let names = names.chain(module.exports.iter_mut().map(|export| &mut export.name));
    for (at, name) in names.filter(|name| name.starts_with("__wb") || name.contains("__h")).enumerate() {
        let new = format!("${at}");
        short.insert(std::mem::replace(name, new.clone()), new);
    }
    renamed(&without_comments(&js), &short)
}

/// Whether the JavaScript names an export. Those that the later parts of the app take are not called here.
fn names(js: &str, export: &str) -> bool {
    let begins = |at: usize| !js[..at].ends_with(is_of_name);
    js.match_indices(export).any(|(at, _)| begins(at) && !js[at + export.len()..].starts_with(is_of_name))
}

/// The app exports no classes.
fn without_classes(js: &str) -> String {
    without_blocks(js, |line| {
        let finalizer = line.starts_with("const ") && line.contains("Finalization = ");
        if line.starts_with("export class ") {
            Some('}')
        } else {
            (finalizer || line.starts_with("if (Symbol.dispose)")).then_some(';')
        }
    })
}

/// Leaves out the functions of imports that the module no longer has.
fn without_imports(js: &str, has: impl Fn(&str) -> bool) -> String {
    without_blocks(js, |line| {
        let name = line.trim_start().split_once(": function(").map(|(name, _)| name);
        name.filter(|name| name.starts_with("__wb") && !has(name)).map(|_| ',')
    })
}

/// Leaves out what begins with an unwanted line, until its brackets are closed and it ends with the sign that is told.
fn without_blocks(js: &str, unwanted: impl Fn(&str) -> Option<char>) -> String {
    let depth = |line: &str| line.matches(['{', '(']).count().wrapping_sub(line.matches(['}', ')']).count());
    let mut out = String::with_capacity(js.len());
    let mut lines = js.lines();
    while let Some(line) = lines.next() {
        let Some(end) = unwanted(line) else {
            out += line;
            out.push('\n');
            continue;
        };
        let (mut open, mut last) = (depth(line), line);
        while open != 0 || !last.ends_with(end) {
            let Some(next) = lines.next() else { break };
            (open, last) = (open.wrapping_add(depth(next)), next);
        }
    }
    out
}

/// Without comments that fill their lines, and without indentation.
fn without_comments(js: &str) -> String {
    let lines = js.lines().map(str::trim_start);
    let code = lines.filter(|line| !line.is_empty() && !["//", "/*", "*"].iter().any(|sign| line.starts_with(sign)));
    code.fold(String::with_capacity(js.len()), |out, line| out + line + "\n")
}

/// Every name that has a new one gets it.
fn renamed(js: &str, names: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(js.len());
    let mut rest = js;
    while !rest.is_empty() {
        let length = rest.find(|character| !is_of_name(character)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        out += names.get(name).map_or(name, String::as_str);
        let gap = after.find(is_of_name).unwrap_or(after.len());
        out += &after[..gap];
        rest = &after[gap..];
    }
    out
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_go_with_all_that_belongs_to_them() {
        let js = "export class Sink {\n    free() {\n    }\n}\nif (Symbol.dispose) Sink.x = 1;\n\nfunction keep() {\n}\n\
                  const SinkFinalization = (typeof X === 'undefined')\n    ? { register: () => {} }\n    : new X(1);\nlet a;\n";
        assert_eq!(without_classes(js), "\nfunction keep() {\n}\nlet a;\n");
    }

    #[test]
    fn only_whole_names_are_called_and_renamed() {
        assert!(names("wasm.free(1)", "free"));
        assert!(!names("wasm.free_all(1) + wasm.unfree", "free"));
        let names = HashMap::from([("__wbg_a".to_owned(), "$0".to_owned())]);
        assert_eq!(renamed("__wbg_a: __wbg_ab(x.__wbg_a)", &names), "$0: __wbg_ab(x.$0)");
    }

    #[test]
    fn functions_of_imports_that_are_gone_go() {
        let js =
            "        __wbg_a: function(x) {\n            y();\n        },\n        __wbg_b: function() {\n        },\n";
        assert_eq!(without_imports(js, |name| name == "__wbg_b"), "        __wbg_b: function() {\n        },\n");
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(without_comments("/**\n * what\n */\n  a(); // b\n  // c\n\n"), "a(); // b\n");
    }
}
