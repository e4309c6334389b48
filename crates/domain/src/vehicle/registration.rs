//! By what the authorities know a car: 登録番号 and 初度登録年月.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// 登録番号 (車両番号) in its four parts, such as 世田谷 330 さ 12-34.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationNumber {
    /// 地域名
    pub region: String,
    /// 分類番号: two or three digits or capitals.
    pub class: String,
    /// ひらがな等, one letter.
    pub kana: String,
    /// 一連指定番号: one to four digits, without dots and hyphen.
    pub serial: String,
}

impl fmt::Display for RegistrationNumber {
    /// As it stands on the plate: four digits with a hyphen, fewer with dots before them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { region, class, kana, serial } = self;
        let serial = match serial.split_at_checked(2) {
            Some((first, second)) if second.len() == 2 => format!("{first}-{second}"),
            _ => format!("{serial:・>4}"),
        };
        write!(f, "{region} {class} {kana} {serial}")
    }
}

/// 初度登録年月, of 軽 初度検査年月: a year with its month, or of an old 軽 the year alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FirstRegistration {
    pub year: i32,
    pub month: Option<u32>,
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for FirstRegistration {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let text = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String);
        text.pattern(Some("^[0-9]{4}(-(0[1-9]|1[0-2]))?$")).description(Some("`YYYY-MM`, or `YYYY` alone.")).into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for FirstRegistration {}

/// A text that is no `YYYY-MM` and no `YYYY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no year and month")]
pub struct NoYearMonth;

impl FirstRegistration {
    /// How many years ago it was on a day, completed ones; without a month by the year alone.
    #[must_use]
    pub fn age(self, on: NaiveDate) -> i32 {
        let before_its_month = self.month.is_some_and(|month| on.month() < month);
        (on.year() - self.year - i32::from(before_its_month)).max(0)
    }
}

impl FromStr for FirstRegistration {
    type Err = NoYearMonth;

    fn from_str(text: &str) -> Result<Self, NoYearMonth> {
        let number = |digits: &str, length: usize| {
            let plain = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().ok()).flatten().ok_or(NoYearMonth)
        };
        let (year, month) = match text.split_once('-') {
            Some((year, month)) => (year, Some(number(month, 2)?)),
            None => (text, None),
        };
        let year = i32::try_from(number(year, 4)?).map_err(|_| NoYearMonth)?;
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err(NoYearMonth);
        }
        Ok(Self { year, month })
    }
}

impl TryFrom<String> for FirstRegistration {
    type Error = NoYearMonth;

    fn try_from(text: String) -> Result<Self, NoYearMonth> {
        text.parse()
    }
}

impl fmt::Display for FirstRegistration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            Some(month) => write!(f, "{:04}-{month:02}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

impl From<FirstRegistration> for String {
    fn from(first: FirstRegistration) -> Self {
        first.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_reads_as_it_hangs_on_the_car() {
        let plate = |serial: &str| {
            let text = |text: &str| text.to_owned();
            RegistrationNumber {
                region: text("世田谷"), class: text("330"), kana: text("さ"), serial: text(serial)
            }
            .to_string()
        };
        assert_eq!(plate("1234"), "世田谷 330 さ 12-34");
        assert_eq!(plate("88"), "世田谷 330 さ ・・88");
        assert_eq!(plate("7"), "世田谷 330 さ ・・・7");
    }

    #[test]
    fn a_month_is_known_or_only_the_year() {
        for (text, year, month) in [("2023-04", 2023, Some(4)), ("1988", 1988, None)] {
            let first: FirstRegistration = text.parse().unwrap();
            assert_eq!((first.year, first.month, first.to_string().as_str()), (year, month, text));
        }
        for wrong in ["", "2023-4", "2023-13", "2023-00", "23-04", "2023/04", "+023-04", "R5.4"] {
            assert_eq!(wrong.parse::<FirstRegistration>(), Err(NoYearMonth), "{wrong}");
        }
    }

    #[test]
    fn a_year_is_over_when_its_month_comes_round() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let first = FirstRegistration { year: 2023, month: Some(4) };
        assert_eq!((first.age(day("2026-03-31")), first.age(day("2026-04-01"))), (2, 3));
        assert_eq!(FirstRegistration { year: 1988, month: None }.age(day("2026-01-01")), 38);
        assert_eq!(first.age(day("2020-01-01")), 0);
    }
}
