//! 仮押さえ in words. Pure.

use chrono::TimeDelta;
use noren_api::holds::Hold;
use noren_domain::hold::{HoldLoss, HoldState};

use crate::words::{self, Lang};

/// Why a hold was lost.
pub fn loss(loss: HoldLoss) -> fn(Lang) -> &'static str {
    use words::hold_end as say;
    match loss {
        HoldLoss::Sold => say::sold,
        HoldLoss::NotForSale => say::not_for_sale,
        HoldLoss::Ended => say::ended,
        HoldLoss::Refused => say::refused,
    }
}

/// How a hold stands, or how it ended.
pub fn state(hold: &Hold) -> fn(Lang) -> &'static str {
    use words::{hold as say, hold_end as end};
    match hold.state {
        HoldState::Requested => say::requested,
        HoldState::Held => say::held,
        HoldState::Queued => say::queued,
        HoldState::Released => end::released,
        HoldState::Expired => end::expired,
        HoldState::Lost => hold.loss.map_or(end::lost, loss),
        HoldState::Contracted => end::contracted,
    }
}

/// What the car is called, or its number where it is not there any more.
pub fn car(hold: &Hold) -> String {
    hold.vehicle_title.clone().unwrap_or_else(|| hold.stock_number.to_string())
}

/// How long it still lasts: `6時間41分`.
pub fn left(left: TimeDelta, lang: Lang) -> String {
    if left <= TimeDelta::zero() {
        return words::hold::over(lang).to_owned();
    }
    let minutes = left.num_minutes();
    let span = match minutes {
        ..60 => words::hold::minutes(lang, minutes),
        60..2880 => words::hold::hours(lang, minutes / 60, minutes % 60),
        _ => words::hold::days(lang, minutes / 1440),
    };
    words::hold::left(lang, span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_by_the_minute_until_the_last_day_but_one() {
        let said = |minutes| left(TimeDelta::minutes(minutes), Lang::Ja);
        assert_eq!(said(401), "あと6時間41分");
        assert_eq!(said(59), "あと59分");
        assert_eq!(said(2880), "あと2日");
        assert_eq!(said(0), "期限が過ぎています");
    }
}
