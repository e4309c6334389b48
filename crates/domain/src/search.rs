//! The search key: what text becomes so that names are found from one character on.
//!
//! The key folds widths, kana, small kana, old character forms and punctuation. Both databases index its single
//! characters and bigrams; the key itself decides in the end, so that bigrams far apart do not match.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::company_name::CompanyName;
use crate::phone::domestic;
use crate::text::{is_dash, is_invisible, tidy, to_katakana};

/// Counts up when a text folds to another key than before, so that what is stored is indexed anew.
pub const EDITION: &str = "2";

/// A term that no key contains, as keys have no spaces.
const NOWHERE: &str = " ";

/// One text as it is compared: no spaces, no punctuation, katakana, large kana, common character forms, lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    spelt_out(&to_katakana(&tidy(text)))
        .chars()
        .filter(|c| !is_silent(*c))
        .flat_map(char::to_lowercase)
        .map(fold_char)
        .collect()
}

/// The key of a record: its folded texts, one a line, so that no match runs from one field into the next.
pub fn key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let folded: Vec<String> = texts.into_iter().map(fold).filter(|text| !text.is_empty()).collect();
    folded.join("\n")
}

/// What an index holds of a key: each character and each pair of neighbours.
#[must_use]
pub fn tokens(key: &str) -> BTreeSet<String> {
    key.lines()
        .flat_map(|line| {
            let chars: Vec<char> = line.chars().collect();
            let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
            chars.into_iter().map(String::from).chain(pairs)
        })
        .collect()
}

/// What a person typed into a search box, split at spaces and folded; a record matches if its key contains every term.
/// A company's legal form is no part of a term, because it is written in many ways or not at all, unless it is all that was typed.
/// No terms are no search; what says nothing that a key could hold, such as `"`, is a search that finds nothing.
#[must_use]
pub fn terms(typed: &str) -> Vec<String> {
    let tidied = tidy(typed);
    let words = dialled_here(&tidied);
    let names = folded(words.split(' ').map(|word| CompanyName::parse(word).core));
    let terms = if names.is_empty() { folded(words.split(' ')) } else { names };
    let blank = typed.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c));
    if terms.is_empty() && !blank { vec![NOWHERE.to_owned()] } else { terms }
}

fn folded<T: AsRef<str>>(words: impl Iterator<Item = T>) -> Vec<String> {
    words.map(|word| fold(word.as_ref())).filter(|term| !term.is_empty()).collect()
}

/// Whether somebody who types this means something of which these texts are known: all words are in it.
pub fn finds<'a>(typed: &str, texts: impl IntoIterator<Item = &'a str>) -> bool {
    let key = key(texts);
    terms(typed).iter().all(|term| key.contains(term.as_str()))
}

/// Keys keep phone numbers as they are dialled in Japan, so a number with Japan's country code is sought so too.
fn dialled_here(tidied: &str) -> Cow<'_, str> {
    let begins = |at: &usize| *at == 0 || tidied[..*at].ends_with(' ');
    let Some(at) = tidied.match_indices("+81").map(|(at, _)| at).find(begins) else { return Cow::Borrowed(tidied) };
    let number = domestic(&tidied[at..]);
    let goes_on = tidied[at + 3..].chars().find(|c| !is_silent(*c)).is_some_and(|c| c.is_ascii_digit());
    if goes_on { Cow::Owned(format!("{}{number}", &tidied[..at])) } else { Cow::Borrowed(tidied) }
}

