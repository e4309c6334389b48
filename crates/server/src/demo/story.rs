//! The life of one lead, told only through the domain's own rules, so that its state and its timeline agree.

use chrono::TimeDelta;
use noren_domain::clock::to_micros;
use noren_domain::lead::{Lead, LeadStatus, Opening, TypedProfile};
use noren_domain::lead_source::SourceCode;
use noren_domain::staff::Staff;
use noren_domain::store::Store;
use noren_domain::tag::Tag;
use noren_domain::timeline::{Inquiry, TimelineEntry, TimelineEvent};
use noren_domain::viewer::Principal;
use noren_domain::{Error, InquiryId, LeadId, TimelineEntryId, Timestamp};

use super::DemoLead;
use super::people::{Wish, at_first, learn};
use super::random::Random;
use super::rhythm::{in_opening_hours, is_online, when_open};
use super::words::{DISCARDED, DISQUALIFIED, NURTURED, REVIVED};
use super::{inquiries, people, tags};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Where a story happens.
pub struct Scene<'a> {
    pub store: &'a Store,
    pub manager: &'a Staff,
    pub salespeople: Vec<&'a Staff>,
    pub tags: &'a [Tag],
    pub around: people::Neighbourhood<'a>,
    pub now: Timestamp,
}

/// How a story begins, and the status that it must end in.
#[derive(Clone, Copy)]
pub struct Plot {
    pub source: &'static str,
    pub received_at: Timestamp,
    pub ends: LeadStatus,
}

struct Story<'a> {
    scene: &'a Scene<'a>,
    random: Random,
    full: TypedProfile,
    known: TypedProfile,
    wish: Wish,
    /// When the last event happened.
    at: Timestamp,
    told: DemoLead,
}

/// Tells the story.
///
/// # Errors
/// What the domain refuses; the plots here are made so that it refuses none.
pub fn tell(scene: &Scene<'_>, plot: Plot, random: Random) -> Result<DemoLead, Error> {
    let mut story = Story::begin(scene, plot, random)?;
    match plot.ends {
        LeadStatus::New => story.wait()?,
        LeadStatus::Working => story.work()?,
        LeadStatus::Nurturing => story.nurture()?,
        LeadStatus::Disqualified => story.disqualify()?,
        LeadStatus::Converted => {}
    }
    Ok(story.told)
}

impl<'a> Story<'a> {
    fn begin(scene: &'a Scene<'a>, plot: Plot, mut random: Random) -> Result<Self, Error> {
        let Plot { source, received_at, ends } = plot;
        let (full, wish) = people::meet(source, ends, &scene.around, &mut random);
        let mut known = at_first(&full, &mut random);
        let online = is_online(source);
        // A form asks for no tags; whoever writes down what they hear gives some.
        if !online {
            known.tags = tags::of(scene.tags, &known);
        }
        let opening = Opening { id: LeadId(random.id(received_at)), store_id: scene.store.id, received_at };
        let lead = Lead::open(opening, known.clone().check()?);
        let body = inquiries::first(&full, wish, &scene.store.profile.name, &mut random);
        let told = DemoLead { lead, inquiries: Vec::new(), timeline: Vec::new() };
        let mut story = Self { scene, random, full, known, wish, at: received_at, told };
        let taker = story.random.pick(&scene.salespeople);
        story.inquire(source, body, if online { scene.manager } else { taker }, received_at);
        // Who serves somebody at the counter keeps them; what comes by itself is handed out by the manager.
        let at_once = if online { 12 } else { 90 };
        if (ends != LeadStatus::Disqualified || !online) && story.random.chance(at_once) {
            let by = if online { scene.manager } else { taker };
            let at = to_micros(received_at + TimeDelta::milliseconds(story.random.between(1_500, 40_000)));
            if at < scene.now {
                story.assign(Some(taker), by, at)?;
            }
        }
        Ok(story)
    }

