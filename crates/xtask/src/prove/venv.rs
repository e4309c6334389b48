//! The virtual environment with schemathesis in it, of the versions that `tests/prove/requirements.txt` names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::bundle::hexadecimal;
use crate::error::Error;
use crate::shell::{self, Output};
use crate::web::{read, write};
use crate::workspace::Workspace;

/// The oldest Python that schemathesis runs on.
const OLDEST: (u32, u32) = (3, 10);

/// Whether there is a Python that is new enough and can make virtual environments. Debian keeps `ensurepip`, which
/// fills them, in a package of its own.
pub fn is_possible() -> bool {
    let asked = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])";
    shell::find_program("python3").is_some()
        && shell::capture(Command::new("python3").args(["-c", asked]))
            .is_ok_and(|version| parsed(&version).is_some_and(|version| version >= OLDEST))
}

/// `3.11` → (3, 11).
fn parsed(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.trim().split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Makes it, unless it was made from these very requirements; returns the program.
pub fn make(workspace: &Workspace, output: &Output) -> Result<PathBuf, Error> {
    let requirements = workspace.root.join("tests/prove/requirements.txt");
    let made_of = hexadecimal(&Sha256::digest(read(&requirements)?));
    let folder = workspace.root.join("target/prove/venv");
    let (note, program) = (folder.join(".noren-requirements"), folder.join("bin/schemathesis"));
    if read(&note).is_ok_and(|noted| noted == made_of.as_bytes()) && program.exists() {
        return Ok(program);
    }
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above).map_err(Error::file(above))?;
    }
    shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), output)?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--requirement"]).arg(&requirements);
    shell::run(&mut pip, output)?;
    write(&note, made_of)?;
    Ok(program)
}

/// This time tomorrow, as the API writes times.
pub fn tomorrow(schemathesis: &Path) -> Result<String, Error> {
    let said = "from datetime import *; print((datetime.now(timezone.utc) + timedelta(days=1)).isoformat())";
    shell::capture(Command::new(schemathesis.with_file_name("python")).args(["-c", said]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parsed("3.11\n"), Some((3, 11)));
        assert!(parsed("3.9").unwrap() < OLDEST && parsed("3.13").unwrap() > OLDEST);
        assert_eq!(parsed(""), None);
    }
}
