//! What a cell says: days of either calendar, amounts, words and plates. What is wrong is said by a code, never by the value.

use chrono::{Datelike, Days, NaiveDate};
use noren_domain::Yen;
use noren_domain::text::{is_dash, tidy};
use noren_domain::vehicle::{FirstRegistration, RegistrationNumber};

use super::text::folded;

/// An amount has so many digits at most.
const MOST_YEN: i64 = 999_999_999_999;
/// Excel counts days from here.
const EXCEL_EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// A text with all its characters of one width, dashes made hyphens, and no spaces.
fn plain(text: &str) -> String {
    tidy(text).chars().filter(|c| !c.is_whitespace()).map(|c| if is_dash(c) { '-' } else { c }).collect()
}

/// The year, and what follows it: 2024…, R6…, 令和6年…, H31…, 平成元年…
fn year(text: &str) -> Option<(i32, &str)> {
    const ERAS: [(&str, i32); 12] = [
        ("令和", 2018),
        ("平成", 1988),
        ("昭和", 1925),
        ("大正", 1911),
        ("R", 2018),
        ("H", 1988),
        ("S", 1925),
        ("T", 1911),
        ("r", 2018),
        ("h", 1988),
        ("s", 1925),
        ("t", 1911),
    ];
    let era = ERAS.iter().find_map(|(name, before)| Some((text.strip_prefix(name)?, *before)));
    let (rest, before) = era.unwrap_or((text, 0));
    let rest = rest.strip_prefix('.').filter(|_| era.is_some()).unwrap_or(rest);
    if let Some(rest) = rest.strip_prefix('元').filter(|_| era.is_some()) {
        return Some((before + 1, rest));
    }
    let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(length);
    let number: i32 = digits.parse().ok()?;
    let fits = if era.is_some() { (1..=2).contains(&length) && number > 0 } else { length == 4 };
    fits.then_some((before + number, rest))
}

/// The numbers behind a year, whatever separates them.
fn parts(rest: &str) -> Option<Vec<u32>> {
    let rest = rest.trim_matches(|c| matches!(c, '年' | '月' | '日' | '.' | '/' | '-'));
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let split = rest.split(['年', '月', '日', '.', '/', '-']);
    split.map(|part| (1..=2).contains(&part.len()).then(|| part.parse().ok()).flatten()).collect()
}

/// A day, without the time of day that Excel adds.
fn without_time(text: &str) -> String {
    let tidied = tidy(text);
    let day = match tidied.split_once([' ', 'T']) {
        Some((day, time)) if time.contains(':') => day.to_owned(),
        _ => tidied,
    };
    plain(&day)
}

/// 2024/4/1, 2024-04-01, 20240401, R6.4.1, 令和6年4月1日, or the number by which Excel counts days.
pub fn day(text: &str) -> Result<NaiveDate, &'static str> {
    const WRONG: &str = "day.form";
    let text = without_time(text);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: u64 = text.parse().map_err(|_| WRONG)?;
        return match text.len() {
            8 => NaiveDate::parse_from_str(&text, "%Y%m%d").ok(),
            // From 1954 to 2118.
            5 if (20_000..80_000).contains(&number) => {
                EXCEL_EPOCH.and_then(|from| from.checked_add_days(Days::new(number)))
            }
            _ => None,
        }
        .ok_or(WRONG);
    }
    let (year, rest) = year(&text).ok_or(WRONG)?;
    match parts(rest).as_deref() {
        Some([month, day]) => NaiveDate::from_ymd_opt(year, *month, *day).ok_or(WRONG),
        _ => Err(WRONG),
    }
}

