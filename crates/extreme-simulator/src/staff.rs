//! スタッフ, mastered by both sides: Noren's members are taken, the others are wishes that a person here decides.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Time;
use crate::known::Known;
use crate::problem::Problem;
use crate::store::{Record, Writing};
use crate::stream::Stream;

/// What Noren sends of a member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub role: String,
    pub mail: Option<String>,
    pub notifications: Option<Notifications>,
    pub proposed: Option<Proposed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notifications {
    pub new_lead: bool,
    pub daily_digest: bool,
}

/// What Noren would have the members be that EXTREME masters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    pub name: PersonName,
    pub store_code: String,
    pub employment: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    pub family: String,
    pub given: String,
    pub family_kana: String,
    pub given_kana: String,
}

/// Changes a member of staff. A wish for what is so already is none.
///
/// # Errors
/// 422 for a store that nobody knows.
pub fn change(writing: &Writing, code: &str, mut staff: Record, edit: &Edit, now: Time) -> Result<Record, Problem> {
    check_store(writing, edit)?;
    let wish = edit.proposed.as_ref().map(|proposed| json!(proposed));
    let wish =
        wish.filter(|wish| ["name", "store_code", "employment"].iter().any(|name| staff.get(*name) != wish.get(name)));
    write_ours(&mut staff, edit);
    staff.insert("proposed".to_owned(), wish.unwrap_or_default());
    put(writing, code, staff, now)
}

/// Makes a member of staff of both sides' members.
///
/// # Errors
/// 422 without the members that EXTREME masters, or for a store that nobody knows.
pub fn make(writing: &Writing, code: &str, edit: &Edit, now: Time) -> Result<Record, Problem> {
    let Some(proposed) = &edit.proposed else { return Err(Problem::wrong("proposed", "required")) };
    check_store(writing, edit)?;
    let Value::Object(mut staff) = json!(proposed) else { return Err(Problem::wrong("proposed", "type")) };
    write_ours(&mut staff, edit);
    staff.insert("proposed".to_owned(), Value::Null);
    put(writing, code, staff, now)
}

fn check_store(writing: &Writing, edit: &Edit) -> Result<(), Problem> {
    let mut known = Known::of(writing);
    if let Some(proposed) = &edit.proposed {
        known.store("proposed.store_code", &proposed.store_code)?;
    }
    known.finish()
}

fn write_ours(staff: &mut Record, edit: &Edit) {
    let Edit { role, mail, notifications, proposed: _ } = edit;
    staff.insert("role".to_owned(), json!(role));
    staff.insert("mail".to_owned(), json!(mail));
    staff.insert("notifications".to_owned(), json!(notifications));
}

fn put(writing: &Writing, code: &str, staff: Record, now: Time) -> Result<Record, Problem> {
    writing.put(Stream::Staff, code, staff, now)?;
    writing.get(Stream::Staff, code)?.ok_or_else(Problem::not_found)
}
