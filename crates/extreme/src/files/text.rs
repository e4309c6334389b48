//! The bytes of a file as text, and a cell of it as whoever filled it in meant it.

use encoding_rs::{SHIFT_JIS, UTF_16LE};
use noren_domain::text::tidy;

/// UTF-8 with or without a byte order mark, what Excel calls Unicode text, or CP932, which is what old systems write. `None` where the
/// bytes are none of them.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    let text = if let Some(marked) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        std::str::from_utf8(marked).ok()?.to_owned()
    } else if let Some(marked) = bytes.strip_prefix(b"\xff\xfe") {
        UTF_16LE.decode_without_bom_handling_and_without_replacement(marked)?.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned()
    };
    // A NUL is in no text, and PostgreSQL does not keep one.
    (!text.contains('\0')).then_some(text)
}

/// What stands in a cell, without what Excel puts around it: `="0012"` keeps zeros, and `'=1+1` is no formula.
pub fn cell(written: &str) -> &str {
    let text = written.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let text = match text.strip_prefix('\'') {
        Some(guarded) if guarded.starts_with(['=', '+', '-', '@']) => guarded,
        _ => text,
    };
    text.trim()
}

/// Half-width katakana in full width, everything else as it was written: a name keeps its spelling.
pub fn widened(text: &str) -> String {
    let is_narrow = |c: char| matches!(c, '\u{ff61}'..='\u{ff9f}');
    let mut wide = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_narrow) {
        let (before, narrow) = rest.split_at(start);
        let end = narrow.find(|c| !is_narrow(c)).unwrap_or(narrow.len());
        wide.push_str(before);
        wide.push_str(&tidy(&narrow[..end]));
        rest = &narrow[end..];
    }
    wide.push_str(rest);
    wide
}

/// A heading, or a word, as it is compared: without spaces, marks, brackets and what they hold, and in one width and case.
pub fn folded(text: &str) -> String {
    let plain = |text: &str| -> String {
        let tidied = tidy(text).to_lowercase();
        tidied.chars().filter(|c| c.is_alphanumeric() || matches!(c, 'ー' | '○' | '×' | '々')).collect()
    };
    let mut depth = 0_u32;
    let outside: String = tidy(text)
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' | '【' | '「' | '<' => depth += 1,
                ')' | ']' | '】' | '」' | '>' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    let outside = plain(&outside);
    if outside.is_empty() { plain(text) } else { outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_the_same_text_is_read_alike() {
        let text = "管理番号,車名\r\nS-1,ｱｸｱ①髙\r\n";
        let cp932 = SHIFT_JIS.encode(text).0;
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes(), &cp932, &marked, &wide] {
            assert_eq!(decoded(bytes).as_deref(), Some(text));
        }
        for wrong in [&b"\x81"[..], b"\xef\xbb\xbf\xff", b"a\0b", b"\x89PNG\r\n\x1a\n\0"] {
            assert_eq!(decoded(wrong), None);
        }
    }

    #[test]
    fn what_excel_puts_around_a_cell_is_taken_off() {
        for (written, meant) in [
            ("=\"0012\"", "0012"),
            ("'+81 90", "+81 90"),
            ("'=1+1", "=1+1"),
            ("'24", "'24"),
            (" 　S-1　", "S-1"),
            ("\u{feff}管理番号", "管理番号"),
        ] {
            assert_eq!(cell(written), meant, "{written}");
        }
    }

    #[test]
    fn half_width_katakana_becomes_full_width_and_nothing_else_changes() {
        for (written, kept) in [
            ("ﾌﾟﾘｳｽ Ｚ", "プリウス Ｚ"),
            ("㈱ﾔﾏﾀﾞ髙﨑", "㈱ヤマダ髙﨑"),
            ("ｱｸｱ･G｢ﾚｻﾞｰ｣", "アクア・G「レザー」"),
            ("普通", "普通"),
        ] {
            assert_eq!(widened(written), kept);
        }
    }

    #[test]
    fn headings_are_compared_by_what_they_say() {
        for (heading, folded_as) in [
            ("本体価格（税込）", "本体価格"),
            ("走行距離 (km)", "走行距離"),
            (" 車検　満了日※", "車検満了日"),
            ("ﾒｰｶｰ", "メーカー"),
            ("Stock_Number", "stocknumber"),
            ("【支払総額】", "支払総額"),
            ("色(カラー)", "色"),
        ] {
            assert_eq!(folded(heading), folded_as, "{heading}");
        }
    }
}