/// A month, of which the day may be given too, or the year alone.
pub fn month(text: &str) -> Result<FirstRegistration, &'static str> {
    const WRONG: &str = "month.form";
    let text = without_time(text);
    let of = |year: i32, month: Option<u32>| {
        let fits = (1900..=2200).contains(&year) && month.is_none_or(|month| (1..=12).contains(&month));
        fits.then_some(FirstRegistration { year, month }).ok_or(WRONG)
    };
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<u32>().ok());
        let year = digits(0..4).and_then(|year| i32::try_from(year).ok()).ok_or(WRONG)?;
        return match text.len() {
            4 => of(year, None),
            6 => of(year, digits(4..6)),
            5 | 8 => day(&text).map_err(|_| WRONG).and_then(|day| of(day.year(), Some(day.month()))),
            _ => Err(WRONG),
        };
    }
    let (year, rest) = year(&text).ok_or(WRONG)?;
    match parts(rest).as_deref() {
        Some([]) => of(year, None),
        Some([month]) => of(year, Some(*month)),
        Some([month, day]) => {
            NaiveDate::from_ymd_opt(year, *month, *day).ok_or(WRONG).and_then(|_| of(year, Some(*month)))
        }
        _ => Err(WRONG),
    }
}

/// What one of a column counts, by its heading: (万円), (千km), or one.
pub fn unit_of(heading: &str) -> i64 {
    let heading = plain(heading);
    let is_unit = |unit: &str| heading.contains(&format!("({unit}")) || heading.ends_with(unit);
    match () {
        () if is_unit("万円") || is_unit("万km") || is_unit("万キロ") => 10_000,
        () if is_unit("千円") || is_unit("千km") => 1_000,
        () => 1,
    }
}

/// A number with commas, a currency's sign and a unit; 248.5万 too. `unit` is what one of it counts.
fn number(text: &str, unit: i64) -> Result<i64, &'static str> {
    const WRONG: &str = "number.form";
    let text = plain(text).to_lowercase();
    let text = text.trim_start_matches(['¥', '\\', '￥']);
    let (negative, text) = match text.strip_prefix(['-', '△', '▲', '−']) {
        Some(rest) => (true, rest.trim_start_matches(['¥', '\\'])),
        None => (false, text),
    };
    let text = ["円", "km", "キロ", "cc", "kg", "mm", "名", "人", "枚", "ドア"]
        .iter()
        .fold(text, |text, unit| text.trim_end_matches(*unit));
    let (text, unit) = match (text.strip_suffix('万'), text.strip_suffix('千')) {
        (Some(rest), _) => (rest, 10_000),
        (_, Some(rest)) => (rest, 1_000),
        _ => (text, unit),
    };
    let digits = text.replace(',', "");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let plain_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_number =
        !whole.is_empty() && whole.len() <= 15 && plain_digits(whole) && fraction.len() <= 9 && plain_digits(fraction);
    if !is_number {
        return Err(WRONG);
    }
    let mut value = whole.parse::<i64>().map_err(|_| WRONG)?.checked_mul(unit).ok_or("number.range")?;
    let mut of = unit;
    for digit in fraction.bytes().map(|byte| i64::from(byte - b'0')) {
        match (of % 10, digit) {
            (0, _) => {
                of /= 10;
                value += digit * of;
            }
            // Excel writes 12.0 where it means 12.
            (_, 0) => {}
            _ => return Err(WRONG),
        }
    }
    Ok(if negative { -value } else { value })
}

/// An amount that may be a loss.
pub fn signed_yen(text: &str, unit: i64) -> Result<Yen, &'static str> {
    let amount = number(text, unit)?;
    if amount.abs() <= MOST_YEN { Ok(Yen(amount)) } else { Err("number.range") }
}

/// An amount that is not below nothing.
pub fn yen(text: &str, unit: i64) -> Result<Yen, &'static str> {
    signed_yen(text, unit).and_then(|yen| if yen.0 < 0 { Err("number.range") } else { Ok(yen) })
}

/// A count of something.
pub fn count<T: TryFrom<i64>>(text: &str, unit: i64) -> Result<T, &'static str> {
    T::try_from(number(text, unit)?).map_err(|_| "number.range")
}

/// あり or なし, in the ways in which lists say it.
pub fn flag(text: &str) -> Result<bool, &'static str> {
    const YES: [&str; 14] = ["有", "有り", "あり", "○", "〇", "◯", "1", "y", "yes", "true", "はい", "済", "付", "レ"];
    const NO: [&str; 13] =
        ["無", "無し", "なし", "×", "0", "n", "no", "false", "いいえ", "未", "ナシ", "修復歴なし", "別"];
    let said = tidy(text).to_lowercase();
    match () {
        () if YES.contains(&said.as_str()) || said == "修復歴あり" => Ok(true),
        () if NO.contains(&said.as_str()) => Ok(false),
        () => Err("flag.form"),
    }
}

