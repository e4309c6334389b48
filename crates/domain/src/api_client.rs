//! 外部連携: integrators' keys, what they may do, and from where.

use std::net::IpAddr;

use chrono::TimeDelta;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::text::{one_line, tidy};
use crate::timeline::FieldChange;
use crate::{ApiClientId, Error, Invalid, StoreId, Timestamp};

/// The most that a key of its own number may ask in a minute.
pub const MAX_REQUESTS_PER_MINUTE: u32 = 6_000;
/// The longest life of a key, from when it is settled.
pub const LONGEST: TimeDelta = TimeDelta::days(365);
/// How long a secret still opens after another one took its place.
pub const OVERLAP: TimeDelta = TimeDelta::hours(24);

/// What a key may do. Each operation that keys may call belongs to exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// See leads, their inquiries and their timelines. Holds personal data.
    #[serde(rename = "leads.read")]
    LeadsRead,
    /// Send new leads and inquiries; what was there before is not shown.
    #[serde(rename = "leads.create")]
    LeadsCreate,
    /// Change, assign and move leads and write notes. The answers hold the lead, and so personal data.
    #[serde(rename = "leads.write")]
    LeadsWrite,
    /// See customers with their cars, 整備 and 車検. Holds personal data.
    #[serde(rename = "customers.read")]
    CustomersRead,
    /// Hear what changes, of what the other scopes let see.
    #[serde(rename = "events.read")]
    EventsRead,
    /// See who works at the stores.
    #[serde(rename = "staff.read")]
    StaffRead,
    /// See the stores with their addresses and hours.
    #[serde(rename = "stores.read")]
    StoresRead,
    /// See lead sources and postal codes.
    #[serde(rename = "masters.read")]
    MastersRead,
    /// See the stock of the key's stores, with its pictures.
    #[serde(rename = "stock.read")]
    StockRead,
}

impl Scope {
    pub const ALL: [Self; 9] = [
        Self::LeadsRead,
        Self::LeadsCreate,
        Self::LeadsWrite,
        Self::CustomersRead,
        Self::EventsRead,
        Self::StaffRead,
        Self::StoresRead,
        Self::MastersRead,
        Self::StockRead,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeadsRead => "leads.read",
            Self::LeadsCreate => "leads.create",
            Self::LeadsWrite => "leads.write",
            Self::CustomersRead => "customers.read",
            Self::EventsRead => "events.read",
            Self::StaffRead => "staff.read",
            Self::StoresRead => "stores.read",
            Self::MastersRead => "masters.read",
            Self::StockRead => "stock.read",
        }
    }

    /// The scope of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// An integrator's key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiClient {
    pub id: ApiClientId,
    pub profile: ApiClientProfile,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    /// Until when a secret that was replaced opens, or did.
    pub former_until: Option<Timestamp>,
    /// Counts what administrators settle, and not the uses; an edit names the version it saw.
    pub version: i64,
}

/// What an administrator settles about a key, checked and normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiClientProfile {
    pub name: String,
    /// In their order, each once.
    pub scopes: Vec<Scope>,
    /// In their order.
    pub stores: Vec<StoreId>,
    /// From where it may be used; from anywhere if none is named.
    pub addresses: Vec<IpNet>,
    /// Its own quota in place of the common one.
    pub requests_per_minute: Option<u32>,
    pub expires_at: Timestamp,
}

/// What a person types about a key, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedApiClient {
    pub name: String,
    pub scopes: Vec<Scope>,
    pub stores: Vec<StoreId>,
    pub addresses: Vec<String>,
    pub requests_per_minute: Option<u32>,
    pub expires_at: Timestamp,
}

impl TypedApiClient {
    /// Normalises and checks what was typed, and reports all broken fields at once. A key that has expired may be edited: the end
    /// that it `had` is not asked again.
    ///
    /// # Errors
    /// `required`, `duplicate` on a store that is named twice, `address.form`, `out_of_range` for an end in the past or more than
    /// a year ahead and for a quota that is none.
    pub fn check(self, now: Timestamp, had: Option<Timestamp>) -> Result<ApiClientProfile, Invalid> {
        let mut broken = Invalid::default();
        let Self { name, mut scopes, mut stores, addresses, requests_per_minute, expires_at } = self;
        let name = one_line(&name);
        if tidy(&name).is_empty() {
            broken.take("name", Err::<(), _>("required"));
        }
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            broken.take("scopes", Err::<(), _>("required"));
        }
        if stores.is_empty() {
            broken.take("store_ids", Err::<(), _>("required"));
        }
        for (at, store) in stores.iter().enumerate() {
            if stores[..at].contains(store) {
                broken.take(format!("store_ids.{at}"), Err::<(), _>("duplicate"));
            }
        }
        stores.sort_unstable();
        let places = addresses.iter().enumerate();
        let places = places.filter_map(|(at, typed)| broken.take(format!("addresses.{at}"), network(typed)));
        let mut addresses: Vec<IpNet> = places.collect();
        addresses.sort_unstable();
        addresses.dedup();
        if requests_per_minute.is_some_and(|count| !(1..=MAX_REQUESTS_PER_MINUTE).contains(&count)) {
            broken.take("requests_per_minute", Err::<(), _>("out_of_range"));
        }
        let is_ahead = expires_at > now && expires_at <= now + LONGEST;
        if !is_ahead && had != Some(expires_at) {
            broken.take("expires_at", Err::<(), _>("out_of_range"));
        }
        broken.finish(ApiClientProfile { name, scopes, stores, addresses, requests_per_minute, expires_at })
    }
}

