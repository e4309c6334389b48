//! A dealer of any size for the instruments: the same stories as the demo's, of more stores, more people and more years.
//!
//! The same shape, seed and day give the same dealer and the same leads, to the last id.

use chrono::{NaiveTime, TimeDelta};
use noren_domain::clock::{japan_date, to_micros};
use noren_domain::lead::LeadStatus;
use noren_domain::postal::PostalPlace;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::store::Store;
use noren_domain::{StaffId, StoreId, Timestamp};

use super::names::{FAMILY, GIVEN};
use super::random::Random;
use super::story::{Plot, Scene, tell};
use super::{Dealer, DemoLead, dealer, end_after, rhythm, tags};

/// Who sees every store.
const ADMINISTRATORS: usize = 2;
/// One lead in so many came in the last two days and waits for its first answer.
const NEW: usize = 400;

/// How large a dealer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Five at most.
    pub stores: usize,
    /// All of them: two administrators, a manager of each store, and salespeople.
    pub staff: usize,
    pub leads: usize,
    /// For how many years the dealer has had Noren.
    pub years: i64,
}

impl Shape {
    /// Quickly there, for a try.
    pub const SMALL: Self = Self { stores: 2, staff: 12, leads: 1_000, years: 1 };
    /// What is measured.
    pub const LARGE: Self = Self { stores: 5, staff: 60, leads: 100_000, years: 3 };
}

/// A dealer whose leads are told one after the other, so that they need not be held.
pub struct Group {
    pub dealer: Dealer,
    shape: Shape,
    seed: u64,
    now: Timestamp,
    towns: Vec<PostalPlace>,
}

/// A story that is to be told, in which store.
struct Planned {
    plot: Plot,
    store: usize,
    random: Random,
}

impl Group {
    /// The dealer as it stands when the day of `now` begins in Japan.
    pub fn new(shape: Shape, seed: u64, now: Timestamp, towns: Vec<PostalPlace>) -> Self {
        let mut random = Random::new(seed);
        let stores = dealer::stores(shape.stores, &mut random);
        let staff = staff(&stores, shape.staff, &mut random);
        let dealer = Dealer { stores, staff, tags: tags::master(seed) };
        Self { dealer, shape, seed, now: midnight(now), towns }
    }

    /// Hands out the leads in the order in which they came, so many at a time, until the taker wants no more.
    pub fn tell(&self, at_once: usize, mut take: impl FnMut(Vec<DemoLead>) -> bool) {
        let Dealer { stores, staff, tags } = &self.dealer;
        let scenes = stores.iter().filter_map(|store| Scene::of(store, (staff, tags), &self.towns, self.now));
        let scenes: Vec<Scene<'_>> = scenes.map(favouring_one).collect();
        let mut told = Vec::with_capacity(at_once);
        for Planned { plot, store, random } in self.planned() {
            // A plot that breaks a rule is left out; the tests see to it that none does.
            told.extend(scenes.get(store).and_then(|scene| tell(scene, plot, random).ok()));
            if told.len() == at_once && !take(std::mem::replace(&mut told, Vec::with_capacity(at_once))) {
                return;
            }
        }
        if !told.is_empty() {
            take(told);
        }
    }

    fn planned(&self) -> Vec<Planned> {
        let mut random = Random::new(self.seed ^ 0x6c65_6164);
        let last_store = i64::try_from(self.shape.stores).unwrap_or(1) - 1;
        let plan = |number| {
            let mut random = random.fork();
            let store = usize::try_from(random.between(0, last_store)).unwrap_or_default();
            Planned { plot: self.plot(number, &mut random), store, random }
        };
        let mut planned: Vec<Planned> = (0..self.shape.leads).map(plan).collect();
        planned.sort_by_key(|planned| planned.plot.received_at);
        planned
    }

    fn plot(&self, number: usize, random: &mut Random) -> Plot {
        let source = random.weighted(rhythm::SOURCES);
        let (newest, oldest) = (TimeDelta::hours(4), TimeDelta::days(365 * self.shape.years));
        if number.is_multiple_of(NEW) {
            let received_at = rhythm::arrival(source, newest, TimeDelta::days(2), self.now, random);
            return Plot { source, received_at, ends: LeadStatus::New };
        }
        let received_at = rhythm::arrival(source, newest, oldest, self.now, random);
        Plot { source, received_at, ends: end_after((self.now - received_at).num_days(), random) }
    }
}

/// The midnight with which that day began in Japan.
fn midnight(now: Timestamp) -> Timestamp {
    to_micros(japan_date(now).and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(9))
}

