//! Logs: one JSON object per line, without personal data.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error, and turns panics into log lines that say where and not with what.
pub fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let json = tracing_subscriber::fmt().json().flatten_event(true).with_current_span(false).with_span_list(false);
    let started = json.with_env_filter(filter).with_writer(std::io::stderr).try_init();
    if started.is_err() {
        return;
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
