//! The binary `extreme-simulator`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use actix_web::rt::signal::unix::{SignalKind, signal};
use clap::Parser;
use noren_extreme_simulator::{
    Client, Config, Credentials, Key, Pace, Place, Scope, Seed, Settings, Simulator, StartError,
};
use secrecy::SecretString;

/// A stand-in for EXTREME, the dealer's core system.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// Where to listen. Its control endpoint has no sign-in: keep it on loopback, or switch it off.
    #[arg(long, env = "EXTREME_LISTEN", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// The file of its store; without it everything is gone at the end.
    #[arg(long, env = "EXTREME_STORE")]
    store: Option<PathBuf>,
    #[arg(long, env = "EXTREME_CLIENT_ID", default_value = "noren")]
    client_id: String,
    #[arg(
        long,
        env = "EXTREME_CLIENT_SECRET",
        default_value = "noren-demo",
        hide_default_value = true,
        hide_env_values = true
    )]
    client_secret: SecretString,
    /// A key that does not change, for installations without OAuth; without it none is good.
    #[arg(long, env = "EXTREME_KEY", hide_env_values = true)]
    key: Option<SecretString>,
    #[arg(long, env = "EXTREME_SEED", default_value_t = Seed::demo().seed)]
    seed: u64,
    /// Cars that were ever in stock.
    #[arg(long, env = "EXTREME_VEHICLES", default_value_t = Seed::demo().vehicles)]
    vehicles: u64,
    #[arg(long, env = "EXTREME_CUSTOMERS", default_value_t = Seed::demo().customers)]
    customers: u64,
    #[arg(long, env = "EXTREME_STORES", default_value_t = Seed::demo().stores)]
    stores: usize,
    #[arg(long, env = "EXTREME_STAFF", default_value_t = Seed::demo().staff)]
    staff: usize,
    /// After how many seconds the shop moves on by itself, again and again.
    #[arg(long, env = "EXTREME_MOVEMENT_SECONDS")]
    movement_seconds: Option<u64>,
    #[arg(long, env = "EXTREME_REQUESTS_PER_MINUTE", default_value_t = Settings::default().requests_per_minute)]
    requests_per_minute: u32,
    /// Serves no /control.
    #[arg(long, env = "EXTREME_NO_CONTROL")]
    no_control: bool,
    #[arg(long, env = "EXTREME_WORKERS", default_value_t = 2)]
    workers: usize,
}

impl Cli {
    fn config(self) -> Config {
        let scopes = Scope::ALL.to_vec();
        Config {
            listen: self.listen,
            workers: self.workers,
            store: self.store.map_or(Place::Memory, Place::File),
            seed: Seed {
                seed: self.seed,
                vehicles: self.vehicles,
                customers: self.customers,
                stores: self.stores,
                staff: self.staff,
            },
            credentials: Credentials {
                client: Some(Client { id: self.client_id, secret: self.client_secret, scopes: scopes.clone() }),
                key: self.key.map(|value| Key { value, scopes }),
            },
            settings: Settings { requests_per_minute: self.requests_per_minute, ..Settings::default() },
            pace: Pace::default(),
            control: !self.no_control,
            movement: self.movement_seconds.filter(|seconds| *seconds > 0).map(Duration::from_secs),
        }
    }
}

fn main() -> ExitCode {
    match serve(&Cli::parse().config()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("extreme-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(config: &Config) -> Result<(), StartError> {
    let running = Simulator::start(config)?;
    println!("EXTREME stands in at http://{}/", running.address());
    actix_web::rt::System::new().block_on(until_told())?;
    // The store is closed in order, so that its file needs no repair when it is opened again.
    Ok(running.stop()?)
}

/// Waits for Ctrl-C, or for the signal that ends a child.
async fn until_told() -> std::io::Result<()> {
    let mut end = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = actix_web::rt::signal::ctrl_c() => interrupted,
        _ = end.recv() => Ok(()),
    }
}
