//! How many connections an address may hold. The socket is taken in any case; its requests are refused past the limit,
//! and a connection that asks nothing is closed by the deadline for headers.

use std::any::Any;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;

/// The connections of all addresses.
#[derive(Clone)]
pub struct Seats {
    limit: usize,
    /// Proxies stand for many callers.
    unlimited: Arc<[IpAddr]>,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection's place; given back when the connection ends.
pub struct Seat {
    /// Whether this address had as many connections as it may before this one.
    pub is_too_many: bool,
    address: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Seats {
    #[must_use]
    pub fn new(limit: usize, unlimited: &[IpAddr]) -> Self {
        Self { limit, unlimited: unlimited.iter().map(IpAddr::to_canonical).collect(), taken: Arc::default() }
    }

    /// Counts a connection that was just accepted; actix keeps the seat as long as the connection.
    pub fn on_connect(&self, io: &dyn Any, extensions: &mut Extensions) {
        // A listener on [::] names callers of IPv4 as ::ffff:192.0.2.1.
        let tls = io.downcast_ref::<TlsStream<TcpStream>>().map(|stream| stream.get_ref().0);
        let peer = tls.or_else(|| io.downcast_ref::<TcpStream>()).and_then(|stream| stream.peer_addr().ok());
        if let Some(peer) = peer.map(|peer| peer.ip().to_canonical()).filter(|peer| !self.unlimited.contains(peer)) {
            extensions.insert(self.take(peer));
        }
    }

    fn take(&self, address: IpAddr) -> Seat {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_insert(0);
        *count += 1;
        Seat { is_too_many: *count > self.limit, address, taken: Arc::clone(&self.taken) }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}
