//! 仮押さえ: one car is promised to one, and the others wait in their order; EXTREME says whose it is.

mod away;
mod burst;
mod line;
mod rights;
mod servers;

use std::sync::atomic::{AtomicU32, Ordering};

use noren_domain::StoreId;
use noren_domain::hold::{Hold, HoldState};
use noren_domain::outbox::{OutboxMessage, OutboxState};
use noren_domain::staff::Role;
use noren_extreme_simulator::Stream as Theirs;
use noren_persistence::{PageRequest, holds, outbox};
use serde_json::{Value, json};

use crate::customers::House;
use crate::harness::{Answer, User, eventually, fresh_key};

/// What is not sent and not given up, or was given up.
fn open_messages() -> outbox::Filter {
    outbox::Filter { states: OutboxState::OPEN.to_vec(), ..Default::default() }
}

/// A dealer with EXTREME, and a car that nobody has.
struct Yard {
    house: House,
    car: String,
    people: AtomicU32,
}

impl Yard {
    async fn open() -> Self {
        let house = House::open().await;
        let control = house.control();
        let cars = control.keys(Theirs::Vehicles, 1_000).unwrap();
        // EXTREME's clock is Noren's.
        control.clock().turn(house.app.clock_now().timestamp() - control.clock().now().timestamp());
        let is_free = |car: &String| {
            let record = control.record(Theirs::Vehicles, car).unwrap();
            record["status"] == "listed" && record["hold"].is_null()
        };
        let car = cars.into_iter().find(is_free).unwrap();
        Self { house, car, people: AtomicU32::new(1) }
    }

    /// Somebody whom EXTREME knows as well.
    async fn seller(&self, role: Role, stores: &[StoreId]) -> User {
        let code = format!("Y-{:03}", self.people.fetch_add(1, Ordering::Relaxed));
        let control = self.house.control();
        let mut record = control.record(Theirs::Staff, "S004").unwrap();
        record.insert("staff_code".into(), json!(code));
        control.put(Theirs::Staff, &code, record).unwrap();
        self.house.hire(&code, role, stores).await
    }

    async fn seller_here(&self) -> User {
        self.seller(Role::Salesperson, &[self.house.app.first_store]).await
    }

    async fn seller_elsewhere(&self) -> User {
        self.seller(Role::Salesperson, &[self.house.app.second_store]).await
    }

    fn path(&self) -> String {
        format!("/api/v1/vehicles/{}/holds", self.car)
    }

    async fn claim(&self, who: &User) -> Answer {
        who.create(&self.path(), &json!({"hours": 24})).await
    }

    /// A claim of somebody who comes again, with the same key, as long as the server is too busy.
    async fn claim_again(&self, who: &User) -> Answer {
        let key = fresh_key();
        loop {
            let answer = who.create_as(&key, &self.path(), &json!({"hours": 24})).await;
            if answer.status != 503 {
                return answer;
            }
        }
    }

    /// A claim by now.
    async fn claim_of(&self, who: &User, id: &str) -> Value {
        who.get(&format!("/api/v1/holds/{id}")).await.json
    }

    async fn release(&self, who: &User, id: &str) -> Answer {
        let version = self.claim_of(who, id).await["version"].as_i64().unwrap();
        who.act(&format!("/api/v1/holds/{id}/release"), version, &json!({})).await
    }

    /// A claim by now, whoever is still signed in.
    async fn kept(&self, id: &str) -> Hold {
        holds::find(&self.house.app.db, id.parse().unwrap()).await.unwrap().unwrap()
    }

    /// Waits until a claim stands so, from try to try.
    async fn becomes(&self, id: &str, state: HoldState) -> Hold {
        let stands = async || {
            self.next_try().await;
            self.kept(id).await.state == state
        };
        assert!(eventually(stands).await, "{:?}", self.kept(id).await);
        self.kept(id).await
    }

    /// The hold that EXTREME has on the car.
    fn theirs(&self) -> Value {
        self.house.control().record(Theirs::Vehicles, &self.car).unwrap()["hold"].clone()
    }

    /// How many messages are not sent and not given up.
    async fn waiting(&self) -> usize {
        self.unsettled().await.len()
    }

    /// Whether nothing is being sent, and nothing will be before time passes. While a try is under way none may: its lease would end, and
    /// another worker would rightly try once more.
    async fn rests(&self) -> bool {
        let (open, now) = (self.unsettled().await, self.house.app.clock_now());
        let unsent = || open.iter().filter(|message| message.state != OutboxState::Dead);
        // Of one car's errands the first alone may go.
        let is_first = |message: &OutboxMessage| {
            let car = message.payload.aggregate();
            unsent().all(|other| other.payload.aggregate() != car || other.sequence >= message.sequence)
        };
        !unsent().any(|message| message.state == OutboxState::Leased || (message.next_at <= now && is_first(message)))
    }

    /// Lets as much time pass as what waits longest for its try has to.
    async fn next_try(&self) {
        if !self.rests().await {
            return;
        }
        let (open, now) = (self.unsettled().await, self.house.app.clock_now());
        let next = open.iter().filter(|message| message.state == OutboxState::Waiting).map(|message| message.next_at);
        if let Some(next) = next.max().filter(|next| *next > now) {
            self.pass(next - now);
        }
    }

    async fn unsettled(&self) -> Vec<OutboxMessage> {
        let page = PageRequest { after: None, limit: 300 };
        outbox::page(&self.house.app.db, &open_messages(), &page).await.unwrap().items
    }

    /// On both sides' clocks.
    fn pass(&self, time: chrono::TimeDelta) {
        self.house.control().clock().turn(time.num_seconds());
        self.house.app.pass(time);
    }
}
