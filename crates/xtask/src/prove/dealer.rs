//! What the demo dealer has that a generator cannot guess: accounts, keys and ids. Asked as the administrator.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::api::Role;
use crate::error::Error;
use crate::http::Request;

/// Submissions made for each role to settle.
const HELD: usize = 6;

/// The served demo dealer.
#[derive(Debug)]
pub struct Dealer {
    pub port: u16,
    pub accounts: Vec<Account>,
}

/// An account of `demo-accounts.json`.
#[derive(Debug, Clone)]
pub struct Account {
    pub mail: String,
    pub password: String,
    pub role: String,
}

/// How a role proves who it is.
#[derive(Debug)]
pub enum Caller {
    Nobody,
    /// Signs in, and again when the session or the token has ended.
    Person(Account),
    Key(String),
}

/// Real values by the name of their dictionary.
pub type Given = BTreeMap<&'static str, Vec<String>>;

impl Dealer {
    /// The dealer whose `demo-accounts.json` this is.
    pub fn of(port: u16, accounts: &[u8]) -> Result<Self, Error> {
        let accounts: Value = serde_json::from_slice(accounts)?;
        let accounts = accounts.as_array().into_iter().flatten().map(|account| {
            let text = |member: &str| account[member].as_str().unwrap_or_default().to_owned();
            Account { mail: text("mail"), password: text("password"), role: text("role") }
        });
        Ok(Self { port, accounts: accounts.collect() })
    }

    /// The origin of its own pages.
    pub fn site(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn document_address(&self) -> String {
        format!("http://127.0.0.1:{}/api/openapi.json", self.port)
    }

    pub fn document(&self) -> Result<Value, Error> {
        Request::bare("GET", "/api/openapi.json").send(self.port)
    }

    /// A role's means, a key being made for the integrator.
    pub fn caller(&self, role: Role, tomorrow: &str) -> Result<Caller, Error> {
        Ok(match role {
            Role::Anonymous => Caller::Nobody,
            Role::ApiClient => {
                let made = self.make_key("prove", tomorrow)?;
                Caller::Key(made["key"].as_str().unwrap_or_default().to_owned())
            }
            _ => Caller::Person(self.account(role)?.clone()),
        })
    }

    /// What there is now. A key that may be revoked is made for it.
    pub fn given(&self, role: Role, tomorrow: &str) -> Result<Given, Error> {
        let token = self.sign_in()?;
        let spare = self.make_key(&format!("spare, {}", role.name()), tomorrow)?;
        let forms = Request::get("/api/v1/forms", &token).send(self.port)?;
        let leads = Request::get("/api/v1/leads", &token).send(self.port)?;
        let stores = Request::get("/api/v1/stores", &token).send(self.port)?;
        let staff = Request::get("/api/v1/staff", &token).send(self.port)?;
        self.submit(&all(&forms, "key"))?;
        let held = Request::get("/api/v1/form-submissions?state=held", &token).send(self.port)?;
        // The first salesperson; the role signs in as the last one, since wrong passwords slow an account down.
        let account = self.accounts.iter().find(|account| account.role == Role::Salesperson.name());
        let account = account.ok_or_else(|| Error::Missing("a demo account of a salesperson".to_owned()))?;
        let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let given = [
            ("api_client_ids", vec![spare["client"]["id"].as_str().unwrap_or_default().to_owned()]),
            ("form_ids", all(&forms, "id")),
            ("form_keys", all(&forms, "key")),
            ("form_submission_ids", all(&held, "id")),
            ("lead_ids", all(&leads, "id")),
            ("mails", vec![account.mail.clone()]),
            ("passwords", vec![account.password.clone()]),
            ("postal_codes", texts(&["370-0829", "3710024"])),
            ("staff_ids", all(&staff, "id")),
            ("store_ids", all(&stores, "id")),
            ("versions", texts(&["\"1\"", "\"2\""])),
        ];
        // A dictionary may not be empty.
        Ok(given.into_iter().filter(|(_, values): &(_, Vec<String>)| !values.is_empty()).collect())
    }

    /// The last account of a role: the first manager's mail is an example of the document, and tried with any password.
    fn account(&self, role: Role) -> Result<&Account, Error> {
        let found = self.accounts.iter().rfind(|account| account.role == role.name());
        found.ok_or_else(|| Error::Missing(format!("a demo account of a {}", role.name())))
    }

    /// An administrator's access token, good for five minutes.
    pub fn sign_in(&self) -> Result<String, Error> {
        let Account { mail, password, .. } = self.account(Role::Administrator)?;
        let body = Some(json!({"mail": mail, "password": password}));
        let answer = Request { body, ..Request::bare("POST", "/api/v1/auth/login") }.send(self.port)?;
        Ok(answer["access_token"].as_str().unwrap_or_default().to_owned())
    }

    /// Lets nobody send to each form, without the ticket that a person would have: that is held for a person to look at.
    fn submit(&self, forms: &[String]) -> Result<(), Error> {
        for (number, key) in (0..HELD).zip(forms.iter().cycle()) {
            let answers = json!({"name": format!("渡邉 {number}"), "phone": "090-1234-5678"});
            let body = Some(json!({"answers": answers, "consent": true}));
            let path = format!("/public/v1/forms/{key}/submissions");
            Request { body, ..Request::bare("POST", &path) }.send(self.port)?;
        }
        Ok(())
    }

    fn make_key(&self, name: &str, expires_at: &str) -> Result<Value, Error> {
        let token = self.sign_in()?;
        let stores = Request::get("/api/v1/stores", &token).send(self.port)?;
        let store_ids = all(&stores, "id");
        let scopes = &self.document()?["components"]["schemas"]["Scope"]["enum"];
        let profile = json!({"name": name, "scopes": scopes, "store_ids": store_ids, "expires_at": expires_at});
        let body = Some(json!({"profile": profile}));
        let key = name.replace([' ', ','], "-") + "-once-only";
        let (token, idempotency_key) = (Some(&*token), Some(&*key));
        Request { token, idempotency_key, body, ..Request::bare("POST", "/api/v1/api-clients") }.send(self.port)
    }
}

/// A member of every item of a page.
fn all(page: &Value, member: &str) -> Vec<String> {
    let items = page["items"].as_array().into_iter().flatten();
    items.filter_map(|item| item[member].as_str().map(str::to_owned)).collect()
}
