//! What one stack tells other shells about itself.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::settings::Endpoints;

/// A stack that runs, in this process or another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The name that `--stack` takes.
    pub name: String,
    /// The process that runs it.
    pub pid: u32,
    /// `host:port` of its broker.
    pub broker: String,
    /// URL of its registry.
    pub registry: String,
}

impl Entry {
    /// The addresses for a client.
    pub fn endpoints(&self) -> Endpoints {
        Endpoints {
            broker: Some(self.broker.clone()),
            registry: Some(self.registry.clone()),
            connect: None,
            embedded: true,
        }
    }

    /// Whether one of its servers listens on `port`.
    pub fn holds(&self, port: u16) -> bool {
        let end = format!(":{port}");
        self.broker.ends_with(&end) || self.registry.trim_end_matches('/').ends_with(&end)
    }

    /// Whether both servers take connections.
    pub fn answers(&self) -> bool {
        let registry = self.registry.trim_start_matches("http://").trim_end_matches('/');
        let servers = [self.broker.as_str(), registry].into_iter();
        servers.filter(|address| !address.is_empty()).all(|address| {
            let address = address.parse::<SocketAddr>();
            // A loopback address answers or refuses at once; only a stopped process does neither.
            address.is_ok_and(|at| TcpStream::connect_timeout(&at, Duration::from_secs(1)).is_ok())
        })
    }
}
