//! Who has a car, who asks for it and who waits: Noren's own claims, and whoever EXTREME's copy names beside them. Pure.

use noren_api::holds::Hold;
use noren_api::vehicles::VehicleHold;
use noren_domain::HoldId;
use noren_domain::hold::HoldState;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Who has the car by a hold that was not placed in Noren.
    pub theirs: Option<VehicleHold>,
    /// Noren's own claims, in their order.
    pub line: Vec<Hold>,
    /// What the copy said while one of the line had the car. It may be behind: it is not believed until it says something else.
    doubted: Option<VehicleHold>,
}

/// Why letting a car go is asked first: what follows of it cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Somebody else's turn comes at once.
    NextComesUp(String),
    /// Whoever joins again is the last.
    LosesPlace,
    /// It is somebody else's.
    Theirs(String),
}

impl Standing {
    /// As it was, with what the copy and the line say now.
    pub fn after(before: Option<&Self>, copy: Option<VehicleHold>, line: Vec<Hold>) -> Self {
        if let Some(first) = line.first().filter(|first| first.state != HoldState::Queued) {
            let doubted = copy.filter(|copy| copy.staff_id == Some(first.staff_id));
            return Self { theirs: None, line, doubted };
        }
        let doubted = before.and_then(|before| before.doubted.clone()).filter(|doubted| copy.as_ref() == Some(doubted));
        let theirs = copy.filter(|_| doubted.is_none());
        Self { theirs, line, doubted }
    }

    pub fn is_empty(&self) -> bool {
        self.theirs.is_none() && self.line.is_empty()
    }

    pub fn mine(&self) -> Option<&Hold> {
        self.line.iter().find(|hold| hold.is_own)
    }

    /// A claim as it stands now.
    pub fn of(&self, id: HoldId) -> Option<&Hold> {
        self.line.iter().find(|hold| hold.id == id)
    }

    /// How many others the person would have before them.
    pub fn ahead(&self) -> usize {
        self.line.iter().filter(|hold| !hold.is_own).count() + usize::from(self.theirs.is_some())
    }

    /// Whether EXTREME is being asked whose the car is.
    pub fn is_asked(&self) -> bool {
        let asked = self.line.first().is_some_and(|first| first.state == HoldState::Requested);
        asked || self.theirs.as_ref().is_some_and(|theirs| theirs.state == HoldState::Requested)
    }

    /// What letting a claim go brings that cannot be taken back.
    pub fn consequence(&self, of: &Hold) -> Option<Consequence> {
        if !of.is_own {
            return Some(Consequence::Theirs(of.staff_name.clone().unwrap_or_default()));
        }
        let next = self.line.iter().skip_while(|hold| hold.id != of.id).nth(1)?;
        Some(match of.state {
            HoldState::Queued => Consequence::LosesPlace,
            _ => Consequence::NextComesUp(next.staff_name.clone().unwrap_or_default()),
        })
    }
}

#[cfg(test)]
mod tests {
    use noren_api::holds::HoldAllowed;
    use noren_domain::{StaffId, StoreId, Timestamp};
    use uuid::Uuid;

    use super::*;

    fn staff(number: u128) -> StaffId {
        StaffId(Uuid::from_u128(number))
    }

    fn copy(number: u128) -> VehicleHold {
        VehicleHold {
            staff_name: "佐藤 健".into(),
            staff_id: Some(staff(number)),
            store_code: "001".parse().unwrap(),
            state: HoldState::Held,
            expires_at: Timestamp::UNIX_EPOCH,
            waiting: 0,
        }
    }

    fn claim(number: u128, state: HoldState) -> Hold {
        Hold {
            id: HoldId(Uuid::from_u128(number)),
            stock_number: "S-01042".parse().unwrap(),
            vehicle_title: None,
            staff_id: staff(number),
            staff_name: Some(format!("{number}番")),
            is_own: number == 1,
            store_id: StoreId(Uuid::nil()),
            lead_id: None,
            lead_name: None,
            state,
            kept_by: None,
            position: None,
            hours: 24,
            requested_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            wanted_until: None,
            ended_at: None,
            loss: None,
            allowed: HoldAllowed { extend: false, release: true },
            version: 1,
        }
    }

    #[test]
    fn a_copy_that_is_behind_does_not_give_the_car_to_whoever_has_let_it_go() {
        let held = Standing::after(None, Some(copy(2)), vec![claim(2, HoldState::Held)]);
        assert_eq!((held.theirs.is_some(), held.ahead()), (false, 1));
        let let_go = Standing::after(Some(&held), Some(copy(2)), Vec::new());
        assert!(let_go.is_empty());
        let read_again = Standing::after(Some(&let_go), None, Vec::new());
        assert!(read_again.is_empty());
        let anew = Standing::after(Some(&read_again), Some(copy(2)), Vec::new());
        assert_eq!(anew.theirs, Some(copy(2)));
    }

    #[test]
    fn whoever_has_the_car_in_extreme_stands_before_those_who_wait_here() {
        let asked = Standing::after(None, Some(copy(9)), vec![claim(1, HoldState::Requested)]);
        assert!(asked.theirs.is_none() && asked.is_asked());
        let beaten = Standing::after(Some(&asked), Some(copy(9)), vec![claim(1, HoldState::Queued)]);
        assert_eq!((beaten.theirs, beaten.line.len()), (Some(copy(9)), 1));
    }

    #[test]
    fn what_cannot_be_taken_back_is_asked_first() {
        use HoldState as S;
        let alone = Standing::after(None, None, vec![claim(1, S::Held)]);
        assert_eq!(alone.consequence(&alone.line[0]), None);
        let line = Standing::after(None, None, vec![claim(1, S::Held), claim(2, S::Queued)]);
        assert_eq!(line.consequence(&line.line[0]), Some(Consequence::NextComesUp("2番".into())));
        assert_eq!(line.consequence(&line.line[1]), Some(Consequence::Theirs("2番".into())));
        let queue = Standing::after(None, None, vec![claim(3, S::Held), claim(1, S::Queued), claim(2, S::Queued)]);
        assert_eq!(queue.consequence(&queue.line[1]), Some(Consequence::LosesPlace));
    }
}
