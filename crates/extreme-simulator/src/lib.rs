#![doc = include_str!("../README.md")]

mod access;
mod clock;
mod config;
mod contracts;
mod control;
mod corrections;
mod extreme;
mod faults;
mod holds;
mod http;
mod known;
mod movement;
mod operations;
mod pictures;
mod problem;
mod quotes;
mod random;
mod running;
mod screen;
mod seed;
mod staff;
mod store;
mod stream;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use access::{Client, Credentials, Key, Scope};
pub use clock::{Clock, Pace, Time};
pub use config::{Config, Settings};
pub use control::{Control, Decision, Error as ControlError};
pub use faults::{Fault, InForce, Kind};
pub use http::{Counts, Past, ROOT};
pub use operations::{OPERATIONS, Operation};
pub use running::{Running, Simulator, StartError};
pub use seed::Seed;
pub use store::{Place, Record};
pub use stream::Stream;

/// Locks, also after somebody panicked with the lock: nothing that is locked here is left half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
