//! お客様表示: the screen is turned to the customer. What of a car is theirs to see is decided here, and nothing else is sent.

use crate::vehicle::{History, Identity, Offer, StockStatus, Vehicle};
use crate::{LeadId, Timestamp};

/// A session whose screen is turned to a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerView {
    pub since: Timestamp,
    /// Whose screen it is, where it was turned for somebody in particular. Every other lead is somebody else.
    pub lead: Option<LeadId>,
}

impl CustomerView {
    #[must_use]
    pub fn shows(&self, lead: LeadId) -> bool {
        self.lead == Some(lead)
    }
}

impl Vehicle {
    /// What a customer may see of it: what is advertised and what the law wants shown. Not what it has cost, how long it stands there,
    /// who else wants it, what the house noted and how it was graded, nor what leads to its owner of before.
    ///
    /// Whether somebody has it is said by those who know all claims on it. Everything is named, so that a new field does not reach a
    /// customer before somebody decided it.
    #[must_use]
    pub fn for_customer(self, is_held: bool) -> Self {
        let Self {
            stock_number,
            store_code,
            status,
            condition,
            identity,
            build,
            history,
            offer,
            purchase_cost: _,
            hold: _,
        } = self;
        Self {
            stock_number,
            store_code,
            status: told(status, is_held),
            condition,
            identity: identity.for_customer(),
            build,
            history: history.for_customer(),
            offer: offer.for_customer(),
            purchase_cost: None,
            hold: None,
        }
    }
}

/// How a car stands, as it is told: whether it can be had, and not how far somebody else's purchase has come.
fn told(status: StockStatus, is_held: bool) -> StockStatus {
    use StockStatus as S;
    match status {
        S::Purchased | S::InTransit => S::InTransit,
        S::Received | S::Reconditioning | S::Listed | S::Negotiating if is_held => S::Negotiating,
        S::Received | S::Reconditioning => S::Reconditioning,
        S::Listed => S::Listed,
        S::Negotiating => S::Negotiating,
        S::Contracted | S::Registering | S::AwaitingDelivery | S::Delivered | S::Wholesale | S::Scrapped => {
            S::Contracted
        }
    }
}

impl Identity {
    fn for_customer(self) -> Self {
        let Self {
            maker,
            model_name,
            grade,
            model_code,
            first_registration,
            chassis_number: _,
            registration_number: _,
        } = self;
        Self {
            maker,
            model_name,
            grade,
            model_code,
            first_registration,
            chassis_number: None,
            registration_number: None,
        }
    }
}

impl History {
    fn for_customer(self) -> Self {
        let Self {
            odometer_km,
            odometer_status,
            odometer_before_replacement_km,
            repair_history,
            inspection_status,
            inspection_expiry,
            used_as,
            owner_count,
            record_book,
            condition_note: _,
            auction_grade: _,
            interior_grade: _,
            exterior_grade: _,
        } = self;
        Self {
            odometer_km,
            odometer_status,
            odometer_before_replacement_km,
            repair_history,
            inspection_status,
            inspection_expiry,
            used_as,
            owner_count,
            record_book,
            condition_note: None,
            auction_grade: None,
            interior_grade: None,
            exterior_grade: None,
        }
    }
}

impl Offer {
    fn for_customer(self) -> Self {
        let Self {
            vehicle_price,
            fees,
            advertised_total,
            warranty,
            maintenance_included,
            recycle_status,
            recycle_deposit,
            comment,
            photos,
            purchased_on: _,
            listed_on: _,
            sold_on: _,
        } = self;
        Self {
            vehicle_price,
            fees,
            advertised_total,
            warranty,
            maintenance_included,
            recycle_status,
            recycle_deposit,
            comment,
            photos,
            purchased_on: None,
            listed_on: None,
            sold_on: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_learns_whether_a_car_can_be_had_and_not_how_far_others_are() {
        use StockStatus as S;
        for (status, held, said) in [
            (S::Purchased, false, S::InTransit),
            (S::InTransit, true, S::InTransit),
            (S::Received, false, S::Reconditioning),
            (S::Reconditioning, true, S::Negotiating),
            (S::Listed, false, S::Listed),
            (S::Listed, true, S::Negotiating),
            (S::Negotiating, false, S::Negotiating),
            (S::Contracted, false, S::Contracted),
            (S::AwaitingDelivery, true, S::Contracted),
            (S::Wholesale, false, S::Contracted),
            (S::Scrapped, false, S::Contracted),
        ] {
            assert_eq!(told(status, held), said, "{status:?}");
        }
    }

    #[test]
    fn a_screen_that_is_turned_for_one_shows_nobody_else() {
        let id = |number| LeadId(uuid::Uuid::from_u128(number));
        let turned = |lead| CustomerView { since: Timestamp::UNIX_EPOCH, lead };
        assert!(turned(Some(id(1))).shows(id(1)));
        assert!(!turned(Some(id(1))).shows(id(2)));
        assert!(!turned(None).shows(id(1)));
    }
}