/// One person of the store gets as many leads as all others together, and more in place of those that change hands or stay with
/// nobody: whatever is quick for everybody must be quick for them.
fn favouring_one(scene: Scene<'_>) -> Scene<'_> {
    let others = scene.salespeople.len().saturating_sub(1);
    let first = scene.salespeople.first().copied();
    let salespeople = first.into_iter().flat_map(|first| std::iter::repeat_n(first, others + 1 + others * 3 / 5));
    let salespeople = salespeople.chain(scene.salespeople.iter().skip(1).copied()).collect();
    Scene { salespeople, ..scene }
}

fn staff(stores: &[Store], count: usize, random: &mut Random) -> Vec<Staff> {
    let everywhere: Vec<StoreId> = stores.iter().map(|store| store.id).collect();
    let role_and_stores = |number: usize| match number.checked_sub(ADMINISTRATORS) {
        None => (Role::Administrator, everywhere.clone()),
        Some(at) => {
            let role = if at < stores.len() { Role::Manager } else { Role::Salesperson };
            (role, everywhere.get(at % stores.len().max(1)).copied().into_iter().collect())
        }
    };
    let person = |number: usize| {
        let (family, family_kana, family_latin) = random.pick(FAMILY);
        let (given, given_kana, _) = random.pick(GIVEN);
        let (role, stores) = role_and_stores(number);
        Staff {
            id: StaffId(random.id(dealer::founded())),
            code: format!("S{:03}", number + 1),
            name: format!("{family} {given}"),
            kana: format!("{family_kana} {given_kana}"),
            mail: format!("{family_latin}.{}@noren.example", number + 1),
            role,
            status: StaffStatus::Active,
            stores,
            has_pin: false,
            created_at: dealer::founded(),
            version: 1,
        }
    };
    (0..count).map(person).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const SHAPE: Shape = Shape { leads: 4_000, ..Shape::LARGE };

    fn group(now: &str) -> Group {
        Group::new(SHAPE, 7, now.parse().unwrap(), Vec::new())
    }

    fn all(group: &Group) -> Vec<DemoLead> {
        let mut all = Vec::new();
        group.tell(300, |some| {
            all.extend(some);
            true
        });
        all
    }

    #[test]
    fn the_same_seed_and_day_give_the_same_dealer() {
        let (early, late) = (group("2026-11-22T01:00:00Z"), group("2026-11-22T13:00:00Z"));
        assert_eq!(early.dealer, late.dealer);
        assert_eq!(all(&early), all(&late));
        assert_ne!(all(&early), all(&Group::new(SHAPE, 8, "2026-11-22T01:00:00Z".parse().unwrap(), Vec::new())));
    }

    #[test]
    fn every_plot_is_told_in_order_over_three_years() {
        let leads = all(&group("2026-11-22T01:00:00Z"));
        assert_eq!(leads.len(), SHAPE.leads);
        assert!(leads.is_sorted_by_key(|told| told.lead.received_at));
        let span = leads[leads.len() - 1].lead.received_at - leads[0].lead.received_at;
        assert!((900..=3 * 365).contains(&span.num_days()), "{span}");
        assert_eq!(leads.iter().filter(|told| told.lead.status == LeadStatus::New).count(), SHAPE.leads / NEW);
    }

    #[test]
    fn sixty_people_work_in_five_stores_and_one_of_each_has_half_of_its_leads() {
        let group = group("2026-11-22T01:00:00Z");
        let of_role = |role| group.dealer.staff.iter().filter(|staff| staff.role == role).count();
        assert_eq!((of_role(Role::Administrator), of_role(Role::Manager), of_role(Role::Salesperson)), (2, 5, 53));
        let leads = all(&group);
        for store in &group.dealer.stores {
            let mut by_person = BTreeMap::new();
            let here = leads.iter().filter(|told| told.lead.store_id == store.id);
            here.clone().for_each(|told| *by_person.entry(told.lead.assignee_id).or_insert(0_usize) += 1);
            let (most, all) = (by_person.values().max().copied().unwrap_or_default(), here.count());
            assert!((48..=58).contains(&(most * 100 / all)), "{most} of {all}");
            let of_store = |staff: &&Staff| staff.role == Role::Salesperson && staff.stores == [store.id];
            assert_eq!(by_person.keys().flatten().count(), group.dealer.staff.iter().filter(of_store).count());
        }
    }

    #[test]
    fn a_taker_who_has_enough_is_told_no_more() {
        let mut asked = 0;
        group("2026-11-22T01:00:00Z").tell(100, |some| {
            asked += some.len();
            false
        });
        assert_eq!(asked, 100);
    }
}