/// The word that a list of words says, or that the contract itself uses.
pub fn word<T: Copy + std::str::FromStr>(text: &str, words: &[(&str, T)]) -> Result<T, &'static str> {
    if let Some((_, means)) = words.iter().find(|(word, _)| *word == text) {
        return Ok(*means);
    }
    let said = folded(text);
    let known = words.iter().find(|(word, _)| folded(word) == said).map(|(_, means)| *means);
    known.or_else(|| tidy(text).to_lowercase().parse().ok()).ok_or("word.unknown")
}

/// 世田谷 330 さ 12-34, with or without spaces.
pub fn plate(text: &str) -> Result<RegistrationNumber, &'static str> {
    const WRONG: &str = "plate.form";
    let text = plain(text);
    let at = text.find(|c: char| c.is_ascii_digit()).ok_or(WRONG)?;
    let (region, rest) = text.split_at(at);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).ok_or(WRONG)?;
    let (class, rest) = rest.split_at(end);
    let mut rest = rest.chars();
    let kana = rest.next().ok_or(WRONG)?;
    let serial: String = rest.filter(|c| !matches!(c, '-' | '・' | '.' | '·')).collect();
    let fits = kana.is_alphabetic()
        && (1..=8).contains(&region.chars().count())
        && (1..=3).contains(&class.len())
        && (1..=4).contains(&serial.len())
        && serial.bytes().all(|byte| byte.is_ascii_digit());
    let number =
        RegistrationNumber { region: region.to_owned(), class: class.to_owned(), kana: kana.to_string(), serial };
    if fits { Ok(number) } else { Err(WRONG) }
}

/// A phone number as it was written; Excel takes the first zero off one without hyphens.
pub fn phone(text: &str) -> String {
    let written = plain(text);
    let is_cut = matches!(written.len(), 9 | 10)
        && !written.starts_with('0')
        && written.bytes().all(|byte| byte.is_ascii_digit());
    if is_cut { format!("0{written}") } else { written }
}

