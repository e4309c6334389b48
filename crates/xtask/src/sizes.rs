//! How large the web app is, and how large it may be.

use std::fs;
use std::path::Path;

use crate::compress::beside;
use crate::css;
use crate::error::Error;

/// The most that WASM, JS and CSS may take together as Brotli before the app begins: a tablet on a slow line loads that
/// in a few seconds.
const LIMIT: u64 = 400_000;

/// The most that each part may take which comes when a page asks for it.
const LATER_LIMIT: u64 = 100_000;

/// How the names of those parts begin.
pub const LATER: &str = "later-";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    pub name: String,
    pub raw: u64,
    /// A development build has no compressed copies.
    pub brotli: Option<u64>,
}

impl Size {
    fn counts(&self) -> u64 {
        self.brotli.unwrap_or(self.raw)
    }
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

/// The sizes that count against the limits.
pub fn within_limits(sizes: &[Size]) -> Result<String, Error> {
    let (later, first): (Vec<&Size>, Vec<&Size>) = sizes.iter().partition(|size| size.name.starts_with(LATER));
    for part in &later {
        within(part.name.clone(), part.counts(), LATER_LIMIT)?;
    }
    let got = first.into_iter().map(Size::counts).sum();
    within("the web app".to_owned(), got, LIMIT)?;
    let later: u64 = later.into_iter().map(Size::counts).sum();
    let [got, limit, later] = [got, LIMIT, later].map(kilobytes);
    Ok(format!("{got} of {limit} kB Brotli to begin with, {later} kB later"))
}

fn within(what: String, got: u64, limit: u64) -> Result<(), Error> {
    if got > limit { Err(Error::TooBig { what, got, limit }) } else { Ok(()) }
}

fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, raw: u64, brotli: Option<u64>) -> Size {
        Size { name: name.into(), raw, brotli }
    }

    #[test]
    fn the_limit_is_for_all_files_together_that_the_app_begins_with() {
        let first = size("noren.js", 900_000, Some(300_000));
        let later = size("later-account.wasm", 200_000, Some(99_999));
        assert_eq!(
            within_limits(&[first.clone(), size("noren.css", 1, Some(100_000)), later]).unwrap(),
            "400.0 of 400.0 kB Brotli to begin with, 100.0 kB later"
        );
        assert!(within_limits(&[first, size("noren.css", 1, Some(100_001))]).is_err());
    }

    #[test]
    fn every_later_part_has_a_limit_of_its_own() {
        let error = within_limits(&[size("later-account.wasm", 0, Some(100_001))]).unwrap_err();
        assert_eq!(error.to_string(), "later-account.wasm is 100001 bytes as Brotli; the limit is 100000");
    }

    #[test]
    fn what_has_no_compressed_copy_counts_in_full() {
        assert!(within_limits(&[size("noren.js", 400_001, None)]).is_err());
    }

    #[test]
    fn kilobytes_are_rounded_up() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(1), "0.1");
        assert_eq!(kilobytes(81_930), "82.0");
    }

    #[test]
    fn the_table_closes_with_the_total() {
        let table = table(&[size("a.js", 1000, Some(500)), size("b.js", 2000, Some(700))]);
        assert!(table.lines().last().unwrap().starts_with("total"));
        assert!(table.ends_with("1.2 kB Brotli\n"));
    }
}
