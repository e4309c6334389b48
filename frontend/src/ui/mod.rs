//! The components of the app. They know neither the API nor any page.

pub mod badge;
pub mod button;
pub mod choice;
pub mod clock;
pub mod combo;
pub mod date;
pub mod dialog;
pub mod effect;
pub mod empty;
pub mod failure;
pub mod field;
pub mod gauge;
pub mod heading;
pub mod icon;
pub mod later;
pub mod leaving;
pub mod load;
pub mod more;
pub mod notice;
pub mod password;
pub mod skeleton;
pub mod theme;
pub mod timeline;
pub mod toast;
pub mod versions;
pub mod yen;
