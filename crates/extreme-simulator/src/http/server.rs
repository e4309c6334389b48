//! The server: it binds, runs on a thread of its own, and can be stopped.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};

use super::{serve, wire};
use crate::extreme::Extreme;
use crate::{control, screen};

/// Binds and serves until it is stopped. The handle arrives when it serves.
pub struct Server {
    pub address: SocketAddr,
    pub handle: ServerHandle,
    pub thread: std::thread::JoinHandle<std::io::Result<()>>,
}

/// Starts to serve.
///
/// # Errors
/// When the address cannot be had, or no thread.
pub fn start(extreme: &Arc<Extreme>, listen: SocketAddr, workers: usize) -> std::io::Result<Server> {
    let listener = TcpListener::bind(listen)?;
    let address = listener.local_addr()?;
    let (tell, told) = std::sync::mpsc::channel();
    let extreme = Arc::clone(extreme);
    let thread = std::thread::Builder::new().name("extreme-simulator".to_owned()).spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                let extreme = Arc::clone(&extreme);
                App::new()
                    .app_data(Data::from(Arc::clone(&extreme)))
                    .configure(|config| serve::routes(config, &extreme))
                    .configure(|config| control::routes(config, &extreme))
                    .configure(screen::routes)
                    .default_service(web::to(serve::unknown))
            });
            let server = server.workers(workers.max(1)).on_connect(wire::keep).disable_signals().shutdown_timeout(1);
            let server = server.listen(listener)?.run();
            // Whoever started us is gone if nobody listens; then the server ends with the process.
            let _ = tell.send(server.handle());
            server.await
        })
    })?;
    let handle = told.recv().map_err(|_| std::io::Error::other("the server did not come up"))?;
    Ok(Server { address, handle, thread })
}
