//! The stand-in for EXTREME as a child, beside the server: where it listens, what the server is told of it, and when it is ready.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::shell::{self, Output, Running};

/// An empty store is filled before it listens.
const PATIENCE: Duration = Duration::from_secs(60);
/// By what the server is known to it. It is reached from this machine alone, so that this is no secret.
const CLIENT: (&str, &str) = ("noren", "noren-demo");
/// After how many seconds its shop moves on by an hour of business.
const MOVEMENT: &str = "120";

/// Where a simulator listens and keeps its store.
#[derive(Debug)]
pub struct Simulator {
    pub binary: PathBuf,
    pub root: PathBuf,
    pub port: u16,
}

impl Simulator {
    /// Starts it and waits until it listens.
    pub fn start(&self, output: &Output) -> Result<Running, Error> {
        let store = store(&self.root);
        if let Some(folder) = store.parent() {
            std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        let mut command = Command::new(&self.binary);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("EXTREME_")) {
            command.env_remove(name);
        }
        let address = address(self.port).to_string();
        command.current_dir(&self.root).args(["--listen", &address, "--movement-seconds", MOVEMENT, "--store"]);
        let mut running = Running::start(command.arg(store), output)?;
        let begin = Instant::now();
        while TcpStream::connect_timeout(&self::address(self.port), Duration::from_millis(500)).is_err() {
            if let Some(status) = running.poll()? {
                return if shell::interrupted() { Err(Error::Interrupted) } else { Err(Error::ExtremeDied(status)) };
            }
            if begin.elapsed() > PATIENCE {
                return Err(Error::ExtremeSilent { port: self.port, seconds: PATIENCE.as_secs() });
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(running)
    }

    /// What the server is to know of it, as its own variables.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let (id, secret) = CLIENT;
        vec![
            ("NOREN_EXTREME_URL", format!("http://{}/extreme/v1", address(self.port))),
            ("NOREN_EXTREME_CLIENT_ID", id.to_owned()),
            ("NOREN_EXTREME_CLIENT_SECRET", secret.to_owned()),
        ]
    }

    /// Where a person looks at what it holds.
    pub fn page(&self) -> String {
        format!("http://{}/", address(self.port))
    }
}

/// Whether somebody has an EXTREME of their own for this server, so that nothing is to stand in for it.
pub fn is_needless(root: &Path) -> bool {
    root.join("noren.toml").exists()
        || std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with("NOREN_EXTREME_"))
}

/// Says so early when the port cannot be had.
pub fn demand_free(port: u16) -> Result<(), Error> {
    TcpListener::bind(address(port)).map(drop).map_err(|_| Error::ExtremePortTaken(port))
}

/// The file of its store. It goes with the data that it was read into.
fn store(root: &Path) -> PathBuf {
    crate::server::data_folder(root).join("extreme-simulator.redb")
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_said_with_its_number_and_the_way_out() {
        let taken = TcpListener::bind(address(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let said = demand_free(port).unwrap_err().to_string();
        assert!(said.contains(&port.to_string()) && said.contains("--extreme-port"), "{said}");
    }

    #[test]
    fn the_server_is_told_where_it_is_and_who_it_is_there() {
        let simulator = Simulator { binary: PathBuf::new(), root: PathBuf::new(), port: 8090 };
        let settings = simulator.settings();
        assert_eq!(settings[0], ("NOREN_EXTREME_URL", "http://127.0.0.1:8090/extreme/v1".to_owned()));
        assert_eq!(settings.len(), 3);
    }
}
