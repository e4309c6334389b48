//! What has changed, gathered for the screens. Pure: the time is passed in, in milliseconds.

use noren_api::events::Event;
use noren_domain::event::{EventKind, Subject};
use noren_domain::{HoldId, LeadId, StaffId};

/// Changes that come closer together are told together.
const BURST: i64 = 250;
/// While they go on and on, screens ask again no more often than this, and are still less than a second behind.
const FLOOD: i64 = 700;
/// So many times in a row are no flood yet.
const IN_A_ROW: u32 = 4;
/// What comes after such a pause begins a new row.
const PAUSE: i64 = 2_000;
/// A screen that nobody has looked at for so many changes reads everything anew.
const UNSEEN: usize = 200;
/// A lead that I changed is told this much later: the page that did it has asked again by itself, and then it is not told.
const OWN: i64 = 500;
/// For how long a page's own write is remembered.
const MEMORY: i64 = 5_000;

/// What the screens are to look at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Changes were missed: everything is to be read anew.
    pub all: bool,
    pub leads: Vec<LeadId>,
    /// Leads that somebody else has made.
    pub arrived: Vec<LeadId>,
    /// Notes that call this person: on which lead, and who wrote it.
    pub calls: Vec<(LeadId, Option<StaffId>)>,
    pub forms: bool,
    /// What is held, or was.
    pub submissions: bool,
    /// Claims on cars, anybody's.
    pub holds: bool,
    /// Those that this person placed.
    pub my_holds: Vec<HoldId>,
}

impl News {
    pub fn is_about(&self, id: LeadId) -> bool {
        self.all || self.leads.contains(&id)
    }

    pub fn is_about_leads(&self) -> bool {
        self.all || !self.leads.is_empty()
    }

    pub fn is_about_forms(&self) -> bool {
        self.all || self.forms
    }

    pub fn is_about_submissions(&self) -> bool {
        self.all || self.submissions
    }

    pub fn is_about_holds(&self) -> bool {
        self.all || self.holds
    }

    pub fn is_about_my_holds(&self) -> bool {
        self.all || !self.my_holds.is_empty()
    }

    fn is_empty(&self) -> bool {
        !self.is_about_leads() && !self.forms && !self.submissions && !self.holds
    }

    fn add(&mut self, event: &Event, me: StaffId) {
        let id = match event.subject {
            Subject::Lead(id) => id,
            Subject::Form(_) => return self.forms = true,
            Subject::FormSubmission(_) => return self.submissions = true,
            Subject::Hold(id) => return self.add_hold(id, event.mentions_me),
        };
        if !self.leads.contains(&id) {
            self.leads.push(id);
        }
        if event.staff_id != Some(me) {
            if event.kind == EventKind::LeadCreated {
                self.arrived.push(id);
            }
            if event.mentions_me {
                self.calls.push((id, event.staff_id));
            }
        }
    }

    fn add_hold(&mut self, id: HoldId, is_mine: bool) {
        self.holds = true;
        if is_mine && !self.my_holds.contains(&id) {
            self.my_holds.push(id);
        }
    }
}

/// Changes that were heard of and are to be told.
#[derive(Debug, Default)]
pub struct Gathered {
    all: bool,
    events: Vec<(i64, Event)>,
    told: i64,
    in_a_row: u32,
}

impl Gathered {
    pub fn everything(&mut self) {
        self.all = true;
    }

    pub fn take_in(&mut self, event: Event, me: StaffId, now: i64) {
        let mine = event.staff_id == Some(me) && matches!(event.subject, Subject::Lead(_));
        let due = if mine { now + OWN } else { now.max(self.told + self.gap()) };
        self.events.push((due, event));
        if self.events.len() > UNSEEN {
            self.events.clear();
            self.everything();
        }
    }

    fn gap(&self) -> i64 {
        if self.in_a_row > IN_A_ROW { FLOOD } else { BURST }
    }

    /// When there is something to tell.
    pub fn due(&self) -> Option<i64> {
        if self.all { Some(0) } else { self.events.iter().map(|(due, _)| *due).min() }
    }

    /// What is to be told now, but for what this page wrote itself.
    pub fn tell(&mut self, me: StaffId, wrote: &[(LeadId, i64)], now: i64) -> Option<News> {
        let (due, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.events).into_iter().partition(|(due, _)| *due <= now);
        self.events = later;
        let mut news = News { all: std::mem::take(&mut self.all), ..News::default() };
        let known = |event: &Event| {
            let wrote_it = |(id, at): &(LeadId, i64)| Subject::Lead(*id) == event.subject && now - at < MEMORY;
            event.staff_id == Some(me) && wrote.iter().any(wrote_it)
        };
        for (_, event) in due.iter().filter(|(_, event)| !known(event)) {
            news.add(event, me);
        }
        if news.is_empty() {
            return None;
        }
        self.in_a_row = if now - self.told > PAUSE { 0 } else { self.in_a_row + 1 };
        self.told = now;
        Some(news)
    }
}

#[cfg(test)]
mod tests {
    use noren_domain::{StoreId, Timestamp};
    use uuid::Uuid;

    use super::*;

    const ME: StaffId = StaffId(Uuid::from_u128(1));
    const OTHER: StaffId = StaffId(Uuid::from_u128(2));

    fn lead(number: u128) -> LeadId {
        LeadId(Uuid::from_u128(number))
    }

    fn event(kind: EventKind, number: u128, by: StaffId) -> Event {
        let store_id = StoreId(Uuid::nil());
        let (at, subject, staff_id) = (Timestamp::UNIX_EPOCH, kind.of(Uuid::from_u128(number)), Some(by));
        Event { kind, at, store_id, subject, version: 1, staff_id, mentions_me: false }
    }

