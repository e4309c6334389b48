//! A runtime that outlives the threads that serve. A connection to the database belongs to the runtime that it was opened on,
//! and each of actix's threads has one that ends with it: when the server stops, a thread without requests ends first and
//! would take its connections from under the requests that others still have in work.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};

static LASTING: LazyLock<io::Result<Runtime>> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).thread_name("noren-lasting").enable_all().build());

/// Does the work where it is asked for, while what it opens belongs to the runtime that lasts.
pub async fn lasting<F: Future>(work: F) -> F::Output {
    let mut work = pin!(work);
    poll_fn(|context| {
        let _entered = LASTING.as_ref().ok().map(Runtime::enter);
        work.as_mut().poll(context)
    })
    .await
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn a_connection_outlives_the_thread_that_opened_it() {
        let other = Builder::new_current_thread().enable_all().build().unwrap();
        let (listener, mut opened) = std::thread::spawn(|| {
            let thread = Builder::new_current_thread().enable_all().build().unwrap();
            thread.block_on(lasting(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let opened = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
                (listener, opened)
            }))
        })
        .join()
        .unwrap();
        let heard = other.block_on(async {
            let (mut accepted, _) = listener.accept().await.unwrap();
            accepted.write_all(b"still here").await.unwrap();
            let mut heard = [0; 10];
            opened.read_exact(&mut heard).await.unwrap();
            heard
        });
        assert_eq!(&heard, b"still here");
    }
}
