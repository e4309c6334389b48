//! The server in release with the demo's people, beside an EXTREME whose faults can be put in force and taken back.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::error::Error;
use crate::http::Request;
use crate::run;
use crate::server::{self, Server, free_port};
use crate::shell::{Log, Output, Running, step};
use crate::simulator::{self, Dealer, Simulator};
use crate::workspace::Workspace;

/// Nobody is kept waiting by a quota: what is measured is the way and not its gate.
const SETTINGS: &[(&str, &str)] = &[
    ("NOREN_STAFF_PER_MINUTE", "1000000"),
    ("NOREN_SEARCH_PER_SECOND", "1000000"),
    ("NOREN_EXTREME_PER_MINUTE", "1000000"),
];

/// Both, running until this is dropped.
pub struct Stand {
    pub port: u16,
    extreme: u16,
    pub token: String,
    _server: Running,
    _simulator: Running,
    _folder: TempDir,
}

impl Stand {
    /// Starts both, and waits until the copies have arrived.
    pub fn start(workspace: &Workspace, dealer: Dealer, database_url: Option<&str>) -> Result<Self, Error> {
        let folder = tempfile::tempdir().map_err(Error::file(std::env::temp_dir()))?;
        let root = folder.path().to_owned();
        let log = |name: &str| Ok::<_, Error>(Output::Log(Log::create(root.join(name).with_extension("log"))?));
        let extreme = free_port()?;
        let simulator =
            Simulator { binary: simulator::release_binary(workspace), root: root.clone(), port: extreme, dealer };
        let playing = step("making up a dealer", || simulator.start(&log("simulator")?))?;
        let server = Server {
            binary: run::binary(workspace),
            root: root.clone(),
            port: free_port()?,
            tls_port: None,
            database_url: database_url.map(str::to_owned),
            settings: Some(SETTINGS),
            extreme: simulator.settings(),
            demo: true,
        };
        server.seed(&log("seed")?)?;
        step("reading EXTREME", || server.sync(&log("sync")?))?;
        let running = server.start(&log("server")?)?;
        let token = sign_in(server.port, &root)?;
        Ok(Self { port: server.port, extreme, token, _server: running, _simulator: playing, _folder: folder })
    }

    /// Puts a fault in force.
    pub fn breaks(&self, fault: Value) -> Result<(), Error> {
        let body = Some(fault);
        Request { body, ..Request::bare("POST", "/control/faults") }.send(self.extreme)?;
        Ok(())
    }

    /// Takes all faults back.
    pub fn mends(&self) -> Result<(), Error> {
        Request::bare("DELETE", "/control/faults").send(self.extreme)?;
        Ok(())
    }

    pub fn get(&self, path: &str) -> Result<Value, Error> {
        Request::get(path, &self.token).send(self.port)
    }
}

fn sign_in(port: u16, root: &Path) -> Result<String, Error> {
    let path = server::data_folder(root).join("demo-accounts.json");
    let accounts: Value = serde_json::from_slice(&fs::read(&path).map_err(Error::file(&path))?)?;
    let of_all = accounts.as_array().into_iter().flatten().find(|account| account["role"] == "administrator");
    let account = of_all.ok_or_else(|| Error::Missing("a demo account of an administrator".to_owned()))?;
    let body = Some(json!({"mail": account["mail"], "password": account["password"]}));
    let answer = Request { body, ..Request::bare("POST", "/api/v1/auth/login") }.send(port)?;
    Ok(answer["access_token"].as_str().unwrap_or_default().to_owned())
}
