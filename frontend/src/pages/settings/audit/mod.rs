//! 監査: what was changed, who looked at whose data, and whether the record of it still holds.

mod changes;
mod entry;
mod export;
mod frame;
mod look;
mod looks;
mod narrow;
mod recording;
mod records;
mod said;
mod verification;

pub use self::changes::ChangesPage;
pub use self::looks::LooksPage;
pub use self::recording::RecordingPage;
pub use self::verification::VerificationPage;
