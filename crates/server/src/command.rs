//! The command line of `noren`.

use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use noren_domain::staff::{Role, Staff, StaffStatus, Store};
use noren_domain::viewer::{Principal, Viewer};
use noren_domain::{StaffId, StoreId, Timestamp};
use noren_persistence::audit::{self, Chain, Entry};
use noren_persistence::{Actor, Db, Tx, sessions, staff, stores};

use crate::app::{App, Running, drain, settings};
use crate::auth::password;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::secrets::Keys;
use crate::{logging, openapi, seed};

type Failure = Box<dyn std::error::Error>;

/// The CRM for Japanese car dealers.
#[derive(Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API and the web app, after bringing the schema up to date
    Serve,
    /// Brings the schema up to date
    Migrate,
    /// Fills an empty database with the demo dealer
    Seed {
        /// Two stores, eight staff and some hundred leads
        #[arg(long)]
        demo: bool,
        /// The same number gives the same data
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Makes an administrator, or gives an existing person a new password; reads the password from standard input
    CreateAdmin {
        #[arg(long)]
        mail: String,
        #[arg(long)]
        name: String,
        /// The first store's name, where there is no store yet
        #[arg(long, default_value = "本店")]
        store: String,
    },
    /// Prints the API's document
    Openapi,
    /// Works on the audit chains
    #[command(subcommand)]
    Audit(AuditCommand),
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Walks every chain and names the first entry that does not fit
    Verify,
}

/// Runs a command to its end.
///
/// # Errors
/// Whatever went wrong, ready to print.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Serve => serve().await,
        Command::Migrate => migrate().await,
        Command::Seed { demo, seed } => seed_demo(demo, seed).await,
        Command::CreateAdmin { mail, name, store } => create_admin(&mail, &name, &store).await,
        Command::Openapi => {
            use std::io::Write;
            Ok(std::io::stdout().write_all(openapi::Document::new().json.as_bytes())?)
        }
        Command::Audit(AuditCommand::Verify) => verify().await,
    }
}

async fn app() -> Result<App, Failure> {
    Ok(App::build(Config::load()?, Arc::new(SystemClock)).await?)
}

async fn serve() -> Result<(), Failure> {
    let config = Config::load()?;
    logging::start(&config.log);
    let wait = Duration::from_secs(config.limits.drain_seconds);
    let running = Running::start(App::build(config, Arc::new(SystemClock)).await?)?;
    tracing::info!(address = %running.address, "serving");
    let (app, handle) = (running.app.clone(), running.handle());
    actix_web::rt::spawn(async move {
        let asked_by_person = signal().await;
        tracing::info!("stopping");
        let wait = if asked_by_person { Duration::ZERO } else { wait };
        let stopping = actix_web::rt::spawn(drain(app, handle, wait));
        signal().await;
        stopping.abort();
        std::process::exit(1);
    });
    running.serve().await?;
    tracing::info!("stopped");
    Ok(())
}

/// Waits to be asked to stop; whether by Ctrl-C at a terminal.
async fn signal() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return true };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => true,
        _ = terminate.recv() => false,
    }
}

async fn migrate() -> Result<(), Failure> {
    let config = Config::load()?;
    Db::migrate(&settings(&config, &Keys::load(&config)?)).await?;
    println!("The schema is up to date.");
    Ok(())
}

async fn seed_demo(demo: bool, number: u64) -> Result<(), Failure> {
    if !demo {
        return Err("say what to seed: --demo".into());
    }
    let app = app().await?;
    match seed::demo(&app, number).await? {
        seed::Seeded::Already => println!("There are people already; nothing was added."),
        seed::Seeded::Now { leads } => println!("The demo dealer has {leads} leads."),
    }
    for account in seed::accounts(&app) {
        println!("  {:<15} {:<32} {:<40} {}", account.role.as_str(), account.mail, account.password, account.name);
    }
    Ok(())
}

async fn create_admin(mail: &str, name: &str, store: &str) -> Result<(), Failure> {
    let app = app().await?;
    let mail = noren_domain::contact::mail(mail).map_err(|_| "that is not a mail address")?.to_lowercase();
    let mut password = String::new();
    eprintln!("Password ({} characters or more):", password::SHORTEST);
    std::io::stdin().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);
    password::check(password, &["noren", name, &mail]).map_err(|code| format!("the password is refused: {code}"))?;
    let hash = password::hash(password).await?;
    let now = app.clock.now();
    let tx = app.db.begin(Actor::system(now)).await?;
    let (action, id) = match staff::find_account(&tx, &mail).await? {
        Some(account) => {
            staff::set_password_hash(&tx, account.staff.id, &hash).await?;
            sessions::end_all(&tx, account.staff.id).await?;
            ("staff.password_reset", account.staff.id)
        }
        None => {
            let stores = all_stores(&tx, store).await?;
            let person = administrator(&mail, name, stores, now);
            staff::insert(&tx, &person, Some(hash)).await?;
            ("staff.created", person.id)
        }
    };
    crate::auth::forgive(&tx, &mail).await?;
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("staff:{id}"), changes: Vec::new() });
    tx.commit().await?;
    println!("{mail} can sign in.");
    Ok(())
}

/// The stores there are, or a first one: without a store nobody can enter a lead.
async fn all_stores(tx: &Tx, first: &str) -> Result<Vec<StoreId>, Failure> {
    let principal = Principal::Staff(StaffId(uuid::Uuid::nil()));
    let everything = Viewer { principal, role: Role::Administrator, stores: Vec::new() };
    let stores: Vec<StoreId> = stores::visible(tx, &everything).await?.into_iter().map(|store| store.id).collect();
    if !stores.is_empty() {
        return Ok(stores);
    }
    let id = StoreId::mint(tx.at());
    let store = Store { id, code: "001".to_owned(), name: first.to_owned(), created_at: tx.at(), version: 1 };
    stores::insert(tx, &store).await?;
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
        created_at: now,
        version: 1,
    }
}

async fn verify() -> Result<(), Failure> {
    let config = Config::load()?;
    let db = Db::connect(&settings(&config, &Keys::load(&config)?)).await?;
    let found = audit::verify(&db).await?;
    println!("{} entries of {} chains were checked.", found.entries, found.chains);
    for bad in &found.bad {
        println!("{} #{}: {}", bad.chain, bad.sequence, bad.reason);
    }
    if found.bad.is_empty() { Ok(()) } else { Err(format!("{} chain(s) are broken", found.bad.len()).into()) }
}
