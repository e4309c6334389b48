//! Folding of typed Japanese text. What a person typed is always kept beside what is made here.

/// NFKC with ends trimmed and inner white space made one half-width space: half-width kana become full-width,
/// full-width letters and digits ASCII, ㈱ becomes (株). Nothing is left of text that nobody can see.
#[must_use]
pub fn tidy(typed: &str) -> String {
    let folded: String = nfkc(typed).chars().filter(|c| !is_lone_mark(*c) && !is_invisible(*c)).collect();
    let words = folded.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A text of one line as it is kept: as typed, but each run of control characters and line breaks is one space.
#[must_use]
pub fn one_line(typed: &str) -> String {
    spaced(typed, |c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// A text of many lines as it is kept: as typed, but of the control characters only line breaks and tabs stay.
#[must_use]
pub fn lines(typed: &str) -> String {
    spaced(typed, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// The text in one line, or `None` where nothing that can be seen was typed. Width and spelling stay as typed.
#[must_use]
pub fn filled(typed: Option<String>) -> Option<String> {
    typed.map(|text| one_line(&text)).filter(|text| !tidy(text).is_empty())
}

fn spaced(typed: &str, breaks: impl Fn(char) -> bool) -> String {
    let parts: Vec<&str> = typed.trim().split(breaks).filter(|part| !part.is_empty()).collect();
    parts.join(" ").trim().to_owned()
}

/// Takes no room and leaves no mark: zero-width characters, marks of direction, fillers, selectors of variants.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
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
            ("\u{202A}090-1234-5678\u{202C}", "090-1234-5678"),
            ("山田\r\n太郎\u{1}", "山田 太郎"),
        ] {
            assert_eq!(tidy(typed), tidied, "{typed}");
        }
    }

    #[test]
    fn text_that_nobody_can_see_is_no_text() {
        for typed in ["\u{200B}", "\u{200B}　\u{FEFF}", "　", "\u{2060}\u{AD}", "\u{3164}", "\u{1}\u{7F}", "\u{E0100}"]
        {
            assert_eq!(tidy(typed), "", "{typed:?}");
        }
    }

    #[test]
    fn control_characters_are_kept_as_spaces_and_line_breaks_only_where_lines_are() {
        let typed = "\u{1}山田\r\n太郎\t様\u{7F}\u{1B}です\u{0}\n";
        assert_eq!(one_line(typed), "山田 太郎 様 です");
        assert_eq!(lines(typed), "山田\r\n太郎\t様 です");
        assert_eq!(one_line(" 髙﨑　㈱ "), "髙﨑　㈱", "nothing else is changed");
        assert_eq!(one_line("一\u{2028}二"), "一 二");
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
