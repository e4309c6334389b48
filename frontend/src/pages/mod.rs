//! The pages, a folder each.

pub mod account;
pub mod customer_view;
pub mod customers;
pub mod elsewhere;
pub mod factor;
pub mod holds;
pub mod join;
pub mod leads;
pub mod mentions;
pub mod not_found;
pub mod recover;
pub mod settings;
pub mod sign_in;
pub mod step_up;
pub mod stock;
pub mod submissions;
pub mod turns;