    fn wait(&mut self) -> Result<(), Error> {
        let open_hours = TimeDelta::hours(3);
        if self.scene.now - self.at > open_hours && self.random.chance(60) {
            self.hand_out()?;
        }
        Ok(())
    }

    fn work(&mut self) -> Result<(), Error> {
        self.hand_out()?;
        let long_ago = self.scene.now - self.at > TimeDelta::days(30);
        if long_ago && self.random.chance(6) {
            let reason = self.reason(DISQUALIFIED);
            self.respond(LeadStatus::Disqualified, Some(reason))?;
            let revived = self.reason(REVIVED);
            self.step(LeadStatus::Working, Some(revived), 10 * DAY, 25 * DAY)?;
        } else {
            self.respond(LeadStatus::Working, None)?;
        }
        self.talk(45)?;
        if long_ago && self.random.chance(35) {
            let reason = self.reason(NURTURED);
            self.step(LeadStatus::Nurturing, Some(reason), 3 * DAY, 12 * DAY)?;
            let revived = self.reason(REVIVED);
            self.step(LeadStatus::Working, Some(revived), 5 * DAY, 60 * DAY)?;
        }
        self.ask_again(22);
        self.change_hands()?;
        self.talk(30)
    }

    fn nurture(&mut self) -> Result<(), Error> {
        self.hand_out()?;
        let reason = self.reason(NURTURED);
        if self.random.chance(25) {
            self.respond(LeadStatus::Nurturing, Some(reason))?;
        } else {
            self.respond(LeadStatus::Working, None)?;
            self.talk(40)?;
            self.ask_again(12);
            self.step(LeadStatus::Nurturing, Some(reason), 3 * DAY, 40 * DAY)?;
        }
        self.change_hands()?;
        self.ask_again(12);
        self.talk(20)
    }

    fn disqualify(&mut self) -> Result<(), Error> {
        if is_online(&self.full.source) && self.random.chance(40) {
            let reason = self.reason(DISCARDED);
            return self.step(LeadStatus::Disqualified, Some(reason), 5, 20 * HOUR);
        }
        self.hand_out()?;
        self.talk(20)?;
        let reason = self.reason(DISQUALIFIED);
        self.step(LeadStatus::Disqualified, Some(reason), 2 * HOUR, 12 * DAY)
    }

    /// The manager gives a lead of nobody to a salesperson; a few stay with nobody.
    fn hand_out(&mut self) -> Result<(), Error> {
        if self.told.lead.assignee_id.is_some() || self.random.chance(4) {
            return Ok(());
        }
        let to = self.random.pick(&self.scene.salespeople);
        let at = self.after(2, 90);
        self.assign(Some(to), self.scene.manager, at)
    }

    /// Now and then a colleague takes over, or the manager takes the lead back.
    fn change_hands(&mut self) -> Result<(), Error> {
        let others = self.scene.salespeople.iter().copied();
        let others: Vec<&Staff> = others.filter(|staff| Some(staff.id) != self.told.lead.assignee_id).collect();
        if self.told.lead.assignee_id.is_none() || others.is_empty() || !self.random.chance(7) {
            return Ok(());
        }
        let to = (!self.random.chance(25)).then(|| self.random.pick(&others));
        match self.after_if_past(DAY, 20 * DAY) {
            Some(at) => self.assign(to, self.scene.manager, at),
            None => Ok(()),
        }
    }

    /// The first answer: at the counter nearly at once; to others quick, the same day, or rarely much too late.
    fn respond(&mut self, to: LeadStatus, reason: Option<String>) -> Result<(), Error> {
        let shares: &[(u64, (i64, i64))] = if is_online(&self.full.source) {
            &[(60, (2, 40)), (30, (40, 5 * HOUR)), (10, (6 * HOUR, 30 * HOUR))]
        } else {
            &[(85, (1, 25)), (15, (25, 4 * HOUR))]
        };
        let (soonest, latest) = self.random.weighted(shares);
        self.step(to, reason, soonest, latest)
    }

