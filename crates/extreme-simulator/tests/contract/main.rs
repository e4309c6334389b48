//! The simulator in-process, called over HTTP, with every answer held against `openapi/extreme.yaml`.

mod client;
mod control;
mod coverage;
mod cursors;
mod document;
mod effects;
mod faults;
mod movement;
