//! Where an EXTREME that can only write files puts them.

use std::path::PathBuf;

use super::Reader;

/// The watched folder. With nothing set, files come by hand alone.
#[derive(Clone, Debug)]
pub struct ExtremeFolder {
    /// `NOREN_EXTREME_FOLDER`: what is taken goes into `taken` in it, what is refused into `refused`.
    pub path: PathBuf,
    /// `NOREN_EXTREME_FOLDER_SECONDS`: how often it is looked into; 0 is never by itself.
    pub seconds: u64,
}

impl ExtremeFolder {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let seconds = reader.within("extreme_folder_seconds", 0..=86_400, 15);
        let path = PathBuf::from(reader.optional("extreme_folder")?);
        if !path.is_dir() {
            reader.problem("extreme_folder: a folder is expected");
        }
        Some(Self { path, seconds })
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_folder_is_watched_where_there_is_one_and_no_connection() {
        assert!(Config::with(&[]).unwrap().extreme_folder.is_none());
        let here = ("extreme_folder", "src");
        assert_eq!(Config::with(&[here]).unwrap().extreme_folder.unwrap().seconds, 15);
        let problems = |values: &[(&str, &str)]| Config::with(values).err().map(|problems| problems.0.join("\n"));
        assert!(problems(&[("extreme_folder", "src/nowhere")]).unwrap().starts_with("extreme_folder:"));
        let connected = [here, ("extreme_url", "http://127.0.0.1:8090/extreme/v1"), ("extreme_key", "k")];
        assert!(problems(&connected).unwrap().starts_with("extreme_folder:"));
    }
}
