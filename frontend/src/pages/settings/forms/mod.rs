//! 問い合わせフォーム: what the public fills in, on its own page and on other sites.

mod asked;
mod conflict;
mod content;
mod edit;
mod entry;
mod list;
mod new;
mod parts;
mod preview;
mod share;
mod work;

pub use self::edit::EditFormPage;
pub use self::list::FormsPage;
pub use self::new::NewFormPage;
