//! The simulator in-process, called over HTTP, with every answer held against `openapi/extreme.yaml`.
#![cfg_attr(
    test,
    expect(clippy::unwrap_used, reason = "clippy knows tests by their attribute; these are the helpers of tests")
)]

mod bodies;
mod client;
mod control;
mod coverage;
mod cursors;
mod document;
mod effects;
mod faults;
mod movement;
