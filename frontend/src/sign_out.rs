//! The end of a session on this device, and what goes with it.

use noren_domain::code::StockNumber;
use noren_domain::{LeadId, StaffId};

use crate::api::{Api, ApiError};
use crate::device;
use crate::drafts::{self, Unsent};
use crate::queue;
use crate::recent;
use crate::routes::Page;
use crate::ui::theme::Theme;
use crate::words::{lang_untracked, speak};

/// Ends the session of a person, and what they have not sent.
pub async fn sign_out(api: Api, me: StaffId) -> Result<(), ApiError> {
    let (theme, others) = (Theme::kept(), of_others(me));
    api.sign_out().await?;
    device::forget_all(device::DRAFTS);
    device::forget_all(device::QUEUES);
    // What others left half done, or could not send yet, is not this person's to throw away.
    others.iter().for_each(|(key, text)| device::keep(key, text));
    // The server has the browser clear all that is kept; how this device looks and speaks is nobody's secret.
    theme.choose();
    speak(lang_untracked());
    Ok(())
}

/// What the other people of this tablet keep on it.
fn of_others(me: StaffId) -> Vec<(String, String)> {
    let mine = [drafts::prefix(me), recent::key::<LeadId>(me), recent::key::<StockNumber>(me), queue::prefix(me)];
    let kept = [device::DRAFTS, device::QUEUES].map(device::kept_under).concat();
    kept.into_iter().filter(|(key, _)| mine.iter().all(|mine| !key.starts_with(mine))).collect()
}

/// Drafts, and what waits for a network.
pub fn unsent_by(me: StaffId) -> Vec<Unsent> {
    let waiting = queue::of(me).into_iter().filter_map(|entry| {
        Some(Unsent { page: Page::Queued(entry.request.parse().ok()?), whom: drafts::named(&entry.draft)?.whom })
    });
    Unsent::by(me).into_iter().chain(waiting).collect()
}
