//! The dealer: stores and staff. The first two stores and the first eight people are those that Noren's own demo begins with, under the
//! same codes and names; they are written down here again because this crate knows nothing of Noren.

use serde_json::json;

use super::Seed;
use super::names::{FAMILY, GIVEN};
use super::records::{Name, Staff};
use crate::random::Random;

/// Family, given, both in kana, role, home store.
type Person = (&'static str, &'static str, &'static str, &'static str, &'static str, usize);

const PEOPLE: &[Person] = &[
    ("狩野", "千恵子", "カノウ", "チエコ", "administrator", 0),
    ("佐久間", "涼", "サクマ", "リョウ", "manager", 0),
    ("髙橋", "恵", "タカハシ", "メグミ", "manager", 1),
    ("茂木", "翔", "モテギ", "ショウ", "salesperson", 0),
    ("小野里", "美咲", "オノザト", "ミサキ", "salesperson", 0),
    ("渡邉", "大輔", "ワタナベ", "ダイスケ", "salesperson", 0),
    ("星野", "拓也", "ホシノ", "タクヤ", "salesperson", 1),
    ("塚越", "彩", "ツカゴシ", "アヤ", "salesperson", 1),
];

/// Their mail addresses in Noren's demo, in the same order.
const MAILS: &[&str] = &["kano", "sakuma", "takahashi", "motegi", "onozato", "watanabe", "hoshino", "tsukagoshi"];

/// The dealer of a seed.
#[derive(Clone, Debug)]
pub struct Dealer {
    pub stores: Vec<String>,
    pub staff: Vec<Staff>,
    /// Who sells, by store.
    sellers: Vec<Vec<String>>,
}

impl Dealer {
    pub fn of(seed: &Seed) -> Self {
        let stores: Vec<String> = (1..=seed.stores.max(1)).map(|number| format!("{number:03}")).collect();
        let staff: Vec<Staff> =
            (0..seed.staff.max(PEOPLE.len())).map(|index| member(seed.seed, index, &stores)).collect();
        let sells = |staff: &&Staff| staff.role != Some("administrator");
        let sellers = stores
            .iter()
            .map(|store| {
                let of_store = |staff: &&Staff| staff.store_code == *store;
                staff.iter().filter(sells).filter(of_store).map(|staff| staff.staff_code.clone()).collect()
            })
            .collect();
        Self { stores, staff, sellers }
    }

    /// A store, the first more often than the others.
    pub fn store(&self, random: &mut Random) -> usize {
        if random.chance(30) { 0 } else { random.index(self.stores.len()) }
    }

    /// Somebody who sells at a store, or anywhere where nobody does.
    pub fn seller(&self, store: usize, random: &mut Random) -> String {
        match self.sellers.get(store) {
            Some(sellers) if !sellers.is_empty() => sellers[random.index(sellers.len())].clone(),
            _ => self.staff[random.index(self.staff.len())].staff_code.clone(),
        }
    }
}

fn member(seed: u64, index: usize, stores: &[String]) -> Staff {
    let number = index + 1;
    let (name, role, store, mail) = match PEOPLE.get(index) {
        Some((family, given, family_kana, given_kana, role, home)) => {
            let mail = MAILS.get(index).map(|latin| format!("{latin}@noren.example"));
            (named([family, given, family_kana, given_kana]), *role, *home, mail)
        }
        None => {
            let mut random = Random::of(seed, "staff", u64::try_from(index).unwrap_or_default());
            let (family, given) = (random.pick(FAMILY), random.pick(GIVEN));
            let role = if number.is_multiple_of(6) { "manager" } else { "salesperson" };
            (named([family.0, given.0, family.1, given.1]), role, number, None)
        }
    };
    Staff {
        staff_code: format!("S{number:03}"),
        name,
        store_code: stores[store % stores.len()].clone(),
        employment: "active",
        role: Some(role),
        mail,
        notifications: Some(json!({"new_lead": true, "daily_digest": role != "salesperson"})),
        proposed: None,
    }
}

fn named([family, given, family_kana, given_kana]: [&str; 4]) -> Name {
    Name {
        family: family.to_owned(),
        given: given.to_owned(),
        family_kana: family_kana.to_owned(),
        given_kana: given_kana.to_owned(),
    }
}