    fn step(&mut self, to: LeadStatus, reason: Option<String>, soonest: i64, latest: i64) -> Result<(), Error> {
        let at = self.after(soonest, latest);
        let from = self.told.lead.status;
        self.told.lead.move_to(to, reason.as_deref(), at)?;
        self.told.lead.version += 1;
        self.enter(TimelineEvent::StatusChanged { from, to, reason }, self.actor(), at);
        Ok(())
    }

    fn assign(&mut self, to: Option<&Staff>, by: &Staff, at: Timestamp) -> Result<(), Error> {
        let from = self.told.lead.assignee_id;
        self.told.lead.assign(to, at)?;
        self.told.lead.version += 1;
        self.enter(TimelineEvent::Assigned { from, to: to.map(|staff| staff.id) }, Principal::Staff(by.id), at);
        Ok(())
    }

    /// A conversation that lets somebody write down more, if there was time for it.
    fn talk(&mut self, percent: u64) -> Result<(), Error> {
        if !self.random.chance(percent) {
            return Ok(());
        }
        let Some(at) = self.after_if_past(3, 6 * DAY) else { return Ok(()) };
        let mut learned = learn(&self.known, &self.full, &mut self.random);
        learned.tags = tags::of(self.scene.tags, &learned);
        let changes = self.told.lead.edit(learned.clone().check()?, at);
        self.known = learned;
        self.told.lead.version += 1;
        self.enter(TimelineEvent::Edited { changes }, self.actor(), at);
        Ok(())
    }

    fn ask_again(&mut self, percent: u64) {
        if !self.random.chance(percent) {
            return;
        }
        let Some(at) = self.after_if_past(2 * DAY, 30 * DAY) else { return };
        let (source, body) = inquiries::again(self.wish, &self.scene.store.profile.name, &mut self.random);
        let assignee = self.scene.salespeople.iter().find(|staff| Some(staff.id) == self.told.lead.assignee_id);
        let by = assignee.copied().filter(|_| !is_online(source)).unwrap_or(self.scene.manager);
        self.inquire(source, Some(body), by, at);
    }

    fn inquire(&mut self, source: &str, body: Option<String>, by: &Staff, at: Timestamp) {
        let (id, source) = (InquiryId(self.random.id(at)), SourceCode(source.to_owned()));
        let lead_id = self.told.lead.id;
        self.told.inquiries.push(Inquiry { id, lead_id, source: source.clone(), body: body.clone(), received_at: at });
        self.enter(
            TimelineEvent::Inquiry { inquiry_id: id, source_code: source, body, via: None },
            Principal::Staff(by.id),
            at,
        );
    }

    fn enter(&mut self, event: TimelineEvent, by: Principal, at: Timestamp) {
        let id = TimelineEntryId(self.random.id(at));
        self.told.timeline.push(TimelineEntry { id, lead_id: self.told.lead.id, at, by: Some(by), event });
        self.at = at;
    }

    /// Whoever works on the lead: its assignee, else the manager.
    fn actor(&self) -> Principal {
        Principal::Staff(self.told.lead.assignee_id.unwrap_or(self.scene.manager.id))
    }

    fn reason(&mut self, reasons: &[&str]) -> String {
        self.random.pick(reasons).to_owned()
    }

    /// An instant in opening hours that many minutes on; halfway to now where that would lie in the future.
    fn after(&mut self, soonest: i64, latest: i64) -> Timestamp {
        let halfway = to_micros(self.at + (self.scene.now - self.at) / 2);
        self.after_if_past(soonest, latest).unwrap_or(halfway)
    }

    fn after_if_past(&mut self, soonest: i64, latest: i64) -> Option<Timestamp> {
        let minutes = self.random.between(soonest, latest);
        let later = self.at + TimeDelta::minutes(minutes) + TimeDelta::milliseconds(self.random.between(0, 59_999));
        let at =
            if minutes < DAY { when_open(later, &mut self.random) } else { in_opening_hours(later, &mut self.random) };
        (self.at < at && at <= self.scene.now).then_some(at)
    }
}
