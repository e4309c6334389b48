//! スタッフ and their roles.

use serde::{Deserialize, Serialize};

use crate::contact::mail;
use crate::kana::Kana;
use crate::store::code;
use crate::text::{one_line, tidy};
use crate::timeline::FieldChange;
use crate::{Error, Invalid, StaffId, StoreId, Timestamp, search};

/// What somebody may do, before it is asked on which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 営業
    Salesperson,
    /// 店長
    Manager,
    /// 管理者
    Administrator,
    /// An integrator's key, never a person.
    ApiClient,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Salesperson, Self::Manager, Self::Administrator, Self::ApiClient];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Salesperson => "salesperson",
            Self::Manager => "manager",
            Self::Administrator => "administrator",
            Self::ApiClient => "api_client",
        }
    }
}

/// Whether a staff member may sign in. A suspended or retired member is nobody on the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StaffStatus {
    Active,
    Suspended,
    Retired,
}

impl StaffStatus {
    pub const ALL: [Self; 3] = [Self::Active, Self::Suspended, Self::Retired];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Retired => "retired",
        }
    }
}

/// A person who works for the dealer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    /// The code that EXTREME knows the person by.
    pub code: String,
    pub name: String,
    /// Full-width katakana.
    pub kana: String,
    /// The sign-in name, in lower case.
    pub mail: String,
    pub role: Role,
    pub status: StaffStatus,
    /// Where the person works; the first is the home store.
    pub stores: Vec<StoreId>,
    /// Whether a PIN unlocks the person's screens.
    pub has_pin: bool,
    pub created_at: Timestamp,
    pub version: i64,
}

/// What an administrator settles about a person, checked and normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffProfile {
    pub code: String,
    pub name: String,
    pub kana: String,
    pub mail: String,
    pub role: Role,
    pub stores: Vec<StoreId>,
}

impl StaffProfile {
    /// Normalises and checks what was typed, and reports all broken fields at once.
    ///
    /// # Errors
    /// `required` on every empty field, `code.form`, `kana.script`, `mail.form`, `role.not_a_person`, `duplicate` on a store
    /// that is named twice.
    pub fn check(self) -> Result<Self, Invalid> {
        let mut broken = Invalid::default();
        let checked = self.checked(&mut broken);
        if checked.stores.is_empty() {
            broken.take("store_ids", Err::<(), _>("required"));
        }
        for (at, store) in checked.stores.iter().enumerate() {
            if checked.stores[..at].contains(store) {
                broken.take(format!("store_ids.{at}"), Err::<(), _>("duplicate"));
            }
        }
        broken.finish(checked)
    }

    /// The same for whoever comes before the first store.
    ///
    /// # Errors
    /// Those of [`StaffProfile::check`], but for the stores.
    pub fn check_before_stores(self) -> Result<Self, Invalid> {
        let mut broken = Invalid::default();
        let checked = self.checked(&mut broken);
        broken.finish(checked)
    }

    fn checked(self, broken: &mut Invalid) -> Self {
        let Self { code: typed_code, name, kana, mail: typed_mail, role, stores } = self;
        let code = broken.take("code", code(&typed_code)).unwrap_or_default();
        let name = one_line(&name);
        if tidy(&name).is_empty() {
            broken.take("name", Err::<(), _>("required"));
        }
        let kana = broken.take("kana", reading(&kana)).unwrap_or_default();
        let address = broken.take("mail", mail(&typed_mail)).unwrap_or_default();
        if role == Role::ApiClient {
            broken.take("role", Err::<(), _>("role.not_a_person"));
        }
        Self { code, name, kana, mail: address.to_lowercase(), role, stores }
    }

    /// Every field that differs from `self` in `other`.
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

    /// Everything, as the changes from nothing.
    #[must_use]
    pub fn known(&self) -> Vec<FieldChange> {
        self.readable().into_iter().map(|(field, value)| FieldChange::to(field, value)).collect()
    }

    fn readable(&self) -> [(&'static str, String); 6] {
        let Self { code, name, kana, mail, role, stores } = self;
        let stores = stores.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        [
            ("code", code.clone()),
            ("name", name.clone()),
            ("kana", kana.clone()),
            ("mail", mail.clone()),
            ("role", role.as_str().to_owned()),
            ("store_ids", stores),
        ]
    }
}

fn reading(typed: &str) -> Result<String, &'static str> {
    match Kana::parse(typed)?.katakana {
        empty if empty.is_empty() => Err("required"),
        katakana => Ok(katakana),
    }
}

