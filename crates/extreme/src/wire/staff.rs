//! スタッフ of the contract, in both directions.

use noren_domain::code::{StaffCode, StoreCode};
use noren_domain::staff_record::{Employment, Notifications, PersonName, ProposedStaff, StaffChange, StaffRecord};
use noren_domain::sync::Recorded;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Record, known, needed, short, short_or_none};
use crate::{Cause, Error};

const NAME: usize = 200;

#[derive(Deserialize)]
pub struct WireStaff {
    staff_code: StaffCode,
    name: PersonName,
    store_code: StoreCode,
    employment: String,
    role: Option<String>,
    mail: Option<String>,
    notifications: Option<Notifications>,
}

impl Record for WireStaff {
    type Domain = StaffRecord;

    const KEY: &'static str = "staff_code";

    fn read(self) -> Result<StaffRecord, &'static str> {
        let PersonName { family, given, family_kana, given_kana } = self.name;
        let part = |text| short(text, NAME, "name");
        let role: Option<Role> = known(self.role);
        Ok(StaffRecord {
            name: PersonName {
                family: part(family)?,
                given: part(given)?,
                family_kana: part(family_kana)?,
                given_kana: part(given_kana)?,
            },
            employment: needed::<Employment>(&self.employment, "employment")?,
            role: role.map(|role| role.0),
            mail: short_or_none(self.mail, 254, "mail")?,
            notifications: self.notifications,
            staff_code: self.staff_code,
            store_code: self.store_code,
        })
    }
}

/// A role that a person can have: an integrator's key is none.
struct Role(noren_domain::staff::Role);

impl std::str::FromStr for Role {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        use noren_domain::staff::Role as Word;
        let people = [Word::Salesperson, Word::Manager, Word::Administrator];
        people.into_iter().find(|role| role.as_str() == text).map(Self).ok_or(())
    }
}

/// What EXTREME is told of a member of staff.
#[derive(Serialize)]
pub struct StaffEdit<'a> {
    role: &'static str,
    mail: Option<&'a str>,
    notifications: Option<Notifications>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<Proposed<'a>>,
}

#[derive(Serialize)]
struct Proposed<'a> {
    name: &'a PersonName,
    store_code: &'a StoreCode,
    employment: Employment,
}

impl<'a> From<&'a StaffChange> for StaffEdit<'a> {
    fn from(change: &'a StaffChange) -> Self {
        let StaffChange { role, mail, notifications, proposed } = change;
        let wish = |ProposedStaff { name, store_code, employment }: &'a ProposedStaff| Proposed {
            name,
            store_code,
            employment: *employment,
        };
        Self {
            role: role.as_str(),
            mail: mail.as_deref(),
            notifications: *notifications,
            proposed: proposed.as_ref().map(wish),
        }
    }
}

#[derive(Deserialize)]
struct Stale {
    current: Box<RawValue>,
}

/// How somebody is, out of the answer to a change that came too late.
pub fn stale(body: &[u8]) -> Result<Recorded<StaffRecord>, Error> {
    let Stale { current } = serde_json::from_slice(body).map_err(|_| Error::Hostile(Cause::Form))?;
    super::one::<WireStaff>(current.get().as_bytes())
}
