//! The leads that a person looked at lately, for the search. They are kept like drafts: on this device, for a day, until
//! the person signs out here; only they are shown them.

use chrono::TimeDelta;
use noren_domain::{LeadId, StaffId, Timestamp};

use crate::device;
use crate::ui::clock;

const MOST: usize = 8;
const AGE: TimeDelta = TimeDelta::hours(24);

/// A lead that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewed {
    pub id: LeadId,
    pub name: String,
    at: i64,
}

/// What a person has looked at, the last first.
pub fn of(staff: StaffId) -> Vec<Viewed> {
    device::kept_draft(&key(staff)).map(|text| read(&text, clock::by_device())).unwrap_or_default()
}

/// Notes that a person looks at a lead.
pub fn note(staff: StaffId, id: LeadId, name: String) {
    let at = clock::by_device().timestamp_millis();
    let others = of(staff).into_iter().filter(|viewed| viewed.id != id);
    keep(staff, std::iter::once(Viewed { id, name, at }).chain(others));
}

/// Forgets a lead that is there no longer.
pub fn drop(staff: StaffId, id: LeadId) {
    keep(staff, of(staff).into_iter().filter(|viewed| viewed.id != id));
}

/// What it is kept under.
pub fn key(staff: StaffId) -> String {
    format!("{}{staff}", device::RECENT)
}

fn keep(staff: StaffId, viewed: impl Iterator<Item = Viewed>) {
    let lines: Vec<String> = viewed.take(MOST).map(|Viewed { id, name, at }| format!("{at} {id} {name}")).collect();
    device::keep_draft(&key(staff), &lines.join("\n"));
}

fn read(text: &str, now: Timestamp) -> Vec<Viewed> {
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
        let names = |text: &str| read(text, now).into_iter().map(|viewed| viewed.name).collect::<Vec<_>>();
        assert_eq!(names(&format!("{}\n{}\nnonsense", line(23), line(24))), ["渡邉 髙志 様"]);
        assert_eq!(names(""), [""; 0]);
    }
}
