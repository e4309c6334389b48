//! What can go wrong in a command, in words that say what to do next.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot start `{program}`: {source}")]
    Start { program: String, source: io::Error },
    #[error("`{command}` ended with {status}")]
    Failed { command: String, status: ExitStatus },
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("interrupted")]
    Interrupted,
    #[error("Ctrl-C cannot be caught: {0}")]
    Signals(#[from] ctrlc::Error),
    #[error("`cargo metadata` made no sense: {0}")]
    Metadata(#[from] serde_json::Error),
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    #[error("splitting the WASM: {0}")]
    Split(String),
    #[error("frontend/index.html: {0}")]
    Page(#[from] crate::page::Error),
    #[error("missing: {0}")]
    Missing(String),
    #[error("port {0} of 127.0.0.1 is taken; stop what listens there or choose another with --port")]
    PortTaken(u16),
    #[error(
        "port {0} of 127.0.0.1, where EXTREME's simulator is to listen, is taken; stop what listens there, choose another with \
         --extreme-port, or start without it by --no-demo"
    )]
    ExtremePortTaken(u16),
    #[error("EXTREME's simulator did not listen on port {port} within {seconds} s")]
    ExtremeSilent { port: u16, seconds: u64 },
    #[error("EXTREME's simulator ended with {0} before it listened")]
    ExtremeDied(ExitStatus),
    #[error("{0}")]
    Reset(#[from] crate::run::ResetRefused),
    #[error("the server did not answer on port {port} within {seconds} s")]
    Silent { port: u16, seconds: u64 },
    #[error("the server ended with {0} before it answered")]
    ServerDied(ExitStatus),
    #[error("PostgreSQL did not start; the end of its log:\n{0}")]
    ClusterDead(String),
    #[error("{what} is {got} bytes as Brotli; the limit is {limit}")]
    TooBig { what: String, got: u64, limit: u64 },
    #[error("the OpenAPI document changed:\n{0}\nif this is meant, accept it with `cargo xtask openapi`")]
    DocumentChanged(String),
    #[error("{request}: {why}")]
    Unanswered { request: String, why: String },
    #[error("the configuration of schemathesis cannot be written: {0}")]
    Unwritable(String),
    /// What was promised and is not so.
    #[error("{0}")]
    Broken(String),
    #[error("not run, because {0} failed")]
    Dependency(&'static str),
}

impl Error {
    /// For `map_err` beside a file operation.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
