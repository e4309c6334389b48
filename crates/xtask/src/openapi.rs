//! The OpenAPI document: what the code says, and the copy in `openapi/noren.json` that a change must be shown in.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::error::Error;
use crate::server;
use crate::shell::{self, Output};
use crate::web::{read, write};
use crate::workspace::Workspace;

const SHOWN: usize = 10;

/// Writes the copy anew.
pub fn accept(workspace: &Workspace, output: &Output) -> Result<ExitCode, Error> {
    let document = generated(workspace, output)?;
    let path = copy(workspace);
    let changed = read(&path).ok().as_deref() != Some(document.as_bytes());
    write(&path, document)?;
    println!("{} {}", workspace.shown(&path), if changed { "written" } else { "is as it was" });
    Ok(ExitCode::SUCCESS)
}

/// Demands that the copy is what the code says.
pub fn check(workspace: &Workspace, output: &Output) -> Result<(), Error> {
    let document = generated(workspace, output)?;
    let copy = String::from_utf8_lossy(&read(&copy(workspace))?).into_owned();
    difference(&copy, &document).map_or(Ok(()), |lines| Err(Error::DocumentChanged(lines)))
}

fn copy(workspace: &Workspace) -> PathBuf {
    workspace.root.join("openapi/noren.json")
}

fn generated(workspace: &Workspace, output: &Output) -> Result<String, Error> {
    let binary = server::build_dev(workspace, output)?;
    let document = shell::capture(Command::new(binary).current_dir(&workspace.root).arg("openapi"))?;
    Ok(document.trim_end().to_owned() + "\n")
}

/// The first lines that differ, those of the copy marked `-`, those of the code `+`.
fn difference(copy: &str, code: &str) -> Option<String> {
    if copy == code {
        return None;
    }
    let same = copy.lines().zip(code.lines()).take_while(|(old, new)| old == new).count();
    let mut text = format!("openapi/noren.json, from line {}:\n", same + 1);
    for (mark, document) in [('-', copy), ('+', code)] {
        for line in document.lines().skip(same).take(SHOWN) {
            text += &format!("{mark} {line}\n");
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_documents_do_not_differ() {
        assert_eq!(difference("{}\n", "{}\n"), None);
    }

    #[test]
    fn the_first_differing_lines_are_shown() {
        let text = difference("a\nb\nc\n", "a\nx\nc\n").unwrap();
        assert_eq!(text, "openapi/noren.json, from line 2:\n- b\n- c\n+ x\n+ c\n");
    }

    #[test]
    fn a_long_difference_is_cut() {
        let text = difference("", &"line\n".repeat(50)).unwrap();
        assert_eq!(text.lines().count(), 1 + SHOWN);
    }
}
