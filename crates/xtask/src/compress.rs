//! The `.gz` and `.br` copies that the server sends instead of the file itself; made once here, with all the effort
//! the formats allow.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::css;
use crate::error::Error;
use crate::web::{read, write};

/// What gets smaller; images are compressed by themselves.
const KINDS: [&str; 7] = ["css", "html", "js", "json", "svg", "wasm", "webmanifest"];

pub fn beside_every_file(folder: &Path) -> Result<(), Error> {
    let mut files = Vec::new();
    css::collect(folder, &mut files)?;
    files.retain(|file| file.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known)));
    let jobs: Vec<Job> = files.into_iter().flat_map(|file| [Job::Brotli(file.clone()), Job::Gzip(file)]).collect();
    let next = Mutex::new(jobs.into_iter());
    let take = || next.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || std::iter::from_fn(take).try_for_each(|job| job.work());
    thread::scope(|scope| {
        let helper = scope.spawn(work);
        let here = work();
        let there = helper.join().unwrap_or(Ok(()));
        here.and(there)
    })
}

#[derive(Debug)]
enum Job {
    Brotli(PathBuf),
    Gzip(PathBuf),
}

impl Job {
    fn work(&self) -> Result<(), Error> {
        let (file, extension, compressed) = match self {
            Self::Brotli(file) => (file, "br", brotli(&read(file)?)),
            Self::Gzip(file) => (file, "gz", gzip(&read(file)?)),
        };
        write(&beside(file, extension), compressed.map_err(Error::file(file))?)
    }
}

/// `a.js` → `a.js.br`.
pub fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut out, &params)?;
    Ok(out)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn both_formats_give_the_content_back() {
        let content = "のれん ".repeat(500);
        let mut text = String::new();
        flate2::read::GzDecoder::new(&*gzip(content.as_bytes()).unwrap()).read_to_string(&mut text).unwrap();
        assert_eq!(text, content);
        text.clear();
        let small = brotli(content.as_bytes()).unwrap();
        brotli::Decompressor::new(&*small, 4096).read_to_string(&mut text).unwrap();
        assert_eq!(text, content);
        assert!(small.len() < 100);
    }

    #[test]
    fn a_copy_keeps_the_whole_name() {
        assert_eq!(beside(Path::new("dist/a.js"), "br"), Path::new("dist/a.js.br"));
    }
}
