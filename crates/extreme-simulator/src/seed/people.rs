//! Customers: persons and organizations, made up so that nobody can be reached by them.

use chrono::NaiveDate;

use super::dealer::Dealer;
use super::life::before;
use super::names::{BUILDINGS, FAMILY, GIVEN, ORGANIZATIONS};
use super::places::{CAPITAL, GUNMA, MAEBASHI, SAITAMA, TAKASAKI, Town};
use super::records::Customer;
use crate::random::Random;

/// The `number`th customer, known since a day.
pub fn customer(seed: u64, number: u64, since: NaiveDate, dealer: &Dealer) -> Customer {
    let mut random = Random::of(seed, "customer", number);
    let store = dealer.store(&mut random);
    let is_person = random.chance(88);
    let (family, given) = (random.pick(FAMILY), random.pick(GIVEN));
    let person = format!("{} {}", family.0, given.0);
    let organization = random.pick(ORGANIZATIONS);
    let (name, kana) = if is_person {
        (person.clone(), format!("{} {}", family.1, given.1))
    } else {
        (organization.0.to_owned(), organization.1.to_owned())
    };
    let town = random.chance(94).then(|| town(store, &mut random));
    let mails = if random.chance(55) { vec![mail(family.2, given.2, &mut random)] } else { Vec::new() };
    Customer {
        customer_code: format!("C-{number:06}"),
        kind: if is_person { "person" } else { "organization" },
        name,
        kana: random.chance(96).then_some(kana),
        contact_name: (!is_person && random.chance(70)).then_some(person),
        birthday: (is_person && random.chance(70)).then(|| before(since, random.between(20 * 365, 72 * 365))),
        phones: phones(is_person, &mut random),
        mails,
        postal_code: town.map(|town| town.postal_code),
        prefecture: town.map(|town| town.prefecture),
        city: town.map(|town| town.city),
        town: town.map(|town| town.name),
        street: town.map(|_| street(&mut random)),
        building: (town.is_some() && random.chance(22)).then(|| building(&mut random)),
        store_code: dealer.stores[store].clone(),
        staff_code: random.chance(90).then(|| dealer.seller(store, &mut random)),
        since,
    }
}

fn town(store: usize, random: &mut Random) -> Town {
    let home = if store.is_multiple_of(2) { MAEBASHI } else { TAKASAKI };
    let around = random.weighted(&[(55, home), (25, GUNMA), (7, SAITAMA), (13, CAPITAL)]);
    random.pick(around)
}

fn street(random: &mut Random) -> String {
    let (block, house, door) = (random.between(1, 5), random.between(1, 28), random.between(1, 20));
    match random.between(0, 3) {
        0 | 1 => format!("{block}-{house}-{door}"),
        2 => format!("{block}丁目{house}番{door}号"),
        _ => format!("{}番地", block * 100 + house),
    }
}

fn building(random: &mut Random) -> String {
    format!("{}{}0{}", random.pick(BUILDINGS), random.between(1, 4), random.between(1, 8))
}

fn mail(family: &str, given: &str, random: &mut Random) -> String {
    match random.between(0, 2) {
        0 => format!("{family}.{given}@example.jp"),
        1 => format!("{given}{}@example.jp", random.digits(2)),
        _ => format!("{family}-{}@example.jp", random.digits(3)),
    }
}

fn phones(is_person: bool, random: &mut Random) -> Vec<String> {
    let mut phones = Vec::new();
    if random.chance(if is_person { 94 } else { 50 }) {
        phones.push(mobile(random));
    }
    if phones.is_empty() || random.chance(25) {
        phones.push(landline(random));
    }
    phones
}

/// No number of Japan has a 0 after 090, 070 or 060, so that a call reaches nobody. 080-0 is free of charge and no mobile, hence no 080.
fn mobile(random: &mut Random) -> String {
    let prefix = random.weighted(&[(62, "090"), (30, "070"), (8, "060")]);
    let (office, line) = (random.digits(3), random.digits(4));
    if random.chance(80) { format!("{prefix}-0{office}-{line}") } else { format!("{prefix}0{office}{line}") }
}

/// Area codes with an exchange that begins with 0 or 1, which none does.
fn landline(random: &mut Random) -> String {
    let (start, digits) =
        random.weighted(&[(75, ("027-1", 2)), (10, ("0270-0", 1)), (10, ("0276-0", 1)), (5, ("03-0", 3))]);
    format!("{start}{}-{}", random.digits(digits), random.digits(4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    #[test]
    fn nobody_can_be_reached() {
        let dealer = Dealer::of(&Seed::small());
        for number in 1..500 {
            let customer = customer(1, number, "2024-01-01".parse().unwrap(), &dealer);
            assert!(!customer.phones.is_empty());
            for phone in &customer.phones {
                let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
                let is_mobile =
                    digits.len() == 11 && ["0900", "0700", "0600"].iter().any(|start| digits.starts_with(start));
                let is_landline = digits.len() == 10
                    && ["0271", "02700", "02760", "030"].iter().any(|start| digits.starts_with(start));
                assert!(is_mobile || is_landline, "{phone}");
            }
            assert!(customer.mails.iter().all(|mail| mail.ends_with("@example.jp")));
        }
    }
}
