//! The tags of the demo dealer, and which of them a lead gets: what its own facts say, so that nothing contradicts them.

use noren_domain::TagId;
use noren_domain::lead::{Temperature, TypedProfile};
use noren_domain::tag::{LeadTag, Tag, Tone};

use super::dealer::founded;
use super::random::Random;

/// What a tag is called, how it looks, and when a lead has it.
type Row = (&'static str, Tone, fn(&TypedProfile) -> bool);

const ROWS: [Row; 6] = [
    ("下取あり", Tone::Ok, |lead| notes(lead, "下取り")),
    ("即決見込み", Tone::Accent, |lead| {
        notes(lead, "現金一括") || lead.temperature == Some(Temperature::ThisMonth)
    }),
    ("ローン希望", Tone::Plain, |lead| notes(lead, "ローン")),
    ("県外", Tone::Plain, |lead| lead.address.prefecture.as_deref().is_some_and(|place| place != "群馬県")),
    ("法人", Tone::Plain, |lead| lead.company.is_some()),
    ("再来店", Tone::Warn, |lead| notes(lead, "当店で購入")),
];

fn notes(lead: &TypedProfile, word: &str) -> bool {
    lead.note.as_deref().is_some_and(|note| note.contains(word))
}

/// The master, the same for one seed at any time.
pub fn master(seed: u64) -> Vec<Tag> {
    // A stream of its own, which leaves stores, staff and leads as they are.
    let mut random = Random::new(!seed);
    let tag = |(position, (name, tone, _)): (i32, Row)| {
        let id = TagId(random.id(founded()));
        Tag { id, name: name.to_owned(), tone, position, active: true }
    };
    (1..).zip(ROWS).map(tag).collect()
}

/// The tags of a lead of which this is known.
pub fn of(master: &[Tag], lead: &TypedProfile) -> Vec<LeadTag> {
    let fitting = master.iter().zip(ROWS).filter(|(_, (_, _, fits))| fits(lead));
    fitting.map(|(tag, _)| LeadTag { id: tag.id, name: tag.name.clone() }).collect()
}
