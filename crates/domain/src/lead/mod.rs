//! 見込み客: a person or company who asked, before a deal.

mod erasure;
mod profile;

use serde::{Deserialize, Serialize};

use crate::code::CustomerCode;
use crate::staff::Staff;
use crate::text::tidy;
use crate::timeline::FieldChange;
use crate::{Error, Invalid, LeadId, StaffId, StoreId, Timestamp};

pub use erasure::{Erasure, ErasureReason, MAX_NOTE};
pub use profile::{MAX_BUDGET, MAX_CONTACTS, Profile, TypedProfile, WantedCar};

/// Where a lead stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeadStatus {
    /// 新規
    New,
    /// 対応中
    Working,
    /// 育成中
    Nurturing,
    /// 商談化
    Converted,
    /// 対象外
    Disqualified,
}

impl LeadStatus {
    pub const ALL: [Self; 5] = [Self::New, Self::Working, Self::Nurturing, Self::Converted, Self::Disqualified];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Working => "working",
            Self::Nurturing => "nurturing",
            Self::Converted => "converted",
            Self::Disqualified => "disqualified",
        }
    }

    /// Whether somebody still works on such a lead.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Working | Self::Nurturing)
    }

    /// Whether a lead is put there only with a reason: who reads 対象外 later wants to know why.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        self == Self::Disqualified
    }

    /// The statuses that a person may move a lead to from here. `Converted` is reached by opening a deal alone.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::New => &[Self::Working, Self::Nurturing, Self::Disqualified],
            Self::Working => &[Self::Nurturing],
            Self::Nurturing | Self::Disqualified => &[Self::Working],
            Self::Converted => &[],
        }
    }
}

/// 温度感: when the person means to buy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Temperature {
    /// 今月
    ThisMonth,
    /// 3か月
    ThreeMonths,
    /// 6か月
    SixMonths,
}

impl Temperature {
    pub const ALL: [Self; 3] = [Self::ThisMonth, Self::ThreeMonths, Self::SixMonths];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ThisMonth => "this_month",
            Self::ThreeMonths => "three_months",
            Self::SixMonths => "six_months",
        }
    }
}

/// A 見込み客.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub id: LeadId,
    pub store_id: StoreId,
    pub assignee_id: Option<StaffId>,
    pub status: LeadStatus,
    pub profile: Profile,
    /// Whom of EXTREME's customers a person found them to be.
    pub customer_code: Option<CustomerCode>,
    /// When the inquiry came in: the start of the first-response clock.
    pub received_at: Timestamp,
    /// When the status first left `new`: the stop of that clock.
    pub first_responded_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    /// When what it says of its person was erased.
    pub erased_at: Option<Timestamp>,
    /// Counts the writes; an edit names the version it saw.
    pub version: i64,
}

/// Where a new lead begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub id: LeadId,
    pub store_id: StoreId,
    pub received_at: Timestamp,
}

impl Lead {
    #[must_use]
    pub fn open(opening: Opening, profile: Profile) -> Self {
        let Opening { id, store_id, received_at } = opening;
        Self {
            id,
            store_id,
            assignee_id: None,
            status: LeadStatus::New,
            profile,
            customer_code: None,
            received_at,
            first_responded_at: None,
            updated_at: received_at,
            erased_at: None,
            version: 1,
        }
    }

    /// Hands the lead to a colleague of its store, or to nobody.
    ///
    /// # Errors
    /// `LeadErased`, `LeadClosed` when it is disqualified, `AssigneeElsewhere` when the person does not take leads of its store.
    pub fn assign(&mut self, to: Option<&Staff>, at: Timestamp) -> Result<(), Error> {
        self.require_kept()?;
        if self.status == LeadStatus::Disqualified {
            return Err(Error::LeadClosed);
        }
        if to.is_some_and(|staff| !staff.takes_leads_of(self.store_id)) {
            return Err(Error::AssigneeElsewhere);
        }
        self.assignee_id = to.map(|staff| staff.id);
        self.updated_at = at;
        Ok(())
    }

    /// Moves the lead along; leaving `new` stops the first-response clock, once.
    ///
    /// # Errors
    /// `LeadErased`; `ForbiddenMove` unless the table of [`LeadStatus::next`] has the move; `required` on `reason` when a lead is given
    /// up without one.
    pub fn move_to(&mut self, to: LeadStatus, reason: Option<&str>, at: Timestamp) -> Result<(), Error> {
        self.require_kept()?;
        if !self.status.next().contains(&to) {
            return Err(Error::ForbiddenMove { from: self.status, to });
        }
        if to.needs_reason() && reason.is_none_or(|reason| tidy(reason).is_empty()) {
            let mut broken = Invalid::default();
            broken.take("reason", Err::<(), _>("required"));
            return Err(Error::Invalid(broken));
        }
        self.status = to;
        self.first_responded_at.get_or_insert(at);
        self.updated_at = at;
        Ok(())
    }

