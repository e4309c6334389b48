//! What the servers of this process log, kept to be looked at.

use std::io::{Result, Write};
use std::sync::{Mutex, Once};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static STARTED: Once = Once::new();

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Logs from now on, down to the finest level of our own code.
pub fn start() {
    STARTED.call_once(|| {
        noren_server::logging::start_into("info,noren_server=trace,noren_persistence=trace", || Kept);
    });
}

/// All lines so far, of every test of this process.
pub fn text() -> String {
    String::from_utf8(LINES.lock().unwrap().clone()).unwrap()
}
