//! 修正依頼: a wish to change what EXTREME masters about a customer. A person in EXTREME accepts it or not.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Customer, CustomerField};
use crate::code::{CustomerCode, RecordNumber, StaffCode, StoreCode};
use crate::contact::{mail, postal_code};
use crate::kana::Kana;
use crate::phone::Phone;
use crate::text::{filled, lines, tidy};
use crate::vocabulary::vocabulary;
use crate::{CorrectionRequestId, Invalid, OutboxMessageId, StaffId, Timestamp};

/// How long a wanted value may be, in characters: the contract's limit.
pub const MAX_WANTED: usize = 500;
/// How long the reason of a wish may be.
pub const MAX_CORRECTION_NOTE: usize = 1_000;
/// How long a name may be, and a part of an address.
const NAME: usize = 200;
const ADDRESS: usize = 100;
/// Phones, and mail addresses, that one customer has at most.
const MOST_CONTACTS: usize = 5;

vocabulary! {
    /// How a 修正依頼 stands.
    CorrectionState {
        /// 送信待ち: EXTREME has not taken it yet.
        Waiting = "waiting",
        /// 送信できず: it was given up, and a person decides in the 送信箱.
        Stuck = "stuck",
        /// 依頼中: EXTREME has it, and nobody has decided there.
        Sent = "sent",
        /// 反映済
        Accepted = "accepted",
        /// 却下
        Refused = "refused",
        /// 取りやめ: nobody wants it sent any more.
        Discarded = "discarded",
    }
}

/// One member that should be another, as text: lists with commas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Wish {
    pub field: CustomerField,
    /// What it was when it was asked for.
    pub seen: Option<String>,
    pub wanted: Option<String>,
}

/// A wish as a person types it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedWish {
    pub field: CustomerField,
    pub wanted: Option<String>,
}

/// A 修正依頼 with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionRequest {
    pub id: CorrectionRequestId,
    pub customer_code: CustomerCode,
    /// Who asked for it.
    pub staff_id: StaffId,
    pub wishes: Vec<Wish>,
    pub note: Option<String>,
    pub requested_at: Timestamp,
    pub state: CorrectionState,
    /// What carries it to EXTREME.
    pub outbox_message_id: OutboxMessageId,
    /// EXTREME's number for it, once EXTREME has it.
    pub correction_number: Option<RecordNumber>,
    pub decided_at: Option<Timestamp>,
    /// Why EXTREME refused it.
    pub reason: Option<String>,
    /// Who typed it into EXTREME, where nothing can be sent there.
    pub entered_by: Option<StaffId>,
    /// How often a person or EXTREME has changed it; what becomes of its message meanwhile does not count.
    pub version: i64,
}

/// What EXTREME says of a wish that it has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub correction_number: RecordNumber,
    /// `Sent`, `Accepted` or `Refused`.
    pub state: CorrectionState,
    pub decided_at: Option<Timestamp>,
    pub reason: Option<String>,
}

impl CustomerField {
    /// The value that a customer has there, as text.
    #[must_use]
    pub fn of(self, customer: &Customer) -> Option<String> {
        let list = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(","));
        let address = &customer.address;
        match self {
            Self::Name => Some(customer.name.clone()),
            Self::Kana => customer.kana.clone(),
            Self::ContactName => customer.contact_name.clone(),
            Self::Birthday => customer.birthday.map(|day| day.to_string()),
            Self::Phones => list(&customer.phones),
            Self::Mails => list(&customer.mails),
            Self::PostalCode => address.postal_code.clone(),
            Self::Prefecture => address.prefecture.clone(),
            Self::City => address.city.clone(),
            Self::Town => address.town.clone(),
            Self::Street => address.street.clone(),
            Self::Building => address.building.clone(),
            Self::StoreCode => Some(customer.store_code.to_string()),
            Self::StaffCode => customer.staff_code.as_ref().map(ToString::to_string),
        }
    }

    /// Whether EXTREME's record cannot be without it.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Name | Self::StoreCode)
    }

    /// What was typed, in the form in which EXTREME has it.
    fn normalised(self, typed: &str) -> Result<String, &'static str> {
        let short = |most: usize| if typed.chars().count() <= most { Ok(typed.to_owned()) } else { Err("too_long") };
        match self {
            Self::Name | Self::ContactName => short(NAME),
            Self::Kana => Kana::parse(typed)
                .map(|kana| kana.katakana)
                .and_then(|kana| if kana.chars().count() <= NAME { Ok(kana) } else { Err("too_long") }),
            Self::Birthday => {
                let day: NaiveDate = tidy(typed).parse().map_err(|_| "date.form")?;
                Ok(day.to_string())
            }
            Self::Phones => list(typed, |one| Phone::parse(one).map(|phone| phone.display())),
            Self::Mails => list(typed, mail),
            Self::PostalCode => postal_code(typed),
            Self::Prefecture | Self::City | Self::Town | Self::Street | Self::Building => short(ADDRESS),
            Self::StoreCode => tidy(typed).parse::<StoreCode>().map(Into::into).map_err(|_| "unknown"),
            Self::StaffCode => tidy(typed).parse::<StaffCode>().map(Into::into).map_err(|_| "unknown"),
        }
    }
}

