//! 会社: the one dealer of this house, as its papers and its pages name it.

use serde::{Deserialize, Serialize};

use crate::contact::Address;
use crate::kana::Kana;
use crate::language::Language;
use crate::phone::Phone;
use crate::text::{filled, is_dash, one_line, tidy};
use crate::timeline::FieldChange;
use crate::{Error, Invalid};

/// The dealer. There is one row from the first migration on; it has no name before somebody gave it one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    pub profile: CompanyProfile,
    pub logo: Option<Logo>,
    /// How far the first run came; nothing when it is over.
    pub setup_step: Option<SetupStep>,
    /// Counts the writes of profile and logo; an edit names the version it saw.
    pub version: i64,
}

/// What an administrator settles about the company, checked and normalised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyProfile {
    /// 会社名, as registered.
    pub name: String,
    /// Full-width katakana.
    pub kana: Option<String>,
    /// 屋号: what stands over the door, where it is not the registered name.
    pub trade_name: Option<String>,
    pub address: Address,
    pub phone: Option<Phone>,
    pub invoice_number: Option<InvoiceNumber>,
    /// For whoever has not chosen one.
    pub language: Language,
}

/// What a person types about the company, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCompany {
    pub name: String,
    pub kana: Option<String>,
    pub trade_name: Option<String>,
    pub address: Address,
    pub phone: Option<String>,
    pub invoice_number: Option<String>,
    pub language: Language,
}

/// A picture, by the hash of its bytes, and how large it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    pub width: u32,
    pub height: u32,
}

/// 適格請求書発行事業者登録番号: `T` and 13 digits, which for companies are the 法人番号 (reference section 1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceNumber(String);

impl InvoiceNumber {
    /// Letters and digits in either width, with or without hyphens and spaces.
    ///
    /// # Errors
    /// `invoice_number.form` unless it is a T and 13 digits.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let plain = tidy(typed).chars().filter(|&c| !is_dash(c) && c != ' ').collect::<String>().to_ascii_uppercase();
        let digits = plain.strip_prefix('T').filter(|digits| digits.len() == 13);
        match digits {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Self(plain)),
            _ => Err("invoice_number.form"),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the 13 digits can be a 法人番号, whose first digit is `9 − (Σ dₙ·qₙ mod 9)` over the other twelve from the right,
    /// q being 1 and 2 by turns (reference section 1.3). Sole traders get numbers of another kind, of which no check digit is
    /// known: one that does not fit is doubtful, and not wrong.
    #[must_use]
    pub fn fits_a_company(&self) -> bool {
        let digits: Vec<u32> = self.0.chars().filter_map(|c| c.to_digit(10)).collect();
        let weighed = digits.iter().skip(1).rev().zip([1, 2].into_iter().cycle());
        let sum: u32 = weighed.map(|(digit, weight)| digit * weight).sum();
        digits.first() == Some(&(9 - sum % 9))
    }
}

impl TypedCompany {
    /// Normalises and checks every field, and reports all broken ones at once.
    ///
    /// # Errors
    /// `required` on `name`, `kana.script`, `invoice_number.form`, and the codes of phones and postal codes.
    pub fn check(self) -> Result<CompanyProfile, Invalid> {
        let Self { name, kana, trade_name, address, phone, invoice_number, language } = self;
        let mut broken = Invalid::default();
        let name = one_line(&name);
        if tidy(&name).is_empty() {
            broken.take("name", Err::<(), _>("required"));
        }
        let kana = filled(kana).and_then(|typed| broken.take("kana", Kana::parse(&typed)));
        let address = address.check(&mut broken);
        let phone = filled(phone).and_then(|typed| broken.take("phone", Phone::parse(&typed)));
        let invoice_number =
            filled(invoice_number).and_then(|typed| broken.take("invoice_number", InvoiceNumber::parse(&typed)));
        broken.finish(CompanyProfile {
            name,
            kana: kana.map(|kana| kana.katakana),
            trade_name: filled(trade_name),
            address,
            phone,
            invoice_number,
            language,
        })
    }
}

impl CompanyProfile {
    /// What customers know the dealer by; nothing while it has no name.
    #[must_use]
    pub fn shown_name(&self) -> Option<&str> {
        self.trade_name.as_deref().or(Some(self.name.as_str()).filter(|name| !name.is_empty()))
    }

    /// Every field that differs from `self` in `other`, as a person reads it.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let pairs = self.readable().into_iter().zip(other.readable());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        changed.map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after }).collect()
    }

    fn readable(&self) -> [(&'static str, Option<String>); 12] {
        let Self { name, kana, trade_name, address, phone, invoice_number, language } = self.clone();
        let Address { postal_code, prefecture, city, town, street, building } = address;
        [
            ("name", Some(name).filter(|name| !name.is_empty())),
            ("kana", kana),
            ("trade_name", trade_name),
            ("address.postal_code", postal_code),
            ("address.prefecture", prefecture),
            ("address.city", city),
            ("address.town", town),
            ("address.street", street),
            ("address.building", building),
            ("phone", phone.map(|phone| phone.typed)),
            ("invoice_number", invoice_number.map(|number| number.0)),
            ("language", Some(language.as_str().to_owned())),
        ]
    }
}

/// What the first run asks for, in its order; before it stands the first administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SetupStep {
    Company,
    Store,
    Staff,
    Form,
}

