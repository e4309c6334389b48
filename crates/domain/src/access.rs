//! 個人情報アクセス記録: which looks at personal data are recorded, and for how long.

use chrono::Months;
use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::staff::Role;
use crate::timeline::FieldChange;

/// How many months the records are kept unless an administrator decides otherwise. The law asks for three years where personal
/// data goes to third parties; for looks inside a company it names no term, so this is a setting.
pub const KEEP_MONTHS: u32 = 36;
pub const MAX_KEEP_MONTHS: u32 = 120;

/// What somebody looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccessKind {
    LeadDetail,
    LeadList,
    LeadSearch,
    /// What happened to a lead, and the notes that call somebody.
    Timeline,
    FormSubmission,
    /// A customer with what EXTREME keeps of them.
    CustomerDetail,
    CustomerList,
    /// Found by words, or by what they share with a lead.
    CustomerSearch,
    /// The audit's entries with their values, and these records themselves.
    Records,
    /// What left Noren as a file. Always recorded.
    Export,
}

impl AccessKind {
    pub const ALL: [Self; 10] = [
        Self::LeadDetail,
        Self::LeadList,
        Self::LeadSearch,
        Self::Timeline,
        Self::FormSubmission,
        Self::CustomerDetail,
        Self::CustomerList,
        Self::CustomerSearch,
        Self::Records,
        Self::Export,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeadDetail => "lead_detail",
            Self::LeadList => "lead_list",
            Self::LeadSearch => "lead_search",
            Self::Timeline => "timeline",
            Self::FormSubmission => "form_submission",
            Self::CustomerDetail => "customer_detail",
            Self::CustomerList => "customer_list",
            Self::CustomerSearch => "customer_search",
            Self::Records => "records",
            Self::Export => "export",
        }
    }
}

/// What is recorded. Everything, until an administrator switches something off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessRecording {
    pub lead_detail: bool,
    pub lead_list: bool,
    pub lead_search: bool,
    pub timeline: bool,
    pub form_submission: bool,
    pub customer_detail: bool,
    pub customer_list: bool,
    pub customer_search: bool,
    pub records: bool,
    /// Whether what integrators read is recorded too, each by its kind.
    pub api_clients: bool,
    pub keep_months: u32,
}

impl Default for AccessRecording {
    fn default() -> Self {
        Self {
            lead_detail: true,
            lead_list: true,
            lead_search: true,
            timeline: true,
            form_submission: true,
            customer_detail: true,
            customer_list: true,
            customer_search: true,
            records: true,
            api_clients: true,
            keep_months: KEEP_MONTHS,
        }
    }
}

impl AccessRecording {
    /// Whether a look of this kind, by somebody in this role, is recorded.
    #[must_use]
    pub fn records(&self, kind: AccessKind, by: Role) -> bool {
        let of_kind = match kind {
            AccessKind::LeadDetail => self.lead_detail,
            AccessKind::LeadList => self.lead_list,
            AccessKind::LeadSearch => self.lead_search,
            AccessKind::Timeline => self.timeline,
            AccessKind::FormSubmission => self.form_submission,
            AccessKind::CustomerDetail => self.customer_detail,
            AccessKind::CustomerList => self.customer_list,
            AccessKind::CustomerSearch => self.customer_search,
            AccessKind::Records => self.records,
            AccessKind::Export => return true,
        };
        of_kind && (self.api_clients || by != Role::ApiClient)
    }

    /// What is older than this is forgotten.
    #[must_use]
    pub fn kept_since(&self, now: Timestamp) -> Timestamp {
        now.checked_sub_months(Months::new(self.keep_months)).unwrap_or(Timestamp::MIN_UTC)
    }

    /// Every setting that differs from `self` in `other`.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let pairs = self.readable().into_iter().zip(other.readable());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        changed
            .map(|((field, before), (_, after))| FieldChange {
                field: field.to_owned(),
                before: Some(before),
                after: Some(after),
            })
            .collect()
    }

    fn readable(&self) -> [(&'static str, String); 11] {
        let on = |on: bool| if on { "on" } else { "off" }.to_owned();
        let Self { lead_detail, lead_list, lead_search, timeline, form_submission, .. } = *self;
        let Self { customer_detail, customer_list, customer_search, records, api_clients, keep_months, .. } = *self;
        [
            ("lead_detail", on(lead_detail)),
            ("lead_list", on(lead_list)),
            ("lead_search", on(lead_search)),
            ("timeline", on(timeline)),
            ("form_submission", on(form_submission)),
            ("customer_detail", on(customer_detail)),
            ("customer_list", on(customer_list)),
            ("customer_search", on(customer_search)),
            ("records", on(records)),
            ("api_clients", on(api_clients)),
            ("keep_months", keep_months.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_switched_off_is_not_recorded_but_exports_always_are() {
        let off = AccessRecording {
            lead_detail: false,
            lead_list: false,
            lead_search: false,
            timeline: false,
            form_submission: false,
            customer_detail: false,
            customer_list: false,
            customer_search: false,
            records: false,
            ..AccessRecording::default()
        };
        for kind in AccessKind::ALL {
            assert!(AccessRecording::default().records(kind, Role::ApiClient), "{kind:?}");
            assert_eq!(off.records(kind, Role::Manager), kind == AccessKind::Export, "{kind:?}");
        }
        let people_alone = AccessRecording { api_clients: false, ..AccessRecording::default() };
        assert!(people_alone.records(AccessKind::LeadList, Role::Salesperson));
        assert!(!people_alone.records(AccessKind::LeadList, Role::ApiClient));
        assert!(people_alone.records(AccessKind::Export, Role::ApiClient));
    }

    #[test]
    fn records_are_kept_by_the_month_and_changes_are_named() {
        let now: Timestamp = "2026-11-21T01:00:00Z".parse().unwrap();
        let recording = AccessRecording::default();
        assert_eq!(recording.kept_since(now).to_rfc3339(), "2023-11-21T01:00:00+00:00");
        let other = AccessRecording { lead_list: false, keep_months: 12, ..recording };
        let named: Vec<String> = recording.changes_to(&other).into_iter().map(|change| change.field).collect();
        assert_eq!(named, ["lead_list", "keep_months"]);
    }
}
