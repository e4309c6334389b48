//! Notices changed source files by looking at their times; that needs no help from the system and costs little.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const ROOMS: [&str; 4] = ["crates", "frontend", "migrations", "Cargo.toml"];

/// What a change makes stale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stale {
    pub web: bool,
    pub server: bool,
}

impl Stale {
    pub fn any(self) -> bool {
        self.web || self.server
    }

    pub fn and(self, other: Self) -> Self {
        Self { web: self.web || other.web, server: self.server || other.server }
    }

    /// What depends on a file, by the room it lies in.
    fn from_path(path: &Path) -> Self {
        let in_crate = |name: &str| path.starts_with(Path::new("crates").join(name));
        if path.starts_with("frontend") {
            Self { web: true, server: false }
        } else if in_crate("domain") || in_crate("api") || path.starts_with("Cargo.toml") {
            Self { web: true, server: true }
        } else {
            Self { web: false, server: !in_crate("xtask") }
        }
    }
}

#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    seen: BTreeMap<PathBuf, SystemTime>,
}

impl Watch {
    pub fn begin(root: &Path) -> Self {
        Self { root: root.to_path_buf(), seen: times(root) }
    }

    /// What has changed since the last look.
    pub fn look(&mut self) -> Stale {
        let now = times(&self.root);
        let touched = now.iter().filter(|(path, time)| self.seen.get(*path) != Some(time)).map(|(path, _)| path);
        let removed = self.seen.keys().filter(|path| !now.contains_key(*path));
        let stale = touched.chain(removed).fold(Stale::default(), |stale, path| stale.and(Stale::from_path(path)));
        self.seen = now;
        stale
    }
}

fn times(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut found = BTreeMap::new();
    for room in ROOMS {
        visit(root, &root.join(room), &mut found);
    }
    found
}

/// A file that goes away while we look counts as gone.
fn visit(root: &Path, path: &Path, into: &mut BTreeMap<PathBuf, SystemTime>) {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let Ok(data) = fs::metadata(path) else { return };
    if hidden {
        return;
    }
    if data.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            visit(root, &entry.path(), into);
        }
    } else if let (Ok(time), Ok(name)) = (data.modified(), path.strip_prefix(root)) {
        into.insert(name.to_path_buf(), time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_says_what_is_stale() {
        let cases = [
            ("frontend/src/main.rs", true, false),
            ("crates/domain/src/lead.rs", true, true),
            ("crates/api/src/lib.rs", true, true),
            ("crates/server/src/main.rs", false, true),
            ("migrations/src/lib.rs", false, true),
            ("crates/xtask/src/main.rs", false, false),
        ];
        for (path, web, server) in cases {
            assert_eq!(Stale::from_path(Path::new(path)), Stale { web, server }, "{path}");
        }
    }

    #[test]
    fn new_and_removed_files_are_noticed_once() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("frontend/a.css");
        fs::create_dir_all(root.path().join("frontend")).unwrap();
        let mut watch = Watch::begin(root.path());
        fs::write(&file, "").unwrap();
        assert_eq!(watch.look(), Stale { web: true, server: false });
        assert_eq!(watch.look(), Stale::default());
        fs::remove_file(&file).unwrap();
        assert!(watch.look().web);
    }
}
