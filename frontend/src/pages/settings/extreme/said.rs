//! What codes and states of EXTREME mean, in words. Pure.

use noren_api::extreme::{Breaker, ExtremeStream};
use noren_domain::staff_record::{Dispute, Employment, Settlement};
use noren_domain::sync::{Freshness, Stream};

use crate::ui::badge::Tone;
use crate::ui::icon::Icon;
use crate::words::{self, Lang};

type Words = fn(Lang) -> &'static str;

pub fn stream(stream: Stream) -> (Icon, Words) {
    use words::extreme as say;
    match stream {
        Stream::Vehicles => (Icon::Car, say::vehicles),
        Stream::Sales => (Icon::Flag, say::sales),
        Stream::StockPurchases => (Icon::Truck, say::stock_purchases),
        Stream::Customers => (Icon::Users, say::customers),
        Stream::Purchases => (Icon::Known, say::purchases),
        Stream::MaintenanceRecords => (Icon::Wrench, say::maintenance),
        Stream::Inspections => (Icon::Check, say::inspections),
        Stream::Staff => (Icon::Person, say::staff),
    }
}

/// How a stream stands, in a word.
pub fn standing(stream: &ExtremeStream) -> (Tone, Words) {
    use words::extreme as say;
    if stream.failure.is_some() {
        (Tone::Warn, say::stopped)
    } else if !stream.is_whole {
        (Tone::Accent, say::first_time)
    } else if stream.freshness == Freshness::Old {
        (Tone::Warn, say::old)
    } else {
        (Tone::Ok, say::fresh)
    }
}

pub fn breaker(breaker: Breaker) -> Words {
    match breaker {
        Breaker::Closed => words::extreme::breaker_closed,
        Breaker::HalfOpen => words::extreme::breaker_half_open,
        Breaker::Open => words::extreme::breaker_open,
    }
}

/// What the code of a failure means, and what helps.
pub fn reason(code: &str, lang: Lang) -> &'static str {
    use words::extreme as say;
    let known: Words = match code {
        "extreme.connection" => say::why_connection,
        "extreme.timeout" => say::why_timeout,
        "extreme.cut" => say::why_cut,
        "extreme.too_many_requests" => say::why_busy,
        "extreme.unavailable" => say::why_unavailable,
        "extreme.breaker_open" => say::why_breaker,
        "extreme.credentials" => say::why_credentials,
        "extreme.scope" => say::why_scope,
        "extreme.too_large" | "extreme.content_type" | "extreme.form" | "extreme.record" | "extreme.redirect" => {
            say::why_hostile
        }
        "extreme.records" => say::why_records,
        "extreme.cursor_expired" => say::why_cursor,
        "extreme.taken_otherwise" => say::why_otherwise,
        "database" => say::why_database,
        _ => say::why_other,
    };
    known(lang)
}

pub fn employment(employment: Employment) -> Words {
    match employment {
        Employment::Active => words::extreme::active,
        Employment::OnLeave => words::extreme::on_leave,
        Employment::Retired => words::extreme::retired,
    }
}

/// The same as Noren has it, where somebody on leave is suspended.
pub fn status(is: Employment) -> Words {
    match is {
        Employment::OnLeave => words::extreme::suspended,
        other => employment(other),
    }
}

/// What the matter is, and what it means for the shop.
pub fn dispute(dispute: Dispute) -> (Words, Words) {
    use words::extreme as say;
    match dispute {
        Dispute::UnknownStaff => (say::unknown_staff, say::unknown_staff_what),
        Dispute::Name => (say::name, say::name_what),
        Dispute::Store => (say::store, say::store_what),
        Dispute::UnknownStore => (say::unknown_store, say::unknown_store_what),
        Dispute::Employment => (say::employment, say::employment_what),
        Dispute::OpenLeads => (say::open_leads, say::open_leads_what),
        Dispute::LastAdministrator => (say::last_administrator, say::last_administrator_what),
        Dispute::NotTaken => (say::not_taken, say::not_taken_what),
    }
}

pub fn way(dispute: Dispute, settlement: Settlement) -> Words {
    match (dispute, settlement) {
        (_, Settlement::TakeTheirs) => words::extreme::take_theirs,
        (Dispute::NotTaken, Settlement::KeepOurs) => words::extreme::send_again,
        (_, Settlement::KeepOurs) => words::extreme::keep_ours,
        (_, Settlement::Leave) => words::extreme::leave,
    }
}

/// What is said once it is settled.
pub fn settled(settlement: Settlement) -> Words {
    match settlement {
        Settlement::TakeTheirs => words::extreme::theirs_taken,
        Settlement::KeepOurs => words::extreme::ours_kept,
        Settlement::Leave => words::extreme::left,
    }
}

/// How far a copy is behind: `12秒`, `3分`, `2時間`, `4日`.
pub fn lag(seconds: i64, lang: Lang) -> String {
    match seconds {
        ..60 => words::extreme::seconds(lang, seconds.max(0)),
        60..3_600 => words::extreme::minutes(lang, seconds / 60),
        3_600..86_400 => words::extreme::hours(lang, seconds / 3_600),
        _ => words::extreme::days(lang, seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_is_told_in_the_largest_unit_that_fits() {
        for (seconds, said) in [(0, "0秒"), (59, "59秒"), (60, "1分"), (7_199, "1時間"), (172_800, "2日")] {
            assert_eq!(lag(seconds, Lang::Ja), said);
        }
    }

    #[test]
    fn a_code_of_a_newer_server_has_a_sentence_too() {
        assert_eq!(reason("extreme.moon", Lang::Ja), words::extreme::why_other(Lang::Ja));
        assert_ne!(reason("extreme.timeout", Lang::En), words::extreme::why_other(Lang::En));
    }

    #[test]
    fn every_way_of_a_dispute_has_words_of_its_own() {
        for dispute in Dispute::ALL {
            let mut said: Vec<&str> =
                dispute.ways().iter().map(|settlement| way(*dispute, *settlement)(Lang::Ja)).collect();
            let count = said.len();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), count);
        }
    }
}
