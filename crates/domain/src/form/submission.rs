//! What was sent through a form, and what became of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Answers, Suspicion};
use crate::{FormId, FormSubmissionId, LeadId, StoreId, Timestamp};

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Somebody has to look at it first.
    Held,
    /// It has opened a lead.
    Accepted,
    /// A person found that nobody meant it.
    Dismissed,
}

impl SubmissionState {
    pub const ALL: [Self; 3] = [Self::Held, Self::Accepted, Self::Dismissed];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Accepted => "accepted",
            Self::Dismissed => "dismissed",
        }
    }
}

/// How the visitor came to the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    /// The page on which the form stood.
    pub landing_page: Option<String>,
    /// The page before that one.
    pub referrer: Option<String>,
    /// The parameters `utm_*`.
    pub campaign: BTreeMap<String, String>,
}

/// One submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub id: FormSubmissionId,
    pub form_id: FormId,
    /// The form's store when it came, which stays its store.
    pub store_id: StoreId,
    /// By which a repeat is known.
    pub key: String,
    pub state: SubmissionState,
    pub suspicions: Vec<Suspicion>,
    /// The body as received, and what it was called.
    pub content_type: String,
    pub raw: String,
    pub answers: Answers,
    /// Which words of consent were agreed to.
    pub consent_version: Option<i32>,
    pub visit: Visit,
    /// The site that sent it, where the browser said so.
    pub origin: Option<String>,
    /// The sender's address without its last part: enough to see a flood, too little to name a person.
    pub network: String,
    pub received_at: Timestamp,
    /// When a person has settled what becomes of it.
    pub settled_at: Option<Timestamp>,
    pub lead_id: Option<LeadId>,
    pub version: i64,
}

/// How the keys begin that senders have chosen.
pub const SENDERS_KEY: &str = "key ";

impl Submission {
    /// What is left of it when the person who sent it is erased: that it came, by which form, and what was agreed to. The key by which a
    /// repeat was known goes where it is a hash of what was typed; a sender's own stays, so that what they repeat makes nothing anew.
    #[must_use]
    pub fn without_person(self) -> Self {
        let key = if self.key.starts_with(SENDERS_KEY) { self.key.clone() } else { format!("erased {}", self.id) };
        Self {
            key,
            raw: String::new(),
            answers: Answers::default(),
            visit: Visit::default(),
            origin: None,
            network: String::new(),
            version: self.version + 1,
            ..self
        }
    }
}
