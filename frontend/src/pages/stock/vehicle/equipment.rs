//! 装備 in words. Pure.

use crate::words::{self, Lang};

type Word = fn(Lang) -> &'static str;

/// The codes that the trade has in common; those of a dealer's own making are shown as they are.
const KNOWN: [(&str, Word); 29] = [
    ("AEB", words::equipment::aeb),
    ("衝突軽減", words::equipment::aeb),
    ("ACC", words::equipment::acc),
    ("AVM", words::equipment::avm),
    ("BCAM", words::equipment::bcam),
    ("DRIVEREC", words::equipment::driverec),
    ("NAVI", words::equipment::navi),
    ("TV", words::equipment::tv),
    ("ETC", words::equipment::etc),
    ("REARMON", words::equipment::rearmon),
    ("SMARTKEY", words::equipment::smartkey),
    ("スマートキー", words::equipment::smartkey),
    ("LED", words::equipment::led),
    ("LEATHER", words::equipment::leather),
    ("SEATHEATER", words::equipment::seatheater),
    ("SUNROOF", words::equipment::sr),
    ("SR", words::equipment::sr),
    ("ALLOY", words::equipment::aw),
    ("AW", words::equipment::aw),
    ("ISTOP", words::equipment::istop),
    ("1OWNER", words::equipment::one_owner),
    ("記録簿", words::spec::record_book),
    ("AIRBAG", words::equipment::airbag),
    ("ABS", words::equipment::abs),
    ("AC", words::equipment::ac),
    ("PS", words::equipment::ps),
    ("PW", words::equipment::pw),
    ("A/C", words::equipment::ac),
    ("P/S", words::equipment::ps),
];

/// What sells a car first, then what every car has, then what is not known, each once.
pub fn named(codes: &[String], lang: Lang) -> Vec<String> {
    let known = KNOWN.iter().filter(|(code, _)| codes.iter().any(|known| known.eq_ignore_ascii_case(code)));
    let known = known.map(|(_, word)| word(lang).to_owned());
    let strange = codes.iter().filter(|code| KNOWN.iter().all(|(known, _)| !known.eq_ignore_ascii_case(code)));
    let mut names: Vec<String> = Vec::new();
    for name in known.chain(strange.cloned()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_word_and_a_strange_one_stays() {
        let codes = ["PS", "SUNROOF", "X-77", "sr", "AEB"].map(str::to_owned);
        assert_eq!(named(&codes, Lang::Ja), ["衝突軽減ブレーキ", "サンルーフ", "パワステ", "X-77"]);
    }
}
