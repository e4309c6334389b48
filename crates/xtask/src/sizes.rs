//! How large the web app is, and how large it may be.

use std::fs;
use std::path::Path;

use crate::compress::beside;
use crate::css;
use crate::error::Error;

/// The most that WASM, JS and CSS may take together as Brotli: a tablet on a slow line loads that in a few seconds.
const LIMIT: u64 = 400_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    pub name: String,
    pub raw: u64,
    /// A development build has no compressed copies.
    pub brotli: Option<u64>,
}

/// The sizes of the app's WASM, JS and CSS.
pub fn of(dist: &Path) -> Result<Vec<Size>, Error> {
    let assets = dist.join("assets");
    let mut files = Vec::new();
    css::collect(&assets, &mut files)?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "wasm" || kind == "js" || kind == "css"));
    let length = |path: &Path| fs::metadata(path).map(|data| data.len());
    files
        .iter()
        .map(|file| {
            Ok(Size {
                name: file.strip_prefix(&assets).unwrap_or(file).display().to_string(),
                raw: length(file).map_err(Error::file(file))?,
                brotli: length(&beside(file, "br")).ok(),
            })
        })
        .collect()
}

/// One line per file and one for all.
pub fn table(sizes: &[Size]) -> String {
    let mut text = String::new();
    let total = Size {
        name: "total".to_owned(),
        raw: sizes.iter().map(|size| size.raw).sum(),
        brotli: sizes.iter().map(|size| size.brotli).sum(),
    };
    let width = sizes.iter().map(|size| size.name.len()).max().unwrap_or(0);
    for Size { name, raw, brotli } in sizes.iter().chain([&total]) {
        let brotli =
            brotli.map_or_else(|| "not compressed".to_owned(), |brotli| format!("{} kB Brotli", kilobytes(brotli)));
        text += &format!("{name:<width$} {:>9} kB {brotli:>18}\n", kilobytes(*raw));
    }
    text
}

/// The size that counts against the limit.
pub fn within_limit(sizes: &[Size]) -> Result<String, Error> {
    let got = sizes.iter().map(|size| size.brotli.unwrap_or(size.raw)).sum();
    if got > LIMIT {
        return Err(Error::TooBig { got, limit: LIMIT });
    }
    Ok(format!("{} of {} kB Brotli", kilobytes(got), kilobytes(LIMIT)))
}

fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(raw: u64, brotli: Option<u64>) -> Size {
        Size { name: "noren.js".into(), raw, brotli }
    }

    #[test]
    fn the_limit_is_for_all_files_together() {
        assert_eq!(
            within_limit(&[size(900_000, Some(300_000)), size(1, Some(100_000))]).unwrap(),
            "400.0 of 400.0 kB Brotli"
        );
        assert!(within_limit(&[size(900_000, Some(300_000)), size(1, Some(100_001))]).is_err());
    }

    #[test]
    fn what_has_no_compressed_copy_counts_in_full() {
        assert!(within_limit(&[size(400_001, None)]).is_err());
    }

    #[test]
    fn kilobytes_are_rounded_up() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(1), "0.1");
        assert_eq!(kilobytes(81_930), "82.0");
    }

    #[test]
    fn the_table_closes_with_the_total() {
        let table = table(&[size(1000, Some(500)), size(2000, Some(700))]);
        assert!(table.lines().last().unwrap().starts_with("total"));
        assert!(table.ends_with("1.2 kB Brotli\n"));
    }
}
