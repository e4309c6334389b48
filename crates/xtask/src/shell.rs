//! Running other programs. Each child leads a process group of its own, so that one Ctrl-C reaches the whole of it
//! exactly once, through us, and the guards of this process still run.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::error::Error;

static INTERRUPTS: AtomicUsize = AtomicUsize::new(0);
static GROUPS: Mutex<Vec<i32>> = Mutex::new(Vec::new());

/// Where a program's output goes.
#[derive(Debug)]
pub enum Output {
    Terminal,
    Log(Log),
}

#[derive(Debug)]
pub struct Log {
    pub path: PathBuf,
    file: File,
}

impl Log {
    pub fn create(path: PathBuf) -> Result<Self, Error> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        let file = File::create(&path).map_err(Error::file(&path))?;
        Ok(Self { path, file })
    }
}

impl Output {
    /// A line of our own.
    pub fn say(&self, line: &str) {
        match self {
            Self::Terminal => println!("{line}"),
            // A log that cannot be written shows in the part that uses it; a remark is not worth a failure.
            Self::Log(log) => drop(writeln!(&log.file, "{line}")),
        }
    }

    /// What has been written so far; nothing when it went to the terminal.
    pub fn text(&self) -> Result<String, Error> {
        match self {
            Self::Terminal => Ok(String::new()),
            Self::Log(log) => {
                let bytes = fs::read(&log.path).map_err(Error::file(&log.path))?;
                Ok(String::from_utf8_lossy(&bytes).into_owned())
            }
        }
    }

    fn lend(&self, command: &mut Command) -> Result<(), Error> {
        if let Self::Log(log) = self {
            let copy = || log.file.try_clone().map_err(Error::file(&log.path));
            command.stdout(copy()?).stderr(copy()?);
            command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1").env_remove("FORCE_COLOR");
        }
        Ok(())
    }
}

/// From here on Ctrl-C ends the children and lets this process clean up; the second one kills them.
pub fn catch_signals() -> Result<(), Error> {
    ctrlc::set_handler(|| {
        let signal = if INTERRUPTS.fetch_add(1, Ordering::SeqCst) == 0 { Signal::SIGTERM } else { Signal::SIGKILL };
        for group in groups().iter() {
            tell(*group, signal);
        }
    })?;
    Ok(())
}

pub fn interrupted() -> bool {
    INTERRUPTS.load(Ordering::SeqCst) > 0
}

fn groups() -> MutexGuard<'static, Vec<i32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tell(group: i32, signal: Signal) {
    // A group that is gone already is what we want.
    let _ = killpg(Pid::from_raw(group), signal);
}

/// A child that Ctrl-C reaches and that does not outlive this value.
#[derive(Debug)]
pub struct Running {
    child: Child,
    group: i32,
    name: String,
}

impl Running {
    pub fn start(command: &mut Command, output: &Output) -> Result<Self, Error> {
        output.lend(command)?;
        Self::spawn(command.stdin(Stdio::null()))
    }

    fn spawn(command: &mut Command) -> Result<Self, Error> {
        let name = spelled(command);
        let child = command
            .process_group(0)
            .spawn()
            .map_err(|source| Error::Start { program: command.get_program().to_string_lossy().into_owned(), source })?;
        let group = child.id().cast_signed();
        groups().push(group);
        if interrupted() {
            tell(group, Signal::SIGTERM);
        }
        Ok(Self { child, group, name })
    }

    /// Starts a program whose standard output is read here.
    pub fn listen(command: &mut Command) -> Result<(Self, ChildStdout), Error> {
        let mut running = Self::spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
        let out = running.child.stdout.take().ok_or_else(|| io::Error::other("it has no standard output"));
        let out = running.named(out)?;
        Ok((running, out))
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn wait(&mut self) -> Result<ExitStatus, Error> {
        let ended = self.child.wait();
        self.forget();
        self.named(ended)
    }

    pub fn poll(&mut self) -> Result<Option<ExitStatus>, Error> {
        let ended = self.child.try_wait();
        self.named(ended)
    }

    /// Asks politely and waits.
    pub fn stop(mut self) -> Result<ExitStatus, Error> {
        tell(self.group, Signal::SIGTERM);
        self.wait()
    }

    /// Ends it without asking, as a power cut would.
    pub fn kill(mut self) -> Result<ExitStatus, Error> {
        tell(self.group, Signal::SIGKILL);
        self.wait()
    }

    fn forget(&self) {
        groups().retain(|group| *group != self.group);
    }

    fn named<T>(&self, result: io::Result<T>) -> Result<T, Error> {
        result.map_err(|source| Error::Start { program: self.name.clone(), source })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            tell(self.group, Signal::SIGTERM);
            drop(self.child.wait());
        }
        self.forget();
    }
}

/// Runs a program to its end and demands success.
pub fn run(command: &mut Command, output: &Output) -> Result<(), Error> {
    let status = status(command, output)?;
    succeeded(command, status)
}

/// Runs a program to its end, whatever that is.
pub fn status(command: &mut Command, output: &Output) -> Result<ExitStatus, Error> {
    if let Output::Log(_) = output {
        output.say(&format!("$ {}", spelled(command)));
    }
    let status = Running::start(command, output)?.wait()?;
    if interrupted() { Err(Error::Interrupted) } else { Ok(status) }
}

/// Runs a program to its end, demands success and returns what it wrote to its standard output.
pub fn capture(command: &mut Command) -> Result<String, Error> {
    let (mut running, mut out) = Running::listen(command)?;
    let mut bytes = Vec::new();
    let read = io::copy(&mut out, &mut bytes);
    running.named(read)?;
    let status = running.wait()?;
    if interrupted() {
        return Err(Error::Interrupted);
    }
    succeeded(command, status)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<(), Error> {
    if status.success() { Ok(()) } else { Err(Error::Failed { command: spelled(command), status }) }
}

/// The command as one would type it.
fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    command.get_args().fold(program.into_owned(), |line, argument| format!("{line} {}", argument.to_string_lossy()))
}

/// Looks a program up in `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Says what begins, does it, says how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    println!("==> {what}");
    let begin = Instant::now();
    let result = work()?;
    println!("    done in {:.1} s", begin.elapsed().as_secs_f64());
    Ok(result)
}
