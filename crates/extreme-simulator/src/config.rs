//! What a simulator is started with.

use std::net::SocketAddr;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::access::{Client, Credentials, Key, Scope};
use crate::clock::Pace;
use crate::seed::Seed;
use crate::store::Place;

/// All there is to choose.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens; port 0 is any that is free.
    pub listen: SocketAddr,
    pub workers: usize,
    pub store: Place,
    /// What an empty store begins with.
    pub seed: Seed,
    pub credentials: Credentials,
    pub settings: Settings,
    pub pace: Pace,
    /// Whether `/control` is served. Whoever reaches it may do everything, so it is for loopback alone.
    pub control: bool,
    /// After which time the shop moves on by itself.
    pub movement: Option<Duration>,
}

/// The limits that `/health` tells, and what else can be set while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The most records in a page.
    pub page: usize,
    pub revisions_page: usize,
    pub requests_per_minute: u32,
    pub concurrent: u32,
    /// How long a cursor stays good, by the simulator's clock.
    pub cursor_seconds: u64,
    pub idempotency_days: u32,
    /// The longest hold.
    pub hold_hours: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            page: 1_000,
            revisions_page: 10_000,
            requests_per_minute: 1_200,
            concurrent: 8,
            cursor_seconds: 30 * 86_400,
            idempotency_days: 30,
            hold_hours: 72,
        }
    }
}

impl Config {
    /// A small shop in memory on a free port, with every scope, for tests.
    pub fn for_tests() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            workers: 1,
            store: Place::Memory,
            seed: Seed::small(),
            credentials: Credentials {
                client: Some(Client {
                    id: "noren".to_owned(),
                    secret: SecretString::from("a secret of the tests"),
                    scopes: Scope::ALL.to_vec(),
                }),
                key: Some(Key { value: SecretString::from("a-key-of-the-tests"), scopes: Scope::ALL.to_vec() }),
            },
            settings: Settings { requests_per_minute: 100_000, concurrent: 1_000, ..Settings::default() },
            pace: Pace::default(),
            control: true,
            movement: None,
        }
    }
}
