//! What becomes of a car in stock: when it was bought, offered and sold. It is drawn apart from the car, because it is needed of all cars
//! before any is made.

use chrono::{Days, NaiveDate};

use crate::random::Random;

/// How many days the history reaches back.
pub const HISTORY_DAYS: i64 = 3 * 365;

/// The dates and the status that go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    pub purchased_on: NaiveDate,
    /// From then on it is offered, if it has come so far.
    pub listed_on: NaiveDate,
    pub sold_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub status: &'static str,
    /// Whether another dealer bought it.
    pub is_wholesale: bool,
    /// Whether its buyer was no customer before.
    pub is_new_buyer: bool,
}

impl Life {
    /// The life of the `number`th of `count` cars, as it stands on a day. The later a car came, the higher its number.
    pub fn draw(number: u64, count: u64, today: NaiveDate, random: &mut Random) -> Self {
        let left = i64::try_from(count.saturating_sub(number)).unwrap_or_default();
        let count = i64::try_from(count).unwrap_or(1).max(1);
        // Half of them came evenly, half of them the more often the nearer to today: the shop grows.
        let age = HISTORY_DAYS * left / count / 2 + HISTORY_DAYS * left / count * left / count / 2;
        let purchased_on = before(today, age);
        let listed_on = after(purchased_on, random.between(5, 21));
        let (least, most) = random.weighted(&[(35, (3, 40)), (37, (41, 90)), (22, (91, 170)), (6, (171, 300))]);
        let sold_on = after(listed_on, random.between(least, most));
        let (sale, pause) = (random.next() % 100, random.between(8, 21));
        let is_new_buyer = random.chance(40);
        let life = Self { is_new_buyer, ..Self::bought(purchased_on, listed_on) };
        if sold_on > today {
            return Self { status: unsold(&life, today), ..life };
        }
        let delivered_on = after(sold_on, pause);
        let (status, is_wholesale) = match sale {
            0..7 => ("wholesale", true),
            7 if delivered_on <= today => ("scrapped", true),
            _ if delivered_on <= today => ("delivered", false),
            _ => (underway((today - sold_on).num_days()), false),
        };
        let delivered_on = (delivered_on <= today).then_some(delivered_on);
        Self { sold_on: Some(sold_on), delivered_on, status, is_wholesale, ..life }
    }

    /// A car that was just bought, and will be ready some day.
    pub fn bought(purchased_on: NaiveDate, listed_on: NaiveDate) -> Self {
        Self {
            purchased_on,
            listed_on,
            sold_on: None,
            delivered_on: None,
            status: "purchased",
            is_wholesale: false,
            is_new_buyer: false,
        }
    }

    /// Whether a customer bought it.
    pub fn is_retail(&self) -> bool {
        self.sold_on.is_some() && !self.is_wholesale
    }

    /// The day of its last change, but for prices.
    pub fn changed_on(&self, today: NaiveDate) -> NaiveDate {
        let listed = if self.listed_on <= today { self.listed_on } else { self.purchased_on };
        self.delivered_on.or(self.sold_on).unwrap_or(listed)
    }
}

fn unsold(life: &Life, today: NaiveDate) -> &'static str {
    if today >= life.listed_on {
        return "listed";
    }
    match (today - life.purchased_on).num_days() {
        0..2 => "purchased",
        2..4 => "in_transit",
        4..6 => "received",
        _ => "reconditioning",
    }
}

fn underway(days: i64) -> &'static str {
    match days {
        ..3 => "contracted",
        3..8 => "registering",
        _ => "awaiting_delivery",
    }
}

/// So many days before a day.
pub fn before(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::try_from(days).unwrap_or_default())).unwrap_or(day)
}

/// So many days after a day.
pub fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(u64::try_from(days).unwrap_or_default())).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_cars_are_sold_and_the_screens_of_the_stock_are_alive() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let lives: Vec<Life> =
            (1..=1_200).map(|number| Life::draw(number, 1_200, today, &mut Random::of(1, "life", number))).collect();
        let of = |status: &str| lives.iter().filter(|life| life.status == status).count();
        let unsold = lives.iter().filter(|life| life.sold_on.is_none()).count();
        assert!((110..=260).contains(&unsold), "{unsold}");
        for status in ["purchased", "in_transit", "reconditioning", "contracted", "registering", "awaiting_delivery"] {
            assert!((1..=40).contains(&of(status)), "{status}: {}", of(status));
        }
        assert!(of("delivered") > 800 && of("listed") > 90);
        assert!(
            lives.iter().all(|life| life.purchased_on <= life.changed_on(today) && life.changed_on(today) <= today)
        );
    }
}
