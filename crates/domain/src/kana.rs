//! Furigana: kept as typed and as full-width katakana.

use serde::{Deserialize, Serialize};

use crate::text::{one_line, tidy, to_katakana};

/// A reading: what was typed (hiragana, half-width kana or Latin letters are all fine) and its full-width katakana.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kana {
    pub typed: String,
    pub katakana: String,
}

impl Kana {
    /// # Errors
    /// `kana.script` when something other than kana, Latin letters, space, ・, ー or an iteration mark is in it.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let katakana = to_katakana(&tidy(typed));
        let fits = katakana.chars().all(|c| {
            matches!(c, 'ァ'..='ヺ' | '・' | 'ー' | 'ヽ' | 'ヾ' | ' ' | '.' | '\'' | '-') || c.is_ascii_alphabetic()
        });
        if fits { Ok(Self { typed: one_line(typed), katakana }) } else { Err("kana.script") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_typing_kana_gives_full_width_katakana() {
        for typed in ["わたなべ たかし", "ﾜﾀﾅﾍﾞ ﾀｶｼ", "ワタナベ　タカシ"] {
            assert_eq!(Kana::parse(typed).unwrap().katakana, "ワタナベ タカシ");
        }
        assert_eq!(Kana::parse("わたなべ").unwrap().typed, "わたなべ");
        assert_eq!(Kana::parse("わたなべ\nたかし").unwrap().typed, "わたなべ たかし");
    }

    #[test]
    fn iteration_marks_are_kana_and_are_kept() {
        for (typed, katakana) in [("かねこ みすゞ", "カネコ ミスヾ"), ("イスヾ", "イスヾ"), ("こゝろ", "コヽロ")]
        {
            let kana = Kana::parse(typed).unwrap();
            assert_eq!((kana.typed.as_str(), kana.katakana.as_str()), (typed, katakana));
        }
    }

    #[test]
    fn kanji_in_the_reading_is_refused() {
        assert_eq!(Kana::parse("渡辺"), Err("kana.script"));
    }
}
