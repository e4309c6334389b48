//! 会社.

use noren_domain::company::{self, SetupStep, TypedCompany};
use noren_domain::contact;
use noren_domain::language::Language;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::leads::Address;

/// The dealer of this house.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Company {
    pub profile: CompanyProfile,
    pub logo: Option<Logo>,
    /// How far the first run came; nothing when it is over.
    pub setup_step: Option<SetupStep>,
    pub version: i64,
}

/// A picture that anybody may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Logo {
    /// Its address on this server, where it never changes.
    #[cfg_attr(feature = "openapi", schema(pattern = "^/photos/[0-9a-f]{64}$"))]
    pub url: String,
    pub width: u32,
    pub height: u32,
}

/// What an administrator settles about the company.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CompanyProfile {
    /// As registered; empty before anybody has told it.
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100, example = "株式会社のれん自動車"))]
    pub name: String,
    /// In any script of kana; answered as full-width katakana.
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub kana: Option<String>,
    /// 屋号, where customers know the dealer by another name.
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub trade_name: Option<String>,
    #[validate(nested)]
    pub address: Address,
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    pub phone: Option<String>,
    /// 適格請求書発行事業者登録番号: `T` and 13 digits, in either width.
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "T7000012050002"))]
    pub invoice_number: Option<String>,
    /// Of the screens, for whoever has not chosen one.
    pub language: Language,
}

/// A change of the company, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompanyEdit {
    #[validate(nested)]
    pub profile: CompanyProfile,
}

impl From<CompanyProfile> for TypedCompany {
    fn from(profile: CompanyProfile) -> Self {
        let CompanyProfile { name, kana, trade_name, address, phone, invoice_number, language } = profile;
        Self { name, kana, trade_name, address: address.into(), phone, invoice_number, language }
    }
}

impl From<company::CompanyProfile> for CompanyProfile {
    fn from(profile: company::CompanyProfile) -> Self {
        let company::CompanyProfile { name, kana, trade_name, address, phone, invoice_number, language } = profile;
        let contact::Address { postal_code, prefecture, city, town, street, building } = address;
        Self {
            name,
            kana,
            trade_name,
            address: Address { postal_code, prefecture, city, town, street, building },
            phone: phone.map(|phone| phone.typed),
            invoice_number: invoice_number.map(|number| number.as_str().to_owned()),
            language,
        }
    }
}
