//! A way to the server on which answers get lost: each connection carries one request, as ours do ([`crate::http`]), and its
//! answer is handed on whole or not at all.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::error::Error;

/// No side is waited for longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// Listens until it is dropped.
pub struct Proxy {
    port: u16,
    over: Arc<AtomicBool>,
    listening: Option<thread::JoinHandle<()>>,
}

impl Proxy {
    /// Leads to `to`, and hands an answer on where `passes` says so.
    pub fn start(to: u16, passes: impl Fn(&[u8]) -> bool + Send + Sync + 'static) -> Result<Self, Error> {
        let failed = |source| Error::Start { program: "the proxy".to_owned(), source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let (over, passes) = (Arc::new(AtomicBool::new(false)), Arc::new(passes));
        let ended = Arc::clone(&over);
        let listening = thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let passes = Arc::clone(&passes);
                thread::spawn(move || drop(carry(&client, to, &*passes)));
            }
        });
        Ok(Self { port, over, listening: Some(listening) })
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // Wakes whoever listens.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        drop(self.listening.take().map(thread::JoinHandle::join));
    }
}

fn carry(mut client: &TcpStream, to: u16, passes: &impl Fn(&[u8]) -> bool) -> io::Result<()> {
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, to))?;
    for side in [client, &server] {
        side.set_read_timeout(Some(PATIENCE))?;
        side.set_write_timeout(Some(PATIENCE))?;
    }
    let (asks, mut takes) = (client.try_clone()?, server.try_clone()?);
    // Ends when the client has no more to say, at the latest when its connection is shut below.
    let asking = thread::spawn(move || drop(io::copy(&mut &asks, &mut takes)));
    let mut answer = Vec::new();
    let whole = (&server).read_to_end(&mut answer);
    if whole.is_ok() && !answer.is_empty() && passes(&answer) {
        client.write_all(&answer)?;
    }
    drop(client.shutdown(Shutdown::Both));
    drop(asking.join());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers so many connections with the same words.
    fn echo(times: usize) -> (u16, thread::JoinHandle<()>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answering = thread::spawn(move || {
            for mut client in listener.incoming().flatten().take(times) {
                let mut asked = [0; 4];
                client.read_exact(&mut asked).unwrap();
                client.write_all(&asked).unwrap();
            }
        });
        (port, answering)
    }

    fn ask(port: u16, words: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(words.as_bytes()).unwrap();
        let mut answer = String::new();
        drop(stream.read_to_string(&mut answer));
        answer
    }

    #[test]
    fn an_answer_is_handed_on_or_lost() {
        let (port, answering) = echo(2);
        let proxy = Proxy::start(port, |answer| answer != b"lost").unwrap();
        assert_eq!(ask(proxy.port(), "kept"), "kept");
        assert_eq!(ask(proxy.port(), "lost"), "");
        answering.join().unwrap();
    }
}
