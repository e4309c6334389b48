//! A dealer to try Noren with: two stores, eight colleagues and a year of leads, all made up.
//!
//! The same seed, instant and towns give the same data to the last id; the stores and the staff depend on the seed
//! alone. No phone number of it can be in use, and every mail address lies in a domain reserved for examples.

mod dealer;
mod group;
mod inquiries;
mod names;
mod people;
mod random;
mod rhythm;
mod story;
mod tags;
#[cfg(test)]
mod tests;
mod words;

use chrono::TimeDelta;
use noren_domain::Timestamp;
use noren_domain::clock::to_micros;
use noren_domain::lead::{Lead, LeadStatus};
use noren_domain::postal::PostalPlace;
use noren_domain::staff::{Role, Staff};
use noren_domain::store::Store;
use noren_domain::tag::Tag;
use noren_domain::timeline::{Inquiry, TimelineEntry};

pub use dealer::{company, form};
pub use group::{Group, Shape};
use people::Neighbourhood;
use random::Random;
use story::{Plot, Scene, tell};

/// How many leads nobody has answered yet, and how many have moved on.
const UNANSWERED: usize = 7;
const ANSWERED: usize = 293;

/// Who works where, and which tags they give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealer {
    pub stores: Vec<Store>,
    pub staff: Vec<Staff>,
    pub tags: Vec<Tag>,
}

/// Everything that a demo database begins with, besides the lead sources of the migrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    pub dealer: Dealer,
    /// From the oldest to the newest.
    pub leads: Vec<DemoLead>,
}

/// A lead with all that happened to it, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLead {
    pub lead: Lead,
    pub inquiries: Vec<Inquiry>,
    pub timeline: Vec<TimelineEntry>,
}

/// Makes up the dealer as it stands at `now`. People live in those `towns` that lie in and around 群馬県; without any
/// they have no address.
pub fn generate(seed: u64, now: Timestamp, towns: &[PostalPlace]) -> Demo {
    let now = to_micros(now);
    let mut random = Random::new(seed);
    let stores = dealer::stores(2, &mut random);
    let staff = dealer::staff(&stores, &mut random);
    let tags = tags::master(seed);
    let scenes: Vec<Scene<'_>> =
        stores.iter().filter_map(|store| Scene::of(store, (&staff, &tags), towns, now)).collect();
    let mut leads: Vec<DemoLead> = (0..UNANSWERED + ANSWERED)
        .filter_map(|number| {
            let mut random = random.fork();
            let scene = scenes.get(usize::from(random.chance(42)))?;
            let plot = plot(number, now, &mut random);
            // A plot that breaks a rule is left out; the tests see to it that none does.
            tell(scene, plot, random).ok()
        })
        .collect();
    leads.sort_by_key(|told| (told.lead.received_at, told.lead.id));
    Demo { dealer: Dealer { stores, staff, tags }, leads }
}

impl<'a> Scene<'a> {
    /// `None` for a store without a manager or without salespeople.
    fn of(
        store: &'a Store,
        (staff, tags): (&'a [Staff], &'a [Tag]),
        towns: &'a [PostalPlace],
        now: Timestamp,
    ) -> Option<Self> {
        let around = Neighbourhood::around(store.profile.address.city.as_deref()?, towns);
        let of_role = |role: Role| staff.iter().filter(move |staff| staff.role == role);
        let manager = of_role(Role::Manager).find(|staff| staff.stores.first() == Some(&store.id))?;
        let salespeople: Vec<&Staff> =
            of_role(Role::Salesperson).filter(|staff| staff.takes_leads_of(store.id)).collect();
        (!salespeople.is_empty()).then_some(Self { store, manager, salespeople, tags, around, now })
    }
}

/// The first few are new: three of them minutes old, the rest of the last two days. All others came within a year.
fn plot(number: usize, now: Timestamp, random: &mut Random) -> Plot {
    let source = random.weighted(rhythm::SOURCES);
    if number < 3 {
        let source = random.pick(&["carsensor", "goonet", "own_site"]);
        let age = TimeDelta::milliseconds(random.between(150_000, 1_300_000));
        return Plot { source, received_at: now - age, ends: LeadStatus::New };
    }
    if number < UNANSWERED {
        let received_at = rhythm::arrival(source, TimeDelta::minutes(45), TimeDelta::days(2), now, random);
        return Plot { source, received_at, ends: LeadStatus::New };
    }
    let received_at = rhythm::arrival(source, TimeDelta::hours(4), TimeDelta::days(365), now, random);
    Plot { source, received_at, ends: end_after((now - received_at).num_days(), random) }
}

/// A young lead is being worked on; an old one is looked after or came to nothing.
fn end_after(days: i64, random: &mut Random) -> LeadStatus {
    let (working, nurturing, disqualified) = match days {
        ..14 => (80, 10, 10),
        14..60 => (50, 32, 18),
        60..150 => (12, 60, 28),
        _ => (2, 62, 36),
    };
    random.weighted(&[
        (working, LeadStatus::Working),
        (nurturing, LeadStatus::Nurturing),
        (disqualified, LeadStatus::Disqualified),
    ])
}
