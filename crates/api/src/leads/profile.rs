//! The editable part of a lead on the wire, and its way to and from the domain.

use noren_domain::contact;
use noren_domain::lead::{self, Temperature, TypedProfile};
use noren_domain::{TagId, Yen};
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// How long a short text (a name, a part of an address) may be, in characters.
pub const SHORT: u64 = 100;
/// How long a note or an inquiry may be, in characters.
pub const LONG: u64 = 4_000;

/// A postal address, in the parts that forms ask for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Address {
    /// Seven digits; 〒, hyphens and full-width digits are understood on the way in.
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "openapi", schema(max_length = 20, example = "3710024"))]
    pub postal_code: Option<String>,
    /// 都道府県
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub prefecture: Option<String>,
    /// 市区町村
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub city: Option<String>,
    /// 町域
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub town: Option<String>,
    /// 丁目・番地・号
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub street: Option<String>,
    /// 建物・部屋
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub building: Option<String>,
}

/// The wanted car in the person's own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct WantedCar {
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub maker: Option<String>,
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub model: Option<String>,
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub body_type: Option<String>,
    /// Yen.
    pub budget: Option<Yen>,
    /// When the car is wanted, such as 年内.
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub timing: Option<String>,
}

/// What can be edited of a lead. An edit sends the changed fields alone (JSON Merge Patch, RFC 7396): an absent field
/// stays, `null` empties it, a list replaces the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LeadProfile {
    /// A key of `lead-sources`.
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "walk_in"))]
    pub source_code: String,
    /// 姓 名, as the person writes it; a family name alone is enough. A name or a company is required.
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100, example = "渡邉 髙志"))]
    pub name: Option<String>,
    /// In any script of kana; answered as full-width katakana.
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100, example = "ワタナベ タカシ"))]
    pub kana: Option<String>,
    #[validate(length(max = "SHORT"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub company: Option<String>,
    #[validate(length(max = 10), custom(function = each_short))]
    #[cfg_attr(feature = "openapi", schema(max_items = 10, example = json!(["090-1234-5678"])))]
    pub phones: Vec<String>,
    #[validate(length(max = 10), custom(function = each_short))]
    #[cfg_attr(feature = "openapi", schema(max_items = 10, example = json!(["taro@example.jp"])))]
    pub mails: Vec<String>,
    #[validate(nested)]
    pub address: Address,
    #[validate(nested)]
    pub wanted_car: WantedCar,
    pub temperature: Option<Temperature>,
    /// Of `tags`; answered in the order of the master. One that has retired stays where it is and is not given anew.
    #[validate(length(max = 10))]
    #[cfg_attr(feature = "openapi", schema(max_items = 10))]
    pub tag_ids: Vec<TagId>,
    #[validate(length(max = "LONG"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub note: Option<String>,
}

impl From<Address> for contact::Address {
    fn from(address: Address) -> Self {
        let Address { postal_code, prefecture, city, town, street, building } = address;
        Self { postal_code, prefecture, city, town, street, building }
    }
}

fn each_short(texts: &[String]) -> Result<(), ValidationError> {
    let fits = texts.iter().all(|text| text.chars().count() <= 254);
    if fits { Ok(()) } else { Err(ValidationError::new("too_long")) }
}

impl From<contact::Address> for Address {
    fn from(address: contact::Address) -> Self {
        let contact::Address { postal_code, prefecture, city, town, street, building } = address;
        Self { postal_code, prefecture, city, town, street, building }
    }
}

/// Without its tags, which only the master knows by name.
impl From<LeadProfile> for TypedProfile {
    fn from(profile: LeadProfile) -> Self {
        let LeadProfile {
            source_code,
            name,
            kana,
            company,
            phones,
            mails,
            address,
            wanted_car,
            temperature,
            tag_ids: _,
            note,
        } = profile;
        let WantedCar { maker, model, body_type, budget, timing } = wanted_car;
        Self {
            source: source_code,
            name,
            kana,
            company,
            phones,
            mails,
            address: address.into(),
            wanted_car: lead::WantedCar { maker, model, body_type, budget, timing },
            temperature,
            tags: Vec::new(),
            note,
        }
    }
}

/// As it was typed; the reading alone is answered in katakana.
impl From<lead::Profile> for LeadProfile {
    fn from(profile: lead::Profile) -> Self {
        let lead::Profile { source, name, kana, company, phones, mails, address, wanted_car, temperature, tags, note } =
            profile;
        Self {
            source_code: source.0,
            name,
            kana: kana.map(|kana| kana.katakana),
            company,
            phones: phones.into_iter().map(|phone| phone.typed).collect(),
            mails,
            address: address.into(),
            wanted_car: wanted_car.into(),
            temperature,
            tag_ids: tags.into_iter().map(|tag| tag.id).collect(),
            note,
        }
    }
}

impl From<lead::WantedCar> for WantedCar {
    fn from(car: lead::WantedCar) -> Self {
        let lead::WantedCar { maker, model, body_type, budget, timing } = car;
        Self { maker, model, body_type, budget, timing }
    }
}