impl SetupStep {
    pub const ALL: [Self; 4] = [Self::Company, Self::Store, Self::Staff, Self::Form];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Store => "store",
            Self::Staff => "staff",
            Self::Form => "form",
        }
    }
}

impl Company {
    /// Goes on with the first run, or ends it with nothing; says what changed. Steps are left out and gone back to as one
    /// likes, but nobody works without a store.
    ///
    /// # Errors
    /// `SetupOver` when it had ended, `StoreMissing` past the store without one.
    pub fn set_up(&mut self, to: Option<SetupStep>, has_store: bool) -> Result<Option<FieldChange>, Error> {
        let Some(from) = self.setup_step else { return if to.is_none() { Ok(None) } else { Err(Error::SetupOver) } };
        if to.is_none_or(|to| to > SetupStep::Store) && !has_store {
            return Err(Error::StoreMissing);
        }
        self.setup_step = to;
        let after = to.map(|to| to.as_str().to_owned());
        let change = FieldChange { field: "setup_step".to_owned(), before: Some(from.as_str().to_owned()), after };
        Ok((to != Some(from)).then_some(change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedCompany {
        TypedCompany { name: " 株式会社 暖簾自動車 ".into(), ..TypedCompany::default() }
    }

    #[test]
    fn an_invoice_number_is_understood_however_it_is_typed() {
        for typed in ["T7000012050002", "Ｔ７００００１２０５０００２", "t7-0000-1205-0002", "T 7000 0120 50002"]
        {
            assert_eq!(InvoiceNumber::parse(typed).unwrap().as_str(), "T7000012050002", "{typed}");
        }
        for wrong in
            ["7000012050002", "T700001205000", "T70000120500022", "TT000012050002", "T７００００１２０５０００あ", ""]
        {
            assert_eq!(InvoiceNumber::parse(wrong), Err("invoice_number.form"), "{wrong}");
        }
    }

    /// The numbers that 国税庁, デジタル庁 and a maker of cars publish of themselves.
    #[test]
    fn the_check_digit_tells_the_number_of_a_company() {
        for number in ["T7000012050002", "T8000012010038", "T1180301018771"] {
            assert!(InvoiceNumber::parse(number).unwrap().fits_a_company(), "{number}");
        }
        for doubtful in ["T6000012050002", "T7000012050003", "T7000012050020", "T0000000000000"] {
            assert!(!InvoiceNumber::parse(doubtful).unwrap().fits_a_company(), "{doubtful}");
        }
    }

    #[test]
    fn what_is_typed_about_the_company_is_normalised() {
        let kana = Some("かぶしきがいしゃ のれん".into());
        let typed = TypedCompany { kana, trade_name: Some("　".into()), invoice_number: Some(" ".into()), ..typed() };
        let profile = typed.check().unwrap();
        assert_eq!(
            (profile.name.as_str(), profile.kana.as_deref()),
            ("株式会社 暖簾自動車", Some("カブシキガイシャ ノレン"))
        );
        assert_eq!((profile.trade_name.as_deref(), &profile.invoice_number), (None, &None));
        assert_eq!(profile.shown_name(), Some("株式会社 暖簾自動車"));
        assert_eq!(CompanyProfile::default().shown_name(), None);
    }

    #[test]
    fn every_broken_field_is_named_at_once() {
        let wrong = TypedCompany {
            name: "　".into(),
            kana: Some("株式会社".into()),
            phone: Some("12".into()),
            invoice_number: Some("T1".into()),
            address: Address { postal_code: Some("371".into()), ..Address::default() },
            ..TypedCompany::default()
        };
        let broken = wrong.check().unwrap_err();
        let fields: Vec<(&str, &str)> = broken.0.iter().map(|error| (error.field.as_str(), error.code)).collect();
        assert_eq!(
            fields,
            [
                ("name", "required"),
                ("kana", "kana.script"),
                ("address.postal_code", "postal_code.length"),
                ("phone", "phone.length"),
                ("invoice_number", "invoice_number.form"),
            ]
        );
    }

    #[test]
    fn a_change_is_told_as_a_person_reads_it() {
        let before = typed().check().unwrap();
        let number = Some("t7000012050002".into());
        let after = TypedCompany { invoice_number: number, ..typed() }.check().unwrap();
        assert_eq!(before.changes_to(&after), [FieldChange::to("invoice_number", "T7000012050002")]);
    }

    #[test]
    fn the_first_run_needs_a_store_and_ends_once() {
        let mut company = Company { setup_step: Some(SetupStep::Company), ..Company::default() };
        assert_eq!(company.set_up(Some(SetupStep::Staff), false), Err(Error::StoreMissing));
        assert_eq!(company.set_up(None, false), Err(Error::StoreMissing));
        assert!(company.set_up(Some(SetupStep::Store), false).unwrap().is_some());
        assert!(company.set_up(Some(SetupStep::Form), true).unwrap().is_some());
        assert!(company.set_up(Some(SetupStep::Company), true).unwrap().is_some(), "one may go back");
        assert_eq!(company.set_up(Some(SetupStep::Company), true), Ok(None));
        assert!(company.set_up(None, true).unwrap().is_some());
        assert_eq!(company.set_up(None, true), Ok(None));
        assert_eq!(company.set_up(Some(SetupStep::Form), true), Err(Error::SetupOver));
    }
}
