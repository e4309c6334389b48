//! Who asks: people and companies as a form or a colleague would type them.

use noren_domain::Yen;
use noren_domain::contact::Address;
use noren_domain::lead::{LeadStatus, Temperature, TypedProfile, WantedCar};
use noren_domain::postal::PostalPlace;

use super::names::{COMPANIES, FAMILY, FOREIGN, GIVEN};
use super::random::Random;
use super::rhythm::is_online;
use super::words::{BUILDINGS, CARS, COMPANY_CARS, COMPANY_NOTES, COMPANY_TIMINGS, Car, NEIGHBOURS, NOTES, TIMINGS};

/// The wanted car behind both the recorded wish and the words of the inquiry.
#[derive(Clone, Copy)]
pub struct Wish {
    pub car: Car,
    /// 万円
    pub budget: i64,
    pub timing: &'static str,
}

/// The towns that people live in, by the home city of a store.
pub struct Neighbourhood<'a> {
    home: Vec<&'a PostalPlace>,
    prefecture: Vec<&'a PostalPlace>,
    over_the_border: Vec<&'a PostalPlace>,
}

impl<'a> Neighbourhood<'a> {
    pub fn around(city: &str, towns: &'a [PostalPlace]) -> Self {
        let pick = |fits: &dyn Fn(&PostalPlace) -> bool| {
            towns.iter().filter(|place| !place.town.is_empty() && fits(place)).collect::<Vec<_>>()
        };
        Self {
            home: pick(&|place| place.prefecture == "群馬県" && place.city == city),
            prefecture: pick(&|place| place.prefecture == "群馬県"),
            over_the_border: pick(&|place| {
                ["埼玉県", "栃木県"].contains(&place.prefecture.as_str())
                    && NEIGHBOURS.iter().any(|city| place.city.starts_with(city))
            }),
        }
    }

    fn town(&self, random: &mut Random) -> Option<&'a PostalPlace> {
        let pool = random.weighted(&[(55, &self.home), (37, &self.prefecture), (8, &self.over_the_border)]);
        let pool = if pool.is_empty() { &self.prefecture } else { pool };
        (!pool.is_empty()).then(|| random.pick(pool))
    }
}

/// A name with its reading and the part of a mail address that goes with it.
struct Named {
    name: String,
    kana: String,
    latin: String,
}

/// What there is to know about a new acquaintance, and the car that they wish for.
pub fn meet(source: &str, status: LeadStatus, around: &Neighbourhood<'_>, random: &mut Random) -> (TypedProfile, Wish) {
    let is_company = random.chance(12);
    let wish = wish(is_company, random);
    let person = person(random);
    let mut profile = TypedProfile {
        source: source.to_owned(),
        phones: phones(source, is_company, random),
        mails: mails(source, &person.latin, random),
        address: address(around, random),
        wanted_car: wanted_car(wish, random),
        temperature: temperature(status, random),
        note: random.chance(45).then(|| random.pick(if is_company { COMPANY_NOTES } else { NOTES }).to_owned()),
        ..TypedProfile::default()
    };
    if is_company {
        let (company, reading) = random.pick(COMPANIES);
        let contact = random.chance(70);
        profile.company = Some(company.to_owned());
        profile.kana = Some(if contact { person.kana } else { reading.to_owned() });
        profile.name = contact.then_some(person.name);
    } else {
        profile.name = Some(person.name);
        profile.kana = random.chance(85).then_some(person.kana);
    }
    if profile.phones.is_empty() && profile.mails.is_empty() && source != "line" {
        profile.phones.push(mobile(random));
    }
    (profile, wish)
}

/// What is typed at first: a form asks for little, and a colleague at the counter writes down less.
pub fn at_first(full: &TypedProfile, random: &mut Random) -> TypedProfile {
    let mut first = full.clone();
    if random.chance(70) {
        first.note = None;
    }
    if random.chance(if is_online(&full.source) { 40 } else { 15 }) {
        first.temperature = None;
    }
    if random.chance(12) {
        let TypedProfile { source, name, company, phones, .. } = first;
        return TypedProfile { source, name, company, phones, ..TypedProfile::default() };
    }
    first
}

