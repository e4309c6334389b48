//! The first administrator, and the way back in for one who forgot the password.

use noren_domain::language::Language;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::store::Store;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::{Principal, Viewer};
use noren_domain::{StaffId, StoreId, Timestamp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Actor, Retriable, Tx, company, sessions, staff, stores};

use crate::Error;
use crate::app::App;
use crate::auth::{forgive, password, second_factor};
use crate::outbox::tell_of_new_password;

/// Who is to administrate.
pub struct NewAdmin {
    pub mail: String,
    pub name: String,
    /// The first store's name, where there is no store yet.
    pub store: String,
    pub password: String,
    /// Whether authenticator app, passkeys and recovery codes go too: for who has lost them.
    pub forget_second_factor: bool,
}

/// Why nobody was made.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("that is not a mail address")]
    Mail,
    #[error("a name is missing")]
    Name,
    #[error("{0} is a {1} who is {2}: this command makes administrators and gives active ones a new password")]
    SomebodyElse(String, &'static str, &'static str),
    #[error("the password is refused: {0}")]
    Password(&'static str),
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<noren_persistence::Error> for Refused {
    fn from(error: noren_persistence::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Retriable for Refused {
    fn is_retriable(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_retriable())
    }
}

/// Makes an administrator; somebody who has this mail address gets the new password instead, and all their sessions end.
/// Answers with the mail address to sign in with.
///
/// # Errors
/// `Mail`, `Name`, `Password`, and `SomebodyElse` for an account that would not be an administrator's afterwards; nothing is
/// written then.
pub async fn create(app: &App, new: NewAdmin) -> Result<String, Refused> {
    let NewAdmin { mail, name, store, password, forget_second_factor } = new;
    let name = noren_domain::text::one_line(&name);
    if noren_domain::text::tidy(&name).is_empty() {
        return Err(Refused::Name);
    }
    let mail = noren_domain::contact::mail(&mail).map_err(|_| Refused::Mail)?.to_lowercase();
    password::check(&password, &["noren", &name, &mail]).map_err(Refused::Password)?;
    let hash = password::hash(&password).await?;
    let written = app.db.write::<_, Refused>(Actor::system(app.clock.now()), async |tx| {
        let (action, id, changes) = match staff::find_account(tx, &mail).await? {
            Some(account) => {
                let (role, status) = (account.staff.role, account.staff.status);
                if role != Role::Administrator || status != StaffStatus::Active {
                    return Err(Refused::SomebodyElse(mail.clone(), role.as_str(), status.as_str()));
                }
                staff::set_password_hash(tx, account.staff.id, &hash).await?;
                sessions::end_all(tx, account.staff.id, None).await?;
                if forget_second_factor {
                    second_factor::forget(tx, account.staff.id).await?;
                }
                tell_of_new_password(tx, account.staff.id, Language::default()).await?;
                ("staff.password_reset", account.staff.id, Vec::new())
            }
            None => {
                let person = administrator(&mail, &name, all_stores(tx, &store).await?, tx.at());
                staff::insert(tx, &person, Some(hash.clone())).await?;
                // Who makes administrators here needs nobody to lead them through it.
                company::set_setup_step(tx, None).await?;
                ("staff.created", person.id, vec![FieldChange::to("role", person.role.as_str())])
            }
        };
        forgive(tx, &mail).await?;
        tx.audit(Entry { chain: Chain::Company, action, subject: format!("staff:{id}"), changes });
        Ok(())
    });
    written.await?;
    Ok(mail)
}

/// The stores there are, or a first one: without a store nobody can enter a lead.
async fn all_stores(tx: &Tx, first: &str) -> Result<Vec<StoreId>, Error> {
    let principal = Principal::Staff(StaffId(uuid::Uuid::nil()));
    let everything = Viewer { principal, role: Role::Administrator, stores: Vec::new(), customer_view: None };
    let stores: Vec<StoreId> = stores::visible(tx, &everything).await?.into_iter().map(|store| store.id).collect();
    if !stores.is_empty() {
        return Ok(stores);
    }
    let id = StoreId::mint(tx.at());
    stores::insert(tx, &Store::named(id, "001", first, tx.at())).await?;
    tx.audit(Entry {
        chain: Chain::Company,
        action: "store.created",
        subject: format!("store:{id}"),
        changes: Vec::new(),
    });
    Ok(vec![id])
}

fn administrator(mail: &str, name: &str, stores: Vec<StoreId>, now: Timestamp) -> Staff {
    let id = StaffId::mint(now);
    Staff {
        id,
        code: format!("ADMIN-{}", id.0.simple()),
        name: name.to_owned(),
        kana: String::new(),
        mail: mail.to_owned(),
        role: Role::Administrator,
        status: StaffStatus::Active,
        stores,
        has_pin: false,
        created_at: now,
        version: 1,
    }
}
