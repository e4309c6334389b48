//! `cargo xtask prove api`: schemathesis reads the served document and sends the server what it allows and what it
//! forbids, as every role and as nobody. No answer may be a 5xx, and none may have a status, a type, a header or a body
//! that the document does not know.

use std::path::Path;
use std::process::Command;

use clap::ValueEnum;
use tempfile::TempDir;

use super::dealer::Dealer;
use super::{config, exclusions, summary, venv};
use crate::error::Error;
use crate::packages;
use crate::parts::{Outcome, Report};
use crate::server::{self, Server};
use crate::shell::{self, Log, Output, Running};
use crate::tools;
use crate::web::{read, write};
use crate::workspace::Workspace;

/// Who sends the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    Anonymous,
    Salesperson,
    Manager,
    Administrator,
    ApiClient,
}

impl Role {
    /// As the command line and the demo accounts spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Salesperson => "salesperson",
            Self::Manager => "manager",
            Self::Administrator => "administrator",
            Self::ApiClient => "api-client",
        }
    }
}

/// The quotas of a caller are wide open: a 429 hides what is behind it. The addresses that `hooks.py` makes up are
/// believed for the same reason.
const SETTINGS: &[(&str, &str)] = &[
    ("NOREN_STAFF_PER_MINUTE", "1000000"),
    ("NOREN_API_CLIENT_PER_MINUTE", "1000000"),
    ("NOREN_SEARCH_PER_SECOND", "1000000"),
    ("NOREN_LOGINS_PER_ADDRESS", "1000000"),
    ("NOREN_TRUSTED_PROXIES", "127.0.0.1"),
    ("NOREN_DRAIN_SECONDS", "0"),
];

pub fn prove(workspace: &Workspace, roles: &[Role], report: &mut Report<'_>) -> Result<(), Error> {
    let (mut schemathesis, mut binary) = Default::default();
    let ready = report.part("schemathesis", |output| {
        packages::install(&tools::missing_for_prove(), output)?;
        schemathesis = venv::make(workspace, output)?;
        binary = server::build_dev(workspace, output)?;
        Ok(Outcome::passed(""))
    })?;
    for role in Role::value_variants() {
        if ready && (roles.is_empty() || roles.contains(role)) {
            report.part(&format!("prove {}", role.name()), |output| {
                let proved = Proved::start(workspace, *role, &binary, output)?;
                prove_for(workspace, *role, &proved, &schemathesis, output)
            })?;
        }
    }
    Ok(())
}

/// The server that a role asks: a demo dealer on an SQLite file of its own, which goes when this goes. What one role
/// does to it, such as closing a form, is nothing to the next.
struct Proved {
    dealer: Dealer,
    _running: Running,
    folder: TempDir,
}

impl Proved {
    fn start(workspace: &Workspace, role: Role, binary: &Path, output: &Output) -> Result<Self, Error> {
        let folder = tempfile::Builder::new().prefix("noren-prove-").tempdir();
        let folder = folder.map_err(Error::file(std::env::temp_dir()))?;
        let server = Server {
            binary: binary.to_path_buf(),
            root: folder.path().to_path_buf(),
            port: server::free_port()?,
            tls_port: None,
            database_url: None,
            settings: Some(SETTINGS),
            extreme: Vec::new(),
            demo: true,
        };
        server.seed(output)?;
        let log = Output::Log(Log::create(workspace.notes().join(format!("prove-{}-server.log", role.name())))?);
        let running = server.start(&log)?;
        let accounts = read(&server::data_folder(folder.path()).join("demo-accounts.json"))?;
        let dealer = Dealer::of(server.port, &accounts)?;
        Ok(Self { dealer, _running: running, folder })
    }
}

fn prove_for(
    workspace: &Workspace,
    role: Role,
    proved: &Proved,
    schemathesis: &Path,
    output: &Output,
) -> Result<Outcome, Error> {
    let folder = proved.folder.path();
    let document = proved.dealer.document()?;
    let tomorrow = venv::tomorrow(schemathesis)?;
    let caller = proved.dealer.caller(role, tomorrow.trim())?;
    let given = proved.dealer.given(role, tomorrow.trim())?;
    let hooks = workspace.root.join("tests/prove/hooks.py");
    let config = config::of(role, &document, &caller, &given, &proved.dealer.site(), &hooks);
    let (config_file, report_file) = (folder.join("schemathesis.toml"), folder.join("report.json"));
    let examples_file = folder.join("examples.json");
    write(&config_file, config::written(&config)?)?;
    write(&examples_file, config::examples(&document, &given).to_string())?;

    let mut command = Command::new(schemathesis);
    // It keeps notes in the folder where it runs; and a byte-compiled copy of the hooks would lie in the repository.
    command.current_dir(folder).env("PYTHONDONTWRITEBYTECODE", "1").env("PROVE_EXAMPLES", &examples_file);
    command.arg("--config-file").arg(&config_file);
    command.arg("run").arg(proved.dealer.document_address()).arg("--no-color");
    command.arg("--report").arg("json").arg("--report-json-path").arg(&report_file);
    // Before the run, because a failure is shown by the end of the log.
    output.say(&exclusions::said(role, &document));
    let success = shell::status(&mut command, output)?.success();
    summary::read(&read(&report_file)?, success)
}
