//! Starting and stopping.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::config::Config;
use crate::control::Control;
use crate::extreme::Extreme;
use crate::http::{ROOT, server};
use crate::store;

/// Why a simulator does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the store does not open: {0}")]
    Store(#[from] store::Error),
    #[error("it cannot serve: {0}")]
    Serve(#[from] std::io::Error),
}

/// Starts simulators.
pub struct Simulator;

impl Simulator {
    /// Opens the store, lays the seed where it is empty, and serves from a thread of its own. It needs no runtime of the caller's.
    ///
    /// # Errors
    /// When the store cannot be opened or the address cannot be had.
    pub fn start(config: &Config) -> Result<Running, StartError> {
        let extreme = Arc::new(Extreme::open(config)?);
        let server = server::start(&extreme, config.listen, config.workers)?;
        let control = Control::of(extreme);
        let ticker = config.movement.map(|every| Ticker::start(control.clone(), every)).transpose()?;
        Ok(Running { control, server: Some(server), ticker })
    }
}

/// A simulator that serves. Dropped it stops.
pub struct Running {
    control: Control,
    server: Option<server::Server>,
    ticker: Option<Ticker>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.as_ref().map_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0)), |server| server.address)
    }

    /// The base of the contract's paths.
    pub fn url(&self) -> String {
        format!("http://{}{ROOT}", self.address())
    }

    /// Turns its clock, its records and its faults.
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// Stops it, without waiting for requests that are under way.
    ///
    /// # Errors
    /// What the server says at its end.
    pub fn stop(mut self) -> std::io::Result<()> {
        self.end()
    }

    fn end(&mut self) -> std::io::Result<()> {
        self.ticker.take();
        let Some(server) = self.server.take() else { return Ok(()) };
        // The command is sent by the call; the future only waits for its end, which joining does too.
        drop(server.handle.stop(false));
        join(server.thread)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("extreme-simulator: {error}");
        }
    }
}

fn join(thread: JoinHandle<std::io::Result<()>>) -> std::io::Result<()> {
    thread.join().map_err(|_| std::io::Error::other("the server panicked"))?
}

/// Lets the shop move on from time to time.
struct Ticker {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    fn start(control: Control, every: Duration) -> std::io::Result<Self> {
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = std::thread::Builder::new().name("movement".to_owned()).spawn(move || {
            while stopped.recv_timeout(every) == Err(mpsc::RecvTimeoutError::Timeout) {
                if let Err(error) = control.advance(1) {
                    eprintln!("extreme-simulator: the shop does not move: {error}");
                }
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // It has said what it had to say.
            let _ = thread.join();
        }
    }
}
