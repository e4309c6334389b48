//! メモ on a lead's timeline, with the colleagues whom it is for.

use crate::lead::Lead;
use crate::staff::{Role, Staff, StaffStatus};
use crate::text::{lines, tidy};
use crate::{Invalid, StaffId};

/// The most characters of a note.
pub const MAX_LENGTH: usize = 4_000;
/// How many colleagues one note may mention.
pub const MAX_MENTIONS: usize = 20;

/// A note that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub body: String,
    /// In the order in which they are named, each once.
    pub mentions: Vec<StaffId>,
}

impl Note {
    /// Checks what was written. `colleagues` are those who are mentioned, as far as they are known.
    ///
    /// # Errors
    /// `required` and `too_long` on `body`; `too_many` on `mentions`; `mention.elsewhere` on each who does not see the lead.
    pub fn check(body: &str, mentions: &[StaffId], colleagues: &[Staff], lead: &Lead) -> Result<Self, Invalid> {
        let mut broken = Invalid::default();
        if tidy(body).is_empty() {
            broken.take("body", Err::<(), _>("required"));
        } else if body.chars().count() > MAX_LENGTH {
            broken.take("body", Err::<(), _>("too_long"));
        }
        if mentions.len() > MAX_MENTIONS {
            broken.take("mentions", Err::<(), _>("too_many"));
        }
        let mut each = Vec::new();
        for (at, id) in mentions.iter().enumerate() {
            let sees = colleagues.iter().any(|colleague| colleague.id == *id && reads(colleague, lead));
            broken.take(format!("mentions.{at}"), if sees { Ok(()) } else { Err("mention.elsewhere") });
            if !each.contains(id) {
                each.push(*id);
            }
        }
        broken.finish(Self { body: lines(body), mentions: each })
    }
}

/// Whether somebody would find the lead that they are called to.
fn reads(colleague: &Staff, lead: &Lead) -> bool {
    colleague.status == StaffStatus::Active
        && (colleague.role == Role::Administrator || colleague.stores.contains(&lead.store_id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::LeadStatus;
    use crate::lead::tests::{colleague, lead};

    fn broken(body: &str, colleagues: &[Staff]) -> Vec<String> {
        let mentions: Vec<StaffId> = colleagues.iter().map(|colleague| colleague.id).collect();
        let Invalid(errors) = Note::check(body, &mentions, colleagues, &lead(LeadStatus::New)).unwrap_err();
        errors.into_iter().map(|error| format!("{} {}", error.field, error.code)).collect()
    }

    #[test]
    fn a_note_calls_only_those_who_would_find_the_lead() {
        let here = colleague(2, StaffStatus::Active);
        let note =
            Note::check("  至急\n電話を ", &[here.id, here.id], std::slice::from_ref(&here), &lead(LeadStatus::New))
                .unwrap();
        assert_eq!(note, Note { body: "至急\n電話を".into(), mentions: vec![here.id] });
        assert_eq!(broken("x", &[colleague(9, StaffStatus::Active)]), ["mentions.0 mention.elsewhere"]);
        assert_eq!(broken("x", &[colleague(2, StaffStatus::Suspended)]), ["mentions.0 mention.elsewhere"]);
        let administrator = Staff { role: Role::Administrator, ..colleague(9, StaffStatus::Active) };
        assert!(Note::check("x", &[administrator.id], &[administrator], &lead(LeadStatus::New)).is_ok());
    }

    #[test]
    fn a_note_says_something() {
        assert_eq!(broken("\u{200B}　", &[]), ["body required"]);
        assert_eq!(broken(&"あ".repeat(4_001), &[]), ["body too_long"]);
    }
}
