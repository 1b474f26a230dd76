//! A double of Kafka Connect: its REST API over connectors that move no records.

mod offsets;
mod plugins;
mod problem;
mod routes;
mod store;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::runtime::Runtime;

use store::Store;

/// A worker on a free port, which stops with the test.
pub struct ConnectDouble {
    address: SocketAddr,
    _runtime: Runtime,
}

impl ConnectDouble {
    pub fn start() -> ConnectDouble {
        ConnectDouble::at("127.0.0.1:0")
    }

    /// The same at a free `address`.
    pub fn at(address: &str) -> ConnectDouble {
        let runtime = Runtime::new().unwrap();
        let bind = tokio::net::TcpListener::bind(address);
        let listener = runtime.block_on(bind).unwrap();
        let address = listener.local_addr().unwrap();
        let store = Arc::new(Mutex::new(Store::new(&address.to_string())));
        let service = axum::serve(listener, routes::routes(store));
        runtime.spawn(async move { service.await.unwrap() });
        ConnectDouble { address, _runtime: runtime }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The worker as states name it.
    pub fn worker(&self) -> String {
        self.address.to_string()
    }
}