/// The tokens that an index must hold for a term to be in the key: its pairs, or the one character it is.
#[must_use]
pub fn required_tokens(term: &str) -> Vec<String> {
    let chars: Vec<char> = term.chars().collect();
    match chars.as_slice() {
        [] => Vec::new(),
        [one] => vec![one.to_string()],
        many => many.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

fn is_silent(c: char) -> bool {
    c.is_whitespace()
        || is_dash(c)
        || c.is_control()
        || matches!(c, '・' | '(' | ')' | '.' | ',' | '、' | '。' | '\'' | '"' | '_' | '/' | '+')
}

/// Katakana with what its iteration marks stand for: whoever searches いすゞ may type イスズ.
fn spelt_out(katakana: &str) -> String {
    let mut spelt = String::with_capacity(katakana.len());
    for c in katakana.chars() {
        let before = spelt.chars().next_back().filter(|before| matches!(before, 'ァ'..='ヺ'));
        spelt.push(match (c, before) {
            ('ヽ', Some(before)) => before,
            ('ヾ', Some(before)) => voiced(before),
            _ => c,
        });
    }
    spelt
}

fn voiced(c: char) -> char {
    let at = "ウカキクケコサシスセソタチツテトハヒフヘホ".chars().position(|plain| plain == c);
    at.and_then(|at| "ヴガギグゲゴザジズゼゾダヂヅデドバビブベボ".chars().nth(at)).unwrap_or(c)
}

/// Small kana made large; old and variant forms, on the left, as the form that stands in the key.
fn fold_char(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        '髙' => '高',
        '﨑' | '嵜' | '碕' => '崎',
        '邉' | '邊' => '辺',
        '齋' | '齊' | '斎' => '斉',
        '澤' => '沢',
        '濱' | '濵' => '浜',
        '廣' => '広',
        '嶋' | '嶌' => '島',
        '德' => '徳',
        '惠' => '恵',
        '眞' => '真',
        '國' => '国',
        '櫻' => '桜',
        '榮' => '栄',
        '瀨' => '瀬',
        '龍' => '竜',
        '瀧' => '滝',
        '條' => '条',
        '藏' => '蔵',
        '壽' => '寿',
        '學' => '学',
        '實' => '実',
        '寶' => '宝',
        '圓' => '円',
        '淺' => '浅',
        '邨' => '村',
        '冨' => '富',
        '峯' => '峰',
        '舘' => '館',
        '會' => '会',
        '與' => '与',
        '豐' => '豊',
        '鐵' => '鉄',
        '靜' => '静',
        '黑' => '黒',
        '曾' => '曽',
        '槇' => '槙',
        '籠' => '篭',
        '萬' => '万',
        '禮' => '礼',
        '應' => '応',
        '將' => '将',
        '晉' => '晋',
        '縣' => '県',
        '繩' => '縄',
        '莊' => '荘',
        '薗' => '園',
        '彥' => '彦',
        '﨟' => '臈',
        '𠮷' => '吉',
        '鷗' => '鴎',
        '賴' => '頼',
        '栁' => '柳',
        '桒' => '桑',
        '增' => '増',
        '穗' => '穂',
        '步' => '歩',
        '埜' => '野',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(typed: &str, texts: &[&str]) -> bool {
        let key = key(texts.iter().copied());
        let tokens = tokens(&key);
        terms(typed)
            .iter()
            .all(|term| key.contains(term.as_str()) && required_tokens(term).iter().all(|token| tokens.contains(token)))
    }

    #[test]
    fn a_name_is_found_from_one_character_on() {
        let person = ["渡邉 髙志", "ワタナベ タカシ", "09012345678"];
        for typed in ["渡", "渡辺", "渡邊", "高志", "わたな", "ﾀｶｼ", "渡辺 高志", "5678", "090-1234", "なべたか"]
        {
            assert!(finds(typed, &person), "{typed}");
        }
        for typed in ["志渡", "渡志", "佐藤", "渡辺 佐藤", "シ090"] {
            assert!(!finds(typed, &person), "{typed}");
        }
    }

    #[test]
    fn a_company_is_found_however_its_legal_form_is_written() {
        for stored in ["かんら農産", "かんら農産㈱", "株式会社かんら農産"] {
            for typed in ["かんら農産株式会社", "㈱かんら農産", "株式会社 かんら農産", "(株)かんら", "農産"]
            {
                assert!(finds(typed, &[stored]), "{typed} in {stored}");
            }
            assert!(!finds("株式会社みよし農産", &[stored]), "{stored}");
        }
        assert!(finds("株式会社", &["かんら農産株式会社"]));
        assert!(!finds("株式会社", &["かんら農産"]));
    }

    #[test]
    fn a_number_is_found_by_its_international_form() {
        let person = ["渡邉 髙志", "09012345678"];
        for typed in ["+819012345678", "+81 90-1234-5678", "+81 090 1234", "渡辺 +81(0)90", "＋８１９０", "+81 0"]
        {
            assert!(finds(typed, &person), "{typed}");
        }
        for typed in ["+81", "+818012345678", "+81 佐藤"] {
            assert!(!finds(typed, &person), "{typed}");
        }
        assert_eq!(terms("taro+81@example.jp"), ["taro81@examplejp"]);
    }

    #[test]
    fn a_query_of_symbols_finds_nothing_and_a_blank_one_everything() {
        let person = ["渡邉 髙志", "ワタナベ タカシ", "09012345678"];
        for typed in ["\"", "_", "゛", "ﾞ", "ー", "・ ・"] {
            assert!(!finds(typed, &person), "{typed}");
            assert!(!required_tokens(&terms(typed)[0]).is_empty(), "an index is asked for something: {typed}");
        }
        for typed in ["", " ", "　", "\t\n", "\u{200B}"] {
            assert_eq!(terms(typed), Vec::<String>::new());
        }
        assert_eq!(terms("渡辺 _"), ["渡辺"], "a symbol beside a word does not hide what the word finds");
    }

    #[test]
    fn small_kana_and_width_make_no_difference() {
        assert_eq!(fold("しょうた"), fold("ｼﾖｳﾀ"));
        assert_eq!(fold("Ａｎh"), "anh");
    }

    #[test]
    fn an_iteration_mark_is_what_it_repeats() {
        for (marked, spelt) in [("いすゞ", "イスズ"), ("ミスヾ", "みすず"), ("こゝろ", "ココロ"), ("たゞし", "タダシ")]
        {
            assert_eq!(fold(marked), fold(spelt), "{marked}");
        }
        assert_eq!(fold("ゝ"), "ヽ", "nothing stands before it");
        assert_eq!(fold("ス ゞ"), "スヾ", "nor across a space");
    }

    #[test]
    fn what_a_character_folds_to_is_itself_stable() {
        let folded = ('\0'..=char::MAX).map(|c| (c, fold_char(c))).filter(|(c, common)| c != common);
        let mut count = 0;
        for (c, common) in folded {
            assert_eq!(fold_char(common), common, "{c}");
            count += 1;
        }
        assert!(count > 70, "{count}");
    }
}