/// A single address is a network of one. An IPv4 address in IPv6's clothes is the IPv4 address, as callers are told apart.
///
/// # Errors
/// `address.form`.
pub fn network(typed: &str) -> Result<IpNet, &'static str> {
    let typed = tidy(typed);
    if let Ok(address) = typed.parse::<IpAddr>() {
        return Ok(address.to_canonical().into());
    }
    let network: IpNet = typed.parse().map_err(|_| "address.form")?;
    if network.network() == network.network().to_canonical() { Ok(network.trunc()) } else { Err("address.form") }
}

/// A network as a person writes it: a single address without its length.
#[must_use]
pub fn written(network: &IpNet) -> String {
    if network.prefix_len() == network.max_prefix_len() { network.addr().to_string() } else { network.to_string() }
}

impl ApiClientProfile {
    /// Every field that differs from `self` in `other`.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let pairs = self.readable().into_iter().zip(other.readable());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        changed.map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after }).collect()
    }

    /// Everything, as the changes from nothing.
    #[must_use]
    pub fn known(&self) -> Vec<FieldChange> {
        let fields = self.readable().into_iter();
        fields.filter_map(|(field, value)| Some(FieldChange::to(field, value?))).collect()
    }

    fn readable(&self) -> [(&'static str, Option<String>); 6] {
        let Self { name, scopes, stores, addresses, requests_per_minute, expires_at } = self;
        let list = |items: Vec<String>| (!items.is_empty()).then(|| items.join(", "));
        [
            ("name", Some(name.clone())),
            ("scopes", list(scopes.iter().map(|scope| scope.as_str().to_owned()).collect())),
            ("store_ids", list(stores.iter().map(ToString::to_string).collect())),
            ("addresses", list(addresses.iter().map(written).collect())),
            ("requests_per_minute", requests_per_minute.map(|count| count.to_string())),
            ("expires_at", Some(expires_at.to_rfc3339())),
        ]
    }
}

impl ApiClient {
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.profile.expires_at > now
    }

    /// Whether it may be used from there. An unknown place is none of those that are named.
    #[must_use]
    pub fn is_welcome_from(&self, address: Option<IpAddr>) -> bool {
        let places = &self.profile.addresses;
        places.is_empty() || address.is_some_and(|address| places.iter().any(|place| place.contains(&address)))
    }

    /// Nothing about a key changes once it is revoked.
    ///
    /// # Errors
    /// `ApiClientRevoked`.
    pub fn require_in_use(&self) -> Result<(), Error> {
        if self.revoked_at.is_none() { Ok(()) } else { Err(Error::ApiClientRevoked) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T01:00:00Z".parse().unwrap()
    }

    fn typed() -> TypedApiClient {
        TypedApiClient {
            name: " 中古車サイト ".into(),
            scopes: vec![Scope::MastersRead, Scope::LeadsCreate, Scope::MastersRead],
            stores: vec![StoreId("0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap())],
            addresses: vec!["２０３.0.113.7".into(), "198.51.100.77/24".into(), "::ffff:203.0.113.7".into()],
            requests_per_minute: Some(60),
            expires_at: now() + LONGEST,
        }
    }

    #[test]
    fn what_is_typed_about_a_key_is_normalised() {
        let profile = typed().check(now(), None).unwrap();
        assert_eq!(profile.name, "中古車サイト");
        assert_eq!(profile.scopes, [Scope::LeadsCreate, Scope::MastersRead]);
        let places: Vec<String> = profile.addresses.iter().map(written).collect();
        assert_eq!(places, ["198.51.100.0/24", "203.0.113.7"]);
    }

    #[test]
    fn every_broken_field_is_named_at_once() {
        let store = typed().stores[0];
        let wrong = TypedApiClient {
            name: "　".into(),
            scopes: Vec::new(),
            stores: vec![store, store],
            addresses: vec!["203.0.113.7".into(), "everywhere".into(), "::ffff:10.0.0.0/104".into()],
            requests_per_minute: Some(0),
            expires_at: now() + LONGEST + TimeDelta::seconds(1),
        };
        let broken = wrong.check(now(), None).unwrap_err();
        let fields: Vec<(&str, &str)> = broken.0.iter().map(|error| (error.field.as_str(), error.code)).collect();
        assert_eq!(
            fields,
            [
                ("name", "required"),
                ("scopes", "required"),
                ("store_ids.1", "duplicate"),
                ("addresses.1", "address.form"),
                ("addresses.2", "address.form"),
                ("requests_per_minute", "out_of_range"),
                ("expires_at", "out_of_range"),
            ]
        );
    }

    #[test]
    fn an_expired_key_keeps_its_end_while_another_part_is_edited() {
        let mut late = typed();
        late.expires_at = now() - TimeDelta::days(1);
        assert!(late.clone().check(now(), Some(late.expires_at)).is_ok());
        assert!(late.check(now(), Some(now())).is_err());
    }

    #[test]
    fn a_key_is_welcome_from_the_named_places_alone() {
        let profile = typed().check(now(), None).unwrap();
        let (created_at, id) = (now(), ApiClientId("0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap()));
        let (revoked_at, last_used_at, former_until) = (None, None, None);
        let mut key = ApiClient { id, profile, created_at, revoked_at, last_used_at, former_until, version: 1 };
        for (address, welcome) in
            [("203.0.113.7", true), ("198.51.100.1", true), ("203.0.113.8", false), ("::1", false)]
        {
            assert_eq!(key.is_welcome_from(Some(address.parse().unwrap())), welcome, "{address}");
        }
        assert!(!key.is_welcome_from(None));
        key.profile.addresses.clear();
        assert!(key.is_welcome_from(None));
    }

    #[test]
    fn a_scope_has_one_name_on_the_wire_and_in_words() {
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
            assert_eq!(Scope::named(scope.as_str()), Some(scope));
        }
        assert_eq!(Scope::named("leads"), None);
    }
}
