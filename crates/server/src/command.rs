//! The command line of `noren`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use noren_persistence::Db;
use noren_persistence::audit::{self, Head};

use crate::admin::{self, NewAdmin};
use crate::app::{App, Running, drain, settings};
use crate::auth::{self, password};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::secrets::Keys;
use crate::{backup, extreme, logging, openapi, seed, trust};

type Failure = Box<dyn std::error::Error>;

/// The CRM for Japanese car dealers.
#[derive(Parser)]
#[command(name = "noren", version, about)]
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
    /// Fills an empty database with a made-up dealer
    Seed {
        /// The demo: two stores, eight staff and some hundred leads, up to this minute
        #[arg(long)]
        demo: bool,
        /// A dealer for measurements, up to last midnight
        #[arg(long, conflicts_with = "demo")]
        size: Option<seed::Size>,
        /// Other than the size's number of leads
        #[arg(long, requires = "size")]
        leads: Option<usize>,
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
        /// Takes away the second factors of an administrator who has lost them; another one is set up at the next sign-in
        #[arg(long)]
        forget_second_factor: bool,
    },
    /// Writes everything there is into one file, while Noren goes on; keep it as safe as the data itself
    Backup { file: PathBuf },
    /// Puts a backup in place; Noren must not run meanwhile
    Restore {
        file: PathBuf,
        /// In place of what the database holds, which is lost
        #[arg(long)]
        replace: bool,
    },
    /// Reads once what has changed in EXTREME, and says what came and how long it took
    Sync,
    /// Prints the API's document
    Openapi,
    /// Works on the audit chains
    #[command(subcommand)]
    Audit(AuditCommand),
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Walks every chain and names the first entry that does not fit
    Verify {
        /// A log of `noren serve`, whose hourly signed heads show whether a chain lost its tail
        #[arg(long, value_name = "LOG")]
        heads: Option<PathBuf>,
    },
}

/// Runs a command to its end.
///
/// # Errors
/// Whatever went wrong, ready to print.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Serve => serve().await,
        Command::Migrate => migrate().await,
        Command::Seed { demo: true, seed, .. } => seed_demo(seed).await,
        Command::Seed { size: Some(size), leads, seed, .. } => grow((size, leads), seed).await,
        Command::Seed { .. } => Err("say what to seed: --demo, or --size".into()),
        Command::CreateAdmin { mail, name, store, forget_second_factor } => {
            let new = NewAdmin { mail, name, store, password: String::new(), forget_second_factor };
            create_admin(new).await
        }
        Command::Backup { file } => back_up(&file).await,
        Command::Restore { file, replace } => restore(&file, replace).await,
        Command::Sync => sync().await,
        Command::Openapi => {
            use std::io::Write;
            Ok(std::io::stdout().write_all(openapi::Document::get().json.as_bytes())?)
        }
        Command::Audit(AuditCommand::Verify { heads }) => verify(heads.as_deref()).await,
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
    if let Some(address) = auth::open_house(&running.app).await? {
        println!("Nobody works here yet. Open this address to set Noren up; it works once:\n\n    {address}\n");
    }
    let http_address = running.http_address.map(|address| address.to_string());
    tracing::info!(address = %running.address, http_address, "serving");
    if let Some(invitation) = trust::invitation(&running.app) {
        println!("{invitation}");
    }
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

async fn grow(size: (seed::Size, Option<usize>), number: u64) -> Result<(), Failure> {
    let app = app().await?;
    let grown = seed::grow(&app, size, number).await?;
    let seed::Grown { leads, rows, took } =
        grown.ok_or("There are people already; only an empty database is seeded.")?;
    let seconds = took.as_secs_f64();
    println!("{leads} leads, {rows} rows in {seconds:.1} s: {:.0} rows/s", rows as f64 / seconds);
    if let Some(account) = seed::accounts(&app).first() {
        println!("Everybody's password is {}; the first is {}.", account.password, account.mail);
    }
    Ok(())
}

async fn seed_demo(number: u64) -> Result<(), Failure> {
    let app = app().await?;
    match seed::demo(&app, number).await? {
        seed::Seeded::Already => println!("There are people already; nothing was added."),
        seed::Seeded::Now { leads } => println!("The demo dealer has {leads} leads."),
    }
    for account in seed::accounts(&app) {
        println!("  {:<15} {:<32} {:<40} {}", account.role.as_str(), account.mail, account.password, account.name);
    }
    for page in seed::form_pages(&app).await? {
        println!("  form            {page}");
    }
    Ok(())
}

async fn back_up(file: &Path) -> Result<(), Failure> {
    let made = backup::backup(&Config::load()?, file).await?;
    println!("{}: {} files, {} bytes.", file.display(), made.files, made.bytes);
    if !made.has_key {
        println!("The secret key comes from the configuration and is not in it: keep it too.");
    }
    Ok(())
}

async fn restore(file: &Path, replace: bool) -> Result<(), Failure> {
    let restored = backup::restore(&Config::load()?, file, replace).await?;
    println!("Restored as it was at {} (Noren {}).", restored.made_at.to_rfc3339(), restored.noren);
    Ok(())
}

async fn sync() -> Result<(), Failure> {
    let app = app().await?;
    let link = app.extreme.as_ref().ok_or("no EXTREME is configured; NOREN_EXTREME_URL says where it is")?;
    println!("Reading EXTREME");
    let mut failed = 0;
    for read in extreme::read_once(&app, link).await? {
        println!("{read}");
        failed += usize::from(read.failure.is_some());
    }
    if failed == 0 { Ok(()) } else { Err(format!("{failed} stream(s) were not read to the end").into()) }
}

async fn create_admin(new: NewAdmin) -> Result<(), Failure> {
    let app = app().await?;
    let mut password = String::new();
    eprintln!("Password ({} characters or more):", password::SHORTEST);
    std::io::stdin().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let mail = admin::create(&app, NewAdmin { password, ..new }).await?;
    println!("{mail} can sign in.");
    Ok(())
}

async fn verify(noted: Option<&Path>) -> Result<(), Failure> {
    let config = Config::load()?;
    let db = Db::connect(&settings(&config, &Keys::load(&config)?)).await?;
    let found = audit::verify(&db).await?;
    println!("{} entries of {} chains were checked.", found.entries(), found.chains.len());
    let mut bad = found.bad();
    if let Some(log) = noted {
        let heads = noted_heads(log)?;
        println!("{} noted heads were compared.", heads.len());
        bad.extend(audit::verify_heads(&db, &heads).await?);
    }
    for bad in &bad {
        println!("{} #{}: {}", bad.chain, bad.sequence, bad.flaw);
    }
    if bad.is_empty() { Ok(()) } else { Err(format!("{} finding(s)", bad.len()).into()) }
}

/// The heads in a log; its other lines are passed over.
fn noted_heads(log: &Path) -> Result<Vec<Head>, Failure> {
    let text = std::fs::read_to_string(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let lines = text.lines().filter(|line| line.contains("\"audit.head\""));
    Ok(lines.map(serde_json::from_str).collect::<Result<_, _>>()?)
}