    #[test]
    fn a_change_alone_is_told_at_once_and_a_burst_together() {
        let mut gathered = Gathered::default();
        gathered.take_in(event(EventKind::LeadCreated, 1, OTHER), ME, 10_000);
        assert_eq!(gathered.due(), Some(10_000));
        let news = gathered.tell(ME, &[], 10_000);
        assert_eq!(news, Some(News { leads: vec![lead(1)], arrived: vec![lead(1)], ..News::default() }));
        for number in [2, 3, 2] {
            gathered.take_in(event(EventKind::LeadChanged, number, OTHER), ME, 10_100);
        }
        assert_eq!(gathered.due(), Some(10_000 + BURST));
        assert_eq!(gathered.tell(ME, &[], 9_999 + BURST), None);
        let news = gathered.tell(ME, &[], 10_000 + BURST);
        assert_eq!(news, Some(News { leads: vec![lead(2), lead(3)], ..News::default() }));
        assert_eq!(gathered.due(), None);
    }

    #[test]
    fn a_stream_of_changes_is_told_less_often_and_never_a_second_late() {
        let (mut gathered, mut told) = (Gathered::default(), Vec::new());
        for now in (10_000..20_000).step_by(50) {
            gathered.take_in(event(EventKind::LeadChanged, 1, OTHER), ME, now);
            assert!(gathered.due().unwrap() - now <= FLOOD);
            told.extend(gathered.tell(ME, &[], now).map(|_| now));
        }
        let gaps: Vec<i64> = told.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(gaps[..5], [BURST; 5]);
        assert!(gaps[5..].iter().all(|gap| *gap == FLOOD));
        let later = 20_000 + FLOOD + PAUSE;
        gathered.tell(ME, &[], 20_000 + FLOOD);
        for at in [later + 1, later + 1 + BURST] {
            gathered.take_in(event(EventKind::LeadChanged, 1, OTHER), ME, at);
            assert!(gathered.tell(ME, &[], at).is_some(), "a new row");
        }
    }

    #[test]
    fn what_nobody_looked_at_is_read_anew() {
        let mut gathered = Gathered::default();
        for number in 0..=200 {
            gathered.take_in(event(EventKind::LeadChanged, number, OTHER), ME, 10_000);
        }
        assert_eq!(gathered.due(), Some(0));
        assert!(gathered.tell(ME, &[], 10_000).unwrap().all);
    }

    #[test]
    fn what_this_page_wrote_is_no_news_and_what_another_of_mine_wrote_is() {
        for (wrote, told) in [(vec![(lead(1), 10_200)], false), (vec![(lead(2), 10_200)], true), (vec![], true)] {
            let mut gathered = Gathered::default();
            gathered.take_in(event(EventKind::LeadCreated, 1, ME), ME, 10_000);
            assert_eq!(gathered.due(), Some(10_000 + OWN));
            let news = gathered.tell(ME, &wrote, 10_000 + OWN);
            assert_eq!(news.is_some(), told, "{wrote:?}");
            assert!(news.is_none_or(|news| news.arrived.is_empty()), "my own is no arrival");
        }
    }

    #[test]
    fn each_note_of_somebody_else_that_calls_me_is_told() {
        let mut gathered = Gathered::default();
        for (number, by, mentions_me) in [(1, OTHER, true), (2, OTHER, false), (3, ME, true), (1, OTHER, true)] {
            let event = Event { mentions_me, ..event(EventKind::LeadChanged, number, by) };
            gathered.take_in(event, ME, 10_000);
        }
        let calls = gathered.tell(ME, &[], 11_000).unwrap().calls;
        assert_eq!(calls, [(lead(1), Some(OTHER)), (lead(1), Some(OTHER))]);
    }

    #[test]
    fn each_screen_hears_of_what_it_shows() {
        let news = |kind| {
            let mut gathered = Gathered::default();
            gathered.take_in(event(kind, 1, OTHER), ME, 10_000);
            let news = gathered.tell(ME, &[], 10_000).unwrap();
            [news.is_about_leads(), news.is_about_forms(), news.is_about_submissions(), news.is_about_holds()]
        };
        assert_eq!(news(EventKind::LeadChanged), [true, false, false, false]);
        assert_eq!(news(EventKind::FormChanged), [false, true, false, false]);
        assert_eq!(news(EventKind::FormSubmissionHeld), [false, false, true, false]);
        assert_eq!(news(EventKind::FormSubmissionSettled), [false, false, true, false]);
        assert_eq!(news(EventKind::HoldChanged), [false, false, false, true]);
    }

    #[test]
    fn everybody_hears_of_a_hold_at_once_and_whoever_placed_it_that_it_is_theirs() {
        let mut gathered = Gathered::default();
        for (number, mentions_me) in [(1, false), (2, true), (2, true)] {
            let event = Event { staff_id: None, mentions_me, ..event(EventKind::HoldChanged, number, OTHER) };
            gathered.take_in(event, ME, 10_000);
        }
        assert_eq!(gathered.due(), Some(10_000));
        let news = gathered.tell(ME, &[], 10_000).unwrap();
        assert_eq!(news.my_holds, [HoldId(Uuid::from_u128(2))]);
        assert!(news.is_about_my_holds() && news.calls.is_empty() && !news.is_about_leads());
    }

    #[test]
    fn what_was_missed_is_about_everything() {
        let mut gathered = Gathered::default();
        gathered.everything();
        let news = gathered.tell(ME, &[], gathered.due().unwrap()).unwrap();
        assert!(news.is_about(lead(9)) && news.is_about_forms() && news.is_about_submissions());
        assert!(news.is_about_holds() && news.is_about_my_holds());
    }
}
