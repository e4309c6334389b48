//! What became of a person's claims since this screen knew them last. Pure.

use noren_api::holds::Hold;
use noren_domain::hold::{HoldLoss, HoldState};
use noren_domain::{HoldId, Timestamp};

use super::said;
use crate::ui::date;
use crate::words::{self, Lang};

/// A claim as this screen knows it. One that is over is remembered too, so that an older answer does not bring it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: HoldId,
    version: i64,
    state: HoldState,
    expires_at: Option<Timestamp>,
    wanted_until: Option<Timestamp>,
}

impl Known {
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }
}

impl From<&Hold> for Known {
    fn from(hold: &Hold) -> Self {
        let Hold { id, version, state, expires_at, wanted_until, .. } = *hold;
        Self { id, version, state, expires_at, wanted_until }
    }
}

/// How a claim has turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Its turn has come, and EXTREME is being asked.
    Up,
    /// Its turn has come, and the car is kept for it.
    UpAndHeld,
    Got,
    /// Somebody had the car before.
    Beaten,
    Over(HoldState, Option<HoldLoss>),
    Until(Timestamp),
    NotExtended,
}

impl Turn {
    fn of(before: &Known, now: &Hold) -> Option<Self> {
        use HoldState as S;
        match (before.state, now.state) {
            (S::Queued, S::Requested) => Some(Self::Up),
            (S::Queued, S::Held) => Some(Self::UpAndHeld),
            (S::Requested, S::Held) => Some(Self::Got),
            (S::Requested, S::Queued) => Some(Self::Beaten),
            (S::Held, S::Held) if now.expires_at != before.expires_at => now.expires_at.map(Self::Until),
            (S::Held, S::Held) => {
                (before.wanted_until.is_some() && now.wanted_until.is_none()).then_some(Self::NotExtended)
            }
            (was, is) if was.is_open() && !is.is_open() => Some(Self::Over(is, now.loss)),
            _ => None,
        }
    }

    /// The sentence of it.
    pub fn said(self, hold: &Hold, now: Timestamp, lang: Lang) -> String {
        use HoldState as S;
        use words::hold_news as say;
        let car = said::car(hold);
        match self {
            Self::Up => say::up(lang, car),
            Self::UpAndHeld => say::up_held(lang, car),
            Self::Got => say::got(lang, car),
            Self::Beaten => say::beaten(lang, car),
            Self::Until(until) => say::until(lang, car, date::near(until, now, lang)),
            Self::NotExtended => say::not_extended(lang, car),
            Self::Over(S::Expired, _) => say::expired(lang, car),
            Self::Over(S::Contracted, _) => say::contracted(lang, car),
            Self::Over(_, Some(HoldLoss::Sold)) => say::sold(lang, car),
            Self::Over(_, Some(HoldLoss::NotForSale)) => say::not_for_sale(lang, car),
            Self::Over(_, Some(HoldLoss::Ended)) => say::ended(lang, car),
            Self::Over(_, Some(HoldLoss::Refused)) => say::refused(lang, car),
            Self::Over(..) => say::released(lang, car),
        }
    }
}

/// Takes in how claims stand now, and says which have turned. Of two answers the one with the later version counts; a claim that was not
/// known is no news, because only the person themselves places one.
pub fn learn(known: &mut Vec<Known>, now: &[Hold]) -> Vec<(Turn, Hold)> {
    let mut turned = Vec::new();
    for hold in now {
        match known.iter_mut().find(|known| known.id == hold.id) {
            Some(before) if before.version < hold.version => {
                turned.extend(Turn::of(before, hold).map(|turn| (turn, hold.clone())));
                *before = hold.into();
            }
            Some(_) => {}
            None => known.push(hold.into()),
        }
    }
    turned
}

/// How many holds have ended since a person looked, without their doing.
pub fn ended_since(over: &[Hold], looked: Timestamp) -> usize {
    over.iter().filter(|hold| is_unseen(hold, looked)).count()
}

/// Whether a hold has ended since a person looked, without their doing.
pub fn is_unseen(hold: &Hold, looked: Timestamp) -> bool {
    let by_itself = matches!(hold.state, HoldState::Expired | HoldState::Lost);
    by_itself && hold.ended_at.is_some_and(|ended| ended > looked)
}

