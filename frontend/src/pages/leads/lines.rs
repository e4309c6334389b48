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

impl std::fmt::Display for Called {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(format!("{} {}", self.name, self.title).trim())
    }
}

/// However many spaces were typed between two parts of a name, one is shown. A lead that nobody knows the name of was erased.
pub fn called(name: Option<&str>, company: Option<&str>, lang: Lang) -> Called {
    let shown = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    match (name, company) {
        (Some(name), _) => Called { name: shown(name), title: words::lead::person_title(lang) },
        (None, Some(company)) => Called { name: shown(company), title: words::lead::company_title(lang) },
        (None, None) => Called { name: words::lead::erased(lang).to_owned(), title: "" },
    }
}

/// The wanted car in pieces that share a line: what it is called, then what gives way, the first last.
pub fn wish(car: &WantedCar, lang: Lang) -> Vec<String> {
    let called = [&car.maker, &car.model].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let called = Some(called).filter(|called| !called.is_empty());
    let budget = car.budget.map(|budget| words::lead::up_to(lang, yen::brief(budget, lang)));
    let pieces =
        if called.is_some() { [called, budget, car.body_type.clone()] } else { [car.body_type.clone(), budget, None] };
    let pieces: Vec<String> = pieces.into_iter().flatten().collect();
    if pieces.is_empty() { vec![words::lead::no_wish(lang).to_owned()] } else { pieces }
}

/// The family name of a colleague, which is how the shop calls them; a name in Latin letters stays whole.
pub fn family_name(name: &str) -> &str {
    if name.is_ascii() { name } else { name.split_whitespace().next().unwrap_or(name) }
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

/// How warm, from one to [`gauge::FULL`](crate::ui::gauge::FULL).
pub fn warmth(temperature: Temperature) -> u8 {
    match temperature {
        Temperature::ThisMonth => 3,
        Temperature::ThreeMonths => 2,
        Temperature::SixMonths => 1,
    }
}

/// The picture of a way in; sources of a dealer's own making get a plain one.
pub fn source_icon(code: &str) -> Icon {
    match code {
        "carsensor" | "goonet" | "own_site" | "maker" | "bulk_appraisal" => Icon::Globe,
        "walk_in" => Icon::Door,
        "phone" => Icon::Phone,
        "referral" => Icon::Users,
        "line" => Icon::Line,
        "sns" => Icon::Sms,
        "mail" | "dm_mail" => Icon::Mail,
        "event" => Icon::Flag,
        "service" => Icon::Wrench,
        "existing" => Icon::Known,
        _ => Icon::Inquiry,
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
        assert_eq!(title(None, None), Called { name: words::lead::erased(Lang::Ja).into(), title: "" });
    }

    #[test]
    fn of_a_wish_the_body_gives_way_before_the_budget_and_that_before_the_model() {
        let car = WantedCar {
            maker: Some("トヨタ".into()),
            model: Some("アルファード".into()),
            body_type: Some("ミニバン".into()),
            budget: Some(Yen(4_500_000)),
            ..WantedCar::default()
        };
        assert_eq!(wish(&car, Lang::Ja), ["トヨタ アルファード", "450万円まで", "ミニバン"]);
        let car = WantedCar { maker: None, model: None, ..car };
        assert_eq!(wish(&car, Lang::Ja), ["ミニバン", "450万円まで"]);
        assert_eq!(wish(&WantedCar { body_type: None, ..car }, Lang::Ja), ["450万円まで"]);
        assert_eq!(wish(&WantedCar::default(), Lang::Ja), [words::lead::no_wish(Lang::Ja)]);
    }

    #[test]
    fn names_are_shown_with_one_space_and_colleagues_by_their_family_name() {
        assert_eq!(called(Some("田中  義男"), None, Lang::Ja).name, "田中 義男");
        assert_eq!(called(Some("田中　義男"), None, Lang::Ja).name, "田中 義男");
        assert_eq!(family_name("小野里 美咲"), "小野里");
        assert_eq!(family_name("John Smith"), "John Smith");
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
