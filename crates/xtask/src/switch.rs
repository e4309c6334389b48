//! A way to a database that can be cut and led elsewhere, as networks and failovers do.

use std::io;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::error::Error;

/// Listens until it is dropped.
pub struct Switch {
    port: u16,
    way: Arc<Mutex<Way>>,
    listening: Option<thread::JoinHandle<()>>,
}

#[derive(Default)]
struct Way {
    /// The port that it leads to; nowhere while it is cut.
    to: Option<u16>,
    over: bool,
    /// Both sides of what goes on.
    open: Vec<TcpStream>,
}

impl Switch {
    pub fn to(port: u16) -> Result<Self, Error> {
        let failed = |source| Error::Start { program: "the way to the database".to_owned(), source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
        let here = listener.local_addr().map_err(failed)?.port();
        let way = Arc::new(Mutex::new(Way { to: Some(port), ..Way::default() }));
        let shared = Arc::clone(&way);
        let listening = thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if held(&shared).over {
                    return;
                }
                // Whoever cannot be led on is hung up on.
                drop(lead(&client, &shared));
            }
        });
        Ok(Self { port: here, way, listening: Some(listening) })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends every connection; new ones are hung up on.
    pub fn cut(&self) {
        let mut way = held(&self.way);
        way.to = None;
        for side in way.open.drain(..) {
            // One that has ended already is as good.
            drop(side.shutdown(Shutdown::Both));
        }
    }

    /// Leads new connections there.
    pub fn lead_to(&self, port: u16) {
        held(&self.way).to = Some(port);
    }
}

impl Drop for Switch {
    fn drop(&mut self) {
        self.cut();
        held(&self.way).over = true;
        // Wakes whoever listens.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        drop(self.listening.take().map(thread::JoinHandle::join));
    }
}

fn held(way: &Mutex<Way>) -> MutexGuard<'_, Way> {
    way.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lead(client: &TcpStream, way: &Mutex<Way>) -> io::Result<()> {
    // Held meanwhile, so that what is cut stays cut.
    let mut way = held(way);
    let to = way.to.ok_or(io::ErrorKind::ConnectionRefused)?;
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, to))?;
    for (from, to) in [(client, &server), (&server, client)] {
        let (from, to) = (from.try_clone()?, to.try_clone()?);
        thread::spawn(move || {
            drop(io::copy(&mut &from, &mut &to));
            drop(to.shutdown(Shutdown::Both));
        });
    }
    way.open.extend([client.try_clone()?, server]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::time::Duration;

    use super::*;

    /// Answers every connection with one word.
    fn saying(word: &'static str) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for mut client in listener.incoming().flatten() {
                drop(client.write_all(word.as_bytes()));
            }
        });
        port
    }

    fn heard(port: u16) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut heard = String::new();
        drop(stream.read_to_string(&mut heard));
        heard
    }

    #[test]
    fn a_way_is_cut_and_leads_elsewhere() {
        let (one, other) = (saying("one"), saying("other"));
        let switch = Switch::to(one).unwrap();
        assert_eq!(heard(switch.port()), "one");
        switch.cut();
        assert_eq!(heard(switch.port()), "");
        switch.lead_to(other);
        assert_eq!(heard(switch.port()), "other");
    }
}