#[cfg(test)]
mod tests {
    use noren_api::holds::HoldAllowed;
    use noren_domain::{StaffId, StoreId};
    use uuid::Uuid;

    use super::*;

    fn at(hour: u32) -> Timestamp {
        format!("2026-11-23T{hour:02}:00:00Z").parse().unwrap()
    }

    fn hold(number: u128, version: i64, state: HoldState) -> Hold {
        Hold {
            id: HoldId(Uuid::from_u128(number)),
            stock_number: "S-01042".parse().unwrap(),
            vehicle_title: Some("トヨタ ハリアー".to_owned()),
            staff_id: StaffId(Uuid::nil()),
            staff_name: None,
            is_own: true,
            store_id: StoreId(Uuid::nil()),
            lead_id: None,
            lead_name: None,
            state,
            kept_by: None,
            position: None,
            hours: 24,
            requested_at: at(0),
            expires_at: Some(at(5)),
            wanted_until: None,
            ended_at: (!state.is_open()).then(|| at(3)),
            loss: None,
            allowed: HoldAllowed { extend: false, release: true },
            version,
        }
    }

    fn turn(before: &Hold, now: &Hold) -> Option<Turn> {
        learn(&mut vec![before.into()], std::slice::from_ref(now)).pop().map(|(turn, _)| turn)
    }

    #[test]
    fn each_way_that_a_claim_goes_without_the_person_has_its_word() {
        use HoldState as S;
        let cases = [
            (S::Queued, S::Requested, Some(Turn::Up)),
            (S::Queued, S::Held, Some(Turn::UpAndHeld)),
            (S::Requested, S::Held, Some(Turn::Got)),
            (S::Requested, S::Queued, Some(Turn::Beaten)),
            (S::Held, S::Expired, Some(Turn::Over(S::Expired, None))),
            (S::Queued, S::Released, Some(Turn::Over(S::Released, None))),
            (S::Held, S::Held, None),
            (S::Lost, S::Held, None),
        ];
        for (before, now, told) in cases {
            assert_eq!(turn(&hold(1, 1, before), &hold(1, 2, now)), told, "{before:?} {now:?}");
        }
        let sold = Hold { loss: Some(HoldLoss::Sold), ..hold(1, 2, S::Lost) };
        let told = turn(&hold(1, 1, S::Held), &sold).unwrap();
        assert_eq!(told.said(&sold, at(1), Lang::Ja), "トヨタ ハリアーは売約済みになりました。仮押さえは終わりです");
    }

    #[test]
    fn an_extension_is_told_when_it_is_granted_and_when_it_is_not() {
        let held = hold(1, 1, HoldState::Held);
        let wished = Hold { wanted_until: Some(at(9)), ..held.clone() };
        let granted = Hold { version: 2, expires_at: Some(at(9)), ..held.clone() };
        let refused = Hold { version: 2, ..held };
        assert_eq!(turn(&wished, &granted), Some(Turn::Until(at(9))));
        assert_eq!(turn(&wished, &refused), Some(Turn::NotExtended));
    }

    #[test]
    fn an_older_answer_tells_nothing_and_brings_nothing_back() {
        let mut known = vec![Known::from(&hold(1, 3, HoldState::Released))];
        assert_eq!(learn(&mut known, &[hold(1, 2, HoldState::Held)]), []);
        assert!(!known[0].is_open());
    }

    #[test]
    fn a_claim_that_was_not_known_is_no_news_until_it_turns() {
        let mut known = Vec::new();
        assert_eq!(learn(&mut known, &[hold(1, 1, HoldState::Requested)]), []);
        assert_eq!(learn(&mut known, &[hold(1, 2, HoldState::Held)]).len(), 1);
        assert_eq!(known.iter().filter(|known| known.is_open()).count(), 1);
    }

    #[test]
    fn what_ended_by_itself_waits_to_be_looked_at() {
        use HoldState as S;
        let over = [hold(1, 2, S::Expired), hold(2, 2, S::Lost), hold(3, 2, S::Released), hold(4, 2, S::Contracted)];
        assert_eq!(ended_since(&over, at(2)), 2);
        assert_eq!(ended_since(&over, at(3)), 0);
    }
}