impl Staff {
    #[must_use]
    pub fn profile(&self) -> StaffProfile {
        let Self { code, name, kana, mail, role, stores, .. } = self.clone();
        StaffProfile { code, name, kana, mail, role, stores }
    }

    /// Replaces what an administrator settles, and says what changed.
    pub fn edit(&mut self, profile: StaffProfile) -> Vec<FieldChange> {
        let changes = self.profile().changes_to(&profile);
        let StaffProfile { code, name, kana, mail, role, stores } = profile;
        (self.code, self.name, self.kana, self.mail, self.role, self.stores) = (code, name, kana, mail, role, stores);
        changes
    }

    /// Suspends, retires or reinstates the person.
    ///
    /// # Errors
    /// `StaffForbiddenMove` to where the person is already, and from retired to suspended.
    pub fn move_to(&mut self, to: StaffStatus) -> Result<FieldChange, Error> {
        let from = self.status;
        if from == to || (from, to) == (StaffStatus::Retired, StaffStatus::Suspended) {
            return Err(Error::StaffForbiddenMove { from, to });
        }
        self.status = to;
        let (before, after) = (Some(from.as_str().to_owned()), Some(to.as_str().to_owned()));
        Ok(FieldChange { field: "status".to_owned(), before, after })
    }

    /// Whether somebody who types this means the person: all words are in name, reading or code.
    #[must_use]
    pub fn matches(&self, typed: &str) -> bool {
        search::finds(typed, [self.name.as_str(), &self.kana, &self.code])
    }

    /// Whether leads of this store may be handed to the person.
    #[must_use]
    pub fn takes_leads_of(&self, store: StoreId) -> bool {
        self.status == StaffStatus::Active && self.stores.contains(&store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::tests::colleague;

    fn typed() -> StaffProfile {
        StaffProfile {
            code: "Ｓ００１".into(),
            name: " 佐久間 涼 ".into(),
            kana: "さくま りょう".into(),
            mail: "Sakuma@Example.jp".into(),
            role: Role::Salesperson,
            stores: colleague(2, StaffStatus::Active).stores,
        }
    }

    #[test]
    fn what_is_typed_about_a_person_is_normalised() {
        let profile = typed().check().unwrap();
        assert_eq!((profile.code.as_str(), profile.name.as_str()), ("S001", "佐久間 涼"));
        assert_eq!((profile.kana.as_str(), profile.mail.as_str()), ("サクマ リョウ", "sakuma@example.jp"));
    }

    #[test]
    fn every_broken_field_is_named_at_once() {
        let store = colleague(2, StaffStatus::Active).stores[0];
        let wrong = StaffProfile {
            code: String::new(),
            name: "　".into(),
            kana: " ".into(),
            mail: "sakuma".into(),
            role: Role::ApiClient,
            stores: vec![store, store],
        };
        let broken = wrong.check().unwrap_err();
        let fields: Vec<(&str, &str)> = broken.0.iter().map(|error| (error.field.as_str(), error.code)).collect();
        assert_eq!(
            fields,
            [
                ("code", "required"),
                ("name", "required"),
                ("kana", "required"),
                ("mail", "mail.form"),
                ("role", "role.not_a_person"),
                ("store_ids.1", "duplicate"),
            ]
        );
    }

    #[test]
    fn a_person_is_found_by_any_part_of_any_spelling() {
        let person = colleague(2, StaffStatus::Active);
        for typed in ["佐久", "さくま", "ｻｸﾏ", "s001", "サクマ 涼", ""] {
            assert!(person.matches(typed), "{typed}");
        }
        assert!(!person.matches("佐久間 翔"));
    }

    #[test]
    fn who_has_left_comes_back_before_being_suspended() {
        use StaffStatus::{Active, Retired, Suspended};
        for (from, to, allowed) in [
            (Active, Suspended, true),
            (Suspended, Active, true),
            (Active, Retired, true),
            (Suspended, Retired, true),
            (Retired, Active, true),
            (Retired, Suspended, false),
            (Active, Active, false),
        ] {
            assert_eq!(colleague(2, from).move_to(to).is_ok(), allowed, "{from:?} to {to:?}");
        }
    }
}