/// Seven digits; Excel takes the first zero off them too.
pub fn postal_code(text: &str) -> Result<String, &'static str> {
    let digits: String = plain(text).trim_start_matches('〒').chars().filter(|c| *c != '-').collect();
    let is_code = matches!(digits.len(), 6 | 7) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { Ok(format!("{digits:0>7}")) } else { Err("postal_code.form") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_either_calendar_is_the_same_day() {
        let expected = NaiveDate::from_ymd_opt(2024, 4, 1).unwrap();
        for text in [
            "2024/4/1",
            "2024-04-01",
            "2024.04.01",
            "20240401",
            "2024年4月1日",
            "R6.4.1",
            "r6/04/01",
            "R06.04.01",
            "令和6年4月1日",
            "令和６年４月１日",
            "令和 6年 4月 1日",
            "Ｒ６．４．１",
            "R6年4月1日",
            "2024/04/01 0:00",
            "2024-04-01T00:00:00",
            "45383",
        ] {
            assert_eq!(day(text), Ok(expected), "{text}");
        }
        assert_eq!(day("令和元年5月1日"), Ok(NaiveDate::from_ymd_opt(2019, 5, 1).unwrap()));
        assert_eq!(day("H31.4.30"), Ok(NaiveDate::from_ymd_opt(2019, 4, 30).unwrap()));
        assert_eq!(
            day("平成35年3月31日"),
            Ok(NaiveDate::from_ymd_opt(2023, 3, 31).unwrap()),
            "as inspections of 2018 were printed"
        );
        assert_eq!(day("S63.12.1"), Ok(NaiveDate::from_ymd_opt(1988, 12, 1).unwrap()));
        for wrong in [
            "",
            "R6.4",
            "R6.13.1",
            "2024/2/30",
            "24/4/1",
            "R0.1.1",
            "X6.4.1",
            "R123.4.1",
            "1234567",
            "来月",
            "2024//4",
            "R6.4.1.2",
        ] {
            assert_eq!(day(wrong), Err("day.form"), "{wrong}");
        }
    }

    #[test]
    fn a_month_may_have_its_day_or_only_a_year() {
        for text in
            ["2023/4", "2023-04", "202304", "R5.4", "令和5年4月", "R05/04", "2023年4月", "2023/4/15", "20230415"]
        {
            assert_eq!(month(text).map(String::from), Ok("2023-04".to_owned()), "{text}");
        }
        assert_eq!(month("S63").map(String::from), Ok("1988".to_owned()));
        assert_eq!(month("1988年").map(String::from), Ok("1988".to_owned()));
        for wrong in ["", "R5.13", "2023/0", "23/4", "不明", "202313", "0088"] {
            assert_eq!(month(wrong), Err("month.form"), "{wrong}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_and_spreadsheets_write_them() {
        for (text, unit, amount) in [
            ("¥1,234,000", 1, 1_234_000),
            ("￥１，２３４，０００", 1, 1_234_000),
            ("\\1234000", 1, 1_234_000),
            ("1,234,000円", 1, 1_234_000),
            ("123.4万円", 1, 1_234_000),
            ("123.4", 10_000, 1_234_000),
            ("1234000.00", 1, 1_234_000),
            ("0", 1, 0),
        ] {
            assert_eq!(yen(text, unit), Ok(Yen(amount)), "{text}");
        }
        assert_eq!(signed_yen("△12,000", 1), Ok(Yen(-12_000)));
        assert_eq!(signed_yen("▲¥12,000", 1), Ok(Yen(-12_000)));
        assert_eq!(yen("-1", 1), Err("number.range"));
        assert_eq!(yen("1,000,000,000,000", 1), Err("number.range"));
        for wrong in ["", "ASK", "12.5", "1.2.3", "12円円a", "１２三"] {
            assert_eq!(yen(wrong, 1), Err("number.form"), "{wrong}");
        }
        assert_eq!(count::<u32>("3.2万km", 1), Ok(32_000));
        assert_eq!(count::<u32>("32,000㎞", 1), Ok(32_000));
        assert_eq!(count::<u8>("300", 1), Err("number.range"));
    }

    #[test]
    fn the_unit_may_stand_in_the_heading() {
        for (heading, unit) in [
            ("本体価格(万円)", 10_000),
            ("支払総額（万円）", 10_000),
            ("走行(千km)", 1_000),
            ("走行距離(km)", 1),
            ("本体価格", 1),
        ] {
            assert_eq!(unit_of(heading), unit, "{heading}");
        }
    }

    #[test]
    fn a_plate_is_read_with_and_without_spaces() {
        for text in ["世田谷 330 さ 12-34", "世田谷330さ1234", "世田谷　３３０　さ　１２－３４"]
        {
            assert_eq!(plate(text).unwrap().to_string(), "世田谷 330 さ 12-34", "{text}");
        }
        assert_eq!(
            plate("前橋 50 A ・・88").map(|plate| plate.to_string()),
            Err("plate.form"),
            "the letter is no part of the class"
        );
        assert_eq!(plate("前橋 580 あ ・・88").unwrap().to_string(), "前橋 580 あ ・・88");
        for wrong in ["", "前橋", "330 さ 1234", "前橋 330 さ", "前橋 330 さ 12345"] {
            assert_eq!(plate(wrong), Err("plate.form"), "{wrong}");
        }
    }

    #[test]
    fn zeros_that_a_spreadsheet_took_off_come_back() {
        for (written, kept) in
            [("9012345678", "09012345678"), ("312345678", "0312345678"), ("090-1234-5678", "090-1234-5678")]
        {
            assert_eq!(phone(written), kept);
        }
        assert_eq!(postal_code("600001"), Ok("0600001".to_owned()));
        assert_eq!(postal_code("〒371-0024"), Ok("3710024".to_owned()));
        assert_eq!(postal_code("37100"), Err("postal_code.form"));
    }

    #[test]
    fn there_and_not_there_are_said_in_many_ways() {
        assert!(["有", "あり", "○", "1", "有り"].iter().all(|text| flag(text) == Ok(true)));
        assert!(["無", "なし", "×", "0", "ﾅｼ"].iter().all(|text| flag(text) == Ok(false)));
        assert_eq!(flag("不明"), Err("flag.form"));
    }
}
