//! What every action on a lead needs, and the move to another status, which more than one of them makes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::leads::{Lead, NewStatusChange};
use noren_domain::LeadId;
use noren_domain::lead::LeadStatus;

use crate::api::{Api, ApiError, idempotency_key, use_api};
use crate::live::{Live, use_live};
use crate::messages;
use crate::pages::leads::detail::{LeadView, use_lead_view};
use crate::pages::leads::lines;
use crate::pages::leads::list::{LeadList, use_lead_list};
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, lang_untracked};

/// The `Idempotency-Key` of a move, made when its button or its sheet appears.
pub type MoveKey = StoredValue<String>;

/// Whether a move was refused because the lead has come elsewhere since.
pub fn is_past(error: &ApiError) -> bool {
    error.code().starts_with("lead.")
}

/// The handles that every action needs.
#[derive(Clone, Copy)]
pub struct Hands {
    pub api: Api,
    pub view: LeadView,
    pub list: LeadList,
    pub toasts: Toasts,
    live: Live,
}

impl Hands {
    pub fn take() -> Self {
        Self { api: use_api(), view: use_lead_view(), list: use_lead_list(), toasts: use_toasts(), live: use_live() }
    }

    pub fn lead(self) -> Lead {
        self.view.lead.get_untracked()
    }

    pub fn move_key() -> MoveKey {
        StoredValue::new(idempotency_key())
    }

    /// After a write the screens show what the server says.
    pub fn refetch(self, id: LeadId) {
        self.live.wrote(id);
        self.view.refetch();
        self.list.refetch();
    }

    /// Moves the lead, says so and offers the way back where there is one. The page may be left meanwhile. What was moved
    /// under the key is moved once; the next move takes another.
    pub async fn move_to(self, to: LeadStatus, reason: Option<String>, key: MoveKey) -> Result<(), ApiError> {
        let Lead { id, status: from, .. } = self.lead();
        let moved = self.api.move_lead(id, NewStatusChange { to, reason }, key.get_value()).await;
        // After a refusal too: what the buttons offer may be long past.
        self.refetch(id);
        moved?;
        key.try_set_value(idempotency_key());
        let lang = lang_untracked();
        let said = words::moves::moved(lang, lines::status(to)(lang));
        if to.next().contains(&from) {
            let key = idempotency_key();
            self.toasts.say_with_undo(said, move || spawn_local(self.undo(id, from, key.clone())));
        } else {
            self.toasts.say(said);
        }
        Ok(())
    }

    /// Says why a move was refused.
    pub fn say_why(self, error: &ApiError) {
        let why = if is_past(error) { messages::problem(error.code()) } else { words::moves::failed };
        self.toasts.say(why(lang_untracked()));
    }

    async fn undo(self, id: LeadId, back: LeadStatus, key: String) {
        let change = NewStatusChange { to: back, reason: None };
        let lang = lang_untracked();
        match self.api.move_lead(id, change, key).await {
            Ok(_) => self.toasts.say(words::moves::moved(lang, lines::status(back)(lang))),
            Err(_) => self.toasts.say(words::moves::not_undone(lang)),
        }
        self.refetch(id);
    }
}
