//! The PIN that unlocks a screen.

use crate::text::tidy;

/// How many digits a PIN has.
pub const LENGTH: usize = 6;
/// After so many wrong PINs in a row the full sign-in is asked for.
pub const TRIES: i32 = 5;

/// A new PIN: six digits in either width.
///
/// # Errors
/// `pin.form`, and `pin.guessable` for what everybody tries first: one digit, a run up or down, a part that repeats.
pub fn choose(typed: &str) -> Result<String, &'static str> {
    let pin = tidy(typed);
    if pin.len() != LENGTH || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("pin.form");
    }
    if is_guessable(pin.as_bytes()) { Err("pin.guessable") } else { Ok(pin) }
}

fn is_guessable(digits: &[u8]) -> bool {
    let repeats = (1..=LENGTH / 2).any(|part| digits.chunks(part).all(|chunk| *chunk == digits[..part]));
    let runs = |step: u8| digits.windows(2).all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0');
    repeats || runs(1) || runs(9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_six_digits_that_nobody_tries_first() {
        for good in ["402817", "１９８５０３", "112358", "100200"] {
            assert_eq!(choose(good).map(|pin| pin.len()), Ok(6), "{good}");
        }
        for wrong in ["", "12345", "1234567", "12a456", "12 345"] {
            assert_eq!(choose(wrong), Err("pin.form"), "{wrong}");
        }
        for guessable in ["000000", "777777", "123456", "654321", "890123", "121212", "123123", "210987"] {
            assert_eq!(choose(guessable), Err("pin.guessable"), "{guessable}");
        }
    }
}
