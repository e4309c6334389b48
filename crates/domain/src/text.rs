//! Folding of typed Japanese text. What a person typed is always kept beside what is made here.

/// NFKC with ends trimmed and inner white space made one half-width space: half-width kana become full-width,
/// full-width letters and digits ASCII, ㈱ becomes (株).
#[must_use]
pub fn tidy(typed: &str) -> String {
    let folded: String = nfkc(typed).chars().filter(|c| !is_lone_mark(*c)).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn nfkc(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkc(text).collect()
}

/// A browser knows NFKC; the tables would be a seventh of what it has to load.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
fn nfkc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}

/// A lone ﾞ or ﾟ becomes a combining mark under NFKC when there is nothing to combine with.
fn is_lone_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}')
}

/// Dashes of every kind between digits or Latin letters become `-`; ー inside kana words is left alone.
#[must_use]
pub fn fold_hyphens(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let plain = |at: Option<&char>| at.is_some_and(char::is_ascii_alphanumeric);
    chars
        .iter()
        .enumerate()
        .map(|(at, &c)| {
            let before = at.checked_sub(1).and_then(|at| chars.get(at));
            if is_dash(c) && plain(before) && plain(chars.get(at + 1)) { '-' } else { c }
        })
        .collect()
}

/// The characters that Japanese keyboards produce where a hyphen is meant.
#[must_use]
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' | '\u{30FC}' | '\u{FF70}')
}

/// Hiragana as katakana, with its iteration marks; everything else unchanged.
#[must_use]
pub fn to_katakana(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_follows_the_reference_section_7() {
        for (typed, tidied) in [
            ("ｶﾞｲﾄ", "ガイト"),
            ("ＡＢＣ　１２３", "ABC 123"),
            ("㈱山田", "(株)山田"),
            ("㍿山田", "株式会社山田"),
            ("  山田   太郎 ", "山田 太郎"),
            ("髙﨑", "髙﨑"),
            ("ﾞ", ""),
        ] {
            assert_eq!(tidy(typed), tidied, "{typed}");
        }
    }

    #[test]
    fn a_hyphen_is_folded_between_digits_and_never_inside_kana() {
        assert_eq!(fold_hyphens("090ー1234−5678"), "090-1234-5678");
        assert_eq!(fold_hyphens("スーパー"), "スーパー");
        assert_eq!(fold_hyphens("Aー1"), "A-1");
    }

    #[test]
    fn hiragana_becomes_katakana() {
        assert_eq!(to_katakana("やまだ たろう"), "ヤマダ タロウ");
        assert_eq!(to_katakana("いすゞ こゝろ"), "イスヾ コヽロ");
    }
}