    /// Says whom of EXTREME's customers they are, or that nobody knows any more.
    ///
    /// # Errors
    /// `LeadErased`.
    pub fn link(&mut self, customer: Option<CustomerCode>, at: Timestamp) -> Result<(), Error> {
        self.require_kept()?;
        self.customer_code = customer;
        self.updated_at = at;
        Ok(())
    }

    /// Replaces what is known, and says what changed.
    pub fn edit(&mut self, profile: Profile, at: Timestamp) -> Vec<FieldChange> {
        let changes = self.profile.changes_to(&profile);
        self.profile = profile;
        self.updated_at = at;
        changes
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::profile::tests::typed;
    use super::*;
    use crate::staff::{Role, StaffStatus};
    use uuid::Uuid;

    pub(crate) fn at(minute: i64) -> Timestamp {
        Timestamp::from_timestamp(1_700_000_000 + minute * 60, 0).unwrap()
    }

    pub(crate) fn lead(status: LeadStatus) -> Lead {
        let opening =
            Opening { id: LeadId(Uuid::from_u128(1)), store_id: StoreId(Uuid::from_u128(2)), received_at: at(0) };
        Lead { status, ..Lead::open(opening, typed().check().unwrap()) }
    }

    pub(crate) fn colleague(store: u128, status: StaffStatus) -> Staff {
        Staff {
            id: StaffId(Uuid::from_u128(3)),
            code: "S001".into(),
            name: "佐久間 涼".into(),
            kana: "サクマ リョウ".into(),
            mail: "sakuma@example.jp".into(),
            role: Role::Salesperson,
            status,
            stores: vec![StoreId(Uuid::from_u128(store))],
            has_pin: false,
            created_at: at(0),
            version: 1,
        }
    }

    #[test]
    fn every_move_is_the_one_of_the_table() {
        use LeadStatus::{Converted, Disqualified, New, Nurturing, Working};
        let allowed = [
            (New, Working),
            (New, Nurturing),
            (New, Disqualified),
            (Working, Nurturing),
            (Nurturing, Working),
            (Disqualified, Working),
        ];
        for from in LeadStatus::ALL {
            for to in LeadStatus::ALL {
                let moved = lead(from).move_to(to, Some("他社で決めた"), at(5));
                let expected =
                    if allowed.contains(&(from, to)) { Ok(()) } else { Err(Error::ForbiddenMove { from, to }) };
                assert_eq!(moved, expected);
            }
        }
        assert!(Converted.next().is_empty());
    }

    #[test]
    fn the_first_response_clock_stops_once() {
        let mut lead = lead(LeadStatus::New);
        lead.move_to(LeadStatus::Working, None, at(8)).unwrap();
        lead.move_to(LeadStatus::Nurturing, None, at(90)).unwrap();
        assert_eq!(lead.first_responded_at, Some(at(8)));
        assert_eq!(lead.updated_at, at(90));
    }

    #[test]
    fn a_disqualified_lead_cannot_be_assigned() {
        let colleague = colleague(2, StaffStatus::Active);
        assert_eq!(lead(LeadStatus::Disqualified).assign(Some(&colleague), at(1)), Err(Error::LeadClosed));
    }

    #[test]
    fn a_lead_goes_only_to_an_active_colleague_of_its_store() {
        let mut lead = lead(LeadStatus::New);
        assert_eq!(lead.assign(Some(&colleague(9, StaffStatus::Active)), at(1)), Err(Error::AssigneeElsewhere));
        assert_eq!(lead.assign(Some(&colleague(2, StaffStatus::Suspended)), at(1)), Err(Error::AssigneeElsewhere));
        assert_eq!(lead.assign(Some(&colleague(2, StaffStatus::Active)), at(1)), Ok(()));
        assert_eq!(lead.assign(None, at(2)), Ok(()));
        assert_eq!(lead.assignee_id, None);
    }

    #[test]
    fn an_edit_names_what_changed() {
        let mut lead = lead(LeadStatus::New);
        let edited =
            TypedProfile { note: Some("平日19時以降".into()), phones: vec!["09012345678".into()], ..typed() }
                .check()
                .unwrap();
        let changes = lead.edit(edited, at(3));
        assert_eq!(
            changes,
            [
                FieldChange { field: "phones".into(), before: None, after: Some("090-1234-5678".into()) },
                FieldChange { field: "note".into(), before: None, after: Some("平日19時以降".into()) },
            ]
        );
    }
}
