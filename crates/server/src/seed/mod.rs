//! Made-up dealers, stored in an empty database, with random passwords kept in the data folder: the demo of the first start
//! here, those of any size in `bulk`.

mod bulk;

use std::path::{Path, PathBuf};

use noren_domain::form::Form;
use noren_domain::postal::PostalPlace;
use noren_domain::staff::{Role, Staff};
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::{Principal, Viewer};
use noren_domain::{FormId, StaffId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Actor, Tx, company, forms as form_rows, inquiries, leads, staff, stores, tags, timeline};
use rand::RngExt;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::password;
use crate::demo::{self, Dealer, Demo, DemoLead};
use crate::{Error, forms, postal_data, secrets};

pub use bulk::{Grown, Size, grow};

/// The prefectures of the demo's customers.
const PREFECTURES: [&str; 3] = ["群馬県", "埼玉県", "栃木県"];
/// Words of the demo's passwords: typed on a tablet, so short and plain.
const WORDS: [&str; 32] = [
    "indigo", "paper", "curtain", "rain", "cedar", "river", "copper", "maple", "harbor", "lantern", "pebble", "meadow",
    "silver", "orchid", "thunder", "velvet", "walnut", "willow", "amber", "bamboo", "cobalt", "dragon", "ember",
    "falcon", "garden", "hazel", "island", "jasper", "kettle", "lemon", "marble", "nickel",
];

/// A demo account as it is printed.
#[derive(Serialize, Deserialize)]
pub struct DemoAccount {
    pub mail: String,
    pub password: String,
    pub name: String,
    pub role: Role,
}

/// What seeding did.
pub enum Seeded {
    /// The database had people already.
    Already,
    Now {
        leads: usize,
    },
}

/// The pages on which the public asks the demo dealer.
///
/// # Errors
/// Database errors.
pub async fn form_pages(app: &App) -> Result<Vec<String>, Error> {
    let everything = Viewer {
        principal: Principal::Staff(StaffId(uuid::Uuid::nil())),
        role: Role::Administrator,
        stores: Vec::new(),
        customer_view: None,
    };
    let forms = form_rows::all(&app.db, &everything).await?;
    Ok(forms.into_iter().map(|form| format!("{}/f/{}  {}", app.config.base_url, form.key, form.content.name)).collect())
}

/// Stores the demo dealer unless somebody can sign in already.
///
/// # Errors
/// When the database refuses, or the accounts cannot be kept.
pub async fn demo(app: &App, seed: u64) -> Result<Seeded, Error> {
    if staff::exist(&app.db).await? {
        return Ok(Seeded::Already);
    }
    let now = app.clock.now();
    let towns = towns()?;
    let Demo { dealer, leads } = demo::generate(seed, now, &towns);
    let mut opened = Vec::new();
    for person in &dealer.staff {
        let password = random_password();
        let hash = password::hash(&password).await?;
        opened.push(Opened { account: account(person, password), hash });
    }
    let tx = app.db.begin(Actor::system(now)).await?;
    found(&tx, &dealer, &opened).await?;
    let count = leads.len();
    for lead in leads {
        store(&tx, lead).await?;
    }
    keep(&accounts_file(app), &opened)?;
    tx.commit().await?;
    Ok(Seeded::Now { leads: count })
}

/// An account with the hash of its password.
struct Opened {
    account: DemoAccount,
    hash: String,
}

/// Stores everything of a dealer but its leads.
async fn found(tx: &Tx, dealer: &Dealer, opened: &[Opened]) -> Result<(), Error> {
    let now = tx.at();
    for store in &dealer.stores {
        stores::insert(tx, store).await?;
    }
    let (mut company, _) = company::lock(tx).await?;
    company.profile = demo::company(&dealer.stores);
    company::update(tx, &mut company).await?;
    company::set_setup_step(tx, None).await?;
    for (person, Opened { hash, .. }) in dealer.staff.iter().zip(opened) {
        staff::insert(tx, person, Some(hash.clone())).await?;
        tx.audit(Entry {
            chain: Chain::Company,
            action: "staff.created",
            subject: format!("staff:{}", person.id),
            changes: vec![FieldChange::to("role", person.role.as_str())],
        });
    }
    let seen = tags::version(tx).await?;
    tags::settle(tx, &dealer.tags, seen).await?;
    for shop in &dealer.stores {
        let (id, key, content) = (FormId::mint(now), forms::random_key(), demo::form(shop));
        let form = Form { id, key, content, consent_version: 1, created_at: now, updated_at: now, version: 1 };
        form_rows::insert(tx, &form).await?;
        let of_store = Entry {
            chain: Chain::Store(shop.id),
            action: "demo.seeded",
            subject: format!("store:{}", shop.id),
            changes: Vec::new(),
        };
        tx.audit(of_store);
    }
    Ok(())
}

/// The demo accounts of this data folder; none where the demo was not seeded.
#[must_use]
pub fn accounts(app: &App) -> Vec<DemoAccount> {
    let text = std::fs::read_to_string(accounts_file(app)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

async fn store(tx: &Tx, demo: DemoLead) -> Result<(), Error> {
    leads::insert(tx, &demo.lead).await?;
    for inquiry in &demo.inquiries {
        inquiries::insert(tx, inquiry).await?;
    }
    for entry in &demo.timeline {
        timeline::insert(tx, entry).await?;
    }
    Ok(())
}

/// Where the customers live.
fn towns() -> Result<Vec<PostalPlace>, Error> {
    let towns = postal_data::places().filter(|place| place.as_ref().map_or(true, is_near));
    towns.collect::<Result<_, _>>().map_err(|error| Error::Internal(error.to_string()))
}

fn is_near(place: &PostalPlace) -> bool {
    PREFECTURES.contains(&place.prefecture.as_str())
}

fn account(person: &Staff, password: String) -> DemoAccount {
    DemoAccount { mail: person.mail.clone(), password, name: person.name.clone(), role: person.role }
}

fn random_password() -> String {
    let mut rng = rand::rng();
    let words: Vec<&str> = (0..4).map(|_| WORDS[rng.random_range(0..WORDS.len())]).collect();
    format!("{}-{}", words.join("-"), rng.random_range(10..100))
}

fn accounts_file(app: &App) -> PathBuf {
    app.config.data_dir.join("demo-accounts.json")
}

fn keep(path: &Path, opened: &[Opened]) -> Result<(), Error> {
    let accounts: Vec<&DemoAccount> = opened.iter().map(|opened| &opened.account).collect();
    let failed = |error: &dyn std::fmt::Display| Error::Internal(format!("{}: {error}", path.display()));
    let text = serde_json::to_string_pretty(&accounts).map_err(|error| failed(&error))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    }
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(&error)),
        _ => {}
    }
    secrets::write_private(path, &text).map_err(|error| failed(&error))
}
