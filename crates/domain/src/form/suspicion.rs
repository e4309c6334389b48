//! What makes a submission look as if no person had sent it. It is kept for a person to look at, never thrown away.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// A person needs longer than this for a name and a phone number.
const QUICKEST: TimeDelta = TimeDelta::seconds(3);
/// A page that has been open for longer has been copied rather than filled in.
const LONGEST: TimeDelta = TimeDelta::hours(24);
/// Links in one message that an honest question does not need.
const LINKS: usize = 3;

/// One reason to look twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// Something stands in the field that people do not see.
    Honeypot,
    /// It was filled in faster than a person types.
    TooFast,
    /// It does not come from a page of the form that was opened lately.
    NoPage,
    /// Many others came in the same minute.
    Flood,
    /// The message is a list of links.
    Links,
}

/// How a submission came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    pub honeypot_filled: bool,
    /// Since the form was opened; `None` where nothing proves that it was.
    pub filled_in: Option<TimeDelta>,
    pub in_flood: bool,
}

impl Circumstances {
    /// Every reason to have a person look first; none for what may open a lead at once.
    #[must_use]
    pub fn suspicions(self, message: Option<&str>) -> Vec<Suspicion> {
        let links = message.map_or(0, |message| message.matches("http").count());
        let page = match self.filled_in {
            None => Some(Suspicion::NoPage),
            Some(time) if time > LONGEST => Some(Suspicion::NoPage),
            Some(time) if time < QUICKEST => Some(Suspicion::TooFast),
            Some(_) => None,
        };
        let honeypot = self.honeypot_filled.then_some(Suspicion::Honeypot);
        let flood = self.in_flood.then_some(Suspicion::Flood);
        let links = (links >= LINKS).then_some(Suspicion::Links);
        [honeypot, page, flood, links].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_not_suspected() {
        for seconds in [3, 40, 86_400] {
            let came = Circumstances { filled_in: Some(TimeDelta::seconds(seconds)), ..Circumstances::default() };
            assert_eq!(came.suspicions(Some("在庫は https://dealer.example/1 の車です")), [], "{seconds}");
        }
    }

    #[test]
    fn every_reason_is_named() {
        let came = Circumstances { honeypot_filled: true, filled_in: Some(TimeDelta::seconds(2)), in_flood: true };
        let spam = "http://a http://b https://c";
        assert_eq!(
            came.suspicions(Some(spam)),
            [Suspicion::Honeypot, Suspicion::TooFast, Suspicion::Flood, Suspicion::Links]
        );
        for filled_in in [None, Some(TimeDelta::hours(25))] {
            assert_eq!(Circumstances { filled_in, ..Circumstances::default() }.suspicions(None), [Suspicion::NoPage]);
        }
    }
}
