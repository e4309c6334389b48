//! The connection under a request, for the faults that end it.

use std::any::Any;
use std::net::Shutdown;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use socket2::{SockRef, Socket};

/// A second handle on a connection.
pub struct Wire(Socket);

/// Keeps a handle on a new connection beside it.
pub fn keep(connection: &dyn Any, beside: &mut Extensions) {
    let stream = connection.downcast_ref::<TcpStream>();
    if let Some(socket) = stream.and_then(|stream| SockRef::from(stream).try_clone().ok()) {
        beside.insert(Wire(socket));
    }
}

/// Ends the connection that a request came by; nothing more reaches the caller.
pub fn cut(request: &HttpRequest) {
    if let Some(Wire(socket)) = request.conn_data::<Wire>() {
        // A caller that hung up first has what we want it to have.
        let _ = socket.shutdown(Shutdown::Both);
    }
}
