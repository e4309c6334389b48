//! A customer in words. Pure.

use noren_api::customers::{CustomerRow, Due, NextInspection};
use noren_domain::customer::{
    CorrectionState, CustomerCar, CustomerField, CustomerKind, InspectionKind, MaintenanceKind, MatchReason, Payment,
};

use crate::ui::badge::Tone;
use crate::ui::date;
use crate::words::{self, Lang};

/// 様 or 御中.
pub fn title(kind: CustomerKind) -> fn(Lang) -> &'static str {
    match kind {
        CustomerKind::Person => words::lead::person_title,
        CustomerKind::Organization => words::lead::company_title,
    }
}

/// `髙橋 美咲 様`
pub fn called(row: &CustomerRow, lang: Lang) -> String {
    format!("{} {}", row.name, title(row.kind)(lang)).trim_end().to_owned()
}

/// How long it is until a 車検.
pub fn due(due: Due, lang: Lang) -> String {
    match due {
        Due::Months { months } => words::customer::in_months(lang, months),
        Due::Window { days } => words::customer::in_days(lang, days),
        Due::Expired => words::customer::expired(lang).to_owned(),
    }
}

/// How much a 車検 asks for attention.
pub fn urgency(due: Due) -> &'static str {
    match due {
        Due::Months { .. } => "plain",
        Due::Window { .. } => "accent",
        Due::Expired => "danger",
    }
}

/// `車検 2027/1/20・あと61日`
pub fn inspection(next: &NextInspection, lang: Lang) -> String {
    words::customer::inspection_on(lang, date::day(next.expiry), due(next.due, lang))
}

/// `トヨタ プリウス`
pub fn car(car: &CustomerCar) -> String {
    [car.maker.as_str(), car.model_name.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The plate, or the chassis number of a car without one.
pub fn plate(car: &CustomerCar) -> Option<String> {
    car.registration_number.as_ref().map(ToString::to_string).or_else(|| car.chassis_number.clone())
}

/// `電話番号とフリガナが同じです`
pub fn why(reasons: &[MatchReason], lang: Lang) -> String {
    let named = |reason: &MatchReason| match reason {
        MatchReason::Phone => words::customer::phone(lang),
        MatchReason::Mail => words::customer::mail(lang),
        MatchReason::Kana => words::customer::kana(lang),
        MatchReason::Name => words::customer::name(lang),
    };
    let named: Vec<&str> = reasons.iter().map(named).collect();
    words::customer::same(lang, named.join(words::customer::and(lang)))
}

pub fn payment(payment: Payment) -> fn(Lang) -> &'static str {
    match payment {
        Payment::Cash => words::customer::pay_cash,
        Payment::Instalments => words::customer::pay_instalments,
        Payment::Bonus => words::customer::pay_bonus,
        Payment::Balloon => words::customer::pay_balloon,
        Payment::Lease => words::customer::pay_lease,
    }
}

pub fn work(kind: MaintenanceKind) -> fn(Lang) -> &'static str {
    match kind {
        MaintenanceKind::Maintenance => words::customer::maintenance,
        MaintenanceKind::Bodywork => words::customer::bodywork,
        MaintenanceKind::Repair => words::customer::repair,
    }
}

pub fn inspected(kind: InspectionKind) -> fn(Lang) -> &'static str {
    match kind {
        InspectionKind::Inspection => words::customer::inspection,
        InspectionKind::Legal12Months => words::customer::legal_12,
        InspectionKind::Legal6Months => words::customer::legal_6,
    }
}

/// What a member of a customer's record is called.
pub fn field(field: CustomerField) -> fn(Lang) -> &'static str {
    match field {
        CustomerField::Name => words::customer::name,
        CustomerField::Kana => words::customer::kana,
        CustomerField::ContactName => words::customer::contact_name,
        CustomerField::Birthday => words::customer::birthday,
        CustomerField::Phones => words::customer::phone,
        CustomerField::Mails => words::customer::mail,
        CustomerField::PostalCode => words::customer::postal_code,
        CustomerField::Prefecture => words::customer::prefecture,
        CustomerField::City => words::customer::city,
        CustomerField::Town => words::customer::town,
        CustomerField::Street => words::customer::street,
        CustomerField::Building => words::customer::building,
        CustomerField::StoreCode => words::customer::store,
        CustomerField::StaffCode => words::customer::staff,
    }
}

/// How a 修正依頼 stands.
pub fn state(state: CorrectionState) -> (Tone, fn(Lang) -> &'static str) {
    match state {
        CorrectionState::Waiting => (Tone::Accent, words::correction::waiting),
        CorrectionState::Stuck => (Tone::Warn, words::correction::stuck),
        CorrectionState::Sent => (Tone::Accent, words::correction::sent),
        CorrectionState::Accepted => (Tone::Ok, words::correction::accepted),
        CorrectionState::Refused => (Tone::Warn, words::correction::refused),
        CorrectionState::Discarded => (Tone::Plain, words::correction::discarded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reasons_are_one_sentence() {
        assert_eq!(why(&[MatchReason::Phone, MatchReason::Kana], Lang::Ja), "電話番号とフリガナが同じです");
        assert_eq!(why(&[MatchReason::Name], Lang::Ja), "お名前が同じです");
    }

    #[test]
    fn what_ends_says_until_when() {
        assert_eq!(due(Due::Window { days: 61 }, Lang::Ja), "あと61日・受けられます");
        assert_eq!(due(Due::Months { months: 14 }, Lang::Ja), "あと14か月");
        assert_eq!((due(Due::Expired, Lang::Ja).as_str(), urgency(Due::Expired)), ("切れています", "danger"));
    }
}
