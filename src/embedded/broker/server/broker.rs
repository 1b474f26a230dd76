//! The broker's own threads.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::control::Control;
use super::door::{Door, Sent};
use crate::embedded::EmbeddedError;
use crate::embedded::broker::node::Node;
use crate::embedded::broker::options::BrokerOptions;
use crate::embedded::broker::watch::Watch;

const NAME: &str = "broker";

/// A running broker; dropping it closes its port and its connections and ends its threads.
#[derive(Debug)]
pub struct Broker {
    address: SocketAddr,
    control: Control,
    watch: Watch,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl Broker {
    /// Starts a broker on 127.0.0.1:`port` (0: any free one), on threads of its own.
    pub fn start(port: u16) -> Result<Broker, EmbeddedError> {
        Broker::start_with(BrokerOptions { port, ..BrokerOptions::default() })
    }

    /// Starts a broker as `options` say, on threads of its own. Clients that come while it reads what
    /// it kept wait.
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
        let node = {
            // Clocks are set for what was kept.
            let _entered = runtime.enter();
            Arc::new(Node::start(address, &options)?)
        };
        let (send, orders) = mpsc::unbounded_channel();
        let control = Control::new(address.port(), node.faults.clone(), send);
        let watch = Watch::new(node.clone());
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let thread = std::thread::Builder::new()
            .name("kafkaefd-broker".to_owned())
            .spawn(move || {
                run(&runtime, listener, node, orders, &stopped);
                drop(runtime);
            })
            .map_err(threads)?;
        Ok(Broker { address, control, watch, stop, thread: Some(thread) })
    }

    /// `127.0.0.1:port`, for `bootstrap.servers`.
    pub fn bootstrap(&self) -> String {
        self.address.to_string()
    }

    /// A view of what it holds and who is there.
    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// A handle for what goes wrong with a broker.
    pub fn control(&self) -> Control {
        self.control.clone()
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

/// Serves clients until `stop`; then drops all tasks.
fn run(
    runtime: &Runtime,
    listener: TcpListener,
    node: Arc<Node>,
    orders: mpsc::UnboundedReceiver<Sent>,
    stop: &CancellationToken,
) {
    runtime.block_on(async {
        let door = match Door::new(node, listener) {
            Ok(door) => door,
            Err(error) => {
                tracing::error!(%error, "the embedded broker does not listen");
                return;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = door.keep(orders) => {}
        }
    });
}
