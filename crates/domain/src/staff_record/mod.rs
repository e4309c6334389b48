//! スタッフ as EXTREME has them. Both master them, field by field: EXTREME code, name, store and employment; Noren role, mail
//! and notifications.

mod agreement;

use serde::{Deserialize, Serialize};

pub use agreement::{Before, ConflictState, Dispute, Named, Said, Settlement, Sides, Verdict, agree, mark};

use crate::code::{StaffCode, StoreCode};
use crate::staff::Role;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Whether somebody works for the dealer.
    Employment {
        /// 在職
        Active = "active",
        /// 休職
        OnLeave = "on_leave",
        /// 退職
        Retired = "retired",
    }
}

/// 姓名 with their readings in full-width katakana.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    pub family: String,
    pub given: String,
    pub family_kana: String,
    pub given_kana: String,
}

impl PersonName {
    /// 姓 名
    #[must_use]
    pub fn full(&self) -> String {
        format!("{} {}", self.family, self.given).trim().to_owned()
    }

    /// The parts of a name that is written as one, with its reading: what stands before the first space is the family's.
    #[must_use]
    pub fn parted(name: &str, kana: &str) -> Self {
        let parts = |text: &str| {
            let (family, given) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
            (family.to_owned(), given.trim().to_owned())
        };
        let ((family, given), (family_kana, given_kana)) = (parts(name), parts(kana));
        Self { family, given, family_kana, given_kana }
    }

    /// セイ メイ
    #[must_use]
    pub fn full_kana(&self) -> String {
        format!("{} {}", self.family_kana, self.given_kana).trim().to_owned()
    }
}

/// What a member of staff is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notifications {
    pub new_lead: bool,
    pub daily_digest: bool,
}

/// One member of staff, as EXTREME has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRecord {
    pub staff_code: StaffCode,
    pub name: PersonName,
    pub store_code: StoreCode,
    pub employment: Employment,
    /// Mastered by Noren, as EXTREME was told last.
    pub role: Option<Role>,
    /// Mastered by Noren, as EXTREME was told last.
    pub mail: Option<String>,
    /// Mastered by Noren, as EXTREME was told last.
    pub notifications: Option<Notifications>,
}

/// What Noren tells EXTREME of a member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffChange {
    pub role: Role,
    pub mail: Option<String>,
    pub notifications: Option<Notifications>,
    /// What Noren would have the rest be: a wish, which a person in EXTREME accepts or not.
    pub proposed: Option<ProposedStaff>,
}

/// What Noren would have the members be that EXTREME masters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedStaff {
    pub name: PersonName,
    pub store_code: StoreCode,
    pub employment: Employment,
}
