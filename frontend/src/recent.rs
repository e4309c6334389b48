//! The leads and the cars that a person looked at lately. They are kept like drafts: on this device, for a day, until the
//! person signs out here; only they are shown them.

use std::fmt::Display;
use std::str::FromStr;

use chrono::TimeDelta;
use noren_domain::code::StockNumber;
use noren_domain::{LeadId, StaffId, Timestamp};

use crate::device;
use crate::ui::clock;

const MOST: usize = 8;
const AGE: TimeDelta = TimeDelta::hours(24);

/// What can be looked at, by what it is known.
pub trait Viewable: Display + FromStr + PartialEq {
    /// How the key begins that it is kept under.
    const KEPT_AS: &'static str;
}

impl Viewable for LeadId {
    const KEPT_AS: &'static str = device::RECENT;
}

impl Viewable for StockNumber {
    const KEPT_AS: &'static str = device::RECENT_CARS;
}

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewed<I> {
    pub id: I,
    pub name: String,
    at: i64,
}

/// What a person has looked at, the last first.
pub fn of<I: Viewable>(staff: StaffId) -> Vec<Viewed<I>> {
    device::kept_draft(&key::<I>(staff)).map(|text| read(&text, clock::by_device())).unwrap_or_default()
}

/// Notes that a person looks at it.
pub fn note<I: Viewable>(staff: StaffId, id: I, name: String) {
    let at = clock::by_device().timestamp_millis();
    let mut viewed = without(staff, &id);
    viewed.insert(0, Viewed { id, name, at });
    keep(staff, viewed);
}

/// Forgets what is there no longer.
pub fn drop<I: Viewable>(staff: StaffId, id: &I) {
    keep(staff, without(staff, id));
}

/// What it is kept under.
pub fn key<I: Viewable>(staff: StaffId) -> String {
    format!("{}{staff}", I::KEPT_AS)
}

fn without<I: Viewable>(staff: StaffId, id: &I) -> Vec<Viewed<I>> {
    of::<I>(staff).into_iter().filter(|viewed| viewed.id != *id).collect()
}

fn keep<I: Viewable>(staff: StaffId, viewed: Vec<Viewed<I>>) {
    let lines = viewed.into_iter().take(MOST).map(|Viewed { id, name, at }| format!("{at} {id} {name}"));
    device::keep_draft(&key::<I>(staff), &lines.collect::<Vec<_>>().join("\n"));
}

fn read<I: Viewable>(text: &str, now: Timestamp) -> Vec<Viewed<I>> {
    let line = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let at = parts.next()?.parse().ok()?;
        let (id, name) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
        let young = now.timestamp_millis() - at < AGE.num_milliseconds();
        young.then_some(Viewed { id, name, at })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_forgotten_after_a_day() {
        let now: Timestamp = "2026-11-22T01:00:00Z".parse().unwrap();
        let id = "0192f0c1-2345-7abc-8def-0123456789ab";
        let line = |hours| format!("{} {id} 渡邉 髙志 様", (now - TimeDelta::hours(hours)).timestamp_millis());
        let names = |text: &str| read::<LeadId>(text, now).into_iter().map(|viewed| viewed.name).collect::<Vec<_>>();
        assert_eq!(names(&format!("{}\n{}\nnonsense", line(23), line(24))), ["渡邉 髙志 様"]);
        assert_eq!(names(""), [""; 0]);
    }
}
