//! Japanese telephone numbers (reference section 7).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::{is_dash, one_line, tidy};

/// A number as typed and as digits. Landlines have 10 digits, mobile and 050 numbers 11, 0800 numbers 11, 0120 numbers 10.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    pub typed: String,
    pub digits: String,
}

impl Phone {
    /// # Errors
    /// `phone.characters` for anything but digits and separators, `phone.length` when the count of digits fits no
    /// Japanese number.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let digits = digits_of(typed)?;
        let expected = if is_eleven_digit(&digits) { 11 } else { 10 };
        if !digits.starts_with('0') || digits.len() != expected {
            return Err("phone.length");
        }
        Ok(Self { typed: one_line(typed), digits })
    }

    /// The number with hyphens where its kind fixes them; a landline as it was typed, because area codes have two to
    /// five digits and are not guessed.
    #[must_use]
    pub fn display(&self) -> String {
        let d = &self.digits;
        let split = |a: usize, b: usize| format!("{}-{}-{}", &d[..a], &d[a..b], &d[b..]);
        match d.len() {
            11 if d.starts_with("0800") => split(4, 7),
            11 => split(3, 7),
            _ if d.starts_with("0120") => split(4, 7),
            _ if self.typed.chars().any(|c| !c.is_numeric()) => crate::text::fold_hyphens(&tidy(&self.typed)),
            _ => d.clone(),
        }
    }

    /// Whether short messages reach it.
    #[must_use]
    pub fn takes_sms(&self) -> bool {
        self.digits.len() == 11
            && ["060", "070", "080", "090"].iter().any(|p| self.digits.starts_with(p))
            && !self.digits.starts_with("0800")
    }
}

fn digits_of(typed: &str) -> Result<String, &'static str> {
    let mut digits = String::new();
    for c in domestic(&tidy(typed)).chars() {
        match c {
            '0'..='9' => digits.push(c),
            c if is_separator(c) => {}
            _ => return Err("phone.characters"),
        }
    }
    Ok(digits)
}

/// A number that begins with Japan's country code, as it is dialled in Japan. Many keep the trunk zero behind the code,
/// in parentheses or without; no number has a further zero there.
pub(crate) fn domestic(tidied: &str) -> Cow<'_, str> {
    let Some(abroad) = tidied.strip_prefix("+81") else { return Cow::Borrowed(tidied) };
    Cow::Owned(format!("0{}", abroad.trim_start_matches(|c| c == '0' || is_separator(c))))
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '(' | ')' | '.' | '/') || is_dash(c)
}

fn is_eleven_digit(digits: &str) -> bool {
    ["050", "060", "070", "080", "090", "0800"].iter().any(|prefix| digits.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_typed_and_as_digits() {
        for (typed, digits, display) in [
            ("090-1234-5678", "09012345678", "090-1234-5678"),
            ("０９０ー１２３４ー５６７８", "09012345678", "090-1234-5678"),
            ("+81 90-1234-5678", "09012345678", "090-1234-5678"),
            ("+81 090-1234-5678", "09012345678", "090-1234-5678"),
            ("+81 (0)90-1234-5678", "09012345678", "090-1234-5678"),
            ("＋８１-90-1234-5678", "09012345678", "090-1234-5678"),
            ("+81(0)3-1234-5678", "0312345678", "+81(0)3-1234-5678"),
            ("03(1234)5678", "0312345678", "03(1234)5678"),
            ("0276-12-3456", "0276123456", "0276-12-3456"),
            ("0276123456", "0276123456", "0276123456"),
            ("0120123456", "0120123456", "0120-123-456"),
            ("08001234567", "08001234567", "0800-123-4567"),
            ("06012345678", "06012345678", "060-1234-5678"),
        ] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!((phone.digits.as_str(), phone.display().as_str()), (digits, display), "{typed}");
        }
    }

    #[test]
    fn a_number_is_kept_in_one_line() {
        let phone = Phone::parse("03-1234\r\n5678 ").unwrap();
        assert_eq!((phone.typed.as_str(), phone.digits.as_str()), ("03-1234 5678", "0312345678"));
    }

    #[test]
    fn a_wrong_count_of_digits_is_named() {
        for typed in ["090-1234-567", "03-1234-567", "12345", "", "9012345678", "+81", "+81 90-1234-567"] {
            assert_eq!(Phone::parse(typed), Err("phone.length"), "{typed}");
        }
        assert_eq!(Phone::parse("090-abcd-5678"), Err("phone.characters"));
    }

    #[test]
    fn short_messages_go_to_mobiles_only() {
        assert!(Phone::parse("060-1234-5678").unwrap().takes_sms());
        assert!(!Phone::parse("050-1234-5678").unwrap().takes_sms());
        assert!(!Phone::parse("0800-123-4567").unwrap().takes_sms());
        assert!(!Phone::parse("03-1234-5678").unwrap().takes_sms());
    }
}
