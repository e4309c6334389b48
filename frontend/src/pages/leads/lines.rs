//! A lead in a line of words. Pure.

use noren_api::leads::{Address, WantedCar};
use noren_domain::lead::{LeadStatus, Temperature};

use super::draft::hyphenated;
use crate::ui::badge::Tone;
use crate::ui::icon::Icon;
use crate::ui::yen;
use crate::words::{self, Lang};

/// Name and form of address: 様 for a person, 御中 for a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    pub name: String,
    pub title: &'static str,
}

pub fn called(name: Option<&str>, company: Option<&str>, lang: Lang) -> Called {
    match (name, company) {
        (Some(name), _) => Called { name: name.to_owned(), title: words::lead::person_title(lang) },
        (None, Some(company)) => Called { name: company.to_owned(), title: words::lead::company_title(lang) },
        (None, None) => Called { name: words::lead::nameless(lang).to_owned(), title: "" },
    }
}

/// The wanted car in two parts: what, which may be cut where the line is short, and up to how much, which may not.
pub fn wish(car: &WantedCar, lang: Lang) -> (String, Option<String>) {
    let what = [&car.maker, &car.model, &car.body_type].into_iter().flatten().map(String::as_str);
    let what = what.collect::<Vec<_>>().join(" ");
    let budget = car.budget.map(|budget| words::lead::up_to(lang, yen::brief(budget, lang)));
    match (what.is_empty(), budget) {
        (true, None) => (words::lead::no_wish(lang).to_owned(), None),
        (true, Some(budget)) => (String::new(), Some(budget)),
        (false, budget) => (what, budget.map(|budget| format!("・{budget}"))),
    }
}

/// The address in the order of an envelope, one line each.
pub fn address(address: &Address) -> Vec<String> {
    let join =
        |parts: &[&Option<String>]| -> String { parts.iter().filter_map(|part| part.as_deref()).collect::<String>() };
    let code = address.postal_code.as_deref().map(|code| format!("〒{}", hyphenated(code))).unwrap_or_default();
    let place = join(&[&address.prefecture, &address.city, &address.town, &address.street]);
    let building = join(&[&address.building]);
    [code, place, building].into_iter().filter(|line| !line.is_empty()).collect()
}

pub fn status(status: LeadStatus) -> fn(Lang) -> &'static str {
    use words::status as name;
    match status {
        LeadStatus::New => name::new,
        LeadStatus::Working => name::working,
        LeadStatus::Nurturing => name::nurturing,
        LeadStatus::Converted => name::converted,
        LeadStatus::Disqualified => name::disqualified,
    }
}

pub fn status_tone(status: LeadStatus) -> Tone {
    match status {
        LeadStatus::New => Tone::Warn,
        LeadStatus::Working | LeadStatus::Nurturing => Tone::Accent,
        LeadStatus::Converted => Tone::Ok,
        LeadStatus::Disqualified => Tone::Plain,
    }
}

/// What a button says that moves a lead there.
pub fn move_label(from: LeadStatus, to: LeadStatus) -> fn(Lang) -> &'static str {
    use words::moves as say;
    match (from, to) {
        (LeadStatus::New, LeadStatus::Working) => say::start,
        (_, LeadStatus::Nurturing) => say::nurture,
        (_, LeadStatus::Disqualified) => say::disqualify,
        (_, LeadStatus::Working | LeadStatus::New) => say::resume,
        (_, LeadStatus::Converted) => say::convert,
    }
}

pub fn temperature(temperature: Temperature) -> fn(Lang) -> &'static str {
    use words::temperature as name;
    match temperature {
        Temperature::ThisMonth => name::this_month,
        Temperature::ThreeMonths => name::three_months,
        Temperature::SixMonths => name::six_months,
    }
}

pub fn temperature_tone(temperature: Temperature) -> Tone {
    if temperature == Temperature::ThisMonth { Tone::Accent } else { Tone::Plain }
}

/// The picture of a way in; sources of a dealer's own making get the globe.
pub fn source_icon(code: &str) -> Icon {
    match code {
        "walk_in" => Icon::Door,
        "phone" => Icon::Phone,
        "referral" => Icon::Users,
        "line" => Icon::Line,
        "mail" => Icon::Mail,
        _ => Icon::Globe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use noren_domain::Yen;

    #[test]
    fn a_person_is_sama_and_a_company_onchu() {
        let title = |name, company| called(name, company, Lang::Ja);
        assert_eq!(title(Some("渡邉 髙志"), Some("㈱山田")), Called { name: "渡邉 髙志".into(), title: "様" });
        assert_eq!(title(None, Some("㈱山田")), Called { name: "㈱山田".into(), title: "御中" });
    }

    #[test]
    fn the_wish_is_one_line() {
        let car = WantedCar { model: Some("SUV".into()), budget: Some(Yen(2_200_000)), ..WantedCar::default() };
        assert_eq!(wish(&car, Lang::Ja), ("SUV".into(), Some("・220万円まで".into())));
        assert_eq!(wish(&WantedCar { model: None, ..car }, Lang::Ja), (String::new(), Some("220万円まで".into())));
        assert_eq!(wish(&WantedCar::default(), Lang::Ja), (words::lead::no_wish(Lang::Ja).into(), None));
    }

    #[test]
    fn an_address_is_written_as_on_an_envelope() {
        let known = Address {
            postal_code: Some("3710024".into()),
            prefecture: Some("群馬県".into()),
            city: Some("前橋市".into()),
            building: Some("ハイツ201".into()),
            ..Address::default()
        };
        assert_eq!(address(&known), ["〒371-0024", "群馬県前橋市", "ハイツ201"]);
    }
}
