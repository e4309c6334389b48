//! Japan Post's postal codes, embedded compressed and read row by row, so that no more than one row is held at a time.

use std::io::{BufRead as _, BufReader, Error, ErrorKind, Result};

use flate2::read::GzDecoder;
use noren_domain::postal::PostalPlace;

/// The edition of Japan Post's data that is embedded.
pub const EDITION: &str = "2026-10";

const DATA: &[u8] = include_bytes!("../data/postal-codes.tsv.gz");

/// Every place of every code, in the order of the codes. Take the rows in chunks to store them.
pub fn places() -> impl Iterator<Item = Result<PostalPlace>> {
    let lines = BufReader::new(GzDecoder::new(DATA)).lines();
    lines.skip(1).map(|line| place(&line?))
}

fn place(line: &str) -> Result<PostalPlace> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [postal_code, municipality_code, prefecture, city, town, prefecture_kana, city_kana, town_kana] =
        columns.as_slice()
    else {
        return Err(Error::new(ErrorKind::InvalidData, format!("a postal row has {} columns", columns.len())));
    };
    Ok(PostalPlace {
        postal_code: (*postal_code).to_owned(),
        municipality_code: (*municipality_code).to_owned(),
        prefecture: (*prefecture).to_owned(),
        city: (*city).to_owned(),
        town: (*town).to_owned(),
        prefecture_kana: (*prefecture_kana).to_owned(),
        city_kana: (*city_kana).to_owned(),
        town_kana: (*town_kana).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_in_the_order_of_the_codes() {
        let places: Vec<PostalPlace> = places().collect::<Result<_>>().unwrap();
        assert_eq!(places.len(), 124_187);
        assert_eq!(places[0].postal_code, "0010000");
        assert!(places.windows(2).all(|pair| pair[0].postal_code <= pair[1].postal_code));
        for place in &places {
            assert_eq!(noren_domain::contact::postal_code(&place.postal_code).as_ref(), Ok(&place.postal_code));
            assert_eq!(place.municipality_code.len(), 5);
        }
    }

    #[test]
    fn one_code_may_lie_in_two_prefectures() {
        let found: Vec<String> = places()
            .map(|place| place.unwrap())
            .filter(|place| place.postal_code == "4980000")
            .map(|place| place.prefecture)
            .collect();
        assert_eq!(found, ["愛知県", "三重県"]);
    }

    #[test]
    fn a_row_of_another_shape_is_an_error_and_no_panic() {
        assert_eq!(place("0010000\t01102\t北海道").unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