/// What one more conversation brings; something always differs from before.
pub fn learn(known: &TypedProfile, full: &TypedProfile, random: &mut Random) -> TypedProfile {
    let mut learned = known.clone();
    match random.between(0, 3) {
        0 => {
            learned.kana.clone_from(&full.kana);
            learned.address = full.address.clone();
        }
        1 => learned.wanted_car = full.wanted_car.clone(),
        2 => learned.mails.clone_from(&full.mails),
        _ => learned.temperature = full.temperature,
    }
    if learned == *known {
        let written = if known.company.is_some() { COMPANY_NOTES } else { NOTES };
        let fresh: Vec<&str> =
            written.iter().copied().filter(|&note| !known.note.as_deref().unwrap_or_default().contains(note)).collect();
        let lines = known.note.iter().map(String::as_str).chain((!fresh.is_empty()).then(|| random.pick(&fresh)));
        learned.note = Some(lines.collect::<Vec<_>>().join("\n"));
    }
    learned
}

fn person(random: &mut Random) -> Named {
    if random.chance(4) {
        let (name, kana, latin) = random.pick(FOREIGN);
        return Named { name: name.to_owned(), kana: kana.to_owned(), latin: format!("{latin}{}", random.digits(2)) };
    }
    let (family, family_kana, family_latin) = random.pick(FAMILY);
    let (given, given_kana, given_latin) = random.pick(GIVEN);
    let number = random.digits(2);
    let latin = match random.between(0, 3) {
        0 => format!("{family_latin}.{given_latin}"),
        1 => format!("{given_latin}{number}"),
        2 => format!("{family_latin}-{number}"),
        _ => format!("{family_latin}.{given_latin}.{number}"),
    };
    if random.chance(8) {
        return Named { name: family.to_owned(), kana: family_kana.to_owned(), latin };
    }
    let space = random.weighted(&[(80, " "), (15, "　"), (5, "")]);
    let kana = format!("{family_kana} {given_kana}");
    let kana = if random.chance(30) { hiragana(&kana) } else { kana };
    Named { name: format!("{family}{space}{given}"), kana, latin }
}

fn hiragana(katakana: &str) -> String {
    katakana
        .chars()
        .map(|c| match c {
            'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
            other => other,
        })
        .collect()
}

fn phones(source: &str, is_company: bool, random: &mut Random) -> Vec<String> {
    let reached = match source {
        "line" | "sns" => 30,
        _ if is_online(source) => 85,
        _ => 96,
    };
    if !random.chance(reached) {
        return Vec::new();
    }
    let at_desk = random.chance(if is_company { 70 } else { 10 });
    let mut phones = vec![if at_desk { landline(random) } else { mobile(random) }];
    if random.chance(if is_company { 35 } else { 8 }) {
        phones.push(if at_desk { mobile(random) } else { landline(random) });
    }
    phones
}

/// No number of Japan has a 0 after 060, 070 or 090, so that a tap on a demo phone reaches nobody. 080-0 is no
/// mobile (0800 is free of charge), hence no 080.
fn mobile(random: &mut Random) -> String {
    let prefix = random.weighted(&[(62, "090"), (30, "070"), (8, "060")]);
    let (office, line) = (random.digits(3), random.digits(4));
    let typed = match random.between(0, 9) {
        0..=6 => format!("{prefix}-0{office}-{line}"),
        7 | 8 => format!("{prefix}0{office}{line}"),
        _ => format!("{prefix}ー0{office}ー{line}"),
    };
    if random.chance(6) { full_width(&typed) } else { typed }
}

