//! The parts of a test run: each with its own log, one line when it ends, and what its log says of a failure.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use crate::counts::Counts;
use crate::error::Error;
use crate::shell::{Log, Output};
use crate::workspace::Workspace;

/// So many lines of a failed part are shown.
const TAIL: usize = 150;

/// How a part ended, with a remark for its line.
#[derive(Debug)]
pub struct Outcome {
    pub counts: Counts,
    pub note: String,
}

impl Outcome {
    /// The end of a part that is one check.
    pub fn passed(note: impl Into<String>) -> Self {
        Self { counts: Counts::PASSED, note: note.into() }
    }
}

impl From<Counts> for Outcome {
    fn from(counts: Counts) -> Self {
        let note = match counts {
            Counts { passed: 1, failed: 0 } => "1 test".to_owned(),
            Counts { passed, failed: 0 } => format!("{passed} tests"),
            Counts { passed, failed } => format!("{passed} passed, {failed} failed"),
        };
        Self { counts, note }
    }
}

#[derive(Debug)]
pub struct Report<'workspace> {
    workspace: &'workspace Workspace,
    total: Counts,
}

impl<'workspace> Report<'workspace> {
    pub fn begin(workspace: &'workspace Workspace) -> Self {
        Self { workspace, total: Counts::default() }
    }

    /// Runs one part and tells of it. Whether it passed decides about the parts that need it.
    pub fn part(&mut self, name: &str, work: impl FnOnce(&Output) -> Result<Outcome, Error>) -> Result<bool, Error> {
        announce(name);
        let path = self.workspace.notes().join(format!("{}.log", file_name(name)));
        let output = Output::Log(Log::create(path.clone())?);
        let begin = Instant::now();
        let result = work(&output);
        let seconds = begin.elapsed().as_secs_f64();
        if matches!(result, Err(Error::Interrupted)) {
            return Err(Error::Interrupted);
        }
        let (outcome, error) = match result {
            Ok(outcome) => (outcome, None),
            Err(error) => (Outcome { counts: Counts::FAILED, note: String::new() }, Some(error)),
        };
        self.total += outcome.counts;
        let passed = outcome.counts.failed == 0;
        conclude(&line(passed, name, seconds, &outcome.note));
        if !passed {
            let log = fs::read_to_string(&path).unwrap_or_default();
            println!("{}", telling(&log, TAIL));
            if let Some(error) = error {
                println!("error: {error}");
            }
            println!("      all of it: {}", self.workspace.shown(&path));
        }
        Ok(passed)
    }

    /// The last line, and the exit code that goes with it.
    pub fn end(self) -> ExitCode {
        let Counts { passed, failed } = self.total;
        println!("{passed} passed, {failed} failed");
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// On a terminal the name stands there while the part runs.
fn announce(name: &str) {
    if io::stdout().is_terminal() {
        print!("      {name} …");
        drop(io::stdout().flush());
    }
}

fn conclude(line: &str) {
    let wipe = if io::stdout().is_terminal() { "\r\x1b[2K" } else { "" };
    println!("{wipe}{line}");
}

fn line(passed: bool, name: &str, seconds: f64, note: &str) -> String {
    let word = if passed { "ok" } else { "FAIL" };
    format!("{word:<5} {name:<18} {seconds:>7.1} s   {note}").trim_end().to_owned()
}

/// `clippy (host)` → `clippy-host`.
fn file_name(name: &str) -> String {
    name.replace(' ', "-").replace(['(', ')'], "")
}

/// The end of a log without what passed, so that what did not is seen even where output is cut.
fn telling(log: &str, lines: usize) -> String {
    let all: Vec<&str> = log.lines().filter(|line| !is_noise(line)).collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// A test that passed, or a line of Rust's stack; where a journey failed is said in lines that look alike and are few.
fn is_noise(line: &str) -> bool {
    let text = line.trim_start();
    let passed = text.starts_with('✓') || (text.starts_with("test ") && text.ends_with(" ... ok"));
    let is_frame = line.starts_with("             at ")
        || text.split_once(": ").is_some_and(|(number, _)| line != text && number.parse::<u32>().is_ok());
    passed || is_frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_time_at_the_same_place() {
        assert_eq!(line(true, "clippy (host)", 83.21, ""), "ok    clippy (host)         83.2 s");
        assert_eq!(
            line(false, "unit", 3.0, "2 passed, 1 failed"),
            "FAIL  unit                   3.0 s   2 passed, 1 failed"
        );
    }

    #[test]
    fn a_part_has_a_plain_file_name() {
        assert_eq!(file_name("clippy (host)"), "clippy-host");
    }

    #[test]
    fn of_a_log_the_end_is_shown_without_what_passed() {
        let log = "test a::b ... ok\n  ✓   7 [phone] › find.spec.ts\n   0: core::panicking\n             at ./api/process.rs:72:5\n\
                   test c ... FAILED\n  ✘   8 [phone] › lead.spec.ts\n       at ../pages/lead.ts:22\nleft: 1\n";
        let shown = "test c ... FAILED\n  ✘   8 [phone] › lead.spec.ts\n       at ../pages/lead.ts:22\nleft: 1";
        assert_eq!(telling(log, 9), shown);
        assert_eq!(telling(log, 1), "left: 1");
    }
}