/// A list as a person types it, with commas of either width.
fn list(typed: &str, one: impl Fn(&str) -> Result<String, &'static str>) -> Result<String, &'static str> {
    let parts = typed.split([',', '、', '，', ';']).filter(|part| !tidy(part).is_empty());
    let read = parts.map(one).collect::<Result<Vec<_>, _>>()?;
    if read.len() > MOST_CONTACTS { Err("too_many") } else { Ok(read.join(",")) }
}

/// Checks wishes and the reason for them, beside what the customer is now.
///
/// # Errors
/// `required` where nothing is asked for or where EXTREME's record cannot be empty, `duplicate` for a member that is named twice,
/// `unchanged` where it is so already, and those of the members themselves.
pub fn check_wishes(
    customer: &Customer,
    typed: Vec<TypedWish>,
    note: Option<String>,
) -> Result<(Vec<Wish>, Option<String>), Invalid> {
    let mut broken = Invalid::default();
    if typed.is_empty() {
        broken.take("wishes", Err::<(), _>("required"));
    }
    let mut named = BTreeSet::new();
    let mut wishes = Vec::with_capacity(typed.len());
    for (at, TypedWish { field, wanted }) in typed.into_iter().enumerate() {
        if !named.insert(field) {
            broken.take(format!("wishes.{at}.field"), Err::<(), _>("duplicate"));
        }
        let seen = field.of(customer);
        let wanted = broken.take(format!("wishes.{at}.wanted"), checked(field, wanted, seen.as_deref()));
        // The contract's limit holds for what was seen too.
        let seen = seen.map(|seen| seen.chars().take(MAX_WANTED).collect());
        wishes.extend(wanted.map(|wanted| Wish { field, seen, wanted }));
    }
    let note = note.map(|note| lines(&note)).filter(|note| !tidy(note).is_empty());
    if note.as_ref().is_some_and(|note| note.chars().count() > MAX_CORRECTION_NOTE) {
        broken.take("note", Err::<(), _>("too_long"));
    }
    broken.finish((wishes, note))
}

fn checked(field: CustomerField, wanted: Option<String>, seen: Option<&str>) -> Result<Option<String>, &'static str> {
    let wanted = filled(wanted).map(|typed| field.normalised(&typed)).transpose()?;
    let wanted = wanted.filter(|wanted| !wanted.is_empty());
    match &wanted {
        None if field.is_required() => Err("required"),
        Some(wanted) if wanted.chars().count() > MAX_WANTED => Err("too_long"),
        wanted if wanted.as_deref() == seen => Err("unchanged"),
        _ => Ok(wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Address;
    use crate::customer::CustomerKind;

    fn customer() -> Customer {
        Customer {
            customer_code: "C-1".parse().unwrap(),
            kind: CustomerKind::Person,
            name: "髙橋 美咲".to_owned(),
            kana: Some("タカハシ ミサキ".to_owned()),
            contact_name: None,
            birthday: None,
            phones: vec!["090-1234-5678".to_owned()],
            mails: Vec::new(),
            address: Address { building: Some("松原ハイツ203".to_owned()), ..Address::default() },
            store_code: "001".parse().unwrap(),
            staff_code: None,
            since: "2017-06-03".parse().unwrap(),
        }
    }

    fn wish(field: CustomerField, wanted: &str) -> TypedWish {
        TypedWish { field, wanted: Some(wanted.to_owned()) }
    }

    #[test]
    fn what_is_wanted_stands_beside_what_is_there_in_the_form_of_the_record() {
        let typed = vec![
            wish(CustomerField::Building, "松原ハイツ305"),
            wish(CustomerField::Kana, "たかはし　みさき子".replace('子', "こ").as_str()),
            wish(CustomerField::Phones, "０９０ー１１１１ー２２２２、090-3333-4444"),
            wish(CustomerField::PostalCode, "〒154-0017"),
        ];
        let (wishes, note) = check_wishes(&customer(), typed, Some(" 転居 ".to_owned())).unwrap();
        let said: Vec<(Option<&str>, Option<&str>)> =
            wishes.iter().map(|wish| (wish.seen.as_deref(), wish.wanted.as_deref())).collect();
        assert_eq!(
            said,
            [
                (Some("松原ハイツ203"), Some("松原ハイツ305")),
                (Some("タカハシ ミサキ"), Some("タカハシ ミサキコ")),
                (Some("090-1234-5678"), Some("090-1111-2222,090-3333-4444")),
                (None, Some("1540017")),
            ]
        );
        assert!(note.is_some());
    }

    #[test]
    fn every_broken_wish_is_named_at_once() {
        let typed = vec![
            TypedWish { field: CustomerField::Name, wanted: None },
            wish(CustomerField::Kana, "高橋"),
            wish(CustomerField::Building, "松原ハイツ203"),
            wish(CustomerField::Birthday, "昭和60年"),
            wish(CustomerField::Mails, "nobody"),
            wish(CustomerField::Name, "あ".repeat(201).as_str()),
        ];
        let Invalid(errors) = check_wishes(&customer(), typed, None).unwrap_err();
        let said: Vec<String> = errors.iter().map(|error| format!("{} {}", error.field, error.code)).collect();
        assert_eq!(
            said,
            [
                "wishes.0.wanted required",
                "wishes.1.wanted kana.script",
                "wishes.2.wanted unchanged",
                "wishes.3.wanted date.form",
                "wishes.4.wanted mail.form",
                "wishes.5.field duplicate",
                "wishes.5.wanted too_long",
            ]
        );
        assert!(check_wishes(&customer(), Vec::new(), None).is_err());
    }

    #[test]
    fn what_may_be_empty_can_be_emptied() {
        let typed = vec![TypedWish { field: CustomerField::Building, wanted: Some("　".to_owned()) }];
        assert_eq!(check_wishes(&customer(), typed, None).unwrap().0[0].wanted, None);
    }
}