/// An area code of Gunma with an exchange that begins with 0 or 1, which none does. After 027 only 1 will do: 0270 is
/// Isesaki.
fn landline(random: &mut Random) -> String {
    let (start, digits) =
        random.weighted(&[(75, ("027-1", 2)), (10, ("0270-0", 1)), (10, ("0276-0", 1)), (5, ("0274-0", 1))]);
    format!("{start}{}-{}", random.digits(digits), random.digits(4))
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c })
        .collect()
}

fn mails(source: &str, latin: &str, random: &mut Random) -> Vec<String> {
    let has_one = match source {
        "line" | "sns" => 10,
        _ if is_online(source) => 94,
        _ => 25,
    };
    if !random.chance(has_one) {
        return Vec::new();
    }
    let host = random.weighted(&[(6, "example.jp"), (4, "example.com")]);
    vec![format!("{latin}@{host}")]
}

fn address(around: &Neighbourhood<'_>, random: &mut Random) -> Address {
    let Some(place) = (!random.chance(30)).then(|| around.town(random)).flatten() else { return Address::default() };
    let city =
        Address { prefecture: Some(place.prefecture.clone()), city: Some(place.city.clone()), ..Address::default() };
    if random.chance(25) {
        return city;
    }
    let (block, house, door) = (random.between(1, 5), random.between(1, 28), random.between(1, 20));
    let street = match random.between(0, 4) {
        0 => format!("{block}-{house}-{door}"),
        1 => format!("{block}丁目{house}-{door}"),
        2 => format!("{block}丁目{house}番{door}号"),
        3 => format!("{}番地", block * 100 + house),
        _ => format!("{}-{door}", block * 100 + house),
    };
    let building = random
        .chance(22)
        .then(|| format!("{} {}0{}", random.pick(BUILDINGS), random.between(1, 4), random.between(1, 8)));
    let (area, delivery) = place.postal_code.split_at(place.postal_code.len().min(3));
    let typed_code = if random.chance(50) { format!("{area}-{delivery}") } else { place.postal_code.clone() };
    Address { postal_code: Some(typed_code), town: Some(place.town.clone()), street: Some(street), building, ..city }
}

fn wish(is_company: bool, random: &mut Random) -> Wish {
    let (cars, timings) = if is_company { (COMPANY_CARS, COMPANY_TIMINGS) } else { (CARS, TIMINGS) };
    let car = random.pick(cars);
    let most = random.between(car.budget.0, car.budget.1);
    let step = if most >= 200 { 50 } else { 10 };
    Wish { car, budget: most / step * step, timing: random.pick(timings) }
}

fn wanted_car(wish: Wish, random: &mut Random) -> WantedCar {
    let Wish { car, budget, timing } = wish;
    let (maker, model, body_type) = random.weighted(&[
        (60, (true, true, true)),
        (15, (true, true, false)),
        (10, (false, true, false)),
        (8, (false, false, true)),
        (7, (false, false, false)),
    ]);
    WantedCar {
        maker: maker.then(|| car.maker.to_owned()),
        model: model.then(|| car.model.to_owned()),
        body_type: body_type.then(|| car.body_type.to_owned()),
        budget: random.chance(60).then_some(Yen(budget * 10_000)),
        timing: random.chance(60).then(|| timing.to_owned()),
    }
}

fn temperature(status: LeadStatus, random: &mut Random) -> Option<Temperature> {
    use Temperature::{SixMonths, ThisMonth, ThreeMonths};
    let shares = match status {
        LeadStatus::Working | LeadStatus::Converted => {
            [(40, Some(ThisMonth)), (38, Some(ThreeMonths)), (12, Some(SixMonths)), (10, None)]
        }
        LeadStatus::Nurturing => [(4, Some(ThisMonth)), (26, Some(ThreeMonths)), (55, Some(SixMonths)), (15, None)],
        LeadStatus::New | LeadStatus::Disqualified => {
            [(15, Some(ThisMonth)), (20, Some(ThreeMonths)), (20, Some(SixMonths)), (45, None)]
        }
    };
    random.weighted(&shares)
}
