//! 顧客: a person or company that EXTREME knows. EXTREME masters them; Noren reads, and asks for corrections.

mod correction;
mod matching;
mod records;

use chrono::NaiveDate;

pub use correction::{
    Correction, CorrectionRequest, CorrectionState, MAX_CORRECTION_NOTE, MAX_WANTED, TypedWish, Wish, check_wishes,
};
pub use matching::{Handle, Known, Match, MatchReason, MatchStrength, handles, matches};
pub use records::{
    CustomerCar, Inspection, InspectionKind, MaintenanceKind, MaintenanceLine, MaintenanceRecord, Payment, Purchase,
};

use crate::code::{CustomerCode, StaffCode, StoreCode};
use crate::contact::Address;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Who a customer is before the law.
    CustomerKind {
        /// 個人
        Person = "person",
        /// 法人
        Organization = "organization",
    }
}

/// One customer, as EXTREME has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub customer_code: CustomerCode,
    pub kind: CustomerKind,
    /// As it is registered, in its own spelling.
    pub name: String,
    /// Full-width katakana.
    pub kana: Option<String>,
    /// 担当者 of an organization.
    pub contact_name: Option<String>,
    pub birthday: Option<NaiveDate>,
    /// As EXTREME writes them; the first is the one to call.
    pub phones: Vec<String>,
    pub mails: Vec<String>,
    pub address: Address,
    /// Who looks after them.
    pub store_code: StoreCode,
    pub staff_code: Option<StaffCode>,
    /// Since when EXTREME knows them.
    pub since: NaiveDate,
}

vocabulary! {
    /// What of a customer's record EXTREME masters and Noren asks to be corrected, by the contract's names.
    CustomerField {
        Name = "name",
        Kana = "kana",
        ContactName = "contact_name",
        Birthday = "birthday",
        Phones = "phones",
        Mails = "mails",
        PostalCode = "postal_code",
        Prefecture = "prefecture",
        City = "city",
        Town = "town",
        Street = "street",
        Building = "building",
        StoreCode = "store_code",
        StaffCode = "staff_code",
    }
}
