//! HTTP: from a request to an operation of the contract and back, with the faults that are in force in between.

mod answer;
mod call;
mod check;
mod limiter;
mod requests;
mod serve;
pub mod server;
mod wire;

/// The types that a JSON body may come as.
const JSON_TYPES: [&str; 2] = ["application/json", "application/merge-patch+json"];

pub use self::answer::Answer;
pub use self::call::{Call, hash};
pub use self::check::{Member, Rule, is_code, may, must};
pub use self::limiter::Limiter;
pub use self::requests::{Counts, Past, Requests};
pub use self::serve::ROOT;
