//! The parts of the company: the contract's own profile, part by part. Pure, and tested on the host.

use noren_api::company::CompanyProfile;
use noren_domain::company::{InvoiceNumber, TypedCompany};
use validator::Validate as _;

use crate::errors::{FieldErrors, collect};
use crate::pages::settings::address::AddressPart;
use crate::pages::settings::content::{self, Content, said};
use crate::session::Masters;
use crate::words::{self, Lang};

/// What is settled of the company, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Name,
    Kana,
    TradeName,
    Phone,
    InvoiceNumber,
    Address(AddressPart),
    Language,
}

impl Part {
    /// Where it is typed, but for the two that are always there.
    fn place(self, profile: &mut CompanyProfile) -> Option<&mut Option<String>> {
        let CompanyProfile { kana, trade_name, phone, invoice_number, address, .. } = profile;
        Some(match self {
            Self::Name | Self::Language => return None,
            Self::Kana => kana,
            Self::TradeName => trade_name,
            Self::Phone => phone,
            Self::InvoiceNumber => invoice_number,
            Self::Address(part) => part.place(address),
        })
    }
}

impl content::Part for Part {
    type Content = CompanyProfile;

    const ALL: &'static [Self] = &[
        Self::Name,
        Self::Kana,
        Self::TradeName,
        Self::Phone,
        Self::InvoiceNumber,
        Self::Address(AddressPart::PostalCode),
        Self::Address(AddressPart::Prefecture),
        Self::Address(AddressPart::City),
        Self::Address(AddressPart::Town),
        Self::Address(AddressPart::Street),
        Self::Address(AddressPart::Building),
        Self::Language,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Kana => "kana",
            Self::TradeName => "trade_name",
            Self::Phone => "phone",
            Self::InvoiceNumber => "invoice_number",
            Self::Address(part) => part.path(),
            Self::Language => "language",
        }
    }

    fn label(self) -> fn(Lang) -> &'static str {
        use words::{company as say, field};
        match self {
            Self::Name => say::name,
            Self::Kana => say::kana,
            Self::TradeName => say::trade_name,
            Self::Phone => field::phones,
            Self::InvoiceNumber => say::invoice_number,
            Self::Address(part) => part.label(),
            Self::Language => say::language,
        }
    }

    fn text(self, profile: &CompanyProfile) -> String {
        match self {
            Self::Name => profile.name.clone(),
            Self::Language => profile.language.as_str().to_owned(),
            _ => self.place(&mut profile.clone()).and_then(|text| text.clone()).unwrap_or_default(),
        }
    }

    fn set(self, profile: &mut CompanyProfile, text: String) {
        match self {
            Self::Name => profile.name = text,
            Self::Language => {
                let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == text);
                profile.language = lang.unwrap_or_default().into();
            }
            _ => {
                if let Some(place) = self.place(profile) {
                    *place = (!text.is_empty()).then_some(text);
                }
            }
        }
    }

    fn read(self, profile: &CompanyProfile, _: &Masters, lang: Lang) -> String {
        match self {
            Self::Language => Lang::from(profile.language).own_name().to_owned(),
            _ => said(self.text(profile), lang),
        }
    }
}

impl Content for CompanyProfile {
    type Part = Part;
    type Sent = Self;

    fn name(&self) -> &str {
        &self.name
    }

    fn problems(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Err(broken) = self.validate() {
            collect(&broken, "", &mut errors);
        }
        if let Err(broken) = TypedCompany::from(self.clone()).check() {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        errors
    }

    fn sent(&self) -> Self {
        self.clone()
    }

    fn sentence(broken: &noren_api::FieldProblem, lang: Lang) -> String {
        match (broken.field.as_str(), broken.code.as_str()) {
            ("name", "required") => words::company::name_missing(lang).to_owned(),
            _ => crate::messages::field(broken, lang),
        }
    }
}

/// What is to be said of an invoice number while it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    Nothing,
    /// So many digits are missing.
    Short(usize),
    Fits,
    /// Not a company's, unless it is mistyped.
    Doubtful,
    Wrong,
}

impl Number {
    pub fn of(typed: &str) -> Self {
        let plain = noren_domain::text::tidy(typed).to_ascii_uppercase();
        let digits = plain.chars().filter(char::is_ascii_digit).count();
        match InvoiceNumber::parse(typed) {
            _ if plain.is_empty() => Self::Nothing,
            Ok(number) if number.fits_a_company() => Self::Fits,
            Ok(_) => Self::Doubtful,
            Err(_) if plain.starts_with('T') && digits < 13 => Self::Short(13 - digits),
            Err(_) => Self::Wrong,
        }
    }

    pub fn say(self, lang: Lang) -> String {
        use words::company as say;
        match self {
            Self::Nothing | Self::Wrong => say::number_hint(lang).to_owned(),
            Self::Short(left) => say::number_short(lang, left),
            Self::Fits => say::number_fits(lang).to_owned(),
            Self::Doubtful => say::number_doubtful(lang).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::content::Part as _;
    use super::*;

    #[test]
    fn every_part_reads_back_as_it_was_written() {
        let (mut full, mut other) = (CompanyProfile::default(), CompanyProfile::default());
        for &part in Part::ALL {
            part.set(&mut full, if part == Part::Language { "en".into() } else { "ほか".into() });
        }
        for &part in Part::ALL {
            assert!(part.differs(&other, &full), "{part:?}");
            part.take(&mut other, &full);
            assert!(!part.differs(&other, &full), "{part:?}");
        }
        assert_eq!(other, full);
    }

    #[test]
    fn a_number_is_judged_while_it_is_typed() {
        for (typed, said) in [
            ("", Number::Nothing),
            ("Ｔ７０００", Number::Short(9)),
            ("T7000012050002", Number::Fits),
            ("ｔ7000-0120-50002", Number::Fits),
            ("T6000012050002", Number::Doubtful),
            ("7000012050002", Number::Wrong),
            ("T70000120500021", Number::Wrong),
        ] {
            assert_eq!(Number::of(typed), said, "{typed}");
        }
    }
}
