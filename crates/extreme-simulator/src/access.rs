//! Who may do what: client credentials that give tokens, and a key that does not change.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::clock::Time;
use crate::locked;

/// How long a token is good.
pub const TOKEN_SECONDS: i64 = 900;

/// What a caller may do, as the contract names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    #[serde(rename = "stock:read")]
    StockRead,
    #[serde(rename = "sales:read")]
    SalesRead,
    #[serde(rename = "costs:read")]
    CostsRead,
    #[serde(rename = "customers:read")]
    CustomersRead,
    #[serde(rename = "staff:read")]
    StaffRead,
    #[serde(rename = "staff:write")]
    StaffWrite,
    #[serde(rename = "holds:write")]
    HoldsWrite,
    #[serde(rename = "quotes:write")]
    QuotesWrite,
    #[serde(rename = "contracts:write")]
    ContractsWrite,
    #[serde(rename = "corrections:write")]
    CorrectionsWrite,
}

impl Scope {
    pub const ALL: [Self; 10] = [
        Self::StockRead,
        Self::SalesRead,
        Self::CostsRead,
        Self::CustomersRead,
        Self::StaffRead,
        Self::StaffWrite,
        Self::HoldsWrite,
        Self::QuotesWrite,
        Self::ContractsWrite,
        Self::CorrectionsWrite,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::StockRead => "stock:read",
            Self::SalesRead => "sales:read",
            Self::CostsRead => "costs:read",
            Self::CustomersRead => "customers:read",
            Self::StaffRead => "staff:read",
            Self::StaffWrite => "staff:write",
            Self::HoldsWrite => "holds:write",
            Self::QuotesWrite => "quotes:write",
            Self::ContractsWrite => "contracts:write",
            Self::CorrectionsWrite => "corrections:write",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A client that gets tokens by its id and secret.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: String,
    pub secret: SecretString,
    pub scopes: Vec<Scope>,
}

/// A key that does not change.
#[derive(Clone, Debug)]
pub struct Key {
    pub value: SecretString,
    pub scopes: Vec<Scope>,
}

/// Who is let in.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    pub client: Option<Client>,
    pub key: Option<Key>,
}

/// Who calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    pub scopes: Vec<Scope>,
}

impl Caller {
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// A token that was given.
#[derive(Clone, Debug)]
pub struct Grant {
    pub token: String,
    pub scopes: Vec<Scope>,
}

struct Granted {
    caller: Caller,
    expires_at: Time,
}

/// The door: it knows the credentials and the tokens that it gave. Tokens are forgotten with the process.
pub struct Access {
    credentials: Credentials,
    tokens: Mutex<HashMap<String, Granted>>,
}

impl Access {
    pub fn new(credentials: Credentials) -> Self {
        Self { credentials, tokens: Mutex::default() }
    }

    /// The client of these credentials.
    pub fn client(&self, id: &str, secret: &str) -> Option<&Client> {
        let client = self.credentials.client.as_ref()?;
        (equal(id, &client.id) && equal(secret, client.secret.expose_secret())).then_some(client)
    }

    /// Gives a token.
    pub fn grant(&self, scopes: Vec<Scope>, now: Time) -> Grant {
        let token: String = rand::random::<[u8; 24]>().iter().map(|byte| format!("{byte:02x}")).collect();
        let granted =
            Granted { caller: Caller { scopes: scopes.clone() }, expires_at: now + TimeDelta::seconds(TOKEN_SECONDS) };
        let mut tokens = locked(&self.tokens);
        tokens.retain(|_, granted| granted.expires_at > now);
        tokens.insert(token.clone(), granted);
        Grant { token, scopes }
    }

    /// Who has this token, while it is good.
    pub fn by_token(&self, token: &str, now: Time) -> Option<Caller> {
        let tokens = locked(&self.tokens);
        tokens.get(token).filter(|granted| granted.expires_at > now).map(|granted| granted.caller.clone())
    }

    /// Who has this key.
    pub fn by_key(&self, value: &str) -> Option<Caller> {
        let key = self.credentials.key.as_ref()?;
        equal(value, key.value.expose_secret()).then(|| Caller { scopes: key.scopes.clone() })
    }

    /// Makes all tokens worthless, as a restart of EXTREME does.
    pub fn forget_tokens(&self) {
        locked(&self.tokens).clear();
    }
}

fn equal(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_time_alone() {
        let access = Access::new(Credentials::default());
        let now: Time = "2026-11-23T10:00:00+09:00".parse().unwrap();
        let grant = access.grant(vec![Scope::StockRead], now);
        assert!(access.by_token(&grant.token, now + TimeDelta::seconds(899)).unwrap().may(Scope::StockRead));
        assert_eq!(access.by_token(&grant.token, now + TimeDelta::seconds(900)), None);
        access.forget_tokens();
        assert_eq!(access.by_token(&grant.token, now), None);
    }

    #[test]
    fn every_scope_is_found_by_its_name() {
        for scope in Scope::ALL {
            assert_eq!(Scope::named(scope.name()), Some(scope));
        }
    }
}
