//! The broker's own threads and its listener.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;

use super::connection;
use super::node::Node;
use super::options::BrokerOptions;
use crate::embedded::EmbeddedError;

const NAME: &str = "broker";

/// A running broker; dropping it closes its port and its connections and ends its threads.
#[derive(Debug)]
pub struct Broker {
    address: SocketAddr,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl Broker {
    /// Starts a broker on 127.0.0.1:`port` (0: any free one), on threads of its own.
    pub fn start(port: u16) -> Result<Broker, EmbeddedError> {
        Broker::start_with(BrokerOptions { port, ..BrokerOptions::default() })
    }

    /// Starts a broker as `options` say, on threads of its own.
    pub fn start_with(options: BrokerOptions) -> Result<Broker, EmbeddedError> {
        let port = options.port;
        let listen = |e| EmbeddedError::listen(NAME, port, e);
        let threads = |source| EmbeddedError::Threads { server: NAME, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("kafkaefd-broker")
            .enable_all()
            .build()
            .map_err(threads)?;
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let thread = std::thread::Builder::new()
            .name("kafkaefd-broker".to_owned())
            .spawn(move || {
                run(&runtime, listener, Node::new(address, &options), &stopped);
                drop(runtime);
            })
            .map_err(threads)?;
        Ok(Broker { address, stop, thread: Some(thread) })
    }

    /// `127.0.0.1:port`, for `bootstrap.servers`.
    pub fn bootstrap(&self) -> String {
        self.address.to_string()
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // The thread ends once the runtime has dropped every task, and the port with them.
            let _ended = thread.join();
        }
    }
}

/// Accepts clients until `stop`; then drops all tasks.
fn run(runtime: &Runtime, listener: TcpListener, node: Node, stop: &CancellationToken) {
    runtime.block_on(async {
        let node = Arc::new(node);
        tokio::select! {
            () = stop.cancelled() => {}
            error = accept(listener, node) => {
                tracing::error!(%error, "the embedded broker stopped listening");
            }
        }
    });
}

async fn accept(listener: TcpListener, node: Arc<Node>) -> io::Error {
    let listener = match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => return error,
    };
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                tokio::spawn(connection::serve(node.clone(), stream, peer));
            }
            // The client left again, or there are too many open files: neither ends the broker.
            Err(error) => {
                tracing::warn!(%error, "the embedded broker could not accept a client");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}
